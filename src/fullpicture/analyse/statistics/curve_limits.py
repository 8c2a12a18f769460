"""Limits of intervals around shares, on three scales, finite at 0 and at 1."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import ndtri

from fullpicture.analyse.statistics.cells import Real
from fullpicture.core.errors import UsageError

Interval = Literal["loglog", "log", "plain"]


def normal_quantile(level: float) -> float:
    """z of a two-sided interval: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise UsageError(f"level {level}: an interval's level lies between 0 and 1. Write 0.95 for 95%.")
    return float(ndtri(0.5 + level / 2))


def limits(share: Real, error: Real, interval: Interval = "loglog", level: float = 0.95) -> tuple[Real, Real]:
    """Limits around shares with standard errors.

    With z the normal quantile: "plain" is F +- z se; "log" is F exp(+-z se/F); "loglog" is F to the power of
    exp(+-z se/(F log F)), which stays within 0 to 1 of itself. Where the share is 0, or 1 without error,
    there is nothing to spread and both limits are the share; where it is 1 with an error, loglog tells
    nothing and the limits are 0 and 1. Source: Kalbfleisch and Prentice, "The statistical analysis of failure
    time data" (2002), 1.4.
    """
    z = normal_quantile(level)
    if interval == "plain":
        lower, upper = share - z * error, share + z * error
    elif interval == "log":
        spread = np.exp(z * error / np.where(share > 0, share, 1.0))
        lower, upper = share / spread, share * spread
    elif interval == "loglog":
        lower, upper = _loglog(share, z * error)
    else:
        raise UsageError(f'interval "{interval}" is not known. Use "loglog", "log" or "plain".')
    nothing = (share <= 0) | (error <= 0)
    inside = (np.clip(np.where(nothing, share, limit), 0.0, 1.0) for limit in (lower, upper))
    low, high = inside
    return low, high


def _loglog(share: Real, spread: Real) -> tuple[Real, Real]:
    within = (share > 0) & (share < 1)
    log = np.log(np.where(within, share, 0.5))
    power = np.exp(np.minimum(spread / -log / np.where(within, share, 0.5), 700.0))
    lower, upper = np.exp(log * power), np.exp(log / power)
    return np.where(within, lower, 0.0), np.where(within, upper, 1.0)
