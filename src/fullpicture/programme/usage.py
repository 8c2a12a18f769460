"""The log of use: who collected, changed, read, passed on, combined or erased which records, and why.

Data Protection Act 2018, section 62: a log of at least collection, alteration, consultation, disclosure,
combination and erasure; of consultation and disclosure the justification, the date and time and who did it;
of disclosure also to whom. It is kept to show that use was lawful, and shown to the Information Commissioner
on request. It says which records by source, vintage and number of rows, never whose.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from fullpicture.core.errors import UsageError
from fullpicture.programme.state import Log, State, utc

UseKind = Literal["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]
KINDS: tuple[UseKind, ...] = get_args(UseKind)


@dataclass(frozen=True)
class Records:
    """Some records: of which source, of which vintage ("" for the delivered files), how many rows."""

    source: str
    vintage: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Account:
    """Who answers for a use of records, when, and why: what `--who` and `--reason` say.

    Raises:
        UsageError: no reason, or nobody.
        ValueError: the time does not say its zone.
    """

    who: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        if not any(map(str.isalpha, self.why)):
            raise UsageError(
                "--reason: it says nothing. Say in a few words why these records are used, and name no "
                "person in it; the log of use keeps it."
            )
        if not self.who.strip():
            raise UsageError("--who: nobody is named. Say who answers for this use.")
        object.__setattr__(self, "at", utc(self.at))
        object.__setattr__(self, "why", " ".join(self.why.split()))


@dataclass(frozen=True)
class Collector:
    """Who takes in what forces deliver, and when; `why` "" stands for the purpose that each source states."""

    who: str
    at: datetime
    why: str = ""

    @classmethod
    def by_login(cls) -> Collector:
        """Whoever is logged in, now; the number of the user where the system has no name for it."""
        try:
            who = getpass.getuser()
        except (KeyError, OSError):
            who = f"user {os.getuid()}" if hasattr(os, "getuid") else "unknown user"
        return cls(who, datetime.now(UTC))

    def account(self, purpose: str) -> Account:
        """Who answers for taking in a source of this purpose."""
        return Account(self.who, self.at, self.why or purpose)


@dataclass(frozen=True)
class Use:
    """One line of `state/uses.jsonl`.

    Args:
        to: whom records were passed on to; a disclosure names them.
        of: the id of the erasure that a line belongs to.
    """

    kind: UseKind
    who: str
    at: datetime
    why: str
    records: tuple[Records, ...]
    to: tuple[str, ...] = ()
    of: str = ""


def uses(state: State) -> tuple[Use, ...]:
    """The log of use, oldest first."""
    return _log(state).read()


def log(
    state: State, kind: UseKind, records: Sequence[Records], by: Account, *, to: Sequence[str] = ()
) -> Use:
    """Writes one use into the log, and returns when it is on the disk. Log first, then use.

    Raises:
        UsageError: a disclosure that does not say to whom.
        ProgrammeRefused: the log cannot be written; then the records may not be used.
    """
    use = Use(kind, by.who, by.at, by.why, tuple(records), tuple(filter(None, map(str.strip, to))))
    if kind == "disclosure" and not use.to:
        raise UsageError(
            "A disclosure says to whom records go (Data Protection Act 2018 s.62(3)). Name them."
        )
    _log(state).add([use])
    return use


def log_of(state: State, erasure: str, records: Sequence[Records], by: Account) -> None:
    """Writes an erasure into the log, once, however often it is taken up again."""
    with state.locked():
        if not any(use.of == erasure for use in uses(state)):
            _log(state).add([Use("erasure", by.who, by.at, by.why, tuple(records), of=erasure)])


@contextmanager
def using(
    state: State, kind: UseKind, records: Sequence[Records], by: Account, *, to: Sequence[str] = ()
) -> Iterator[Use]:
    """What is done within is in the log before it begins, whether it ends well or not."""
    yield log(state, kind, records, by, to=to)


def _log(state: State) -> Log[Use]:
    return Log(state, "uses", Use)
