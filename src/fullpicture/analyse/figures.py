"""Figures of indicators: values in their unit, intervals where counts are known, absences with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.absences import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    has_value,
    only_where,
    rank_of,
    symbol_of,
)
from fullpicture.analyse.amounts import as_delivered, base_amounts, is_elsewhere, over_areas
from fullpicture.analyse.asks import Ask, asks_of, lookup
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.completing import completed
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.places import membership, periods_kept, published_periods
from fullpicture.analyse.smaller_areas import PART_COLUMNS, Part, has_smaller_areas, parts_of_areas
from fullpicture.analyse.unsupplied import unsupplied_figures
from fullpicture.analyse.untold import untold, why_untold
from fullpicture.analyse.values import NUMBERS, valued
from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA
from fullpicture.core.period import Period

_FEW_RESIDENTS = "Not given: nobody, or too few people, live here for a rate per resident to mean anything."
_NO_DENOMINATOR = "No denominator is supplied for this period; another year's is never used."
_ORDER = ("breakdown", "area_code", "period_kind", "period", "category")
_TEXT = pa.string()


def figures_of(indicator: Indicator, bases: Mapping[str, Basis], register: Register) -> pa.Table:
    """Every figure of an indicator, its breakdowns included, as a table of `FIGURE_SCHEMA`.

    Order: breakdown, area, period, category as text; the result does not depend on the engine.
    """
    return figures_of_all([indicator], bases, register)[indicator.id]


def figures_of_all(
    indicators: Sequence[Indicator], bases: Mapping[str, Basis], register: Register
) -> dict[str, pa.Table]:
    """Every figure of many indicators; those that are computed the same way are asked for together."""
    alike: dict[tuple[object, ...], list[Ask]] = defaultdict(list)
    found: dict[str, pa.Table] = {}
    for indicator in indicators:
        main = bases[indicator.main.source]
        if main.missing:
            found[indicator.id] = unsupplied_figures(indicator, main, register)
        else:
            for ask in asks_of(indicator):
                alike[_shape(ask.indicator, bases)].append(ask)
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    for asks in alike.values():
        table = _finished(asks, bases, register).to_pyarrow()
        table = table.select(FIGURE_SCHEMA.names).cast(FIGURE_SCHEMA)
        for id_ in dict.fromkeys(ask.indicator.id for ask in asks):
            parts[id_].append(table.filter(pc.equal(table["indicator"], id_)))
    found |= {id_: pa.concat_tables(tables) for id_, tables in parts.items()}
    return {
        one.id: completed(found[one.id], one, bases[one.main.source], register).sort_by(
            [(name, "ascending") for name in _ORDER]
        )
        for one in indicators
    }


def _shape(indicator: Indicator, bases: Mapping[str, Basis]) -> tuple[object, ...]:
    """What indicators share that one question can ask for."""
    main, below = bases[indicator.main.source], indicator.denominator
    facts = (main.base_levels, main.covers, tuple(sorted(main.rounded.items())))
    places = (indicator.areas, indicator.levels)
    ways = (indicator.value is None, indicator.main.is_sum, bool(indicator.of), bool(indicator.interval))
    under = (below is None, bool(below and below.is_sum), is_elsewhere(indicator), bool(indicator.share_of))
    limits = (indicator.proportion, indicator.is_rate, indicator.complement, indicator.sums)
    missing = bases[below.source].missing if below else ""
    smaller = below is not None and has_smaller_areas(main, bases[below.source])
    return facts, places, ways, under, limits, indicator.periods, missing, smaller


def _finished(asks: Sequence[Ask], bases: Mapping[str, Basis], register: Register) -> ir.Table:
    first = asks[0].indicator
    basis = bases[first.main.source]
    amounts = _told(_blanked(base_amounts(asks, bases, _parts(asks, bases, register)), asks), asks, bases)
    barred = _without_residents(first, register)
    if first.areas:
        found = over_areas(amounts, _members(asks, first.areas, bases, register), barred)
        found = found.mutate(is_summed=True)
    else:
        found = as_delivered(amounts).mutate(is_summed=False)
    if first.sums:
        sums = over_areas(amounts, _members(asks, first.sums, bases, register), barred)
        found = found.union(sums.mutate(is_summed=True).select(found.columns))
    named = found.join(_area_names(register, first.levels), "area_code").join(_facts(asks), "ask")
    return _columns(valued(named, first), first, basis, bases)


def _members(
    asks: Sequence[Ask], levels: Sequence[str], bases: Mapping[str, Basis], register: Register
) -> ir.Table:
    periods: dict[Period, None] = {}
    for ask in asks:
        kept = periods_kept(bases[ask.indicator.main.source].periods, ask.indicator.since)
        periods |= dict.fromkeys(published_periods(kept, ask.indicator.periods))
    basis = bases[asks[0].indicator.main.source]
    names = ("area_code", "member_code", "period_kind", "period")
    rows = membership(register, levels, basis.base_levels, periods, basis.covers)
    return lookup(dict.fromkeys(names, _TEXT), rows)


def _parts(asks: Sequence[Ask], bases: Mapping[str, Basis], register: Register) -> ir.Table | None:
    """Which areas of the denominators' sources are in which of the main ones, where they are smaller."""
    rows: dict[Part, None] = {}
    for ask in asks:
        main, below = bases[ask.indicator.main.source], ask.indicator.denominator
        if below is not None and has_smaller_areas(main, bases[below.source]):
            rows |= dict.fromkeys(parts_of_areas(main, bases[below.source], register))
    return lookup({**dict.fromkeys(PART_COLUMNS, _TEXT), "parts": pa.int64()}, list(rows)) if rows else None


