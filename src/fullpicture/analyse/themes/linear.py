"""Two linear models of whether an answer has a theme, and what they say together.

Ridge regression is steady where a theme is rare; logistic regression with both classes of equal weight
ranks better where it is common. Each is brought to log odds by what it said of answers it had not seen (Platt
1999), and the two are averaged.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Matrix = NDArray[np.float64]
RIDGE, LOGISTIC = 2.0, 1.0
"""The ridge's penalty, and the inverse of the logistic one: best in cross-validation on coded comments."""
FOLDS = 5
FEWEST = 3
"""Answers with a theme from which a model is made at all."""


@dataclass(frozen=True)
class Linear:
    """Log odds of each theme as a linear function of an answer's vector: `vectors @ weights + constant`."""

    weights: Matrix
    constant: Matrix

    def log_odds(self, vectors: csr_matrix) -> Matrix:
        """A row for each answer and a column for each theme."""
        return np.asarray(vectors @ self.weights + self.constant)


@dataclass(frozen=True)
class Fitted:
    """A model with what it said of each answer when it had not seen it (nor any of the same group)."""

    model: Linear
    unseen: Matrix


def fitted(vectors: csr_matrix, has: NDArray[np.bool_], groups: Sequence[str]) -> Fitted:
    """Fits both models, and again without each fifth of the groups.

    Args:
        vectors: a row for each answer.
        has: whether each answer has each theme.
        groups: who or what each answer is of; a group is never on both sides.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # threads that wait for each other take longer than one, at these sizes
        return _fitted(vectors, has, fold_of(groups))


def _fitted(vectors: csr_matrix, has: NDArray[np.bool_], folds: NDArray[np.int_]) -> Fitted:
    unseen = [np.zeros(has.shape) for _ in range(2)]
    for fold in range(FOLDS):
        out = folds == fold
        if out.any() and not out.all():
            for said, (weights, constant) in zip(unseen, _both(vectors[~out], has[~out]), strict=True):
                said[out] = vectors[out] @ weights + constant
    scales = [_to_log_odds(said, has) for said in unseen]
    pairs = list(zip(_both(vectors, has), scales, strict=True))
    together = [said * scale + shift for said, (scale, shift) in zip(unseen, scales, strict=True)]
    slopes = [weights * scale for (weights, _), (scale, _) in pairs]
    constants = [constant * scale + shift for (_, constant), (scale, shift) in pairs]
    model = Linear(np.mean(slopes, axis=0), np.mean(constants, axis=0))
    return Fitted(model, np.mean(together, axis=0))


def fold_of(groups: Sequence[str]) -> NDArray[np.int_]:
    """A fold for each answer; groups go, largest first, to the fold that has least."""
    sizes: dict[str, int] = {}
    for group in groups:
        sizes[group] = sizes.get(group, 0) + 1
    load, fold = [0] * FOLDS, dict[str, int]()
    for group in sorted(sizes, key=lambda one: (-sizes[one], one)):
        fold[group] = load.index(min(load))
        load[fold[group]] += sizes[group]
    return np.array([fold[group] for group in groups])


def _both(vectors: csr_matrix, has: NDArray[np.bool_]) -> list[tuple[Matrix, Matrix]]:
    return [_ridge(vectors, has), _logistic(vectors, has)]


def _ridge(vectors: csr_matrix, has: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    from sklearn.linear_model import Ridge

    model = Ridge(RIDGE, solver="sparse_cg", tol=1e-3).fit(vectors, has.astype(np.float64))
    return np.atleast_2d(model.coef_).T, np.asarray(model.intercept_).reshape(-1)


def _logistic(vectors: csr_matrix, has: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    weights, constant = np.zeros((vectors.shape[1], has.shape[1])), np.zeros(has.shape[1])
    for theme in range(has.shape[1]):
        if not FEWEST <= has[:, theme].sum() < len(has):
            continue
        model = LogisticRegression(C=LOGISTIC, class_weight="balanced", max_iter=60, tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(vectors, has[:, theme])
        weights[:, theme], constant[theme] = model.coef_[0], model.intercept_[0]
    return weights, constant


def _to_log_odds(said: Matrix, has: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """The scale and shift that turn what a model says of unseen answers into log odds, theme by theme."""
    from sklearn.linear_model import LogisticRegression

    scale, shift = np.zeros(has.shape[1]), np.full(has.shape[1], -10.0)
    for theme in range(has.shape[1]):
        if 0 < has[:, theme].sum() < len(has):
            model = LogisticRegression(C=100.0).fit(said[:, [theme]], has[:, theme])
            scale[theme], shift[theme] = max(float(model.coef_[0, 0]), 1e-3), float(model.intercept_[0])
    return scale, shift
