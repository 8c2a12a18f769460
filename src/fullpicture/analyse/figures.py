"""Figures of an indicator: values in their unit, intervals where counts are known, absences with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.absences import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    PRESENT,
    has_value,
    only_where,
    symbol_of,
)
from fullpicture.analyse.amounts import Basis, as_delivered, base_amounts, over_areas
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.intervals import byar, wilson
from fullpicture.analyse.places import membership, published_periods
from fullpicture.analyse.unsupplied import unsupplied_figures
from fullpicture.core.areas import Register
from fullpicture.core.engine import divide
from fullpicture.core.figure import FIGURE_SCHEMA
from fullpicture.core.period import Period

_FEW_RESIDENTS = "Not given: nobody, or too few people, live here for a rate per resident to mean anything."
_NO_INTERVAL = "No interval: the value as published lies outside the one that its own counts give."
NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def figures_of(indicator: Indicator, bases: Mapping[str, Basis], register: Register) -> pa.Table:
    """Every figure of an indicator, its breakdowns included, as a table of `FIGURE_SCHEMA`.

    Order: breakdown, area, period, category as text; the result does not depend on the engine.
    """
    main = bases[indicator.main.source]
    if main.missing:
        return unsupplied_figures(indicator, main, register)
    parts = [
        _finished(indicator, breakdown, bases, register).to_pyarrow()
        for breakdown in ((), *indicator.breakdowns)
    ]
    table = pa.concat_tables([part.select(FIGURE_SCHEMA.names).cast(FIGURE_SCHEMA) for part in parts])
    order = ("breakdown", "area_code", "period_kind", "period", "category")
    return table.sort_by([(name, "ascending") for name in order])


def _finished(
    indicator: Indicator, breakdown: Sequence[str], bases: Mapping[str, Basis], register: Register
) -> ir.Table:
    basis = bases[indicator.main.source]
    amounts = base_amounts(indicator, breakdown, bases, periods_kept(indicator, basis.periods))
    if indicator.areas:
        periods = published_periods(basis.periods, indicator.periods)
        members = membership(register, indicator.areas, basis.base_levels, periods)
        amounts = over_areas(amounts, members, _without_residents(indicator, register))
    else:
        amounts = as_delivered(amounts)
    named = amounts.join(_area_names(register, indicator.levels), "area_code")
    return _columns(_valued(named, indicator), indicator, breakdown, basis)


def periods_kept(indicator: Indicator, periods: Iterable[Period]) -> list[Period]:
    """Delivered periods from `since` on, by their names' year."""
    return [period for period in periods if not indicator.since or period.name[:4] >= indicator.since[:4]]


def _without_residents(indicator: Indicator, register: Register) -> list[str]:
    """Areas for which a rate per resident means nothing; none where the denominator is the source's own."""
    below = indicator.denominator
    if below is None or below.source == indicator.main.source:
        return []
    return [area.code for area in register.areas if not area.has_residents]


def _area_names(register: Register, levels: Sequence[str]) -> ir.Table:
    areas = [area for area in register.areas if not levels or area.level in levels]
    columns = {
        "area_code": [area.code for area in areas],
        "area_name": [area.name for area in areas],
        "area_level": [area.level for area in areas],
    }
    return ibis.memtable(pa.table(columns))


def _valued(table: ir.Table, indicator: Indicator) -> ir.Table:
    """Adds `value`, `lower`, `upper`, `numerator`, `denominator` and the rank of the figure's absence."""
    if indicator.value is not None:
        return _as_published(table, indicator)
    if indicator.denominator is None:
        return table.mutate(
            value=table.amount, numerator=table.amount, **_nulls("lower", "upper", "denominator")
        )
    of_nothing = (table["rank"] == PRESENT) & (table.denominator == 0)
    return _with_limits(
        table.mutate(
            rank=ibis.ifelse(of_nothing, NOT_APPLICABLE, table["rank"]),
            value=divide(table.amount, table.denominator) * indicator.per,
            numerator=table.amount,
        ),
        indicator,
    )


def _as_published(table: ir.Table, indicator: Indicator) -> ir.Table:
    missing = [name for name in NUMBERS[1:] if name not in table.columns]
    published = table.mutate(value=table.amount, **_nulls(*missing))
    return published if indicator.interval else _only_around_value(_with_limits(published, indicator))


def _only_around_value(table: ir.Table) -> ir.Table:
    """Without the interval where the value as published lies outside it: it and its counts do not agree.

    A value that its publisher rounds to whole numbers may do so, and a wrong one does.
    """
    outside = ((table.value < table.lower) | (table.value > table.upper)).fill_null(False)
    limits = {name: only_where(~outside, table[name]) for name in ("lower", "upper")}
    reason = ibis.ifelse(outside & (table.reason.fill_null("") == ""), _NO_INTERVAL, table.reason)
    return table.mutate(**limits, reason=reason)


def _with_limits(table: ir.Table, indicator: Indicator) -> ir.Table:
    """Wilson for proportions, Byar for rates of counts; none where the indicator is neither."""
    if indicator.proportion:
        lower, upper = wilson(table.numerator, table.denominator)
        return table.mutate(lower=lower * indicator.per, upper=upper * indicator.per)
    if indicator.unit.startswith("per "):
        lower, upper = byar(table.numerator)
        limits = {"lower": lower, "upper": upper}
        scaled = {name: divide(limit, table.denominator) * indicator.per for name, limit in limits.items()}
        return table.mutate(**scaled)
    return table.mutate(**_nulls("lower", "upper"))


def _nulls(*names: str) -> dict[str, ir.Value]:
    return {name: ibis.null("float64") for name in names}


def _columns(table: ir.Table, indicator: Indicator, breakdown: Sequence[str], basis: Basis) -> ir.Table:
    shown = has_value(table["rank"])
    return table.select(
        "area_code",
        "area_name",
        "area_level",
        "period",
        "period_kind",
        "category",
        **{name: only_where(shown, table[name]) for name in NUMBERS},
        indicator=ibis.literal(indicator.id),
        breakdown=ibis.literal("|".join(sorted(breakdown))),
        unit=ibis.literal(indicator.unit),
        absence=symbol_of(table["rank"]),
        note=_note(table, indicator, basis, shown),
        source=ibis.literal(" ".join(indicator.sources)),
        remark=_remark(table, indicator),
    )


def _note(table: ir.Table, indicator: Indicator, basis: Basis, shown: ir.Value) -> ir.Value:
    """`approx` where a value is computed from counts that the source rounds at that level."""
    if indicator.value is not None or not basis.rounded:
        return ibis.literal("")
    return ibis.ifelse(shown & table.area_level.isin(list(basis.rounded)), "approx", "")


def _remark(table: ir.Table, indicator: Indicator) -> ir.Value:
    """Why there is no value, where the reason is known; the reason of a blank first."""
    reason = table.reason.fill_null("")
    if indicator.denominator is None or indicator.denominator.source == indicator.main.source:
        return reason
    missing = (table["rank"] == NOT_AVAILABLE) & (table.denominator_rank == NOT_AVAILABLE)
    return ibis.cases(
        (reason != "", reason),
        (table["rank"] == NOT_APPLICABLE, _FEW_RESIDENTS),
        (missing, "No denominator is supplied for this period; another year's is never used."),
        else_="",
    )
