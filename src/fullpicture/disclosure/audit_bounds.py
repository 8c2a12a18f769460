"""What adding and subtracting alone tells of hidden cells: intervals, narrowed until nothing changes.

The rule is that of interval propagation (Davis 1987, "Constraint propagation with interval labels"): what one
equation leaves for a cell when every other cell in it is as small, or as large, as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fullpicture.disclosure.linked import Equations, Floats, Ints, LinkedTables, Mask

MOST_ROUNDS = 500
_TINY = 1e-6
"""Counts are whole; sums of numbers below a thousand million are exact to far less than this."""


@dataclass(frozen=True)
class Unknowns:
    """The hidden cells alone (`cells` says which): `matrix @ x == rhs`, `least <= x <= most`, x whole."""

    cells: Ints
    matrix: csr_array
    rhs: Floats
    least: Floats
    most: Floats

    @classmethod
    def of(cls, published: LinkedTables) -> Unknowns:
        """What is published moved to the right-hand side of every equation that holds a hidden cell."""
        cells = np.flatnonzero(~published.known)
        matrix, rhs = _without_known(published.equations, published.known, cells, published.counts)
        return cls(cells, matrix, rhs, published.lower[cells], published.upper[cells])

    def __len__(self) -> int:
        return len(self.cells)

    def within(self, least: Floats, most: Floats) -> Unknowns:
        """The same with narrower intervals."""
        return Unknowns(self.cells, self.matrix, self.rhs, least, most)

    def open(self) -> tuple[Unknowns, Mask]:
        """Only the cells with more than one value left, and which of these they are."""
        is_open = self.most > self.least
        fixed = np.where(is_open, 0.0, self.least)
        matrix = self.matrix[:, np.flatnonzero(is_open)]
        kept = np.diff(matrix.indptr) > 0
        rhs = (self.rhs - self.matrix @ fixed)[kept]
        return Unknowns(
            self.cells[is_open], matrix[kept], rhs, self.least[is_open], self.most[is_open]
        ), is_open


def _without_known(equations: Equations, known: Mask, cells: Ints, counts: Ints) -> tuple[csr_array, Floats]:
    place = np.full(len(known), -1, dtype=np.int64)
    place[cells] = np.arange(len(cells))
    hidden = place[equations.cells] >= 0
    rhs = -equations.sums(np.where(known, counts, 0))
    sizes = np.bincount(equations.rows[hidden], minlength=len(equations))
    kept = sizes > 0
    starts = np.concatenate([[0], np.cumsum(sizes[kept])])
    entries = (equations.weights[hidden].astype(np.float64), place[equations.cells[hidden]], starts)
    return csr_array(entries, shape=(int(kept.sum()), len(cells))), rhs[kept].astype(np.float64)


def narrowed(unknowns: Unknowns) -> Unknowns:
    """The intervals that follow from one equation after the other; `least` above `most` where none fits."""
    equations = _Entries.of(unknowns.matrix)
    least, most = np.ceil(unknowns.least - _TINY), np.floor(unknowns.most + _TINY)
    for _ in range(MOST_ROUNDS):
        low, high = equations.left_for_each(unknowns.rhs, least, most)
        closer_least, closer_most = least.copy(), most.copy()
        np.maximum.at(closer_least, equations.columns, np.ceil(low - _TINY))
        np.minimum.at(closer_most, equations.columns, np.floor(high + _TINY))
        unchanged = (closer_least == least).all() and (closer_most == most).all()
        least, most = closer_least, closer_most
        if unchanged or (least > most).any():
            break
    return unknowns.within(least, most)


@dataclass(frozen=True)
class _Entries:
    """The entries of sparse rows, one after the other."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    weights: Floats
    size: int

    @classmethod
    def of(cls, matrix: csr_array) -> _Entries:
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        return cls(rows, matrix.indices.astype(np.int64), matrix.data, matrix.shape[0])

    def left_for_each(self, rhs: Floats, least: Floats, most: Floats) -> tuple[Floats, Floats]:
        """For each entry the least and the most that its equation leaves for its cell."""
        ends = self.weights * least[self.columns], self.weights * most[self.columns]
        low, high = np.minimum(*ends), np.maximum(*ends)
        from_high = (rhs[self.rows] - self._others(low)) / self.weights
        from_low = (rhs[self.rows] - self._others(high)) / self.weights
        return np.minimum(from_low, from_high), np.maximum(from_low, from_high)

    def _others(self, ends: Floats) -> Floats:
        """The sum over the other entries of each entry's row; infinite where one of them is."""
        endless = np.isinf(ends)
        finite = np.where(endless, 0.0, ends)
        sums = np.bincount(self.rows, finite, minlength=self.size)[self.rows] - finite
        without_end = np.bincount(self.rows, endless, minlength=self.size)[self.rows] - endless
        sign = np.where(endless, np.sign(ends), 0.0)
        signs = np.bincount(self.rows, sign, minlength=self.size)[self.rows]
        others: Floats = np.where(without_end > 0, np.copysign(np.inf, signs), sums)
        return others
