"""How case mix moves the share of cases that have an outcome, others competing with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.case_mix import case_mix
from fullpicture.analyse.statistics.cells import OPEN, Cells, Real, Whole
from fullpicture.analyse.statistics.partial_likelihood import Fit, coefficients_of, fitted
from fullpicture.analyse.statistics.risk_sets import RiskSets, uncensored_before, weighted_risk_sets
from fullpicture.core.errors import UsageError

_CELLS_AT_ONCE = 50_000


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
    bread = np.linalg.inv(fit.information)
    meat = _Parts(cells, sets, fit, mix.design[:, fit.kept], place).squared()
    return coefficients_of(mix, fit, bread @ meat @ bread, level)


@dataclass(frozen=True)
class _Parts:
    """What each case brings to the score: its own part (eta), and its part in the estimate of G (psi)."""

    cells: Cells
    sets: RiskSets
    fit: Fit
    design: Real
    outcome: int

    def squared(self) -> Real:
        """Sums, over all cases, of what each brings times itself."""
        total = np.zeros((self.design.shape[1],) * 2)
        running = self._running()
        psi = self._psi(running)
        for part in self._slices():
            own = self._own(part, running) + self._of_weights(part, psi)
            total += own.T @ (self.cells.n[part, None] * own)
        return total

    def _slices(self) -> Iterator[slice]:
        return (slice(at, at + _CELLS_AT_ONCE) for at in range(0, len(self.cells.n), _CELLS_AT_ONCE))

    def _running(self) -> tuple[Real, Real, Real, Real]:
        """Sums up to each day (the first place: before all) of the baseline's steps, of these times the mean
        of the design, and of both times the share uncensored."""
        steps = np.asarray(self.sets.ends.sum(axis=1)).ravel() / self.fit.base
        uncensored = self.sets.uncensored
        assert uncensored is not None
        late = steps * uncensored
        parts = (steps, steps[:, None] * self.fit.mean, late, late[:, None] * self.fit.mean)
        plain, mean, late_plain, late_mean = (
            np.concatenate((np.zeros_like(part[:1]), np.cumsum(part, axis=0))) for part in parts
        )
        return plain, mean, late_plain, late_mean

    def _own(self, part: slice, running: tuple[Real, Real, Real, Real]) -> Real:
        plain, mean, late, late_mean = running
        day, group, outcome = self.cells.day[part], self.cells.group[part], self.cells.outcome[part]
        upto = np.searchsorted(self.sets.days, day, "right")
        x, weight = self.design[group], self.fit.weight[group, None]
        own = -weight * (x * plain[upto, None] - mean[upto])
        is_end = outcome == self.outcome
        own[is_end] += x[is_end] - self.fit.mean[upto[is_end] - 1]
        other = (outcome != self.outcome) & (outcome != OPEN)
        stays = weight[other] / uncensored_before(self.cells, day[other])[:, None]
        upto = upto[other]
        own[other] -= stays * (x[other] * (late[-1] - late[upto, None]) - (late_mean[-1] - late_mean[upto]))
        return own

    def _psi(self, running: tuple[Real, Real, Real, Real]) -> tuple[Whole, Real, Real]:
        """Days of censoring; what being censored on each brings, and what being at risk up to each does."""
        cells, (_, _, late, late_mean) = self.cells, running
        is_open = cells.outcome == OPEN
        days = np.unique(cells.day[is_open])
        number = np.bincount(np.searchsorted(days, cells.day[is_open]), weights=cells.n[is_open])
        left = np.concatenate((np.cumsum(np.bincount(cells.day, weights=cells.n)[::-1])[::-1], [0.0]))
        other = (cells.outcome != self.outcome) & ~is_open
        place = np.searchsorted(days, cells.day[other], "right")
        weight = self.fit.weight[cells.group[other]] * cells.n[other]
        weight = weight / uncensored_before(cells, cells.day[other])
        gone = np.cumsum(np.bincount(place, weights=weight, minlength=len(days) + 1))[:-1]
        first = np.zeros((len(days) + 1, self.design.shape[1]))
        np.add.at(first, place, weight[:, None] * self.design[cells.group[other]])
        first = np.cumsum(first, axis=0)[:-1]
        upto = np.searchsorted(self.sets.days, days, "left")
        moved = first * (late[-1] - late[upto])[:, None] - gone[:, None] * (late_mean[-1] - late_mean[upto])
        at_risk = left[days][:, None]
        return days, moved / at_risk, np.cumsum(moved * number[:, None] / at_risk**2, axis=0)

    def _of_weights(self, part: slice, psi: tuple[Whole, Real, Real]) -> Real:
        days, censored, at_risk = psi
        day, is_open = self.cells.day[part], self.cells.outcome[part] == OPEN
        upto = np.searchsorted(days, day, "right")
        brought = -np.concatenate((np.zeros((1, self.design.shape[1])), at_risk))[upto]
        brought[is_open] += censored[upto[is_open] - 1]
        return np.asarray(brought)
