"""Control charts of single values in time (XmR), with the rules of Making Data Count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.rules_of_chance import said, special_causes
from fullpicture.analyse.statistics.series import Series
from fullpicture.core.errors import UsageError

_LIMIT, _OUTLYING = 2.66, 3.267
"""3/d2 and D4 for ranges of two values (Shewhart; Wheeler, "Understanding variation", 1993)."""


def xmr(
    series: Any,
    rebase: Sequence[tuple[Any, str]] = (),
    screen: bool = True,
    *,
    value: str = "value",
    date: str = "date",
) -> pa.Table:
    """An XmR chart: which values of a series are more than ordinary variation.

    Limits are the mean -+ 2.66 times the mean moving range (the size of each change). With `screen`, moving
    ranges of 3.267 times their mean or more are left out of that mean, once. In a series that changes only
    there (0, 0, 0, 0, 9, 0, 0, 0) nothing but zeros is left: the limits are the mean, and every point off it
    is outside, as in the NHS implementation (NHSRplotthedots). Leave nothing out of such a series
    (`screen=False`). Rules, those of NHS England's
    Making Data Count, each within the points since the last rebasing: a point outside the limits; seven
    points in a row on the same side of the mean; seven points each above, or each below, the one before (six
    rises or falls in a row); two of three points in a row in the outer third of one side, all three on that
    side.

    Rebasing starts new limits where a known change makes the old ones wrong. It needs a reason, which stays
    in the result and on the chart.

    Args:
        series: a table with `date` and `value`, a pandas Series with dates as its index, or a list of values.
        rebase: (date, reason) for each point from which new limits hold.
        screen: leave outlying moving ranges out.
        value: column of values.
        date: column of what orders them.

    Returns:
        One row per point in order: `date`, `value`, `mean`, `lower`, `upper`, `moving_range`, `rebased` (the
        reason, at the first point of new limits), `outside`, `shift`, `trend`, `two_of_three`,
        `special_cause`, and `rule`: what fired, in words.

    Examples:
        >>> chart = xmr([10, 11, 10, 9, 10, 11, 10, 30])
        >>> chart["special_cause"].to_pylist()[-1], chart["rule"].to_pylist()[-1]
        (True, 'above the upper limit')
    """
    points = Series.of(series, date, value)
    starts = starts_of(points, rebase)
    parts = [_Segment.of(points.values[part], screen) for part in starts.parts(len(points.values))]
    mean, lower, upper, ranges = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("mean", "lower", "upper", "ranges")
    )
    return charted(points, starts, (mean, lower, upper), pa.array(ranges, mask=np.isnan(ranges)))


@dataclass(frozen=True)
class Starts:
    """Where limits begin, with the reason for each but the first."""

    places: tuple[int, ...]
    reasons: tuple[str, ...]

    def parts(self, length: int) -> list[slice]:
        return [slice(*ends) for ends in zip(self.places, (*self.places[1:], length), strict=True)]


def starts_of(points: Series, rebase: Sequence[tuple[Any, str]]) -> Starts:
    """The points from which new limits hold: the first on or after each date.

    Raises:
        UsageError: a rebasing has no reason, or no point follows it.
    """
    found: dict[int, str] = {}
    for when, reason in rebase:
        if not str(reason or "").strip():
            raise UsageError(f"rebase at {when}: new limits need a reason. Write (date, reason).")
        place = points.first_from(when)
        if place is None:
            raise UsageError(f"rebase at {when}: the series ends before it.")
        found[place] = str(reason)
    places = sorted(place for place in found if place > 0)
    return Starts((0, *places), tuple(found[place] for place in places))


@dataclass(frozen=True)
class _Segment:
    mean: Real
    lower: Real
    upper: Real
    ranges: Real

    @classmethod
    def of(cls, values: Real, screen: bool) -> _Segment:
        ranges = np.abs(np.diff(values))
        typical = float(ranges.mean()) if len(ranges) else 0.0
        if screen and (ranges < _OUTLYING * typical).any():
            typical = float(ranges[ranges < _OUTLYING * typical].mean())
        mean = np.full(len(values), _mean(values))
        spread = _LIMIT * typical
        return cls(mean, mean - spread, mean + spread, np.concatenate(([np.nan], ranges))[: len(values)])


def _mean(values: Real) -> float:
    """The mean, to the last bit: a point on the mean is on no side, so that rounding must not give it one."""
    if not len(values):
        return 0.0
    near = fsum(values) / len(values)
    return near + fsum(values - near) / len(values)


def charted(points: Series, starts: Starts, limits: tuple[Real, Real, Real], ranges: pa.Array) -> pa.Table:
    """The chart as a table: the points, their limits, and the rules that fired."""
    mean, lower, upper = limits
    rules = [
        special_causes(points.values[part], mean[part], lower[part], upper[part])
        for part in starts.parts(len(points.values))
    ]
    fired = {name: np.concatenate([part[name] for part in rules]) for name in rules[0]}
    reasons: list[str | None] = [None] * len(points.values)
    for place, reason in zip(starts.places[1:], starts.reasons, strict=True):
        reasons[place] = reason
    numbers = {"value": points.values, "mean": mean, "lower": lower, "upper": upper}
    columns = {
        "date": points.dates,
        **numbers,
        "moving_range": ranges,
        "rebased": pa.array(reasons, pa.string()),
    }
    special = np.logical_or.reduce(list(fired.values()))
    words = said(points.values, mean, fired)
    return pa.table(columns | fired | {"special_cause": special, "rule": pa.array(words, pa.string())})
