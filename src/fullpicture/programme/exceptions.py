"""Exceptions: a named person signs that one figure is published although it would be withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fullpicture.core.errors import UsageError
from fullpicture.core.period import Period
from fullpicture.disclosure import SignedException
from fullpicture.programme.state import Log, State

KIND = "exceptions"
_PARTS = 5


@dataclass(frozen=True)
class Signature:
    """One line of `state/exceptions.jsonl`: somebody has signed for a figure, or withdrawn that.

    Args:
        who: who wrote the line, by login.
    """

    move: Literal["sign", "withdraw"]
    figure: str
    reason: str
    signed_by: str
    who: str
    at: datetime


def exceptions(state: State) -> tuple[SignedException, ...]:
    """The exceptions that stand, in the order in which they were signed."""
    standing: dict[str, SignedException] = {}
    for line in _log(state).read():
        standing.pop(line.figure, None)
        if line.move == "sign":
            standing[line.figure] = SignedException(line.figure, line.reason, line.signed_by, line.at.date())
    return tuple(standing.values())


def sign(state: State, signature: Signature) -> None:
    """Writes a signature, or its withdrawal, down.

    Raises:
        UsageError: nobody is named, no reason is given, this is no figure, or there is nothing to withdraw.
    """
    _check(signature)
    with state.locked():
        stands = {one.figure for one in exceptions(state)}
        if signature.move == "withdraw" and signature.figure not in stands:
            raise UsageError(
                f"{signature.figure}: nobody has signed for it. See fullpicture exceptions list."
            )
        _log(state).add([signature])


def _check(signature: Signature) -> None:
    if not any(map(str.isalpha, signature.reason)):
        raise UsageError("--reason: it says nothing. Say in a few words why; the certificate prints it.")
    if not any(map(str.isalpha, signature.signed_by)):
        raise UsageError("--by: nobody is named. Name the person who answers for it.")
    parts = signature.figure.split("/", _PARTS - 1)
    kind, _, name = parts[2].partition(":") if len(parts) == _PARTS else ("", "", "")
    try:
        Period(kind, name)  # type: ignore[arg-type]
    except ValueError:
        raise UsageError(
            f"{signature.figure}: this is not the id of a figure. "
            "An id is indicator/area_code/period_kind:period/breakdown/category, as in figures.csv."
        ) from None


def _log(state: State) -> Log[Signature]:
    return Log(state, KIND, Signature)
