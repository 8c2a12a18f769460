"""Two linear models of whether an answer has a theme, and what they say together.

Ridge regression is steady where a theme is rare; logistic regression on features that weigh more the more
they tell of the theme (Wang and Manning 2012, Baselines and Bigrams, ACL, 90-94) ranks better where it is
common. Each is brought to log odds by what it said of answers it had not seen (Platt 1999), and the two are
averaged; the answer's likeness to what the codebook says of the theme is added. Of an answer in several parts
the part with most of the theme counts besides the whole.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

Matrix = NDArray[np.float64]
RIDGE, LOGISTIC = 2.0, 1.0
"""The ridge's penalty, and the inverse of the logistic one: best in cross-validation on coded comments."""
SEEN, EVEN = 0.2, 0.3
"""What is added to a feature's weight in both classes, and how far all features count alike."""
PART = 0.4
"""How much the part that says most counts against the whole answer."""
FOLDS = 5
FEWEST = 3
"""Answers with a theme from which a model is made at all."""


class Rows(NamedTuple):
    """Vectors of answers, and of the parts of those that have several: `owner` is the row of each part's
    answer, in their order."""

    whole: csr_matrix
    parts: csr_matrix
    owner: NDArray[np.int_]


class Said(NamedTuple):
    """Log odds of each theme for whole answers and for parts."""

    whole: Matrix
    parts: Matrix


@dataclass(frozen=True)
class Linear:
    """Log odds of each theme as a linear function of an answer's vector: `vectors @ weights + constant`."""

    weights: Matrix
    constant: Matrix

    def says(self, rows: Rows) -> Said:
        """A row for each answer, and for each part; a column for each theme."""
        return Said(*(np.asarray(one @ self.weights + self.constant) for one in (rows.whole, rows.parts)))


@dataclass(frozen=True)
class Fitted:
    """A model with what it said of each answer when it had not seen it (nor any of the same group)."""

    model: Linear
    unseen: Matrix


def together(said: Said, owner: NDArray[np.int_]) -> Matrix:
    """The whole answer's log odds, moved towards those of its part that says most."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    if not len(first):
        return said.whole
    several, most = owner[first], np.maximum.reduceat(said.parts, first, axis=0)
    mixed = said.whole.copy()
    mixed[several] += PART * (most - mixed[several])
    return mixed


def fitted(rows: Rows, has: NDArray[np.bool_], groups: Sequence[str], said: Matrix) -> Fitted:
    """Fits both models, and again without each fifth of the groups.

    Args:
        rows: vectors of the answers.
        has: whether each answer has each theme.
        groups: who or what each answer is of; a group is never on both sides.
        said: what the codebook alone adds to each theme's log odds for each feature.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # threads that wait for each other take longer than one, at these sizes
        return _fitted(rows, has, fold_of(groups), said)


def _fitted(rows: Rows, has: NDArray[np.bool_], folds: NDArray[np.int_], said: Matrix) -> Fitted:
    sizes = (len(has), has.shape[1]), (len(rows.owner), has.shape[1])
    unseen = [Said(*map(np.zeros, sizes)) for _ in range(2)]
    for fold in range(FOLDS):
        out = folds == fold
        if out.any() and not out.all():
            _say_unseen(unseen, rows, has, out)
    scales = [to_log_odds(one.whole, has) for one in unseen]
    alike = Linear(said, np.zeros(has.shape[1])).says(rows)
    each = zip(*map(_scaled, unseen, scales), strict=True)
    mean = (np.mean(one, axis=0) + more for one, more in zip(each, alike, strict=True))
    mixed = together(Said(*mean), rows.owner)
    last = to_log_odds(mixed, has)
    pairs = [_rescaled(one, by) for one, by in zip(_both(rows.whole, has), scales, strict=True)]
    weights, constant = (np.mean(each, axis=0) for each in zip(*pairs, strict=True))
    return Fitted(Linear(*_rescaled((weights + said, constant), last)), mixed * last[0] + last[1])


def _say_unseen(unseen: Sequence[Said], rows: Rows, has: NDArray[np.bool_], out: NDArray[np.bool_]) -> None:
    """What both models say of some answers and their parts, learnt from the others."""
    of = out[rows.owner]
    for said, model in zip(unseen, _both(rows.whole[~out], has[~out]), strict=True):
        some = Rows(rows.whole[out], rows.parts[of], rows.owner[of])
        said.whole[out], said.parts[of] = Linear(*model).says(some)


def _scaled(said: Said, by: tuple[Matrix, Matrix]) -> Said:
    return Said(said.whole * by[0] + by[1], said.parts * by[0] + by[1])


def _rescaled(model: tuple[Matrix, Matrix], by: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix]:
    return model[0] * by[0], model[1] * by[0] + by[1]


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
    """Logistic regression of each theme; one side weighs as much as the square root of the other's number."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    weights, constant = np.zeros((vectors.shape[1], has.shape[1])), np.zeros(has.shape[1])
    for theme in range(has.shape[1]):
        given = has[:, theme]
        if not FEWEST <= given.sum() < len(has):
            continue
        scale = _telling(vectors, given)
        rare = {False: 1.0, True: float((len(given) / given.sum() - 1) ** 0.5)}
        model = LogisticRegression(C=LOGISTIC, class_weight=rare, solver="liblinear", tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(vectors @ diags(scale), given)
        weights[:, theme], constant[theme] = model.coef_[0] * scale, model.intercept_[0]
    return weights, constant


def _telling(vectors: csr_matrix, given: NDArray[np.bool_]) -> Matrix:
    """How much each feature tells of the theme: the log of how its share differs between both classes."""
    inside = np.asarray(vectors[given].sum(axis=0), dtype=np.float64).ravel()
    outside = np.asarray(vectors.sum(axis=0), dtype=np.float64).ravel() - inside
    inside, outside = inside + SEEN, outside + SEEN
    ratio = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    size = float(np.sqrt((ratio**2).mean()))
    return EVEN + (1 - EVEN) * ratio / size if size else np.ones_like(ratio)


def to_log_odds(said: Matrix, has: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """The scale and shift that turn what a model says of unseen answers into log odds, theme by theme."""
    from sklearn.linear_model import LogisticRegression

    scale, shift = np.zeros(has.shape[1]), np.full(has.shape[1], -10.0)
    for theme in range(has.shape[1]):
        if 0 < has[:, theme].sum() < len(has):
            model = LogisticRegression(C=100.0).fit(said[:, [theme]], has[:, theme])
            scale[theme], shift[theme] = max(float(model.coef_[0, 0]), 1e-3), float(model.intercept_[0])
    return scale, shift
