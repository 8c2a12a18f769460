"""The account of each hidden figure, for the internal certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fullpicture.disclosure.counts import Counts
from fullpicture.disclosure.figure_tables import FigureTables
from fullpicture.disclosure.repair import Safe
from fullpicture.disclosure.shown import COUNTED, Id


class HiddenFigure(NamedTuple):
    """A figure that the public edition does not show.

    `protects` names the count for whose sake it is hidden. Of the count that it hides, some table that fits
    what is published has `low` and some has `high`; none has less than `least` or more than `most` (None: no
    bound).
    """

    figure: str
    why: str
    protects: str = ""
    low: int | None = None
    high: int | None = None
    least: int | None = None
    most: int | None = None
    proof: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the certificate holds it."""
        return {
            "figure": self.figure,
            "why": self.why,
            "protects": self.protects,
            "reached": [self.low, self.high],
            "bounds": [self.least, self.most],
            "proof": self.proof,
        }


def hidden_figures(
    linked: FigureTables, counts: Counts, safe: Safe, why: Mapping[Id, str]
) -> tuple[HiddenFigure, ...]:
    """The account of every hidden figure of a table."""
    small = set(safe.audited.cells[safe.audited.matters].tolist())
    at = {cell: place for place, cell in enumerate(safe.audited.cells.tolist())}
    found = []
    for id_, reason in why.items():
        cells = [linked.cells[side] for side in counts.sides.get(id_, ())]
        cells = sorted((cell for cell in cells if safe.hidden[cell]), key=lambda cell: cell not in small)
        name = counts.figures[id_].id
        if not cells or reason != COUNTED:
            found.append(HiddenFigure(name, reason))
            continue
        cell = cells[0]
        found.append(_account(name, cell in small, linked, safe, (cell, at[cell])))
    return tuple(found)


def _account(
    figure: str, is_small: bool, linked: FigureTables, safe: Safe, at: tuple[int, int]
) -> HiddenFigure:
    cell, place = at
    audited = safe.audited
    ends = (audited.low, audited.high, audited.least, audited.most)
    low, high, least, most = (_finite(end[place]) for end in ends)
    protects = linked.tables.codes[0][int(safe.protects[cell])]
    why = linked.why[cell] if is_small else f"hidden to protect {protects}"
    return HiddenFigure(figure, why, protects, low, high, least, most, audited.proof(place))


def _finite(count: float) -> int | None:
    return int(count) if abs(count) < float("inf") else None
