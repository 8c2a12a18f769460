"""The auditor of magnitudes: how near to each sensitive cell anybody can come, outside or alone in a cell.

Like the auditor of counts it shares nothing with the suppressor but the type of tables: of each sensitive
cell the smallest and the largest value over all tables that fit, by two linear programmes (Fischetti and
Salazar 2001), and the same for whoever is the only contributor to some cells and knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from fullpicture.core.errors import Unprotectable
from fullpicture.disclosure.audit_bounds import Unknowns, narrowed
from fullpicture.disclosure.audit_tables import Programme
from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask

_NEAR = 1e-6
MOST_QUESTIONS = 20_000
"""Programmes after which the audit of those alone in a cell takes too long."""


class Near(NamedTuple):
    """A sensitive cell that somebody can come too near to: `held` are cells that he knows besides."""

    cell: int
    held: tuple[int, ...]


class Span(NamedTuple):
    """A sensitive cell with the least and the most that it can be for an outsider."""

    cell: int
    least: float
    most: float


def audit_magnitudes(
    published: LinkedTables, truth: Ints, width: Floats, persons: Sequence[Ints]
) -> tuple[list[Span], list[Near]]:
    """The span of every sensitive cell, and what is too near.

    Args:
        width: how far from the truth both ends must be at least, 0 for a cell that is not sensitive.
        persons: for each only contributor the cells that are his alone.

    Raises:
        Unprotectable: there are too many questions for those alone in a cell.
    """
    unknowns = narrowed(Unknowns.of(published))
    asking = _Asking(unknowns, truth, width, Programme(unknowns))
    spans = [asking.span(place) for place in asking.sensitive]
    near = [Near(span.cell, ()) for span in spans if asking.is_near(span)]
    questions = [pair for cells in persons for pair in asking.questions_of(cells)]
    if len(questions) > MOST_QUESTIONS:
        raise Unprotectable(
            f"suppress against {len(persons):,} only contributors (leave it out: --not-alone)", []
        )
    if not near:
        near = [one for one in map(asking.nearer, questions) if one is not None]
    return spans, near


class _Asking:
    def __init__(self, unknowns: Unknowns, truth: Ints, width: Floats, programme: Programme) -> None:
        self.unknowns, self.width, self.programme = unknowns, width, programme
        self.all, self.truth = truth, truth[unknowns.cells].astype(np.float64)
        self.sensitive = np.flatnonzero(width[unknowns.cells] > 0).tolist()

    def span(self, place: int) -> Span:
        weights = np.zeros(len(self.unknowns))
        weights[place] = 1.0
        least, most = (float(self.programme.least(way * weights)[place]) for way in (1.0, -1.0))
        return Span(int(self.unknowns.cells[place]), least, most)

    def is_near(self, span: Span) -> bool:
        """Whether an end is nearer than it may be; none need be below zero."""
        true, width = float(self.all[span.cell]), float(self.width[span.cell])
        slack = _NEAR * max(1.0, true)
        return span.most < true + width - slack or span.least > max(0.0, true - width) + slack

    def questions_of(self, cells: Ints) -> Iterator[tuple[Ints, int]]:
        """A contributor's cells with each sensitive cell of others that they are linked with."""
        held = np.flatnonzero(np.isin(self.unknowns.cells, cells))
        parts = set(self.programme.part[held].tolist())
        for place in self.sensitive:
            if place not in held and self.programme.part[place] in parts:
                yield held, place

    def nearer(self, question: tuple[Ints, int]) -> Near | None:
        """What a contributor knows of another cell, where that is too much."""
        held, place = question
        mask: Mask = np.zeros(len(self.unknowns), dtype=bool)
        mask[held] = True
        self.programme.hold(mask, self.truth)
        is_near = self.is_near(self.span(place))
        cells = tuple(self.unknowns.cells[held].tolist())
        return Near(int(self.unknowns.cells[place]), cells) if is_near else None