def _blanked(amounts: ir.Table, asks: Sequence[Ask]) -> ir.Table:
    """Amounts with the periods absent that an indicator leaves blank, and why."""
    rows = [
        (ask.name, period, blank.absence, blank.why)
        for ask in asks
        for blank in ask.indicator.blank
        for period in blank.periods
    ]
    if not rows:
        return amounts
    return _without(amounts, ("ask", "period"), rows)


def _told(amounts: ir.Table, asks: Sequence[Ask], bases: Mapping[str, Basis]) -> ir.Table:
    """Amounts without the areas whose returns do not tell what an indicator needs."""
    rows = [
        (ask.name, *place, str(Absence.NOT_AVAILABLE), why_untold(ask.indicator))
        for ask in asks
        for place in sorted(untold(ask, bases[ask.indicator.main.source]))
    ]
    return _without(amounts, ("ask", "area_code", "period_kind", "period"), rows) if rows else amounts


def _without(amounts: ir.Table, keys: tuple[str, ...], rows: Sequence[Sequence[str]]) -> ir.Table:
    """Amounts absent where the rows say so: their keys, the absence and why."""
    absent = lookup(dict.fromkeys((*keys, "blank", "why"), _TEXT), rows)
    joined = amounts.left_join(absent, list(keys))
    kept = joined.blank.isnull()
    numbers = [name for name in ("amount", *NUMBERS[1:]) if name in amounts.columns]
    return joined.mutate(
        **{name: only_where(kept, joined[name]) for name in numbers},
        rank=ibis.ifelse(kept, joined["rank"], rank_of(joined.blank)),
        reason=ibis.ifelse(kept, joined.reason, joined.why),
    ).select(amounts.columns)


def _without_residents(indicator: Indicator, register: Register) -> list[str]:
    """Areas for which a rate per resident means nothing; none where the denominator is the source's own."""
    below = indicator.denominator
    if below is None or below.source == indicator.main.source:
        return []
    return [area.code for area in register.areas if not area.has_residents]


def _area_names(register: Register, levels: Sequence[str]) -> ir.Table:
    rows = [
        (area.code, area.name, area.level) for area in register.areas if not levels or area.level in levels
    ]
    return lookup(dict.fromkeys(("area_code", "area_name", "area_level"), _TEXT), rows)


def _facts(asks: Sequence[Ask]) -> ir.Table:
    """What figures say of themselves, by ask."""
    rows = [
        (ask.name, one.id, "|".join(sorted(ask.breakdown)), one.unit, " ".join(one.sources), float(one.per))
        for ask in asks
        for one in (ask.indicator,)
    ]
    texts = dict.fromkeys(("ask", "indicator", "breakdown", "unit", "source"), _TEXT)
    return lookup({**texts, "per": pa.float64()}, rows)


def _columns(table: ir.Table, like: Indicator, basis: Basis, bases: Mapping[str, Basis]) -> ir.Table:
    shown = has_value(table["rank"])
    texts = [name for name in FIGURE_SCHEMA.names if name not in (*NUMBERS, "absence", "note", "remark")]
    return table.select(
        *texts,
        **{name: only_where(shown, table[name]) for name in NUMBERS},
        absence=symbol_of(table["rank"]),
        note=_note(table, like, basis, shown),
        remark=_remark(table, like, bases),
    )


def _note(table: ir.Table, like: Indicator, basis: Basis, shown: ir.Value) -> ir.Value:
    """`approx` where a value is computed from counts that the source rounds, at its level or below."""
    if not basis.rounded:
        return ibis.literal("")
    rounded = table.area_level.isin(list(basis.rounded))
    if any(level in basis.rounded for level in basis.base_levels):
        rounded = rounded | table.is_summed
    ours = table.is_summed if like.value is not None else ibis.literal(True)
    return ibis.ifelse(shown & rounded & ours, "approx", "")


def _remark(table: ir.Table, like: Indicator, bases: Mapping[str, Basis]) -> ir.Value:
    """Why there is no value, where the reason is known; the reason of a blank first."""
    reason, below = table.reason.fill_null(""), like.denominator
    if below is None or below.source == like.main.source:
        return reason
    why = bases[below.source].missing
    said = f"Source of the denominator not supplied: {why}" if why else _NO_DENOMINATOR
    missing = (table["rank"] == NOT_AVAILABLE) & (table.denominator_rank == NOT_AVAILABLE)
    return ibis.cases(
        (reason != "", reason),
        (table["rank"] == NOT_APPLICABLE, _FEW_RESIDENTS),
        (missing, said),
        else_="",
    )
