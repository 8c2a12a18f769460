"""How many cases have had each outcome by a day, when outcomes compete and some cases are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.at_risk import Leaving, leaving, still_there
from fullpicture.analyse.statistics.cells import Cells, Real, Whole, cells_of, repeated
from fullpicture.analyse.statistics.curve_limits import Interval, limits
from fullpicture.core.errors import UsageError

StandardError = Literal["delta", "aalen"]


def cumulative_incidence(
    counts: Any,
    at: Sequence[int] | int | None = None,
    se: StandardError = "delta",
    interval: Interval = "loglog",
    level: float = 0.95,
) -> pa.Table:
    """The share of cases that have had each outcome by each day (Aalen-Johansen), by group and outcome.

    Of the cases at risk on day t, n(t), d_k(t) have outcome k. The share still without any outcome after t is
    S(t), the product of 1 - d(u)/n(u) over the days u up to t (Kaplan-Meier); the share with outcome k by t
    is F_k(t), the sum of S(u-) d_k(u)/n(u). Open cases count while they are followed and no longer: this is
    neither the share of closed cases nor that of recorded ones, both of which change as old cases close.
    Source: Aalen and Johansen, Scand J Statist 5 (1978), 141-150.

    Standard errors, both of the recursion of the Aalen-Johansen estimate's variance from day to day: "delta"
    takes the outcomes of a day as multinomial (Greenwood's formula where there is one outcome; Dinse and
    Larson, Biometrika 73 (1986), 379-386); "aalen" takes outcome k and all others as independent counts with
    Aalen's variance and a correction for ties, d(n-d)/(n^2(n-1)) (Aalen, Ann Statist 6 (1978), 534-545; as in
    Gray, Ann Statist 16 (1988), 1141-1154).

    Args:
        counts: from `outcome_counts`.
        at: whole days to estimate at; without them whole curves, with a row for every day on which anybody of
            the group leaves, those still open included.
        interval: scale of the interval: "loglog", "log" or "plain"; never outside 0 to 1.
        level: how sure the interval is, 0.95 for 95%.

    Returns:
        One row per group, outcome and day, in this order: the groups' columns, `outcome`, `day`, `n_risk` (at
        risk on that day), `n_events` (on that day of a curve; up to and on that day with `at`), `estimate`,
        `se`, `lower`, `upper` (shares, 0-1). After the last day of a group `n_risk` is 0 and the estimate
        stands as it was: whoever publishes such a row says so.

    Examples:
        >>> counts = {"day": [0, 2, 2, 5], "outcome": ["16", "1", None, "16"], "n": [1, 1, 1, 1]}
        >>> cumulative_incidence(pa.table(counts), at=[3])["estimate"].to_pylist()
        [0.25, 0.25]
    """
    if se not in ("delta", "aalen"):
        raise UsageError(f'cumulative incidence: se "{se}" is not known. Use "delta" or "aalen".')
    cells = cells_of(counts)
    days = leaving(cells)
    curves = _curves(days, se)
    if at is None:
        shown = _whole_curves(cells, days, curves)
    else:
        asked = sorted({at} if isinstance(at, int) else set(at))
        shown = _at(cells, days, curves, np.asarray(asked, dtype=np.int64))
    groups, outcome, day, n_risk, n_events, estimate, error = shown
    lower, upper = limits(estimate, error, interval, level)
    numbers = {"day": day, "n_risk": n_risk, "n_events": n_events}
    shares = {"estimate": estimate, "se": error, "lower": lower, "upper": upper}
    return pa.table(groups | {"outcome": cells.outcomes.take(pa.array(outcome))} | numbers | shares)


_Shown = tuple[dict[str, pa.Array], Whole, Whole, Whole, Whole, Real, Real]


def _curves(days: Leaving, se: StandardError) -> tuple[Real, Real]:
    """Estimates and standard errors, shaped as `days.ends`."""
    estimate, error = np.empty(days.ends.shape), np.empty(days.ends.shape)
    for start, stop in zip(days.first[:-1], days.first[1:], strict=True):
        ends, n = days.ends[start:stop].astype(float), days.at_risk[start:stop, None].astype(float)
        estimate[start:stop], error[start:stop] = _curve(ends, n, se)
    return estimate, error


def _curve(ends: Real, n: Real, se: StandardError) -> tuple[Real, Real]:
    """One group's curves: `ends` by day and outcome, `n` at risk by day as a column.

    With S and F after the day before, h_k = d_k/n, h their sum, and the day's own (co)variances of h and h_k,
    the variance of (S, F_k) goes from day to day by S' = S(1-h), F_k' = F_k + S h_k; each sum below is one of
    its three entries, the first two divided by S^2 and S, so that nothing is subtracted that is nearly equal.
    """
    hazard = ends / n
    whole = hazard.sum(axis=1, keepdims=True)
    gone = ends.sum(axis=1, keepdims=True) >= n
    stay = np.where(gone, 0.0, 1.0 - whole)
    before = np.concatenate((np.ones((1, 1)), np.cumprod(stay, axis=0)[:-1]))
    of_one, of_all, of_both = _of_a_day(ends, n, se)
    kept = np.where(gone, 1.0, stay)
    greenwood = _earlier(np.where(gone, 0.0, of_all / kept**2))
    covariance = _earlier(np.where(gone, 0.0, before * (hazard * greenwood - of_both / kept)))
    squared = 2 * hazard * before * covariance + before**2 * (hazard**2 * greenwood + of_one)
    estimate = np.minimum(np.cumsum(before * hazard, axis=0), 1.0)
    return estimate, np.sqrt(np.maximum(np.cumsum(squared, axis=0), 0.0))


def _of_a_day(ends: Real, n: Real, se: StandardError) -> tuple[Real, Real, Real]:
    """Variances of h_k and of h, and their covariance, on each day."""
    if se == "delta":
        hazard, whole = ends / n, ends.sum(axis=1, keepdims=True) / n
        return hazard * (1 - hazard) / n, whole * (1 - whole) / n, hazard * (1 - whole) / n
    of_one = _counted(ends, n)
    return of_one, of_one + _counted(ends.sum(axis=1, keepdims=True) - ends, n), of_one


def _counted(ends: Real, n: Real) -> Real:
    """Aalen's variance of d/n with the correction for ties; a single case's is 1/n^2."""
    ties = np.where(ends > 1, (n - ends) / np.maximum(n - 1, 1), 1.0)
    return np.asarray(ties * ends / n**2)


def _earlier(values: Real) -> Real:
    """Running sums of the days before each day."""
    return np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)[:-1]))


def _whole_curves(cells: Cells, days: Leaving, curves: tuple[Real, Real]) -> _Shown:
    kinds, rows = len(cells.outcomes), np.diff(days.first)
    long = np.repeat(rows, kinds)
    outcome = np.repeat(np.tile(np.arange(kinds), len(rows)), long)
    begin = np.repeat(np.cumsum(long) - long, long)
    place = np.repeat(np.repeat(days.first[:-1], kinds), long) + np.arange(len(outcome)) - begin
    groups = repeated(cells.groups, rows * kinds)
    flat = place * kinds + outcome
    found = (days.ends.ravel()[flat], curves[0].ravel()[flat], curves[1].ravel()[flat])
    return groups, outcome, days.day[place], days.at_risk[place], *found


def _at(cells: Cells, days: Leaving, curves: tuple[Real, Real], at: Whole) -> _Shown:
    many, kinds = cells.groups.num_rows, len(cells.outcomes)
    group, day = np.repeat(np.arange(many), len(at)), np.tile(at, many)
    asked = np.where(day < 0, -1, np.minimum(day, cells.horizon - 1))
    place = np.searchsorted(days.group * cells.horizon + days.day, group * cells.horizon + asked, "right") - 1
    is_there = (place >= days.first[group]) & (day >= 0)
    events = np.concatenate((np.zeros((1, kinds), np.int64), np.cumsum(days.ends, axis=0)))
    upto = np.where(is_there[:, None], events[place + 1] - events[days.first[group]], 0)
    risk = still_there(cells, group, np.maximum(day, 0))

    def arranged(values: Any) -> Any:
        """By group, outcome and day instead of by group, day and outcome."""
        return values.reshape(many, len(at), kinds).transpose(0, 2, 1).ravel()

    estimate, error = (arranged(np.where(is_there[:, None], curve[place], 0.0)) for curve in curves)
    groups = repeated(cells.groups, len(at) * kinds)
    outcome = np.tile(np.repeat(np.arange(kinds), len(at)), many)
    beside = (arranged(np.repeat(values[:, None], kinds, axis=1)) for values in (day, risk))
    return groups, outcome, *beside, arranged(upto), estimate, error
