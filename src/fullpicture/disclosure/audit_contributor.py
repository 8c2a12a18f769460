"""The second intruder: somebody who is counted, and is the only one in some hidden cells.

At worst he knows that he is alone there: a hidden count of 1 is then no secret to him, in any of the cells
that count him alone. What is left must still hide every other small count from him (the "singleton problem",
Hundepool et al. 2012, chapter 4; Langsrud 2024). Anybody else who is counted knows only that a cell he is
in is at least 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from fullpicture.disclosure.audit_bounds import Unknowns
from fullpicture.disclosure.audit_tables import TOLERANCE, Programme
from fullpicture.disclosure.linked import Equations, Floats, Ints, LinkedTables, Mask, Steps

_ROUNDS = 30
_KEEP = 0.5


class Told(NamedTuple):
    """A cell that the only person in another cell can work out; `holds` are all cells that count only him."""

    alone_in: int
    told: int
    holds: tuple[int, ...]


class Others(NamedTuple):
    """Other tables that fit, of the open cells, and changes that are said to lead to some."""

    tables: list[Floats]
    offered: Steps | None


def told_to_contributors(
    published: LinkedTables, truth: Ints, unknowns: Unknowns, matters: Mask, others: Others
) -> list[Told]:
    """Small counts that one who is alone in a cell can work out.

    Args:
        published: what everybody sees.
        truth: the counts of all cells.
        unknowns: the cells that an outsider cannot work out.
        matters: which of them hold a count that nobody may know.
        others: other tables that fit.
    """
    persons = _persons(published.equations, truth, unknowns.cells)
    if not persons.shape[1] or not matters.any():
        return []
    asking = _Asking(unknowns, truth[unknowns.cells].astype(np.float64), persons, matters)
    for table in others.tables:
        asking.learn(table)
    if others.offered is not None:
        asking.try_out(others.offered)
    asking.settle_together()
    asking.settle_cell_by_cell()
    return asking.settle_one_by_one()


def _persons(equations: Equations, truth: Ints, cells: Ints) -> Mask:
    """One column for each person who is alone somewhere, with the open cells that count nobody else."""
    alone = truth == 1
    entries = alone[equations.cells]
    totals = np.repeat(equations.cells[equations.starts[:-1]], np.diff(equations.starts))
    linked = entries & alone[totals]
    edges = coo_array(
        (np.ones(int(linked.sum())), (totals[linked], equations.cells[linked])), shape=(len(truth),) * 2
    )
    _, person = connected_components(edges, directed=False)
    here = np.flatnonzero(alone[cells])
    names, column = np.unique(person[cells[here]], return_inverse=True)
    persons = np.zeros((len(cells), len(names)), dtype=bool)
    persons[here, column] = True
    return persons


class _Asking:
    """Which small counts (rows) are not yet shown to be hidden from which persons (columns)."""

    def __init__(self, unknowns: Unknowns, truth: Floats, persons: Mask, matters: Mask) -> None:
        self.unknowns, self.truth, self.persons = unknowns, truth, persons
        self.programme = Programme(unknowns)
        part = self.programme.part
        home = part[persons.argmax(axis=0)]
        self.open = matters[:, None] & (part[:, None] == home[None, :]) & ~persons
        self._chance = np.random.default_rng(0)

    def learn(self, table: Floats) -> None:
        """A table hides what it moves from the persons in whose cells it leaves what they know."""
        difference = np.abs(table - self.truth)
        moved = np.asarray((self.persons & (difference > TOLERANCE)[:, None]).any(axis=0))
        self.open &= ~((difference > 1 - TOLERANCE)[:, None] & ~moved[None, :])

    def try_out(self, offered: Steps) -> None:
        """Learns from the changes that keep every equation and every bound."""
        size, count = len(self.truth), len(offered.starts) - 1
        place = np.full(int(max(self.unknowns.cells.max(), offered.cells.max(initial=0))) + 1, -1)
        place[self.unknowns.cells] = np.arange(size)
        step, at = np.repeat(np.arange(count), np.diff(offered.starts)), place[offered.cells]
        entries = (offered.change.astype(np.float64), (np.maximum(at, 0), step))
        changes = coo_array(entries, shape=(size, count)).tocsc()
        changes.eliminate_zeros()
        cells, steps = changes.indices, np.repeat(np.arange(count), np.diff(changes.indptr))
        value = self.truth[cells] + changes.data
        beyond = (value < self.unknowns.least[cells]) | (value > self.unknowns.most[cells])
        wrong = np.bincount(np.concatenate([step[at < 0], steps[beyond]]), minlength=count) > 0
        wrong |= np.asarray(abs(self.unknowns.matrix @ changes).sum(axis=0) > TOLERANCE).ravel()
        for each in np.flatnonzero(~wrong).tolist():
            moved = cells[changes.indptr[each] : changes.indptr[each + 1]]
            self.open[moved] &= self.persons[moved].any(axis=0)

    def settle_together(self) -> None:
        """Holds the cells of many persons at once, and moves the rest."""
        for _ in range(_ROUNDS):
            waiting = np.flatnonzero(self.open.any(axis=0))
            if not len(waiting):
                return
            held = waiting[self._chance.random(len(waiting)) < _KEEP]
            self._pull(held, self.open[:, held].any(axis=1))

    def settle_cell_by_cell(self) -> None:
        """Holds at once all persons who may know a cell; where that holds the cell as well, half of them."""
        for cell in np.flatnonzero(self.open.any(axis=1)).tolist():
            alone = np.arange(len(self.open)) == cell
            waiting = [np.arange(self.open.shape[1])]
            while waiting:
                held = waiting.pop()
                held = held[self.open[cell, held]]
                if len(held):
                    self._pull(held, alone)
                if self.open[cell, held].any() and len(held) > 1:
                    waiting += np.array_split(held, 2)

    def settle_one_by_one(self) -> list[Told]:
        """Asks for each person that is left; whatever no table moves, he knows."""
        told = []
        for person in np.flatnonzero(self.open.any(axis=0)).tolist():
            before = -1
            while before != (now := int(self.open[:, person].sum())):
                before = now
                self._pull(np.array([person]), self.open[:, person])
            holds = tuple(self.unknowns.cells[self.persons[:, person]].tolist())
            told += [Told(holds[0], int(cell), holds) for cell in self.unknowns.cells[self.open[:, person]]]
        return told

    def _pull(self, held: Ints, cells: Mask) -> None:
        holds = np.asarray(self.persons[:, held].any(axis=1))
        self.programme.hold(holds, self.truth)
        size = len(cells)
        weights = self._chance.uniform(0.1, 1.1, size) * self._chance.choice((-1.0, 1.0), size)
        for way in (-1.0, 1.0):
            self.learn(self.programme.least(np.where(cells, way * weights, 0.0)))
