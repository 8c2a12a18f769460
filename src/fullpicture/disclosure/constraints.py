"""What else is known of hidden cells, besides the tables themselves: the seam for other publications.

An earlier release makes a cell equal to a count, a rounded one (or a percentage of a published base) puts it
in an interval, a difference that somebody published is a linear equation. Each gives the same tables with
what follows from it in them, for the auditor to hold against (Fischetti and Salazar 2001, section 2: what an
intruder knows is equations and bounds).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from fullpicture.disclosure.linked import Equations, Ints, LinkedTables


def equal(tables: LinkedTables, cells: Ints, counts: Ints) -> LinkedTables:
    """Everybody knows these cells: an earlier release shows them."""
    known, shown = tables.known.copy(), tables.counts.copy()
    known[cells], shown[cells] = True, counts
    return replace(tables, known=known, counts=shown)


def interval(tables: LinkedTables, cells: Ints, least: ArrayLike, most: ArrayLike) -> LinkedTables:
    """Everybody knows that these cells are within bounds: of a rounded count, or of a chart.

    Bounds that are known already stay where they are narrower.
    """
    lower, upper = tables.lower.copy(), tables.upper.copy()
    lower[cells] = np.maximum(lower[cells], least)
    upper[cells] = np.minimum(upper[cells], most)
    return replace(tables, lower=lower, upper=upper)


def linear(tables: LinkedTables, cells: Ints, weights: Ints, total: int = 0) -> LinkedTables:
    """Everybody knows a weighted sum of these cells: a difference, or a sum that no table shows."""
    row = Equations(np.array([0, len(cells)]), cells, weights, np.array([total]))
    return replace(tables, equations=tables.equations.and_also(row))
