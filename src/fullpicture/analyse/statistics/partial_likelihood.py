"""The partial likelihood of a proportional-hazards model from counts, and its maximum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from scipy.special import digamma, gammaln, ndtr, polygamma

from fullpicture.analyse.statistics.case_mix import CaseMix, Flags
from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.curve_limits import normal_quantile
from fullpicture.analyse.statistics.risk_sets import RiskSets

Ties = Literal["breslow", "efron"]
_STEPS, _CLOSE, _NOISE, _ALIASED = 100, 1e-11, 1e-7, 1e-9
_FARTHEST, _ENDLESS = 4.0, 25.0
"""The longest step of a coefficient, and how large one becomes that has no maximum."""
_ONE_BY_ONE = 256
"""Days with more events than these have their sums over tied events in closed form (Efron)."""


@dataclass(frozen=True)
class Fit:
    """Coefficients at the maximum, the information matrix there, and the columns of the design they are of.

    `weight` is exp(linear predictor) by pattern, zero where the hazard is; `base` adds it up over those at
    risk on each day, `mean` is the mean of the design over them.
    """

    coefficients: Real
    information: Real
    kept: Flags
    weight: Real
    base: Real
    mean: Real


def fitted(sets: RiskSets, mix: CaseMix, ties: Ties = "breslow") -> Fit:
    """The maximum of the partial likelihood, by Newton's method with halved steps."""
    alive = ~(mix.design[:, mix.without] > 0).any(axis=1)
    kept = ~mix.without
    design = mix.design[:, kept]
    model = _Model(sets, design, alive.astype(float), ties)
    first = model.at(np.zeros(design.shape[1]))
    free = _independent(first.information)
    kept[np.flatnonzero(kept)[~free]] = False
    found, here = np.zeros(int(kept.sum())), first
    if not free.all():
        model = _Model(sets, mix.design[:, kept], alive.astype(float), ties)
        here = model.at(found)
    for _ in range(_STEPS):
        step = inverse(here.information) @ here.gradient
        step = step / max(1.0, float(np.abs(step).max(initial=0.0)) / _FARTHEST)
        there = model.at(found + step)
        lowest = here.likelihood - _NOISE * abs(here.likelihood)
        while there.likelihood < lowest and np.abs(step).max() > _CLOSE:
            step = step / 2
            there = model.at(found + step)
        found, here = found + step, there
        if np.abs(step).max(initial=0.0) < _CLOSE or np.abs(found).max(initial=0.0) > _ENDLESS:
            break
    return Fit(found, here.information, kept, here.weight, here.base, here.mean)


def inverse(matrix: Real) -> Real:
    """The inverse of an information matrix; of a singular one the generalised inverse."""
    try:
        return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.pinv(matrix), dtype=np.float64)


def _independent(information: Real) -> Flags:
    """Columns that earlier ones do not make up, by elimination in order."""
    left, free = information.copy(), np.zeros(len(information), bool)
    for place in range(len(information)):
        pivot = left[place, place]
        free[place] = pivot > _ALIASED * max(information[place, place], 1e-300)
        if free[place]:
            left = left - np.outer(left[:, place], left[place]) / pivot
    return free


@dataclass(frozen=True)
class _Point:
    likelihood: float
    gradient: Real
    information: Real
    weight: Real
    base: Real
    mean: Real


@dataclass(frozen=True)
class _Model:
    sets: RiskSets
    design: Real
    alive: Real
    ties: Ties

    def at(self, coefficients: Real) -> _Point:
        """Log partial likelihood, its gradient and the information matrix."""
        x, ends = self.design, np.asarray(self.sets.ends.sum(axis=0)).ravel()
        predictor = x @ coefficients
        weight = np.exp(predictor) * self.alive
        weighted = weight[:, None] * x
        base, first = self.sets.over_days(weight), self.sets.over_days(weighted)
        number = np.asarray(self.sets.ends.sum(axis=1)).ravel()
        tied, tied_first = self.sets.ends @ weight, self.sets.ends @ weighted
        sums = _efron(number, base, tied) if self.ties == "efron" else _breslow(number, base)
        gradient = ends @ x - sums.one @ first + sums.share @ tied_first
        spread = weight * (self.sets.over_patterns(sums.one) - self.sets.ends.T @ sums.share)
        cross = first.T @ (sums.share_square[:, None] * tied_first)
        information = x.T @ (spread[:, None] * x) - first.T @ (sums.square[:, None] * first) + cross + cross.T
        information = information - tied_first.T @ (sums.shares_square[:, None] * tied_first)
        likelihood = float(ends @ predictor - sums.log.sum())
        return _Point(likelihood, gradient, information, weight, base, first / base[:, None])


