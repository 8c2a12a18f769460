"""Other tables that fit what is published: each cell that differs between two of them is not known exactly.

One linear programme moves every cell at once: its objective draws a weight for each cell that is not settled,
and the programme is solved both ways. Few programmes settle thousands of cells. Where the two opposite optima
agree in every cell that has a weight, the weighted sum is the same in all tables that fit; as the weights are
drawn at random, so is each of the cells (any direction in which one of them moves would have to be at right
angles to the weights by chance). Only cells that move, but not far enough, are asked one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from fullpicture.core.errors import Contradiction
from fullpicture.core.highs import quiet_highs
from fullpicture.disclosure.audit_bounds import Unknowns
from fullpicture.disclosure.linked import Floats, Mask

TOLERANCE = 1e-6
"""Ten times what HiGHS lets an equation be off by."""
_CHOOSE = 0
"""HiGHS takes the primal simplex method again when only the objective has changed."""
_FROM_SCRATCH = 200
"""Weights beyond which HiGHS is quicker when it begins anew than from the last optimum."""
_IDLE = 2
"""Rounds that settle nothing after which cells are no longer pulled at together."""
_ROOMY = 1000.0


@dataclass
class Span:
    """The least and the greatest value of each cell in the tables found so far.

    `low` and `high` are over all of `tables`, `whole_low` and `whole_high` over those that are in whole
    numbers where the cell is; before the first table they are infinite the wrong way round.
    """

    low: Floats
    high: Floats
    whole_low: Floats
    whole_high: Floats
    tables: list[Floats] = field(default_factory=list)

    @classmethod
    def empty(cls, size: int) -> Span:
        low, high = np.full(size, np.inf), np.full(size, -np.inf)
        return cls(low, high, low, high)

    def add(self, table: Floats, is_whole: Mask) -> None:
        """Takes a table in, which is in whole numbers in some of its cells."""
        self.low, self.high = np.minimum(self.low, table), np.maximum(self.high, table)
        self.whole_low = np.minimum(self.whole_low, np.where(is_whole, table, np.inf))
        self.whole_high = np.maximum(self.whole_high, np.where(is_whole, table, -np.inf))
        self.tables.append(table)

    @property
    def least(self) -> Floats:
        """The least whole number within each cell's span."""
        least: Floats = np.ceil(self.low - TOLERANCE)
        return least

    @property
    def most(self) -> Floats:
        """The greatest whole number within each cell's span."""
        most: Floats = np.floor(self.high + TOLERANCE)
        return most


class Programme:
    """The tables that fit, as a linear programme that is solved again and again with other objectives."""

    def __init__(self, unknowns: Unknowns) -> None:
        self.unknowns = unknowns
        self.solved = 0
        self._size = len(unknowns)
        self._places = np.arange(self._size, dtype=np.int32)
        links = abs(unknowns.matrix).T @ abs(unknowns.matrix)
        self._parts, self.part = connected_components(links, directed=False)
        self._upper = np.minimum(unknowns.most, _room_for(unknowns))
        self._highs = quiet_highs()
        self._highs.setOptionValue("simplex_strategy", _CHOOSE)
        self._highs.passModel(self._model())

    def _model(self) -> highspy.HighsLp:
        model, matrix = highspy.HighsLp(), self.unknowns.matrix
        model.num_col_, model.num_row_ = self._size, matrix.shape[0]
        model.col_cost_ = np.zeros(self._size)
        model.col_lower_, model.col_upper_ = self.unknowns.least, self._upper
        model.row_lower_, model.row_upper_ = self.unknowns.rhs, self.unknowns.rhs
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        return model

    def least(self, weights: Floats) -> Floats:
        """The table with the least weighted sum.

        Raises:
            Contradiction: no table fits what is published.
        """
        if np.count_nonzero(weights) > _FROM_SCRATCH:
            self._highs.clearSolver()
        self._highs.changeColsCost(self._size, self._places, weights)
        self._highs.run()
        self.solved += 1
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Contradiction("no table of counts fits what is published. Check that its totals add up.")
        found: Floats = np.array(self._highs.getSolution().col_value)
        return found

    def prices(self, weights: Floats) -> NDArray[np.int64]:
        """Equations with a price in the dual of the programme with the least weighted sum."""
        self.least(weights)
        duals = np.abs(np.array(self._highs.getSolution().row_dual))
        return np.flatnonzero(duals > TOLERANCE)

    def hold(self, cells: Mask, values: Floats) -> None:
        """Fixes some cells, and frees all others."""
        lower = np.where(cells, values, self.unknowns.least)
        upper = np.where(cells, values, self._upper)
        self._highs.changeColsBounds(self._size, self._places, lower, upper)

    def as_whole(self, table: Floats) -> tuple[Floats, Mask]:
        """A table, and the cells in parts of it (nothing links two) that fit in whole numbers, exactly."""
        whole, unknowns = np.round(table), self.unknowns
        wrong = (np.abs(whole - table) > TOLERANCE) | (whole < unknowns.least) | (whole > unknowns.most)
        broken = np.bincount(self.part[wrong], minlength=self._parts) > 0
        off = np.flatnonzero(unknowns.matrix @ whole != unknowns.rhs)
        broken[self.part[unknowns.matrix.indices[unknowns.matrix.indptr[off]]]] = True
        is_whole: Mask = ~broken[self.part]
        return np.where(is_whole, whole, table), is_whole


