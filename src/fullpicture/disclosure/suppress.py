"""Hides other cells so that no small count can be computed, and proves it: secondary suppression.

The intruder knows every equation, every published count, and a lower (perhaps an upper) bound of each
hidden one. A hidden cell that stands at its bound is *tight*: a count of 1 where zeros are shown. Cells are
hidden so that

1. every primary cell is in a circuit of hidden cells, and
2. every tight cell has a circuit of its own, whose other cells are not tight (or are tight and move the
   same way), and
3. every other primary is in two of those, or in a circuit without tight cells: so whoever is the only one
   counted in a tight cell, and knows it, does not know another primary for that.

Then some movement d keeps every equation, moves every tight cell away from its bound and every other
primary at all: each circuit of 2 can be added as often as one likes, and the rest in general position. With
x the true counts, x and x + e d fit all that is published for a small e > 0, so no primary has one possible
value. `direction` is such a d in whole numbers; anybody can check it (`is_proof`). Conditions 1 and 2 are
of linear algebra alone, which is why no linear programme is solved. (1 is Langsrud 2024; against 2 see the
singleton problem in Hundepool et al. 2012, "Statistical Disclosure Control", 4.3; feasibility as in
Fischetti and Salazar 2001.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fullpicture.disclosure.alone import person_in
from fullpicture.disclosure.circuits import find_circuits
from fullpicture.disclosure.linked import Equations, Floats, Ints, LinkedTables, Mask, Steps
from fullpicture.disclosure.modular import Sparse, fractions
from fullpicture.disclosure.prices import guided, lucky_prices, usual_prices
from fullpicture.disclosure.task import ENOUGH, Task
from fullpicture.disclosure.thinning import Movements, Worth, thin

_EACH = 0.5
"""What the number of hidden cells weighs, beside what they count."""
_SOME = 0.01
"""Cells of which the relaxation hides less, and that no order has hidden, are not tried again."""
_KEPT = 0.6
"""What a cell's price comes down to where the best protection so far hides it."""
_TRIES = 4
_LARGEST_SHARE = 997


@dataclass(frozen=True)
class Suppression:
    """What is hidden and why.

    `protects` names for each hidden cell the primary for whose sake it is hidden (itself for a primary), -1
    for a shown one. `direction` is the proof for all primaries but the `unproven`. `steps` are circuits of
    hidden cells that lead from the true table to another that fits.
    """

    hidden: Mask
    primary: Mask
    protects: Ints
    direction: Ints
    unproven: Ints
    steps: Steps | None = None


def suppress(
    tables: LinkedTables, primary: Mask, cost: Floats | None = None, from_alone: bool = True
) -> Suppression:
    """Hides what the primaries need, in several orders, and keeps what loses least.

    The same input always gives the same cells. What is lost is the cost of the cells and, half as much again,
    their number.

    Args:
        tables: every count that is published together. Cells that are not known stay hidden, and the
            intruder is taken to know them.
        primary: the cells that the rules hide.
        cost: what hiding a cell loses, its count where nothing is said; infinite for one that must be shown.
        from_alone: whether condition 3 is asked for as well.
    """
    cost = tables.counts.astype(np.float64) if cost is None else cost
    task = Task(tables, primary, cost, from_alone)
    usual = usual_prices(task)
    best = in_order(task, usual)
    others = best.hidden & ~primary & tables.known
    if not others.any():
        return best
    weighed = replace(task, cost=cost + _EACH * cost[others].mean())
    share = guided(weighed, usual)
    narrow = weighed.only(best.hidden | (share > _SOME))
    for price in lucky_prices(usual, share):
        found = in_order(narrow, np.where(best.hidden, _KEPT * price, price))
        best = min(best, found, key=lambda each: (len(each.unproven), weighed.loss(each.hidden)))
    return best


def in_order(task: Task, price: Floats) -> Suppression:
    """Hides cells of low price, and of those shows again what is not needed, the highest price first."""
    tables, primary = task.tables, task.primary
    order = task.by(price, task.may)
    wanted = primary & task.may
    found = find_circuits(task.columns, len(tables.equations), order, wanted, primary)
    worth = Worth(primary[found.owner], np.where(task.is_tight[found.owner], 1, ENOUGH))
    dear_first = order[::-1]
    hidden, moves = thin(_sorted(found.vectors), worth, task.need, dear_first[~primary[dear_first]])
    signed = _Signed(task, moves)
    direction, unproven = signed.direction(moves, worth.credit, found.owner)
    hidden |= primary | ~tables.known
    return Suppression(hidden, primary, _reasons(moves, primary, hidden), direction, unproven, signed.steps())


def is_proof(equations: Equations, direction: Ints) -> bool:
    """Whether the movement keeps every equation: exact, in whole numbers."""
    return not (equations.sums(direction) + equations.rhs).any()


def _sorted(vectors: Sparse) -> Sparse:
    owner = np.repeat(np.arange(len(vectors.starts) - 1), np.diff(vectors.starts))
    order = np.lexsort((vectors.entries, owner))
    return Sparse(vectors.starts, vectors.entries[order], vectors.weights[order])


