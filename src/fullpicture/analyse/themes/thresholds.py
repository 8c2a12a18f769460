"""From what score on an answer is given a theme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMOOTH = 9
"""Neighbouring thresholds over which the F1 score is averaged, so that one lucky answer decides nothing."""

AS_MANY = 0.7
"""How far the threshold goes towards giving as many answers the theme as people did."""


def thresholds(unseen: NDArray[np.float64], has: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A threshold for each theme, from scores of answers that the model had not seen.

    Between the one that gives as many answers the theme as people did and the one with the best F1 score,
    nearer to the first: the second alone overstates the shares of rare themes, which are published.
    """
    return np.array([_threshold(unseen[:, theme], has[:, theme]) for theme in range(has.shape[1])])


def _threshold(scores: NDArray[np.float64], has: NDArray[np.bool_]) -> float:
    if not has.any():
        return float("inf")
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(has[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + has.sum())
    padded = np.pad(f1, SMOOTH // 2, mode="edge")
    best = int(np.argmax(np.convolve(padded, np.full(SMOOTH, 1 / SMOOTH), mode="valid")))
    as_many = int(has.sum()) - 1
    return float(AS_MANY * scores[order[as_many]] + (1 - AS_MANY) * scores[order[best]])
