"""Amounts of a source by area, period and category, with the strongest absence of the rows behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir
from ibis import _

from fullpicture.analyse.absences import NOT_AVAILABLE, PRESENT, has_value, only_where, rank_of
from fullpicture.analyse.indicator import NOT_RECORDED, Term

KEYS = ("area_code", "period_kind", "period", "category")


def base_totals(rows: ir.Table, term: Term, breakdown: Sequence[str], periods: ir.Table) -> ir.Table:
    """The term's amount for each area as delivered, each published period and each category.

    A published period stands only on all of its parts: an area with three quarters of a whole year is not
    available for that year. For a sum, a category without rows is zero wherever the area delivered anything.

    Args:
        rows: a collected source (`collect.Collected.table`).
        periods: from `places.period_sums`.

    Returns:
        `area_code`, `period_kind`, `period`, `category`, `amount` (null where absent), `rank` of the absence,
        `reason` (why cells were blanked, or "").
    """
    placed = _in_periods(rows, breakdown, periods)
    chosen = matching(placed, term.where)
    absence = chosen[f"{term.column}__absence"]
    found = chosen.group_by(list(KEYS)).agg(
        amount=chosen[term.column].sum(),
        rank=rank_of(absence).min(),
        reason=chosen.blank_reason.max(),
    )
    delivered = placed.group_by("area_code", "period_kind", "period").agg(
        parts_in=_.from_period.nunique(), parts=_.parts.max()
    )
    whole = _on_grid(found, delivered, chosen) if term.is_sum else found.join(delivered, list(KEYS[:3]))
    ranked = whole.mutate(
        rank=ibis.ifelse(_.parts_in < _.parts, ibis.least(_["rank"], NOT_AVAILABLE), _["rank"])
    )
    return ranked.select(
        *KEYS, "rank", "reason", amount=only_where(has_value(ranked["rank"]), ranked.amount.cast("float64"))
    )


def _on_grid(found: ir.Table, delivered: ir.Table, chosen: ir.Table) -> ir.Table:
    """Every delivered area and period with every category: what was not found is zero."""
    grid = delivered.cross_join(chosen.select("category").distinct())
    joined = grid.left_join(found, list(KEYS))
    return joined.select(
        *(grid[key] for key in KEYS),
        grid.parts_in,
        grid.parts,
        amount=joined.amount.fill_null(0.0),
        rank=joined["rank"].fill_null(PRESENT),
        reason=joined.reason.fill_null(""),
    )


def _in_periods(rows: ir.Table, breakdown: Sequence[str], periods: ir.Table) -> ir.Table:
    """Delivered rows under each period they count towards, with the category of the breakdown."""
    delivered = rows.rename(from_kind="period_kind", from_period="period")
    return delivered.join(periods, ["from_kind", "from_period"]).mutate(category=category_of(rows, breakdown))


def category_of(rows: ir.Table, breakdown: Sequence[str]) -> ir.Value:
    """The category's name: the values joined by `|` in the order of the columns' names, "" for a total."""
    parts = [_[name].nullif("").fill_null(NOT_RECORDED) for name in sorted(breakdown)]
    return reduce(lambda left, right: left.concat("|", right), parts) if parts else ibis.literal("")


def matching(rows: ir.Table, where: Mapping[str, tuple[str, ...]]) -> ir.Table:
    """The rows whose columns have one of the values named."""
    return rows.filter(*(rows[name].isin(list(values)) for name, values in where.items())) if where else rows
