"""Control charts of shares (p) and of counts per unit (u), whose limits depend on how much there was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.given import as_arrow, as_numbers, need
from fullpicture.analyse.statistics.series import Series
from fullpicture.analyse.statistics.xmr import charted, starts_of
from fullpicture.core.errors import UsageError


def p_chart(
    table: Any,
    events: str = "events",
    population: str = "population",
    *,
    date: str = "date",
    rebase: Sequence[tuple[Any, str]] = (),
) -> pa.Table:
    """A control chart of shares: the mean share p -+ 3 sqrt(p(1-p)/n), within 0 to 1, with the rules of
    `xmr`.

    For large n these limits are too narrow, for shares differ by more than chance from month to month: an XmR
    chart of the shares is then the better one. Source: Montgomery, "Introduction to statistical quality
    control" (2013), 7.2.

    Args:
        table: `date`, `events` (those who have it) and `population` (all), one row per date.
        rebase: (date, reason), as in `xmr`.

    Returns:
        As `xmr`, `value` being the share; `moving_range` is null.
    """
    return _chart(table, (events, population, date), rebase, is_share=True)


def u_chart(
    table: Any,
    events: str = "events",
    population: str = "population",
    *,
    date: str = "date",
    rebase: Sequence[tuple[Any, str]] = (),
) -> pa.Table:
    """A control chart of counts per unit: the mean rate u -+ 3 sqrt(u/n), not below 0, with the rules of
    `xmr`.

    Source: Montgomery, "Introduction to statistical quality control" (2013), 7.3.

    Args:
        table: `date`, `events` and `population` (what they are per), one row per date.
        rebase: (date, reason), as in `xmr`.

    Returns:
        As `xmr`, `value` being events per unit; `moving_range` is null.
    """
    return _chart(table, (events, population, date), rebase, is_share=False)


def _chart(
    table: Any, columns: tuple[str, str, str], rebase: Sequence[tuple[Any, str]], is_share: bool
) -> pa.Table:
    events, population, date = columns
    whole = as_arrow(table)
    need(whole, columns, "chart")
    whole = whole.sort_by(date)
    number, below = (as_numbers(whole, name, "chart") for name in (events, population))
    wrong = int((~(below > 0) | ~(number >= 0)).sum())
    if is_share:
        wrong += int((number > below).sum())
    if wrong:
        raise UsageError(
            f"chart: {wrong} points have no population, or events that do not fit it. Leave them out."
        )
    points = Series.of(pa.table({"date": whole[date], "value": number / below}), "date", "value")
    starts = starts_of(points, rebase)
    parts = [_limits(number[part], below[part], is_share) for part in starts.parts(len(number))]
    mean, lower, upper = (np.concatenate([part[place] for part in parts]) for place in range(3))
    return charted(points, starts, (mean, lower, upper), pa.nulls(len(number), pa.float64()))


def _limits(number: Real, below: Real, is_share: bool) -> tuple[Real, Real, Real]:
    mean = number.sum() / below.sum() if len(below) else 0.0
    spread = 3 * np.sqrt(mean * (1 - mean if is_share else 1.0) / below)
    high = np.minimum(mean + spread, 1.0) if is_share else mean + spread
    return np.full(len(below), mean), np.maximum(mean - spread, 0.0), high
