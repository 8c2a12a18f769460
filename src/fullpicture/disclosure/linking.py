"""From cells and trees to equations: every total is the sum of its nearest parts that a table shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fullpicture.core.errors import Mistake, TablesRefused
from fullpicture.disclosure.linked import Equations, Ints, LinkedTables, Mask, Tree

_ROOM = 2**62


def link(
    dimensions: Sequence[str],
    codes: Sequence[Sequence[str]],
    trees: Sequence[Tree],
    keys: Ints,
    counts: Ints,
    known: Mask | None = None,
) -> LinkedTables:
    """Linked tables out of distinct cells; a part that no row delivers is skipped for the parts below it."""
    shape = [len(known_codes) for known_codes in codes]
    if float(np.prod(np.array(shape, dtype=np.float64))) >= _ROOM:
        what = "has more combinations of codes than can be numbered."
        raise TablesRefused([Mistake(", ".join(dimensions), what, "Protect fewer dimensions at once.")])
    finder = _Finder(keys, shape)
    equations = _none()
    for tree in trees:
        equations = equations.and_also(_along(tree, keys, finder))
    everything = np.ones(len(counts), dtype=bool)
    return LinkedTables(
        tuple(dimensions),
        tuple(tuple(known_codes) for known_codes in codes),
        tuple(trees),
        keys,
        np.where(everything if known is None else known, counts, 0),
        everything if known is None else known,
        equations,
        np.zeros(len(counts)),
        np.full(len(counts), np.inf),
    )


class _Finder:
    """Finds cells by their codes."""

    def __init__(self, keys: Ints, shape: Sequence[int]) -> None:
        self.strides = np.array(
            [int(np.prod(shape[place + 1 :], dtype=np.int64)) for place in range(len(shape))]
        )
        self.numbers = keys @ self.strides
        self.order = np.argsort(self.numbers, kind="stable")
        self.sorted = self.numbers[self.order]

    def find(self, numbers: Ints) -> Ints:
        """The cell of each number, or -1."""
        places = np.minimum(np.searchsorted(self.sorted, numbers), len(self.sorted) - 1)
        found: Ints = np.where(self.sorted[places] == numbers, self.order[places], -1)
        return found


def _along(tree: Tree, keys: Ints, finder: _Finder) -> Equations:
    """Each cell goes into the equation of the nearest cell above it along the tree."""
    stride = finder.strides[tree.dimension]
    above = tree.parent[keys[:, tree.dimension]]
    total = np.full(len(keys), -1, dtype=np.int64)
    open_ = np.flatnonzero(above >= 0)
    while len(open_):
        steps = (above[open_] - keys[open_, tree.dimension]) * stride
        total[open_] = finder.find(finder.numbers[open_] + steps)
        open_ = open_[total[open_] < 0]
        above[open_] = tree.parent[above[open_]]
        open_ = open_[above[open_] >= 0]
    return _sums(total)


def _sums(total: Ints) -> Equations:
    """One row per total, from the total of each part (-1 for none)."""
    parts = np.flatnonzero(total >= 0)
    parts = parts[np.argsort(total[parts], kind="stable")]
    totals, first, sizes = np.unique(total[parts], return_index=True, return_counts=True)
    cells = np.insert(parts, first, totals)
    starts = np.concatenate([[0], np.cumsum(sizes + 1)])
    weights = np.ones(len(cells), dtype=np.int64)
    weights[starts[:-1]] = -1
    return Equations(starts, cells, weights, np.zeros(len(totals), dtype=np.int64))


def _none() -> Equations:
    nothing = np.zeros(0, dtype=np.int64)
    return Equations(np.zeros(1, dtype=np.int64), nothing, nothing, nothing)
