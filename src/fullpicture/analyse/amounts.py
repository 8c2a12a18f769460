"""The amounts that indicators are made of, side by side for each ask, place, period and category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.absences import NOT_APPLICABLE, NOT_AVAILABLE, PRESENT, has_value, only_where
from fullpicture.analyse.asks import Ask, lookup
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.analyse.places import match, periods_kept, published_periods
from fullpicture.analyse.smaller_areas import over_parts
from fullpicture.analyse.totals import KEYS, PLACED, Window, base_totals

_TEXT = pa.string()


def base_amounts(asks: Sequence[Ask], bases: Mapping[str, Basis], parts: ir.Table | None = None) -> ir.Table:
    """Amounts by area as delivered.

    Args:
        parts: which areas of the denominators' sources are in which of the main ones (`parts_of_areas`),
            where they are smaller.

    Returns:
        `ask`, `area_code`, `period_kind`, `period`, `category`, `whole`, `amount` and `rank` of the main
        term, `reason`, and, where the indicators have them, `numerator`, `denominator`, `denominator_rank`,
        `lower`, `upper`.
    """
    windows = [_window(ask, bases) for ask in asks]
    amounts = base_totals(asks, _main_columns, bases, windows)
    first = asks[0].indicator
    if first.share_of:
        return _shares(amounts)
    if first.denominator is None:
        return amounts
    if is_elsewhere(first):
        return _missing_is_absent(_beside(amounts, _elsewhere(asks, bases, parts), PLACED))
    below = base_totals(asks, lambda ask: {"denominator": _below(ask)}, bases, windows)
    below = below.rename(denominator_rank="rank")
    if first.denominator.is_sum:
        return _shares_of(below.drop("reason"), amounts)
    return _missing_is_absent(_beside(amounts, below.drop("reason", "whole"), KEYS))


def is_elsewhere(indicator: Indicator) -> bool:
    """Whether the denominator is of another source, or another year: one for all categories."""
    below = indicator.denominator
    return below is not None and (below.source != indicator.main.source or below.lag != 0)


def _main_columns(ask: Ask) -> dict[str, Term]:
    """The main amount, with the counts and the limits that are published beside it."""
    indicator = ask.indicator
    counts = zip(("numerator", "denominator"), indicator.of or (), strict=False)
    limits = zip(("lower", "upper"), indicator.interval or (), strict=False)
    return {"amount": indicator.main, **dict(counts), **dict(limits)}


def _below(ask: Ask) -> Term:
    assert ask.indicator.denominator is not None
    return ask.indicator.denominator


def _window(ask: Ask, bases: Mapping[str, Basis]) -> Window:
    indicator, source = ask.indicator, ask.indicator.main.source
    kept = periods_kept(bases[source].periods, indicator.since)
    return Window(ask.name, source, kept, indicator.periods)


def _shares(amounts: ir.Table) -> ir.Table:
    """Each category beside the sum of all that make a whole; one that is absent makes the whole absent."""
    whole = ibis.window(group_by=[*PLACED, "whole"])
    strongest = amounts["rank"].min().over(whole)
    total = only_where(has_value(strongest), amounts.amount.sum().over(whole))
    return amounts.mutate(denominator=total, denominator_rank=strongest)


def _shares_of(wholes: ir.Table, parts: ir.Table) -> ir.Table:
    """Every denominator with its numerator; where nothing was counted the numerator is zero."""
    joined = _beside(wholes, parts.drop("whole"), KEYS)
    return joined.mutate(
        amount=ibis.ifelse(joined["rank"].isnull(), 0.0, joined.amount),
        rank=joined["rank"].fill_null(joined.denominator_rank),
        reason=joined.reason.fill_null(""),
    )


def _elsewhere(asks: Sequence[Ask], bases: Mapping[str, Basis], parts: ir.Table | None) -> ir.Table:
    """Denominators of other sources, each asked for once, under every ask's own periods."""
    by_term = {repr(_below(ask)): Ask(ask.indicator) for ask in asks}
    wholes = list(by_term.values())
    sources = [_below(whole).source for whole in wholes]
    windows = [
        Window(whole.name, source, bases[source].periods, ())
        for whole, source in zip(wholes, sources, strict=True)
    ]
    below = base_totals(wholes, lambda ask: {"denominator": _below(ask)}, bases, windows)
    if parts is not None:
        below = over_parts(below, parts)
    named = below.select(
        "area_code",
        "denominator",
        whole_ask=below.ask,
        from_kind=below.period_kind,
        from_period=below.period,
        denominator_rank=below["rank"],
    )
    rows = [row for ask in asks for row in _matched(ask, by_term[repr(_below(ask))].name, bases)]
    names = ("whole_ask", "from_kind", "from_period", "ask", "period_kind", "period")
    joined = named.join(lookup(dict.fromkeys(names, _TEXT), rows), list(names[:3]))
    return joined.select(*PLACED, "denominator", "denominator_rank")


def _matched(ask: Ask, whole: str, bases: Mapping[str, Basis]) -> Iterator[tuple[str, ...]]:
    """Which of a denominator's periods belongs to which of an ask's.

    Where none does there is no row: another year's population is never used.
    """
    term, window = _below(ask), _window(ask, bases)
    for period in published_periods(window.delivered, window.kinds):
        found = match(period, bases[term.source].periods, term.lag)
        if found is not None:
            yield whole, found.kind, found.name, ask.name, period.kind, period.name


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
        amounts: from `base_amounts`.
        members: `area_code`, `member_code`, `period_kind`, `period` (`places.membership`).

    Returns:
        The same columns for the published areas; a sum has no limits of its own.
    """
    named = as_delivered(amounts).rename(member_code="area_code")
    joined = named.join(members, ["member_code", "period_kind", "period"])
    is_in = joined["rank"] != NOT_AVAILABLE
    counts = [name for name in ("amount", "numerator", "denominator") if name in amounts.columns]
    sums: dict[str, ir.Value] = {name: joined[name].sum(where=is_in) for name in counts}
    if "denominator_rank" in amounts.columns:
        sums["denominator_rank"] = joined.denominator_rank.min()
    summed = joined.group_by(list(KEYS)).agg(
        **sums,
        whole=joined.whole.max(),
        rank=joined["rank"].min(where=is_in).fill_null(NOT_AVAILABLE),
        reason=joined.reason.max(where=joined["rank"] != PRESENT),
    )
    if no_residents:
        barred = summed.area_code.isin(list(no_residents))
        summed = summed.mutate(rank=ibis.ifelse(barred, NOT_APPLICABLE, summed["rank"]))
    limits = {name: ibis.null("float64") for name in ("lower", "upper") if name in amounts.columns}
    return summed.mutate(**limits).select(amounts.columns)
