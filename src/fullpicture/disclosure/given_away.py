"""What the shown cells give away of the hidden ones, and which shown cells that rests on.

A *relation* is a weighted sum of hidden cells that no movement changes, so that everybody knows it. It may
not be of one primary; of one primary and cells in which one person is alone; or of tight cells alone, unless
they count the same person. It is a sum of equations in which no other hidden cell is left, and the shown
cells in that sum are what it rests on: one of them has to be hidden.
"""

from __future__ import annotations

import numpy as np

from fullpicture.disclosure.alone import person_in
from fullpicture.disclosure.circuits import Circuits, find_circuits
from fullpicture.disclosure.linked import Equations, Floats, Ints, Mask
from fullpicture.disclosure.modular import PRIME, Sparse
from fullpicture.disclosure.task import ENOUGH, Task


def all_circuits(task: Task, hidden: Mask, price: Floats) -> Circuits:
    """A basis of all movements of these cells: a circuit for each that depends on those before it."""
    size = len(task.tables)
    order = task.by(price, hidden & task.may)
    need = task.primary & task.may
    return find_circuits(task.columns, len(task.tables.equations), order, need, np.ones(size, dtype=bool))


def relations(task: Task, hidden: Mask, price: Floats) -> Sparse:
    """Relations that may not be, while these cells are hidden; the first cell of each is a primary."""
    vectors, owner, _ = all_circuits(task, hidden, price)
    owners = np.repeat(owner, np.diff(vectors.starts))
    worth = np.zeros(len(task.tables), dtype=np.int64)
    np.add.at(worth, vectors.entries, np.where(task.is_tight[owners], 1, ENOUGH))
    wanted = task.primary & task.may
    tied = wanted & task.is_tight
    tied[owner] = False
    asked = np.flatnonzero(tied | (wanted & ~task.is_tight & (worth < task.need)))
    place = np.full(len(task.tables), -1)
    place[asked] = np.arange(len(asked))
    mine = np.flatnonzero(place[vectors.entries] >= 0)
    within = np.concatenate([np.arange(len(asked)), place[vectors.entries[mine]]])
    cells = np.concatenate([asked, owners[mine]])
    weights = np.concatenate([np.ones(len(asked), dtype=np.int64), vectors.weights[mine]])
    kept = _is_bad(task, asked, (within, cells, weights))[within]
    order = np.flatnonzero(kept)[np.argsort(within[kept], kind="stable")]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(within[order])) + 1, [len(order)]])
    return Sparse(starts if len(order) else starts[:1], cells[order], weights[order])


def _is_bad(task: Task, asked: Ints, entries: tuple[Ints, Ints, Ints]) -> Mask:
    """All but those that say of two cells of one person that they are the same."""
    within, cells, weights = entries
    person = person_in(task.tables, task.primary)
    alike = (person[cells] >= 0) & (person[cells] == person[asked[within]])
    sizes = np.bincount(within, minlength=len(asked))
    opposite = np.bincount(within, alike & (weights == PRIME - 1), minlength=len(asked)) == 1
    same: Mask = (sizes == 2) & opposite & task.is_tight[asked]
    return ~same


def rest_on(equations: Equations, hidden: Mask, found: Sparse) -> Sparse:
    """For each relation the shown cells of the sum of equations that gives it."""
    size, many, count = len(hidden), len(equations), len(found.starts) - 1
    within = hidden[equations.cells]
    lengths = np.bincount(equations.rows[within], minlength=many)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    both = Sparse(
        np.concatenate([starts, starts[-1] + found.starts[1:]]),
        np.concatenate([equations.cells[within], found.entries]),
        np.concatenate([equations.weights[within], found.weights]) % PRIME,
    )
    shortest = np.argsort(np.diff(equations.starts), kind="stable")
    order = np.concatenate([shortest, many + np.arange(count)])
    is_asked = np.arange(many + count) >= many
    sums = find_circuits(both, size, order, np.zeros(many + count, dtype=bool), is_asked)
    return _shown_in(equations, hidden, sums, many)


def _shown_in(equations: Equations, hidden: Mask, sums: Circuits, many: int) -> Sparse:
    """The shown cells with a weight in each sum of equations."""
    place = np.repeat(np.arange(len(sums.owner)), np.diff(sums.vectors.starts))
    is_row = sums.vectors.entries < many
    rows, place, factor = sums.vectors.entries[is_row], place[is_row], sums.vectors.weights[is_row]
    sizes = np.diff(equations.starts)[rows]
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(rows) else np.zeros(0, dtype=np.int64)
    at = np.arange(sizes.sum()) + np.repeat(equations.starts[:-1][rows] - before, sizes)
    key = np.repeat(place, sizes) * len(hidden) + equations.cells[at]
    unique, inverse = np.unique(key, return_inverse=True)
    total = np.zeros(len(unique), dtype=np.int64)
    np.add.at(total, inverse, np.repeat(factor, sizes) * equations.weights[at] % PRIME)
    kept = unique[(total % PRIME != 0) & ~hidden[unique % len(hidden)]]
    starts = np.searchsorted(kept, np.arange(len(sums.owner) + 1) * len(hidden))
    return Sparse(starts, kept % len(hidden), np.ones(len(kept), dtype=np.int64))
