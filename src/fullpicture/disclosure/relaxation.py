"""Which cells a protection would hide if it could hide parts of cells: a guide for those that cannot.

A linear programme: each cell is hidden to a share of 0 to 1, at the least cost, such that in every equation
something stands beside what needs it. Then, round by round, what the cells with large shares give away
(`given_away`) is forbidden by one more inequality: of the shown cells that it rests on, one in all has to be
hidden (as in Fischetti and Salazar 2001, "Solving the cell suppression problem on tabular data with linear
constraints", section 4, but for circuits in the place of movements within bounds). What every protection
must do, the programme does, so its value is also a lower bound of what can be lost. Nothing is proven by it.
"""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np

from fullpicture.core.highs import quiet_highs
from fullpicture.disclosure.given_away import relations, rest_on
from fullpicture.disclosure.linked import Floats, Ints
from fullpicture.disclosure.modular import Sparse
from fullpicture.disclosure.task import Task

_LARGE = 0.45
_LONGEST = 60
"""Cells of an equation up to which none may be hidden alone: that takes as many rows as cells."""


def shares(task: Task, price: Floats, rounds: int) -> Iterator[tuple[Floats, float]]:
    """How much of each cell is hidden, and what that costs, after each round.

    Args:
        task: what is to be protected.
        price: in which order cells are preferred, where circuits are looked for.
        rounds: how many at most; fewer where nothing is given away or nothing more can be demanded.
    """
    relaxation = _Relaxation(task)
    for place in range(rounds):
        solved = relaxation.solved()
        if solved is None:
            return
        yield solved
        if place + 1 < rounds:
            hidden = (solved[0] > _LARGE) | task.primary
            found = relations(task, hidden, price)
            relaxation.demand(rest_on(task.tables.equations, hidden, found))


class _Relaxation:
    """The programme, with a column for each cell that may be hidden besides the primaries."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.cells = np.flatnonzero(task.may & ~task.primary)
        self.place = np.full(len(task.tables), -1, dtype=np.int64)
        self.place[self.cells] = np.arange(len(self.cells))
        self.highs = quiet_highs()
        size = len(self.cells)
        self.highs.addVars(size, np.zeros(size), np.ones(size))
        self.highs.changeColsCost(size, np.arange(size, dtype=np.int32), task.cost[self.cells])
        rows = list(self._rows())
        lengths = [len(cells) for _, cells, _ in rows]
        self._add(
            np.array([least for least, _, _ in rows]),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            np.concatenate([cells for _, cells, _ in rows]) if rows else self.cells[:0],
            np.concatenate([weights for _, _, weights in rows]) if rows else np.zeros(0),
        )

    def _rows(self) -> Iterator[tuple[float, Ints, Floats]]:
        """What each equation demands: beside primaries one more cell, or that no cell is hidden alone."""
        task, equations = self.task, self.task.tables.equations
        is_in = [
            np.bincount(equations.rows[cells[equations.cells]], minlength=len(equations))
            for cells in (task.primary & task.may & ~task.is_tight, task.primary & task.may & task.is_tight)
        ]
        loose, tight = is_in
        beside_one = (tight == 0) | ((tight == 1) & task.from_alone)
        wants = ((loose == 0) & (tight > 0)) | ((loose == 1) & beside_one)
        for row in np.flatnonzero(wants | (loose + tight == 0)).tolist():
            cells = self.place[equations.cells[equations.starts[row] : equations.starts[row + 1]]]
            cells = cells[cells >= 0]
            if wants[row] and len(cells):
                yield 1.0, cells, np.ones(len(cells))
            elif not wants[row] and len(cells) <= _LONGEST:
                for one in range(len(cells)):
                    yield 0.0, cells, np.where(np.arange(len(cells)) == one, -1.0, 1.0)

    def demand(self, sets: Sparse) -> None:
        """That of each set of cells one in all is hidden."""
        owner = np.repeat(np.arange(len(sets.starts) - 1), np.diff(sets.starts))
        place = self.place[sets.entries]
        owner, place = owner[place >= 0], place[place >= 0]
        kept, lengths = np.unique(owner, return_counts=True)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        self._add(np.ones(len(kept)), starts, place, np.ones(len(place)))

    def solved(self) -> tuple[Floats, float] | None:
        """The shares of least cost; None where nothing meets what is demanded."""
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = np.zeros(len(self.task.tables))
        found[self.cells] = np.array(self.highs.getSolution().col_value)
        return found, float(self.highs.getInfo().objective_function_value)

    def _add(self, least: Floats, starts: Ints, cells: Ints, weights: Floats) -> None:
        if len(least):
            self.highs.addRows(
                len(least),
                least,
                np.full(len(least), highspy.kHighsInf),
                len(cells),
                starts[:-1].astype(np.int32),
                cells.astype(np.int32),
                weights,
            )
