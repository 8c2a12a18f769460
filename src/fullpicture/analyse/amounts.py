"""The amounts an indicator is made of, side by side for each place, period and category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.absences import NOT_APPLICABLE, NOT_AVAILABLE
from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.analyse.places import matching_periods, period_sums, published_periods
from fullpicture.analyse.totals import KEYS, base_totals
from fullpicture.core.period import Period


@dataclass(frozen=True)
class Basis:
    """What an analysis needs to know of a collected source.

    `rows` is `collect.Collected.table`; `periods` those found in it; `covers` the area whose parts it is
    meant to cover, `base_levels` the levels of those parts; `rounded` to what counts are rounded, by level;
    `missing` why there are no rows where its files are not supplied.
    """

    rows: ir.Table
    periods: tuple[Period, ...]
    covers: str = ""
    base_levels: tuple[str, ...] = ()
    rounded: Mapping[str, int] = field(default_factory=dict)
    missing: str = ""


def base_amounts(
    indicator: Indicator, breakdown: Sequence[str], bases: Mapping[str, Basis], kept: Sequence[Period]
) -> ir.Table:
    """Amounts by area as delivered.

    Returns:
        `area_code`, `period_kind`, `period`, `category`, `amount` and `rank` of the main term, `reason`, and,
        where the indicator has them, `numerator`, `denominator`, `denominator_rank`, `lower`, `upper`.
    """
    main = indicator.main
    basis = bases[main.source]
    periods = period_sums(kept, indicator.periods)
    amounts = base_totals(basis.rows, main, breakdown, periods)
    if indicator.denominator is not None:
        return _with_denominator(amounts, indicator, breakdown, bases, periods)
    for name, term in _published_parts(indicator):
        part = base_totals(basis.rows, term, breakdown, periods)
        amounts = _beside(amounts, part.select(*KEYS, **{name: part.amount}), KEYS)
    return amounts


def _published_parts(indicator: Indicator) -> list[tuple[str, Term]]:
    counts = zip(("numerator", "denominator"), indicator.of or (), strict=False)
    limits = zip(("lower", "upper"), indicator.interval or (), strict=False)
    return [*counts, *limits]


def _with_denominator(
    amounts: ir.Table,
    indicator: Indicator,
    breakdown: Sequence[str],
    bases: Mapping[str, Basis],
    periods: ir.Table,
) -> ir.Table:
    """A denominator from the same source goes by category; one from elsewhere by place and period alone."""
    term, main = indicator.denominator, indicator.main
    assert term is not None
    if term.source == main.source and not term.lag:
        below = base_totals(bases[term.source].rows, term, breakdown, periods)
        named = below.select(*KEYS, denominator=below.amount, denominator_rank=below["rank"])
        if term.is_sum:
            return _shares_of(named, amounts)
        return _missing_is_absent(_beside(amounts, named, KEYS))
    elsewhere = _elsewhere(term, bases, bases[main.source].periods, indicator)
    return _missing_is_absent(_beside(amounts, elsewhere, KEYS[:3]))


def _shares_of(wholes: ir.Table, parts: ir.Table) -> ir.Table:
    """Every denominator with its numerator; where nothing was counted the numerator is zero."""
    joined = _beside(wholes, parts, KEYS)
    return joined.mutate(
        amount=ibis.ifelse(joined["rank"].isnull(), 0.0, joined.amount),
        rank=joined["rank"].fill_null(joined.denominator_rank),
        reason=joined.reason.fill_null(""),
    )


def _elsewhere(
    term: Term, bases: Mapping[str, Basis], delivered: Sequence[Period], indicator: Indicator
) -> ir.Table:
    basis = bases[term.source]
    kinds = tuple(dict.fromkeys(period.kind for period in basis.periods))
    below = base_totals(basis.rows, term, (), period_sums(basis.periods, kinds))
    wanted = published_periods(delivered, indicator.periods)
    pairs = matching_periods(wanted, basis.periods, term.lag)
    named = below.select(
        "area_code",
        from_kind=below.period_kind,
        from_period=below.period,
        denominator=below.amount,
        denominator_rank=below["rank"],
    )
    return named.join(pairs, ["from_kind", "from_period"]).drop("from_kind", "from_period")


def _missing_is_absent(table: ir.Table) -> ir.Table:
    return table.mutate(denominator_rank=table.denominator_rank.fill_null(NOT_AVAILABLE))


def _beside(left: ir.Table, right: ir.Table, keys: Sequence[str]) -> ir.Table:
    joined = left.left_join(right, list(keys))
    return joined.select(*left.columns, *(name for name in right.columns if name not in keys))


def as_delivered(amounts: ir.Table) -> ir.Table:
    """Amounts of the areas the source itself has; of two absences the stronger is the figure's."""
    if "denominator_rank" not in amounts.columns:
        return amounts
    return amounts.mutate(rank=ibis.least(amounts["rank"], amounts.denominator_rank))


def over_areas(amounts: ir.Table, members: ir.Table, no_residents: Sequence[str]) -> ir.Table:
    """Amounts of base areas summed to the areas they belong to.

    A base area that is not available is left out of numerator and denominator alike and counted; any other
    absence of a member is the sum's. An area without residents has no rate per resident.

    Args:
        amounts: from `base_amounts`, with a denominator or without.
        members: from `places.membership`.

    Returns:
        The same columns for the published areas.
    """
    ratio = "denominator" in amounts.columns
    named = as_delivered(amounts).rename(member_code="area_code")
    joined = named.join(members, ["member_code", "period_kind", "period"])
    is_in = joined["rank"] != NOT_AVAILABLE
    sums = {"amount": joined.amount.sum(where=is_in)}
    if ratio:
        sums["denominator"] = joined.denominator.sum(where=is_in)
        sums["denominator_rank"] = joined.denominator_rank.min()
    summed = joined.group_by(list(KEYS)).agg(
        **sums,
        rank=joined["rank"].min(where=is_in).fill_null(NOT_AVAILABLE),
        reason=joined.reason.max(),
    )
    if no_residents:
        barred = summed.area_code.isin(list(no_residents))
        summed = summed.mutate(rank=ibis.ifelse(barred, NOT_APPLICABLE, summed["rank"]))
    return summed
