"""How case mix moves the share of cases that have an outcome, others competing with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from fullpicture.analyse.statistics.case_mix import case_mix
from fullpicture.analyse.statistics.cells import OPEN, Cells, Real, Whole
from fullpicture.analyse.statistics.partial_likelihood import Fit, coefficients_of, fitted, inverse
from fullpicture.analyse.statistics.risk_sets import RiskSets, uncensored_before, weighted_risk_sets
from fullpicture.core.errors import UsageError

_KINDS = 3
"""Ends of a case: still open, the outcome, another outcome."""


def fine_gray(counts: Any, outcome: Any, formula: str | Sequence[str], level: float = 0.95) -> pa.Table:
    """Subdistribution hazard ratios of an outcome by case mix: above 1, more cases have it by any day.

    Cases that had another outcome stay at risk with the weight G(t-)/G(T-) of those who would still be
    followed, G being the Kaplan-Meier estimate of not being censored (all groups together; an outcome on a
    day comes before censoring on it). Standard errors are the sandwich's, with each case's share in the
    estimate of G. Ties as Breslow. Adding a day to every time changes nothing, which is not so in cmprsk's
    crr where cases are censored on day 0. Source: Fine and Gray, J Am Statist Assoc 94 (1999), 496-509.

    Args:
        counts: from `outcome_counts`, without late entry. outcome: the outcome whose cumulative incidence is
        modelled. formula: columns joined by `+`, with `a:b` for interactions and `a*b` for both; all are
        categories, each
            compared with its first value that has the outcome.
        level: of the intervals.

    Returns:
        `term`, `level`, `coefficient` (log ratio), `se`, `hazard_ratio`, `lower`, `upper`, `z`, `p_value`,
        `note`.
    """
    cells, place, mix = case_mix(counts, outcome, formula)
    if cells.entry is not None:
        raise UsageError("Fine-Gray: cases that came late are not provided for. Leave out entry=...")
    sets = weighted_risk_sets(cells, place)
    fit = fitted(sets, mix)
    bread = inverse(fit.information)
    meat = _Parts(cells, sets, fit, mix.design[:, fit.kept], place).squared()
    return coefficients_of(mix, fit, bread @ meat @ bread, level)


@dataclass(frozen=True)
class _Parts:
    """What each case brings to the score: its own part, and its part in the estimate of G.

    Of a case with design x and weight w = exp(x b), on day t with an end of kind k, both together are alpha x
    + w V(t, k) + Z(t, k), where alpha is a number; so their squares are summed by pattern of case mix and by
    day and kind, whatever the number of cases.
    """

    cells: Cells
    sets: RiskSets
    fit: Fit
    design: Real
    outcome: int

    def squared(self) -> Real:
        """The sum, over all cases, of what each brings times itself."""
        cells, x = self.cells, self.design
        alpha, by_weight, plain = self._brought()
        kind = np.where(cells.outcome == OPEN, 0, np.where(cells.outcome == self.outcome, 1, 2))
        place, many = cells.day * _KINDS + kind, cells.horizon * _KINDS
        weight = self.fit.weight[cells.group]
        alpha = (kind == 1) - weight * alpha[place]

        def table(values: Real) -> csr_array:
            return csr_array((cells.n * values, (cells.group, place)), shape=(len(x), many))

        own = np.bincount(cells.group, weights=cells.n * alpha**2, minlength=len(x))
        cross = x.T @ (table(alpha * weight) @ by_weight + table(alpha) @ plain)
        squares, once, number = (
            np.bincount(place, weights=cells.n * weight**power, minlength=many)[:, None]
            for power in (2, 1, 0)
        )
        both = by_weight.T @ (once * plain)
        whole = x.T @ (own[:, None] * x) + by_weight.T @ (squares * by_weight) + plain.T @ (number * plain)
        return np.asarray(whole + cross + cross.T + both + both.T)

    def _brought(self) -> tuple[Real, Real, Real]:
        """For every day and kind of end (open, the outcome, another): minus what w takes in alpha, V, Z."""
        days, q = np.arange(self.cells.horizon), self.design.shape[1]
        upto = np.searchsorted(self.sets.days, days, "right")
        steps, means, late, late_means = self._running()
        after = 1.0 / np.maximum(uncensored_before(self.cells, days), 1e-300)
        alpha = np.repeat(steps[upto, None], _KINDS, axis=1)
        by_weight = np.repeat(means[upto, None], _KINDS, axis=1)
        alpha[:, 2] += after * (late[-1] - late[upto])
        by_weight[:, 2] += after[:, None] * (late_means[-1] - late_means[upto])
        censored, at_risk = self._of_uncensored(days, late, late_means)
        plain = np.repeat(-at_risk[:, None], _KINDS, axis=1)
        plain[:, 0] += censored
        plain[self.sets.days, 1] -= self.fit.mean
        shape = (len(days) * _KINDS, q)
        return alpha.ravel(), by_weight.reshape(shape), plain.reshape(shape)

    def _running(self) -> tuple[Real, Real, Real, Real]:
        """Sums up to each day of the outcome (the first place: before all) of the baseline's steps, of these
        times the mean of the design, and of both times the share uncensored."""
        steps = np.asarray(self.sets.ends.sum(axis=1)).ravel() / self.fit.base
        uncensored = self.sets.uncensored
        assert uncensored is not None
        late = steps * uncensored
        parts = (steps, steps[:, None] * self.fit.mean, late, late[:, None] * self.fit.mean)
        plain, mean, late_plain, late_mean = (
            np.concatenate((np.zeros_like(part[:1]), np.cumsum(part, axis=0))) for part in parts
        )
        return plain, mean, late_plain, late_mean

    def _of_uncensored(self, days: Whole, late: Real, late_means: Real) -> tuple[Real, Real]:
        """What a case brings to the estimate of G by being censored on a day, and by staying up to it."""
        cells = self.cells
        is_open = cells.outcome == OPEN
        other = (cells.outcome != self.outcome) & ~is_open
        weight = self.fit.weight[cells.group[other]] * cells.n[other]
        weight = weight / uncensored_before(cells, cells.day[other])
        shape = (len(days) + 1, len(self.design))
        gone = csr_array((weight, (cells.day[other] + 1, cells.group[other])), shape=shape)
        first = np.cumsum(gone @ self.design, axis=0)[:-1]
        number = np.cumsum(np.asarray(gone.sum(axis=1)).ravel())[:-1, None]
        upto = np.searchsorted(self.sets.days, days, "left")
        moved = first * (late[-1] - late[upto])[:, None] - number * (late_means[-1] - late_means[upto])
        at_risk = np.cumsum(np.bincount(cells.day, weights=cells.n)[::-1])[::-1, None]
        censored = np.bincount(cells.day, weights=cells.n * is_open, minlength=len(days))[:, None]
        return moved / at_risk, np.cumsum(moved * censored / at_risk**2, axis=0)
