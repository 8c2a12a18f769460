"""Sums over everybody at risk on each day of an outcome, as products of small sparse tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from fullpicture.analyse.statistics.cells import OPEN, Cells, Real, Whole


@dataclass(frozen=True)
class RiskSets:
    """Who is at risk on each day that has the outcome, by pattern of case mix.

    `days` are those days; `ends` counts the outcome by day and pattern. `leave` counts whose last day at risk
    each is, less whose last day before coming is; `late`, when given, counts cases that had another outcome
    by the first day after it, each divided by the share then uncensored, and `uncensored` is that share on
    each day (Fine and Gray's weights).
    """

    days: Whole
    ends: csr_array
    leave: csr_array
    late: csr_array | None = None
    uncensored: Real | None = None

    def over_days(self, values: Real) -> Real:
        """For each day the sum of `values` (a row a pattern) over those at risk."""
        there = np.cumsum((self.leave @ values)[::-1], axis=0)[::-1]
        if self.late is None or self.uncensored is None:
            return np.asarray(there)
        weight = self.uncensored if values.ndim == 1 else self.uncensored[:, None]
        return np.asarray(there + weight * np.cumsum(self.late @ values, axis=0))

    def over_patterns(self, values: Real) -> Real:
        """For each pattern the sum, over its cases, of `values` (one a day) while each is at risk."""
        whole = self.leave.T @ np.cumsum(values)
        if self.late is not None and self.uncensored is not None:
            whole = whole + self.late.T @ np.cumsum((values * self.uncensored)[::-1])[::-1]
        return np.asarray(whole)


def risk_sets(cells: Cells, outcome: int) -> RiskSets:
    """Those at risk of an outcome, until any outcome or the end of their follow-up."""
    days, ends, leave = _there(cells, outcome)
    return RiskSets(days, ends, leave)


def weighted_risk_sets(cells: Cells, outcome: int) -> RiskSets:
    """Those at risk in the sense of Fine and Gray: after another outcome a case stays, with the weight of
    those who would still be followed, G(t-)/G(T-), G being the Kaplan-Meier estimate of not being
    censored."""
    days, ends, leave = _there(cells, outcome)
    other = (cells.outcome != outcome) & (cells.outcome != OPEN)
    before = uncensored_before(cells, cells.day[other])
    n = cells.n[other] / before
    late = _table(np.searchsorted(days, cells.day[other], "right"), cells.group[other], n, cells, len(days))
    return RiskSets(days, ends, leave, late, uncensored_before(cells, days))


def uncensored_before(cells: Cells, days: Whole) -> Real:
    """The share not yet censored before each day (Kaplan-Meier; a day's outcomes come before censoring)."""
    left = np.bincount(cells.day, weights=cells.n)
    at_risk = np.cumsum(left[::-1])[::-1]
    censored = np.bincount(cells.day, weights=cells.n * (cells.outcome == OPEN), minlength=len(left))
    stay = np.cumprod(1.0 - censored / np.maximum(at_risk, 1.0))
    return np.asarray(np.concatenate(([1.0], stay))[days])


def _there(cells: Cells, outcome: int) -> tuple[Whole, csr_array, csr_array]:
    is_end = cells.outcome == outcome
    days = np.unique(cells.day[is_end])
    ends = _table(
        np.searchsorted(days, cells.day[is_end]), cells.group[is_end], cells.n[is_end], cells, len(days)
    )
    last = np.searchsorted(days, cells.day, "right") - 1
    group, n = cells.group, cells.n.astype(float)
    if cells.entry is not None:
        late = cells.entry > 0
        before = np.searchsorted(days, cells.entry[late], "right") - 1
        last, group = np.concatenate((last, before)), np.concatenate((group, group[late]))
        n = np.concatenate((n, -n[late]))
    return days, ends, _table(last, group, n, cells, len(days))


def _table(day: Whole, group: Whole, n: Real | Whole, cells: Cells, days: int) -> csr_array:
    """Counts by day and pattern; places outside the days are left out."""
    inside = (day >= 0) & (day < days)
    shape = (days, cells.groups.num_rows)
    return csr_array((n[inside].astype(float), (day[inside], group[inside])), shape=shape)
