"""Movements of cells that keep every equation, as a linear programme without bounds or costs yet."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csc_array

from fullpicture.core.highs import quiet_highs


def movements(matrix: csc_array) -> highspy.Highs:
    """A programme with a column for each of the matrix, of which every row sums to nothing."""
    rows, columns = matrix.shape
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows, columns
    nothing = np.zeros(columns)
    model.col_cost_, model.col_lower_, model.col_upper_ = nothing, nothing, nothing
    model.row_lower_ = model.row_upper_ = np.zeros(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    highs = quiet_highs()
    highs.passModel(model)
    return highs
