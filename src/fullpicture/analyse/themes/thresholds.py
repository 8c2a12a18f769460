"""From what log odds on an answer is given a theme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
SMOOTH = 99
"""Neighbouring thresholds over which the F1 score is averaged, so that one lucky answer decides nothing."""
BORROWED = 8
"""Coded answers with a theme at which its own threshold counts as much as that of all themes together."""
FILE = 100
"""Answers of a file at which what is expected in it counts as much as the threshold that was learnt."""


@dataclass(frozen=True)
class Thresholds:
    """For each theme the log odds from which it is given, and how that compares with what was expected.

    `given` is the share of coded answers that had at least that much when they were not yet seen, `expected`
    the mean of their probabilities; both NaN for a theme that is not learnt from coded answers.
    """

    least: Matrix
    given: Matrix
    expected: Matrix

    @classmethod
    def learnt(cls, unseen: Matrix, has: NDArray[np.bool_]) -> Thresholds:
        """Thresholds from log odds of answers that the model had not seen.

        A theme's own gives as many answers the theme as people did, because shares are what is published.
        What few answers say is moved towards the one threshold that gives all themes the best F1 score.
        """
        own = np.array([_own(unseen[:, theme], has[:, theme]) for theme in range(has.shape[1])])
        many = has.sum(axis=0)
        weight = many / (many + BORROWED)
        least = weight * own + (1 - weight) * _best(unseen.ravel(), has.ravel())
        return cls(least, (unseen >= least).mean(axis=0), probability(unseen).mean(axis=0))

    @classmethod
    def at_zero(cls, themes: int) -> Thresholds:
        """Themes that nobody has coded: given from even odds on."""
        return cls(np.zeros(themes), np.full(themes, np.nan), np.full(themes, np.nan))

    def within(self, odds: Matrix) -> Matrix:
        """The thresholds for the answers of one file.

        The sum of probabilities says how many answers of a file have a theme, with less error than counting
        those over a threshold does (Bella et al. 2010, Quantification via Probability Estimators, ICDM): each
        threshold moves to where as many are over it as that sum leads to expect.
        """
        least, size = self.least.copy(), len(odds)
        if not size:
            return least
        weight = size / (size + FILE)
        sums = probability(odds).sum(axis=0)
        for theme in np.flatnonzero((self.given > 0) & (self.expected > 0)):
            many = round(float(self.given[theme] / self.expected[theme] * sums[theme]))
            ordered = np.sort(odds[:, theme])[::-1]
            between = (ordered[min(max(many - 1, 0), size - 1)] + ordered[min(many, size - 1)]) / 2
            least[theme] = weight * between + (1 - weight) * least[theme]
        return least


def probability(log_odds: Matrix) -> Matrix:
    """Of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))


def _own(scores: Matrix, has: NDArray[np.bool_]) -> float:
    """The threshold over which as many are as have the theme; 0 where none has, which decides nothing."""
    return float(np.sort(scores)[::-1][int(has.sum()) - 1]) if has.any() else 0.0


def _best(scores: Matrix, has: NDArray[np.bool_]) -> float:
    """The threshold with the best F1 score, averaged over its neighbours."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(has[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + has.sum())
    padded = np.pad(f1, SMOOTH // 2, mode="edge")
    return float(
        scores[order[int(np.argmax(np.convolve(padded, np.full(SMOOTH, 1 / SMOOTH), mode="valid")))]]
    )
