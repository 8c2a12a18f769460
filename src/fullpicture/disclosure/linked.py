"""Tables that belong together: their cells, what adds up to what, and what anybody knows of a hidden cell.

One set of linear equations and bounds, as in Fischetti and Salazar (2001, "Solving the cell suppression
problem on tabular data with linear constraints"): cells x, equations A x = b, and bounds for each cell
that is not shown. The suppressor and the auditor share this type and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Equations:
    """Sparse rows: for row r, the sum of `weights * x[cells]` over `starts[r]:starts[r + 1]` is `rhs[r]`.

    Of a total and its parts the first entry is the total, with weight -1, and `rhs` is 0.
    """

    starts: Ints
    cells: Ints
    weights: Ints
    rhs: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def rows(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def matrix(self, cells: int) -> csr_array:
        """A, for so many cells. SciPy may sort what it is given in place, so it is given a copy."""
        entries = (self.weights.astype(np.float64), self.cells, self.starts)
        return csr_array(entries, shape=(len(self), cells), copy=True)

    def sums(self, counts: Ints) -> Ints:
        """A x - b: zero in every row whose equation holds."""
        products = np.concatenate([[0], np.cumsum(self.weights * counts[self.cells])])
        sums: Ints = products[self.starts[1:]] - products[self.starts[:-1]] - self.rhs
        return sums

    def and_also(self, other: Equations) -> Equations:
        """These rows, then the other ones."""
        return Equations(
            np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]),
            np.concatenate([self.cells, other.cells]),
            np.concatenate([self.weights, other.weights]),
            np.concatenate([self.rhs, other.rhs]),
        )


class Steps(NamedTuple):
    """Changes of few cells in whole numbers: step s changes the `cells` of `starts[s]:starts[s + 1]`."""

    starts: Ints
    cells: Ints
    change: Ints


class Tree(NamedTuple):
    """Which code is a part of which, along one dimension: `parent[code]` is -1 at a root and outside it.

    The parts of a code make it up completely. A second way to split the same total is a second tree.
    """

    dimension: int
    parent: Ints


@dataclass(frozen=True)
class LinkedTables:
    """Count tables with common dimensions: a table that lacks one stands at that dimension's root.

    `keys` has one row per cell: the place of its code in `codes` for each dimension. `counts` is 0 where a
    cell is not `known` (hidden, or blank on delivery). A cell that no row delivers is zero, and known.
    `lower` and `upper` bound what anybody knows of a cell before it is shown.
    """

    dimensions: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    trees: tuple[Tree, ...]
    keys: Ints
    counts: Ints
    known: Mask
    equations: Equations
    lower: Floats
    upper: Floats

    def __len__(self) -> int:
        return len(self.counts)

    def name(self, cell: int) -> str:
        """The codes of a cell, to say where it is."""
        codes = zip(self.dimensions, self.codes, self.keys[cell], strict=True)
        return ", ".join(f"{dimension} {known[place]}" for dimension, known, place in codes)

    def without(self, hidden: Mask) -> LinkedTables:
        """What is published: the same without the counts of the hidden cells."""
        known = self.known & ~hidden
        return replace(self, counts=np.where(known, self.counts, 0), known=known)

    def where_zeros_show(self) -> LinkedTables:
        """For a publisher who shows every zero: whatever is hidden is at least 1."""
        return replace(self, lower=np.maximum(self.lower, 1.0))

    def inconsistent(self) -> Ints:
        """Rows whose cells are all known and do not add up."""
        unknown = np.concatenate([[0], np.cumsum(~self.known[self.equations.cells])])
        complete = unknown[self.equations.starts[1:]] == unknown[self.equations.starts[:-1]]
        wrong: Ints = np.flatnonzero(complete & (self.equations.sums(self.counts) != 0))
        return wrong
