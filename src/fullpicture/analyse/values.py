"""From amounts to values in their unit, with their limits."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.absences import NOT_APPLICABLE, PRESENT, only_where
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.intervals import byar, wilson
from fullpicture.core.engine import divide

NUMBERS = ("value", "lower", "upper", "numerator", "denominator")
_NO_INTERVAL = "No interval: the value as published lies outside the one that its own counts give."


def valued(table: ir.Table, like: Indicator) -> ir.Table:
    """Adds `value`, `lower`, `upper`, `numerator`, `denominator`, and mends the rank of the absence.

    Args:
        table: amounts of `amounts.base_amounts` with `per` (what a ratio is multiplied by) and `is_summed`
            (whether an area is one that we add up although values are published).
        like: an indicator with the way to its value that all of these have.
    """
    if like.value is not None:
        found = _as_published(table, like)
    elif like.denominator is None and not like.share_of:
        found = table.mutate(
            value=table.amount, numerator=table.amount, **_nulls("lower", "upper", "denominator")
        )
    else:
        of_nothing = (table["rank"] == PRESENT) & (table.denominator == 0)
        ratio = table.mutate(
            rank=ibis.ifelse(of_nothing, NOT_APPLICABLE, table["rank"]),
            value=divide(table.amount, table.denominator) * table.per,
            numerator=table.amount,
        )
        found = _with_limits(ratio, like)
    return found if like.complement is None else _complement(found, like.complement)


def _as_published(table: ir.Table, like: Indicator) -> ir.Table:
    """The value as published; of an area that we add up ourselves, that of its counts."""
    missing = [name for name in NUMBERS[1:] if name not in table.columns]
    published = table.mutate(value=table.amount, **_nulls(*missing))
    if like.sums:
        ours = divide(published.numerator, published.denominator) * published.per
        published = published.mutate(value=ibis.ifelse(published.is_summed, ours, published.value))
    if not like.interval:
        return _only_around_value(_with_limits(published, like))
    if not like.sums:
        return published
    said = {f"said_{name}": published[name] for name in ("lower", "upper")}
    both = _with_limits(published.mutate(**said), like)
    chosen = {
        name: ibis.ifelse(both.is_summed, both[name], both[f"said_{name}"]) for name in ("lower", "upper")
    }
    return both.mutate(**chosen)


def _only_around_value(table: ir.Table) -> ir.Table:
    """Without the interval where the value as published lies outside it: it and its counts do not agree.

    A value that its publisher rounds to whole numbers may do so, and a wrong one does.
    """
    outside = ((table.value < table.lower) | (table.value > table.upper)).fill_null(False)
    limits = {name: only_where(~outside, table[name]) for name in ("lower", "upper")}
    reason = ibis.ifelse(outside & (table.reason.fill_null("") == ""), _NO_INTERVAL, table.reason)
    return table.mutate(**limits, reason=reason)


def _with_limits(table: ir.Table, like: Indicator) -> ir.Table:
    """Wilson for proportions, Byar for rates of counts; none where the indicator is neither."""
    if like.proportion:
        lower, upper = wilson(table.numerator, table.denominator)
        return table.mutate(lower=lower * table.per, upper=upper * table.per)
    if like.is_rate:
        lower, upper = byar(table.numerator)
        limits = {"lower": lower, "upper": upper}
        return table.mutate(
            **{name: divide(limit, table.denominator) * table.per for name, limit in limits.items()}
        )
    return table.mutate(**_nulls("lower", "upper"))


def _complement(table: ir.Table, whole: float) -> ir.Table:
    """What is left of the whole: limits change sides, and those counted are the others."""
    return table.mutate(
        value=whole - table.value,
        lower=whole - table.upper,
        upper=whole - table.lower,
        numerator=table.denominator - table.numerator,
    )


def _nulls(*names: str) -> dict[str, ir.Value]:
    return {name: ibis.null("float64") for name in names}