def _entries(moves: Movements) -> tuple[Ints, Ints, Ints]:
    """Circuit, cell and weight of all that is left, circuit by circuit."""
    circuits = np.repeat(np.arange(len(moves.start)), moves.length)
    before = np.concatenate([[0], np.cumsum(moves.length)])[:-1]
    places = np.arange(len(circuits)) + np.repeat(moves.start - before, moves.length)
    return circuits, moves.cell[places], moves.weight[places]


def _reasons(moves: Movements, primary: Mask, hidden: Mask) -> Ints:
    """For each hidden cell a primary of the shortest circuit that it is in."""
    circuits, cells, _ = _entries(moves)
    protected = np.full(len(moves.start), -1, dtype=np.int64)
    protected[circuits[primary[cells]][::-1]] = cells[primary[cells]][::-1]
    reasons = np.full(len(hidden), -1, dtype=np.int64)
    longest_first = np.argsort(-moves.length[circuits], kind="stable")
    reasons[cells[longest_first]] = protected[circuits[longest_first]]
    reasons[primary] = np.flatnonzero(primary)
    return np.where(hidden, reasons, -1)


class _Signed:
    """Adds movements up so that each tight cell moves away from its bound."""

    def __init__(self, task: Task, moves: Movements) -> None:
        self.task, self.primary = task, task.primary & task.may
        self.away = np.where(task.tables.counts >= task.tables.upper, -1, 1)
        alone_too = task.is_tight & task.from_alone
        self.need = np.where(self.primary & alone_too, 1, task.need)
        self.whole = self._whole(moves)

    def direction(self, moves: Movements, credit: Ints, owner: Ints) -> tuple[Ints, Ints]:
        """The best of a few movements in general position, and the primaries that it does not prove."""
        circuits, cells, weights = self.whole
        size = len(self.task.tables)
        cover = np.zeros(size, dtype=np.int64)
        np.add.at(cover, cells, np.where(self._mixed(circuits, cells, owner), 0, credit)[circuits])
        best, unproven = np.zeros(size, dtype=np.int64), np.flatnonzero(self.primary)
        for seed in range(_TRIES):
            shares = np.random.default_rng(seed).integers(1, _LARGEST_SHARE, len(moves.start))
            total = np.zeros(size, dtype=np.int64)
            np.add.at(total, cells, weights * shares[circuits])
            left = self._unproven(total, cover)
            if len(left) < len(unproven):
                best, unproven = total, left
            if not len(unproven):
                break
        return best, unproven

    def steps(self) -> Steps:
        """The circuits after which every count is within its bounds."""
        circuits, cells, weights = self.whole
        counts, lower, upper = (
            all_[cells] for all_ in (self.task.tables.counts, self.task.tables.lower, self.task.tables.upper)
        )
        change, kept = weights.copy(), np.zeros(len(weights), dtype=bool)
        for way in (-1, 1):
            beyond = (counts + way * weights < lower) | (counts + way * weights > upper)
            fits = ~np.isin(circuits, circuits[beyond])
            change[fits] = way * weights[fits]
            kept |= fits
        starts = np.flatnonzero(np.diff(circuits[kept], prepend=-1))
        return Steps(np.append(starts, int(kept.sum())), cells[kept], change[kept])

    def _mixed(self, circuits: Ints, cells: Ints, owner: Ints) -> Mask:
        """Circuits with tight cells of two persons: who holds one of them fast may hold the other."""
        mixed = np.zeros(len(owner), dtype=bool)
        if self.task.from_alone:
            person = person_in(self.task.tables, self.task.primary)
            first = owner[circuits]
            same = (person[cells] >= 0) & (person[cells] == person[first])
            mixed[circuits[self.task.is_tight[cells] & (cells != first) & ~same]] = True
        return mixed

    def _unproven(self, total: Ints, cover: Ints) -> Ints:
        is_tight = self.task.is_tight
        if not is_proof(self.task.tables.equations, total) or (is_tight & (total * self.away < 0)).any():
            return np.flatnonzero(self.primary)
        moved = np.where(is_tight, total * self.away > 0, total != 0) & (cover >= self.need)
        return np.flatnonzero(self.primary & ~moved)

    def _whole(self, moves: Movements) -> tuple[Ints, Ints, Ints]:
        """The circuits in whole numbers, turned so that tight cells move away from their bound."""
        circuits, cells, weights = _entries(moves)
        numerators, denominators = fractions(weights)
        common = np.ones(len(moves.start), dtype=np.int64)
        np.lcm.at(common, circuits, np.maximum(denominators, 1))
        is_whole = np.ones(len(moves.start), dtype=bool)
        is_whole[circuits[denominators == 0]] = False
        whole = numerators * (common[circuits] // np.maximum(denominators, 1))
        turn = np.ones(len(moves.start), dtype=np.int64)
        at_bound = self.task.is_tight[cells]
        turn[circuits[at_bound]] = (np.sign(whole) * self.away[cells])[at_bound]
        good = is_whole[circuits]
        return circuits[good], cells[good], (whole * turn[circuits])[good]