def _room_for(unknowns: Unknowns) -> Floats:
    """A bound for cells without one, so wide that it is never what keeps a cell where it is."""
    sums = float(np.abs(unknowns.rhs).max(initial=0.0))
    room: Floats = unknowns.least + 2 * sums + _ROOMY
    return room


@dataclass(frozen=True)
class Wanted:
    """What is asked of each cell: two values at least, and all from `lowest` to `highest`."""

    lowest: Floats
    highest: Floats

    def unsettled(self, span: Span, matters: Mask) -> Mask:
        """Cells that the tables found so far have not shown to be safe."""
        two = span.most > span.least
        wide = (span.least <= self.lowest) & (span.most >= self.highest)
        unsettled: Mask = matters & ~(two & wide)
        return unsettled


class Search:
    """Looks for tables until every cell that matters is settled or cannot move."""

    def __init__(self, programme: Programme, wanted: Wanted, matters: Mask, seed: int = 0) -> None:
        self.programme, self.wanted, self.matters = programme, wanted, matters
        self.span = Span.empty(len(programme.unknowns))
        self.least, self.most = programme.unknowns.least.copy(), programme.unknowns.most.copy()
        self._chance = np.random.default_rng(seed)

    def run(self, start: Floats | None = None) -> Span:
        """All of it; `start` is a table that is known to fit. Then `least` and `most` are closer as well."""
        if start is not None:
            self._take(start)
        self._settle_together()
        self._move_together()
        self._settle_one_by_one()
        return self.span

    @property
    def _unsettled(self) -> Mask:
        return self.wanted.unsettled(self.span, self.matters)

    @property
    def _unmoved(self) -> Mask:
        unmoved: Mask = self._unsettled & ~(self.span.high - self.span.low > TOLERANCE)
        return unmoved

    def _settle_together(self) -> None:
        """Moves all unsettled cells at once, as long as that settles some of them."""
        before, idle = len(self.matters) + 1, 0
        while idle < _IDLE:
            unsettled = self._unsettled
            now = int(unsettled.sum())
            if not now:
                return
            idle = idle + 1 if now == before else 0
            before = now
            self._pull(unsettled)

    def _move_together(self) -> None:
        """Pulls at what has never moved, until it is certain that nothing of it can."""
        unmoved = self._unmoved
        while unmoved.any():
            self._pull(unmoved)
            still = self._unmoved
            if (still == unmoved).all():
                self.least[still], self.most[still] = self.span.least[still], self.span.most[still]
                return
            unmoved = still

    def _pull(self, cells: Mask) -> None:
        """Both ways, with weights of either sign, no two of a size."""
        size = len(cells)
        weights = self._chance.uniform(0.1, 1.1, size) * self._chance.choice((-1.0, 1.0), size)
        for way in (-1.0, 1.0):
            self._take(self.programme.least(np.where(cells, way * weights, 0.0)))

    def _settle_one_by_one(self) -> None:
        """The smallest and the largest value of each cell that is left."""
        moved = self.span.high - self.span.low > TOLERANCE
        for cell in np.flatnonzero(self._unsettled & moved):
            if not self._unsettled[cell]:
                continue
            weights = np.zeros(len(moved))
            weights[cell] = 1.0
            for way in (1.0, -1.0):
                self._take(self.programme.least(way * weights))
            self.least[cell] = self.span.least[cell]
            if np.isfinite(self.most[cell]):
                self.most[cell] = self.span.most[cell]

    def _take(self, table: Floats) -> None:
        self.span.add(*self.programme.as_whole(table))
