"""Limits of intervals around counts and proportions."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaincinv

from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.curve_limits import normal_quantile
from fullpicture.core.errors import UsageError

FEW = 10
"""Below this many events Byar's interval gives way to the exact one; no standardised rate is given (OHID)."""


def poisson_limits(events: Real, level: float = 0.95, method: str = "byar") -> tuple[Real, Real]:
    """Limits of Poisson counts: "exact" ones, or Byar's with exact ones below 10 events, as OHID has them.

    Exact: half the chi-squared quantiles with 2k and 2k + 2 degrees of freedom. Byar: k(1 - 1/9k - z/(3 sqrt
    k))^3 and the same of k + 1 with +z. Sources: Armitage and Berry (2002); Breslow and Day, "Statistical
    methods in cancer research" II (1987), p. 69; OHID, "Technical guide: confidence intervals" (2018).
    """
    if method not in ("byar", "exact"):
        raise UsageError(f'method "{method}" is not known. Use "byar" or "exact".')
    z, tail = normal_quantile(level), (1 - level) / 2
    known = np.where(events >= 0, events, 0.0)
    lower = np.where(known > 0, gammaincinv(np.maximum(known, 1e-300), tail), 0.0)
    upper = gammaincinv(known + 1, 1 - tail)
    if method == "byar":
        many, above = np.maximum(known, FEW), known + 1
        low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
        high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
        lower, upper = np.where(known < FEW, lower, low), np.where(known < FEW, upper, high)
    return lower, upper


def wilson_limits(events: Real, population: Real, level: float = 0.95) -> tuple[Real, Real]:
    """Wilson's score limits of proportions, as shares 0-1; the population is above zero.

    Source: Wilson, J Am Statist Assoc 22 (1927), 209-212; OHID, "Technical guide: confidence intervals"
    (2018).
    """
    z = normal_quantile(level)
    share = events / population
    middle = 2 * events + z**2
    spread = z * np.sqrt(z**2 + 4 * events * (1 - share))
    below = 2 * (population + z**2)
    return np.maximum((middle - spread) / below, 0.0), np.minimum((middle + spread) / below, 1.0)
