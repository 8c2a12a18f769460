"""The least that has to be hidden in a small table: an integer programme, cut by cut.

A master programme chooses the cells of least cost. For each primary two linear programmes ask how far it can
rise and fall while these are hidden; where that is less than one in all, their dual solution says which cells
would give more room, and one of those is demanded of the master (Fischetti and Salazar 2001, "Solving the
cell suppression problem on tabular data with linear constraints", section 4). The same with the cells of
one person held fast, for who is alone in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import highspy
import numpy as np
from scipy.sparse import csc_array

from fullpicture.core.highs import quiet_highs
from fullpicture.disclosure.alone import persons
from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask
from fullpicture.disclosure.movements import movements
from fullpicture.disclosure.suppress import Suppression

SMALL = 200
"""Cells up to which the optimum is looked for."""
_ROUNDS = 60
_MOST_NODES = 2000
_MOST_CUTS = 4000
_CLOSE = 1e-6
_ROOM = 10.0
"""How much another cell may move while a primary moves by one."""


class _Cut(NamedTuple):
    """The sum of `share` over the hidden `cells` has to be at least 1."""

    cells: Ints
    share: Floats


def least_hidden(tables: LinkedTables, found: Suppression, cost: Floats, from_alone: bool) -> Suppression:
    """The suppression of least cost, or the one given where it is not found in a fair number of steps.

    Args:
        tables: at most `SMALL` cells.
        found: a suppression that is safe, to be bettered.
        cost: what hiding a cell loses; infinite for one that must be shown.
        from_alone: whether who is alone in a cell must not learn another count.
    """
    if len(found.unproven) or not found.primary.any():
        return found
    room = _Room(tables, found, cost, from_alone)
    cuts: list[_Cut] = []
    for _ in range(_ROUNDS):
        hidden = _cheapest(found, cost, cuts)
        if hidden is None or len(cuts) > _MOST_CUTS:
            return found
        new = list(room.cuts(hidden))
        if not new:
            return _chosen(tables, found, hidden)
        cuts += new
    return found


def _chosen(tables: LinkedTables, found: Suppression, hidden: Mask) -> Suppression:
    """With for each cell a primary that shares an equation with it; what is proven, the programmes have."""
    first = int(np.flatnonzero(found.primary)[0])
    equations = tables.equations
    near = np.full(len(equations), first)
    entries = np.flatnonzero(found.primary[equations.cells])[::-1]
    near[equations.rows[entries]] = equations.cells[entries]
    reasons = np.full(len(tables), first)
    reasons[equations.cells] = near[equations.rows]
    reasons[found.primary] = np.flatnonzero(found.primary)
    nothing = np.zeros(len(tables), dtype=np.int64)
    return replace(found, hidden=hidden, protects=np.where(hidden, reasons, -1), direction=nothing)


def _cheapest(found: Suppression, cost: Floats, cuts: list[_Cut]) -> Mask | None:
    """The cells of least cost that meet every cut; None where the search was given up."""
    highs = quiet_highs()
    highs.setOptionValue("mip_max_nodes", _MOST_NODES)
    size = len(cost)
    finite = np.isfinite(cost)
    upper = np.where(finite | found.hidden, 1.0, 0.0)
    prices = np.where(found.primary, 0.0, np.where(finite, cost, 0.0) + _CLOSE)
    columns = np.arange(size, dtype=np.int32)
    highs.addVars(size, found.primary.astype(np.float64), upper)
    highs.changeColsCost(size, columns, prices)
    highs.changeColsIntegrality(size, columns, np.full(size, highspy.HighsVarType.kInteger))
    for cut in cuts:
        highs.addRow(1.0, highspy.kHighsInf, len(cut.cells), cut.cells.astype(np.int32), cut.share)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    hidden: Mask = np.array(highs.getSolution().col_value) > 0.5
    return hidden


class _Room:
    """How far each primary can move while certain cells are hidden."""

    def __init__(self, tables: LinkedTables, found: Suppression, cost: Floats, from_alone: bool) -> None:
        self.primary = np.flatnonzero(found.primary)
        self.may = tables.known & (found.primary | ((tables.counts > 0) & np.isfinite(cost)))
        lower = np.maximum(tables.lower, np.minimum(tables.counts, 1))
        self.fall = np.minimum(tables.counts - lower, _ROOM)
        self.rise = np.minimum(tables.upper - tables.counts, _ROOM)
        self.persons = persons(tables, found.primary) if from_alone else []
        self.highs = movements(csc_array(tables.equations.matrix(len(tables))))
        self.is_primary = found.primary

    def cuts(self, hidden: Mask) -> Iterator[_Cut]:
        """What is missing: from outside, or where nothing is, from inside."""
        tables: list[Floats] = []
        outside = list(self._missing(hidden, self.primary, tables))
        yield from outside
        if outside:
            return
        for person in self.persons:
            seen = [table for table in tables if not (np.abs(table[person]) > _CLOSE).any()]
            settled = np.any([np.abs(table) > 1 - _CLOSE for table in seen], axis=0) if seen else None
            asked = self.primary if settled is None else self.primary[~settled[self.primary]]
            held = hidden.copy()
            held[person] = False
            yield from self._missing(held, asked[~np.isin(asked, person)], tables)

    def _missing(self, hidden: Mask, asked: Ints, tables: list[Floats]) -> Iterator[_Cut]:
        free = hidden & self.may
        columns = np.arange(len(free), dtype=np.int32)
        self.highs.changeColsBounds(len(free), columns, -self.fall * free, self.rise * free)
        for cell in asked.tolist():
            share, moved = np.zeros(len(free)), 0.0
            rise, fall = self.rise.copy(), self.fall.copy()
            rise[cell], fall[cell] = min(1.0, rise[cell]), min(1.0, fall[cell])
            self.highs.changeColBounds(cell, -fall[cell], rise[cell])
            for way in (1.0, -1.0):
                self.highs.changeColCost(cell, -way)
                self.highs.run()
                solution = self.highs.getSolution()
                table, dual = np.array(solution.col_value), -np.array(solution.col_dual)
                tables.append(table)
                moved += way * table[cell]
                share += np.where(dual > 0, dual * rise, -dual * fall)
            self.highs.changeColCost(cell, 0.0)
            self.highs.changeColBounds(cell, -self.fall[cell], self.rise[cell])
            if moved < 1 - _CLOSE:
                yield self._cut(share, free)

    def _cut(self, share: Floats, free: Mask) -> _Cut:
        """What the primaries do not give, other cells must: none of them by more than all that is missing."""
        missing = 1 - share[free & self.is_primary].sum()
        share = np.where(self.may & ~self.is_primary, np.minimum(share / missing, 1.0), 0.0)
        cells = np.flatnonzero(share > _CLOSE)
        return _Cut(cells, share[cells])