@dataclass(frozen=True)
class _Sums:
    """For each day, with phi_l = S - (l/d) D over its d events, S and D the sums of weights over those at
    risk and those with the outcome: the sums over l of log phi, 1/phi, (l/d)/phi, 1/phi^2, (l/d)/phi^2,
    (l/d)^2/phi^2.
    """

    log: Real
    one: Real
    share: Real
    square: Real
    share_square: Real
    shares_square: Real


def _breslow(number: Real, base: Real) -> _Sums:
    nothing = np.zeros(len(number))
    return _Sums(number * np.log(base), number / base, nothing, number / base**2, nothing, nothing)


def _efron(number: Real, base: Real, tied: Real) -> _Sums:
    """Term by term for days with few events; by digamma functions for others, whose cost is not that of the
    events: with a = d S/D the sum of 1/phi is (d/D)(psi(a+1) - psi(a-d+1)), and so on."""
    sums = np.zeros((6, len(number)))
    few = number <= _ONE_BY_ONE
    for term in range(int(number[few].max(initial=0))):
        on = few & (number > term)
        share = term / number[on]
        phi = base[on] - share * tied[on]
        powers = (np.log(phi), 1 / phi, share / phi, 1 / phi**2, share / phi**2, share**2 / phi**2)
        sums[:, on] += np.array(powers)
    d, s, t = number[~few], base[~few], tied[~few]
    a, u = d * s / t, d / t
    low, high = a - d + 1, a + 1
    one = u * (digamma(high) - digamma(low))
    square = u**2 * (polygamma(1, low) - polygamma(1, high))
    log = gammaln(high) - gammaln(low) - d * np.log(u)
    share, share_square = (s * one - d) / t, (s * square - one) / t
    sums[:, ~few] = np.array((log, one, share, square, share_square, (s * share_square - share) / t))
    return _Sums(*sums)


_NO_NUMBER = "nobody here has the outcome: the hazard is zero, which has no logarithm"
_NO_MAXIMUM = "no finite estimate: in these data the likelihood rises without end"
_ALIAS = "made up of the terms before it"


def coefficients_of(mix: CaseMix, fit: Fit, variance: Real, level: float) -> pa.Table:
    """The fit as a table, one row per level that is compared with its term's first one.

    Returns:
        `term`, `level`, `coefficient` (log hazard ratio), `se`, `hazard_ratio`, `lower`, `upper` (of the
        ratio), `z`, `p_value`; `note` says why there are none where there are none.
    """
    z = normal_quantile(level)
    squared = np.diag(variance)
    is_finite = (squared > 0) & (squared < _ENDLESS**2) & (np.abs(fit.coefficients) < _ENDLESS / 2)
    error = np.sqrt(np.where(is_finite, squared, 0.0))
    ratio = fit.coefficients / np.where(error > 0, error, 1.0)
    limits = (np.exp(np.minimum(fit.coefficients + sign * z * error, 700.0)) for sign in (-1, 1))
    numbers = (fit.coefficients, error, np.exp(fit.coefficients), *limits, ratio, 2 * ndtr(-np.abs(ratio)))
    names = ("coefficient", "se", "hazard_ratio", "lower", "upper", "z", "p_value")
    has_number = fit.kept.copy()
    has_number[fit.kept] = is_finite
    taken = pa.array(np.cumsum(fit.kept) - 1, mask=~has_number)
    columns = {name: pa.array(values).take(taken) for name, values in zip(names, numbers, strict=True)}
    notes = np.where(mix.without, _NO_NUMBER, np.where(fit.kept, _NO_MAXIMUM, _ALIAS))
    notes = np.where(has_number, "", notes)
    return pa.table({"term": list(mix.terms), "level": list(mix.levels), **columns, "note": notes.tolist()})
