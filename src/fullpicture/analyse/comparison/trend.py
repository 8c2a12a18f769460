"""Recent trend: whether the last five values of a series rise or fall by more than chance."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.intervals import Z_95
from fullpicture.core.engine import divide

POINTS = 5
CHI_SQUARE_998 = 9.549535706083242
"""The 99.8% point of chi-square with one degree of freedom."""
INCREASING, DECREASING, NO_CHANGE = "increasing", "decreasing", "no significant change"


def recent_trend(series: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Whether the last five values of each series have a trend.

    A straight line is fitted to the last five values that have an interval, each weighted by one over its
    squared standard error (the interval's width over 2 x 1.96); years without a value are stepped over. There
    is a trend where the squared slope over its variance exceeds the 99.8% point of chi-square, and the slope
    keeps its sign whichever one of the five is left out, so that no single year makes it. This is the rule of
    OHID's Fingertips ("recent trends") for rates and proportions; it gives all 489 labels that its regional
    file of indicator 90284 publishes for areas, where the first condition alone gives 466.

    Args:
        series: one row per series and period: the keys, `day` (which period is later), `value`, `lower`,
            `upper` (95%).
        keys: columns that name a series.

    Returns:
        One row per series with five such values: the keys, `slope` (per period), `chi_square`, `since` (day
        of the first of the five) and `trend`: `increasing`, `decreasing` or `no significant change`.

    Examples:
        >>> import pyarrow as pa
        >>> rows = {"day": [1, 2, 3, 4, 5], "value": [10.0, 12.0, 13.0, 15.0, 18.0]}
        >>> limits = {"lower": [v - 1 for v in rows["value"]], "upper": [v + 1 for v in rows["value"]]}
        >>> series = ibis.memtable(pa.table({"area_code": ["E10000016"] * 5, **rows, **limits}))
        >>> recent_trend(series, ["area_code"]).to_pyarrow()["trend"].to_pylist()
        ['increasing']
    """
    terms = _weighted(_last_points(series, keys))
    by_series = ibis.window(group_by=list(keys))
    totals = {f"all_{name}": terms[name].sum().over(by_series) for name in _TERMS}
    both = terms.mutate(**totals)
    fitted = both.mutate(slope=_slope(*(both[f"all_{name}"] for name in _TERMS)))
    fitted = fitted.mutate(
        chi_square=fitted.slope**2 * divide(_spread(fitted), fitted.all_w),
        without=_slope(*(fitted[f"all_{name}"] - fitted[name] for name in _TERMS)),
    )
    found = fitted.group_by(list(keys)).agg(
        slope=fitted.slope.max(),
        chi_square=fitted.chi_square.max(),
        since=fitted.day.min(),
        points=fitted.count(),
        falls_without=fitted.count(where=fitted.without < 0),
    )
    found = found.filter(found.points == POINTS)
    return found.mutate(trend=_trend(found)).drop("points", "falls_without")


_TERMS = ("w", "wx", "wv", "wxx", "wxv")


def _last_points(series: ir.Table, keys: Sequence[str]) -> ir.Table:
    """The last five values with an interval that has a width, numbered from 0 for the latest backwards."""
    usable = series.filter(series.value.notnull(), series.upper > series.lower)
    latest_first = ibis.window(group_by=list(keys), order_by=usable.day.desc())
    numbered = usable.mutate(back=ibis.row_number().over(latest_first))
    return numbered.filter(numbered.back < POINTS)


def _weighted(points: ir.Table) -> ir.Table:
    error = divide(points.upper - points.lower, ibis.literal(2 * Z_95))
    placed = points.mutate(
        w=divide(ibis.literal(1.0), error**2), x=(POINTS - 1 - points.back).cast("float64")
    )
    return placed.mutate(
        wx=placed.w * placed.x,
        wv=placed.w * placed.value,
        wxx=placed.w * placed.x**2,
        wxv=placed.w * placed.x * placed.value,
    )


def _slope(w: ir.Value, wx: ir.Value, wv: ir.Value, wxx: ir.Value, wxv: ir.Value) -> ir.Value:
    """Slope of the weighted least-squares line."""
    return divide(w * wxv - wx * wv, w * wxx - wx**2)


def _spread(table: ir.Table) -> ir.Value:
    return table.all_w * table.all_wxx - table.all_wx**2


def _trend(found: ir.Table) -> ir.Value:
    rises = (found.slope > 0) & (found.falls_without == 0)
    falls = (found.slope < 0) & (found.falls_without == POINTS)
    return (
        ibis.cases(
            (found.chi_square <= CHI_SQUARE_998, NO_CHANGE),
            (rises, INCREASING),
            (falls, DECREASING),
            else_=NO_CHANGE,
        )
    )  # fmt: skip
