"""Whether a series of counts rises or falls, and where it may have changed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.curve_limits import normal_quantile
from fullpicture.analyse.statistics.given import as_arrow, as_numbers, need
from fullpicture.analyse.statistics.series import Series
from fullpicture.core.errors import EngineMissing, UsageError

_MISSING = "{what} is not installed. Run: pip install 'fullpicture[stats]'"
_MOST_STEPS, _CLOSE = 1_000, 1e-4


def trend_test(
    table: Any,
    events: str = "events",
    population: str | None = None,
    *,
    date: str = "date",
    model: Literal["poisson", "negative binomial"] = "poisson",
    level: float = 0.95,
) -> pa.Table:
    """Whether events (per population) rise or fall from point to point: a log-linear model in time.

    log E(events) = a + b t + log(population), t = 0, 1, 2, ... in the order of the dates, which are taken as
    evenly spaced. "poisson" takes events as independent; its `dispersion` (Pearson's chi-squared over its
    degrees of freedom) well above 1 says that they are not, and that "negative binomial", which has a
    parameter for that, is the one to use. Fitted by statsmodels. Source: McCullagh and Nelder, "Generalized
    linear models" (1989), ch. 6.

    Args:
        table: `date` and `events`, one row per date; `population` where the rate is meant.
        model: "poisson" or "negative binomial".
        level: of the interval.

    Returns:
        One row: `ratio` (of one point to the one before), `lower`, `upper`, `z`, `p_value`, `dispersion`,
        `points`.
    """
    number, below = _amounts(table, events, population, date)
    time = np.arange(len(number), dtype=np.float64)
    slope, error, dispersion = _fitted(number, below, time - time.mean(), model)
    from scipy.special import ndtr

    z, ratio = normal_quantile(level), slope / error
    low, high = (float(np.exp(slope + sign * z * error)) for sign in (-1, 1))
    numbers = {"ratio": float(np.exp(slope)), "lower": low, "upper": high, "z": ratio}
    numbers |= {"p_value": float(2 * ndtr(-abs(ratio))), "dispersion": dispersion}
    return pa.table({name: [value] for name, value in numbers.items()} | {"points": [len(number)]})


def _amounts(table: Any, events: str, population: str | None, date: str) -> tuple[Real, Real]:
    whole = as_arrow(table)
    names = [events, date, *([population] if population else [])]
    need(whole, names, "trend")
    whole = whole.sort_by(date)
    number = as_numbers(whole, events, "trend")
    below = np.ones(len(number))
    if population:
        below = as_numbers(whole, population, "trend")
    if len(number) < 3 or not (number >= 0).all() or not (below > 0).all() or not number.sum():
        raise UsageError(
            "trend: it takes three points or more, counts that are not all 0, and populations above 0."
        )
    return number, below


def _fitted(number: Real, below: Real, time: Real, model: str) -> tuple[float, float, float]:
    """Slope, its standard error and the dispersion."""
    if model not in ("poisson", "negative binomial"):
        raise UsageError(f'trend: model "{model}" is not known. Use "poisson" or "negative binomial".')
    try:
        import statsmodels.api as sm
    except ImportError as missing:
        raise EngineMissing(_MISSING.format(what="statsmodels")) from missing
    design = np.column_stack((np.ones(len(time)), time))
    fit = sm.GLM(number, design, family=sm.families.Poisson(), offset=np.log(below)).fit(tol=1e-12)
    dispersion = float(fit.pearson_chi2 / fit.df_resid)
    if model == "poisson" or dispersion <= 1:
        return float(fit.params[1]), float(fit.bse[1]), dispersion
    start = np.append(fit.params, max((dispersion - 1) / number.mean(), 1e-3))
    wider = sm.NegativeBinomial(number, design, offset=np.log(below))
    found = wider.fit(
        start_params=start, method="bfgs", disp=False, maxiter=_MOST_STEPS, gtol=1e-6, warn_convergence=False
    )
    if float(np.abs(wider.score(found.params)).max()) > _CLOSE * number.sum():
        raise UsageError("trend: the negative binomial model has no maximum here. Use the Poisson one.")
    return float(found.params[1]), float(found.bse[1]), dispersion


def change_points(series: Any, *, value: str = "value", date: str = "date", penalty: float = 3.0) -> pa.Table:
    """Points at which a series may have changed its level: an offer to look at, never limits by themselves.

    The split of the series that is least far from its parts' means, with `penalty` times the variance of
    ordinary variation times log(points) for each part (PELT, by ruptures). Ordinary variation is what `xmr`
    goes by, the mean moving range. A point that is found is no reason to rebase: find out what happened then.
    Source: Killick and others, J Am Statist Assoc 107 (2012), 1590-1598.

    Args:
        series: as in `xmr`.
        penalty: how much a further part must explain.

    Returns:
        One row per change: `date` (the first point after it), `before` and `after`, the means of both parts.
    """
    try:
        import ruptures
    except ImportError as missing:
        raise EngineMissing(_MISSING.format(what="ruptures")) from missing
    points = Series.of(series, date, value)
    values = points.values
    ends: list[int] = []
    if len(values) >= 4 and np.ptp(values) > 0:
        ordinary = float(np.abs(np.diff(values)).mean()) / 1.128
        cost = penalty * max(ordinary**2, 1e-12 * np.ptp(values) ** 2) * float(np.log(len(values)))
        search = ruptures.Pelt(model="l2", min_size=2, jump=1).fit(values)
        ends = search.predict(pen=cost)[:-1]
    bounds = [0, *ends, len(values)]
    means = [float(values[a:b].mean()) for a, b in pairwise(bounds) if b > a]
    columns = {"before": pa.array(means[:-1], pa.float64()), "after": pa.array(means[1:], pa.float64())}
    return pa.table({"date": points.dates.take(pa.array(ends, pa.int64())), **columns})
