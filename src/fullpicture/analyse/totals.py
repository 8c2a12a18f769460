"""Amounts of asks by area, period and category, with the strongest absence of the rows behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from fullpicture.analyse.absences import NOT_AVAILABLE, PRESENT, has_value, only_where, rank_of
from fullpicture.analyse.asks import Ask, Columns, lookup, placed, stacked
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.places import sums_of
from fullpicture.core.period import Period, PeriodKind

PLACED = ("ask", "area_code", "period_kind", "period")
KEYS = (*PLACED, "category")
_TEXT, _WHOLE = pa.string(), pa.int64()
_PERIOD_COLUMNS = {
    "ask": _TEXT, "source": _TEXT, "from_kind": _TEXT, "from_period": _TEXT,
    "period_kind": _TEXT, "period": _TEXT, "parts": _WHOLE,
}  # fmt: skip


class Window(NamedTuple):
    """The delivered periods that an ask takes from a source, and the kinds that they add up to."""

    ask: str
    source: str
    delivered: Sequence[Period]
    kinds: Sequence[PeriodKind]


def base_totals(
    asks: Sequence[Ask], columns: Columns, bases: Mapping[str, Basis], windows: Sequence[Window]
) -> ir.Table:
    """The amounts of each ask for each area as delivered, each published period and each category.

    A published period stands only on all of its parts: an area with three quarters of a whole year is not
    available for that year. For a sum, a category without rows is zero wherever the area delivered anything.

    Returns:
        `ask`, `area_code`, `period_kind`, `period`, `category`, `whole`, each amount (null where absent),
        `rank` of the absence of the first, `reason` (why cells were blanked, or "").
    """
    names = list(columns(asks[0]))
    rows = [(one.ask, one.source, *row) for one in windows for row in sums_of(one.delivered, one.kinds)]
    periods = lookup(_PERIOD_COLUMNS, rows)
    chosen = placed(asks, columns, bases).join(periods.drop("source"), ["ask", "from_kind", "from_period"])
    found = chosen.group_by(list(KEYS)).agg(
        **{name: _sum_of_all(chosen, name) for name in names[1:]},
        **{names[0]: chosen[names[0]].sum()},
        whole=chosen.whole.max(),
        rank=rank_of(chosen[f"{names[0]}__absence"]).min(),
        reason=chosen.reason.max(),
    )
    is_sum = columns(asks[0])[names[0]].is_sum
    if is_sum or any(row[-1] > 1 for row in rows):
        delivered = _delivered(windows, bases, periods)
        found = _on_grid(found, delivered, names) if is_sum else found.join(delivered, list(PLACED))
        lacking = found.parts_in < found.parts
        found = found.mutate(
            rank=ibis.ifelse(lacking, ibis.least(found["rank"], NOT_AVAILABLE), found["rank"])
        )
    shown = {names[0]: only_where(has_value(found["rank"]), found[names[0]].cast("float64"))}
    return found.select(
        *KEYS, "whole", "rank", "reason", **shown, **{name: found[name] for name in names[1:]}
    )


def _sum_of_all(rows: ir.Table, name: str) -> ir.Value:
    """The sum of cells, or null where one of them is absent."""
    return only_where(rows[name].count() == rows.count(), rows[name].sum().cast("float64"))


def _delivered(windows: Sequence[Window], bases: Mapping[str, Basis], periods: ir.Table) -> ir.Table:
    """Of each ask, area and published period how many parts there are, and how many it needs."""
    sources = list(dict.fromkeys(one.source for one in windows))
    every = stacked([
        bases[source].rows.select(
            "area_code",
            source=ibis.literal(source),
            from_kind=bases[source].rows.period_kind,
            from_period=bases[source].rows.period,
        ).distinct()
        for source in sources
    ])  # fmt: skip
    joined = every.join(periods, ["source", "from_kind", "from_period"])
    return joined.group_by(list(PLACED)).agg(parts_in=_.from_period.nunique(), parts=_.parts.max())


def _on_grid(found: ir.Table, delivered: ir.Table, names: Sequence[str]) -> ir.Table:
    """Every delivered area and period with every category of its ask: what was not found is zero."""
    grid = delivered.join(found.select("ask", "category", "whole").distinct(), "ask")
    joined = grid.left_join(found, list(KEYS))
    return joined.select(
        *(grid[key] for key in KEYS),
        grid.whole,
        grid.parts_in,
        grid.parts,
        **{name: joined[name].fill_null(0.0) for name in names},
        rank=joined["rank"].fill_null(PRESENT),
        reason=joined.reason.fill_null(""),
    )
