"""Controlled rounding: every count to a multiple of a base, and the rounded counts still add up.

Cox (1987), "A constructive procedure for unbiased controlled rounding"; Salazar (2005), "Controlled
rounding and cell perturbation". The rounded table nearest to the counts is a linear programme; where its
solution is not in whole multiples, the cells that are no totals are rounded and everything above them is
added up again, so that there is always an answer for tables that have one set of finest cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy.sparse import csc_array

from fullpicture.core.highs import quiet_highs
from fullpicture.disclosure.constraints import interval
from fullpicture.disclosure.linked import Equations, Floats, Ints, LinkedTables

_CLOSE = 1e-6


@dataclass(frozen=True)
class Rounded:
    """The rounded counts, the base, and how far they are from the truth at most (published with them)."""

    counts: Ints
    base: int
    within: int


def round_to(tables: LinkedTables, base: int) -> Rounded | None:
    """Rounds all counts to multiples of a base; None where no additive rounding was found.

    Whoever knows that each count is less than `base` from the truth still finds 1 to `base` - 1 possible
    for a count that is small: one finest cell and everything above it can be higher or lower together.
    """
    multiples = _nearest(tables, base)
    if multiples is None:
        return None
    whole = np.rint(multiples).astype(np.int64)
    if np.abs(multiples - whole).max(initial=0) > _CLOSE or tables.equations.sums(whole).any():
        whole = _added_up(tables.equations, whole)
    if tables.equations.sums(whole).any():
        return None
    counts = whole * base
    within = int(np.abs(counts - tables.counts).max(initial=0))
    return Rounded(counts, base, max(within, base - 1))


def as_bounds(tables: LinkedTables, rounded: Rounded) -> LinkedTables:
    """What a reader of the rounded table knows: bounds of every count, and no count."""
    hidden = tables.without(np.ones(len(tables), dtype=bool))
    ends = rounded.counts - rounded.within, rounded.counts + rounded.within
    return interval(replace(hidden, lower=np.zeros(len(tables))), np.arange(len(tables)), *ends)


def _nearest(tables: LinkedTables, base: int) -> Floats | None:
    """Multiples m with A m = 0, each the count over the base rounded down or up, as near as can be."""
    share = tables.counts / base
    low, high = np.floor(share), np.ceil(share)
    matrix = tables.equations.matrix(len(tables))
    ends = (matrix @ low, matrix @ high)
    step = high > low
    solved = _solved(csc_array(matrix[:, step]), -ends[0], (1 - 2 * (share - low))[step])
    if solved is None:
        return share
    low[step] += solved
    return np.asarray(low)


def _solved(matrix: csc_array, rhs: Floats, cost: Floats) -> Floats | None:
    """Shares between 0 and 1 of least cost; None where there are none."""
    highs = quiet_highs()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_, model.row_lower_, model.row_upper_ = cost, rhs, rhs
    model.col_lower_, model.col_upper_ = np.zeros(len(cost)), np.ones(len(cost))
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    highs.passModel(model)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(highs.getSolution().col_value)


def _added_up(equations: Equations, multiples: Ints) -> Ints:
    """The finest cells as they are, and each total the sum of its parts, from the finest up."""
    starts, cells = equations.starts, equations.cells
    totals = cells[starts[:-1]]
    added, is_final = multiples.copy(), np.ones(len(multiples), dtype=bool)
    is_final[totals] = False
    while True:
        parts = np.add.reduceat(is_final[cells], starts[:-1]) if len(totals) else totals
        ready = np.flatnonzero((parts == np.diff(starts) - 1) & ~is_final[totals])
        if not len(ready):
            return added
        sums = np.add.reduceat(added[cells], starts[:-1]) - added[totals]
        added[totals[ready]] = sums[ready]
        is_final[totals[ready]] = True
