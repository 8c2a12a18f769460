"""The stricter mode: so much is hidden that every small count can still be each of 1 to the threshold.

A linear programme looks for the cheapest other table that fits what is published and reaches the end of a
primary's range; cells that it moves and that are shown so far are hidden as well (the heuristic of
Fischetti and Salazar 2001, section 5, and of Castro 2007, "A shortest-paths heuristic for statistical data
protection"). In large tables a few primaries are asked for at once, and those that fall short one by one:
together they cost more, and take less time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import highspy
import numpy as np
from scipy.sparse import csc_array, hstack

from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask
from fullpicture.disclosure.movements import movements
from fullpicture.disclosure.suppress import Suppression

_CLOSE = 1e-6
_EACH = 2000
"""Cells for each primary that is asked for at the same time."""
_SHORTAGE = 1e6
_FURTHEST = 1e5


def widen(
    tables: LinkedTables, found: Suppression, threshold: int, cost: Floats | None = None
) -> Suppression:
    """Hides more until each primary reaches 1 and the threshold; those that cannot are `unproven`.

    Args:
        tables: every count that is published together.
        found: a suppression that leaves no count exact.
        threshold: the greatest small count.
        cost: what hiding a cell loses, as for `suppress`.
    """
    primary = np.flatnonzero(found.primary & (tables.counts > 0))
    costs = tables.counts.astype(np.float64) if cost is None else cost
    ends = tuple(end - tables.counts[primary] for end in (threshold, 1))
    return reach(tables, found, (primary, ends), costs, np.zeros(len(tables), dtype=bool))


def loosen(tables: LinkedTables, found: Suppression, cells: Ints, cost: Floats, held: Mask) -> Suppression:
    """Hides more until each of these cells can be one higher: a short interval has one whole count.

    The `held` cells stay as they are, because whoever is alone in them knows them.
    """
    return reach(tables, found, (cells, (np.ones(len(cells), dtype=np.int64),)), cost, held)


def reach(
    tables: LinkedTables, found: Suppression, wanted: tuple[Ints, Sequence[Ints]], cost: Floats, held: Mask
) -> Suppression:
    """Hides more until each of some cells can change by so much; those that cannot are `unproven`.

    Args:
        wanted: the cells, and one change of each after the other.
        held: cells that stay as they are, because whoever is alone in them knows them.
    """
    cells, changes = wanted
    moves = _Moves(tables, found.hidden & ~held, np.where(held, np.inf, cost))
    for change in changes:
        moves.reach(cells, change)
    reasons = np.where(moves.reason >= 0, moves.reason, found.protects)
    unproven = np.unique(np.concatenate([found.unproven, *moves.short]))
    return replace(found, hidden=found.hidden | moves.hidden, protects=reasons, unproven=unproven)


class _Moves:
    """Other tables that fit, as differences from the true one, at the least cost of cells not yet hidden."""

    def __init__(self, tables: LinkedTables, hidden: Mask, cost: Floats) -> None:
        self.tables, self.hidden = tables, hidden.copy()
        self.reason = np.full(len(tables), -1, dtype=np.int64)
        self.short: list[Ints] = []
        may = tables.known & (hidden | ((tables.counts > 0) & np.isfinite(cost)))
        self.cells = np.flatnonzero(may)
        self.cost = np.maximum(cost[self.cells], 1.0)
        self.programme = self._programme()

    def reach(self, primary: Ints, targets: Ints) -> None:
        """Reaches a change in every primary, the furthest first."""
        furthest = np.argsort(-np.abs(targets), kind="stable")
        waiting = self._ask(primary, targets, furthest, 1 + len(self.cells) // _EACH)
        short = self._ask(primary, targets, furthest[waiting[furthest]], 1)
        self.short.append(primary[short])

    def _ask(self, primary: Ints, targets: Ints, order: Ints, together: int) -> Mask:
        """Asks for so many primaries at once; which of them fell short in every table."""
        places = np.searchsorted(self.cells, primary)
        waiting = np.zeros(len(primary), dtype=bool)
        waiting[order] = targets[order] != 0
        for first in range(0, len(order), together):
            asked = order[first : first + together]
            asked = asked[waiting[asked]]
            if len(asked):
                change = self._least(primary[asked], targets[asked])
                waiting &= (targets - change[places]) * np.sign(targets) > _CLOSE
        return waiting

    def _least(self, primary: Ints, targets: Ints) -> Floats:
        """The cheapest change that reaches the targets; what it moves is hidden."""
        size = len(self.cells)
        free = self.hidden[self.cells]
        price = np.where(free, 0.0, self.cost)
        places = np.searchsorted(self.cells, primary)
        up = np.zeros(size)
        up[places] = _SHORTAGE * np.sign(targets)
        most = np.full(size, _FURTHEST)
        most[places] = np.abs(targets)
        columns = np.arange(2 * size, dtype=np.int32)
        room = np.minimum(self.tables.counts - self.tables.lower, _FURTHEST)[self.cells]
        limits = np.concatenate([most, np.minimum(room, most)])
        costs = np.concatenate([price - up, price + up])
        self.programme.changeColsCost(2 * size, columns, costs)
        self.programme.changeColsBounds(2 * size, columns, np.zeros(2 * size), limits)
        self.programme.run()
        if self.programme.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return np.zeros(size)
        solution = np.array(self.programme.getSolution().col_value)
        change: Floats = solution[:size] - solution[size:]
        moved = self.cells[(np.abs(change) > _CLOSE) & ~free]
        self.hidden[moved] = True
        self.reason[moved] = primary[0] if len(primary) == 1 else self._beside(moved, primary)
        return change

    def _beside(self, moved: Ints, primary: Ints) -> Ints:
        """For each cell a primary that shares an equation with it, or the first of all."""
        equations = self.tables.equations
        is_primary = np.zeros(len(self.tables), dtype=bool)
        is_primary[primary] = True
        of_row = np.full(len(equations), primary[0])
        entries = np.flatnonzero(is_primary[equations.cells])
        of_row[equations.rows[entries]] = equations.cells[entries]
        reason = np.full(len(self.tables), primary[0])
        reason[equations.cells] = of_row[equations.rows]
        return reason[moved]

    def _programme(self) -> highspy.Highs:
        """Each cell may rise and fall; every equation holds."""
        matrix = self.tables.equations.matrix(len(self.tables))[:, self.cells]
        return movements(csc_array(hstack([matrix, -matrix], format="csc")))
