"""Figures that are published although they would be withheld, because a named person has signed for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from fullpicture.core.errors import NotPublishable
from fullpicture.disclosure.counts import Counts
from fullpicture.disclosure.figure_tables import FigureTables
from fullpicture.disclosure.shown import Id

WITHDRAW = "Withdraw the exception: fullpicture exceptions withdraw."


@dataclass(frozen=True)
class SignedException:
    """One figure that is public all the same: why, who answers for it, and since when.

    `also` names other figures that show the same count and are public with it; protect() says so.
    """

    figure: str
    reason: str
    signed_by: str
    on: date
    also: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> SignedException:
        """As a certificate has it."""
        on, also = date.fromisoformat(said["on"]), tuple(said["also"])
        return cls(said["figure"], said["reason"], said["signed_by"], on, also)

    def as_json(self) -> dict[str, Any]:
        """As the certificate holds it."""
        return {
            "figure": self.figure,
            "reason": self.reason,
            "signed_by": self.signed_by,
            "on": self.on.isoformat(),
            "also": list(self.also),
        }


def excepted_ids(
    exceptions: Sequence[SignedException], counts: Counts, official: Collection[str]
) -> frozenset[Id]:
    """The figures that exceptions name.

    Raises:
        NotPublishable: a figure is not there, is public anyway, has no value, or shows no count that could be
            taken for public, so that nothing could be protected from whoever knows it. All of them are said.
    """
    by_id = {figure.id: id_ for id_, figure in counts.figures.items()}
    wrong = [
        f"{one.figure}: {why}" for one in exceptions if (why := _why_not(one.figure, by_id, counts, official))
    ]
    if wrong:
        raise NotPublishable("\n".join(wrong))
    return frozenset(by_id[one.figure] for one in exceptions)


def _why_not(figure: str, by_id: Mapping[str, Id], counts: Counts, official: Collection[str]) -> str:
    if figure.split("/")[0] in official:
        return f"this is public already. {WITHDRAW}"
    if figure not in by_id:
        near = get_close_matches(figure, by_id, n=1)
        return f"no figure of this id is to be protected. {f'Did you mean {near[0]}? ' * len(near)}{WITHDRAW}"
    id_ = by_id[figure]
    if counts.figures[id_].value is None:
        return f"there is no value that could be published. {WITHDRAW}"
    if id_ not in counts.sides:
        return (
            "the counts behind it are not known, so that nothing could be protected from who knows it. "
            "Sign for a count that it follows instead."
        )
    return ""


def refuse_unshown(excepted: Collection[Id], why: Mapping[Id, str], counts: Counts) -> None:
    """Refuses exceptions that could not be granted.

    Raises:
        NotPublishable: a figure is made of others that are withheld and have no exception.
    """
    unshown = sorted(counts.figures[id_].id for id_ in excepted if id_ in why)
    if unshown:
        mend = "Sign for the figures that it is made of as well."
        raise NotPublishable(
            "\n".join(f"{figure}: what it is made of is withheld. {mend}" for figure in unshown)
        )


def with_also(
    exceptions: Sequence[SignedException], counts: Counts, linked: FigureTables
) -> tuple[SignedException, ...]:
    """The exceptions, each with the figures that show the counts which it makes public against the rules."""
    by_id = {figure.id: id_ for id_, figure in counts.figures.items()}
    shows = {
        id_: {cell for side in sides if (cell := linked.cells[side]) in linked.why}
        for id_, sides in counts.sides.items()
    }
    found = []
    for one in exceptions:
        hidden = shows[by_id[one.figure]]
        also = {counts.figures[id_].id for id_, cells in shows.items() if cells & hidden} - {one.figure}
        found.append(replace(one, also=tuple(sorted(also))))
    return tuple(found)
