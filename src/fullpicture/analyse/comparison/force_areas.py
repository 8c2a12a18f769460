"""A police force area's value from the counts of its authorities."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.absences import NOT_APPLICABLE, has_value, only_where, rank_of, symbol_of
from fullpicture.analyse.intervals import byar, wilson
from fullpicture.core.engine import divide


def force_area_sums(authorities: ir.Table, members: ir.Table, subjects: ir.Table) -> ir.Table:
    """Numerators and denominators of a force area's authorities added up, with an interval where one is due.

    One authority without a count leaves the force area without a value, for the strongest of their reasons; a
    count that does not apply (`z`: nobody there, or returned jointly with another) adds nothing.

    Args:
        authorities: figures of authorities and joint returns: `indicator`, `place`, `period_kind`, `period`,
            `numerator`, `denominator`, `absence`.
        members: from `Surroundings.members`.
        subjects: `indicator`, `per`, `is_ratio`, `is_proportion`, `is_rate`, of those that may be summed.

    Returns:
        One row per indicator, force area and period with a figure: `indicator`, `area_code`, `period_kind`,
        `period`, `numerator`, `denominator`, `value`, `lower`, `upper`, `absence`, `with_value`, `listed`.
    """
    counted = _counted(authorities.join(subjects, "indicator"))
    joined = members.rename(area_code="police_area").join(counted, ["place", "period_kind", "period"])
    summed = joined.group_by(
        "indicator", "area_code", "period_kind", "period", "per", "is_ratio", "is_proportion", "is_rate"
    )
    own = ~joined.is_joint
    found = summed.agg(
        numerator=joined.numerator.sum(where=joined.is_in),
        denominator=joined.denominator.sum(where=joined.is_in),
        with_value=joined.count(where=own & (joined.is_in | joined.adds_nothing)),
        lacking=joined.lacking.min(),
    )
    listed = members.filter(~members.is_joint).rename(area_code="police_area")
    listed = listed.group_by("area_code", "period_kind", "period").agg(listed=listed.count())
    return _valued(found.join(listed, ["area_code", "period_kind", "period"]))


def _counted(rows: ir.Table) -> ir.Table:
    """Which rows have their counts, and the rank of the absence of those that do not."""
    rank = rank_of(rows.absence)
    has_counts = rows.numerator.notnull() & (~rows.is_ratio | rows.denominator.notnull())
    is_in = has_value(rank) & has_counts
    adds_nothing = rank == NOT_APPLICABLE
    return rows.mutate(
        is_in=is_in,
        adds_nothing=adds_nothing,
        lacking=ibis.ifelse(is_in | adds_nothing, ibis.null("int64"), rank.cast("int64")),
    )


def _valued(sums: ir.Table) -> ir.Table:
    symbol = ibis.cases(
        (sums.lacking.notnull() & (symbol_of(sums.lacking) == "c"), "c"),
        (sums.lacking.notnull() | (sums.with_value < sums.listed), "x"),
        (sums.is_ratio & (sums.denominator.fill_null(0.0) == 0), "z"),
        else_="",
    )
    known = sums.mutate(absence=symbol)
    known = known.mutate(
        numerator=only_where(known.absence == "", known.numerator),
        denominator=only_where((known.absence == "") & known.is_ratio, known.denominator),
    )
    ratio = divide(known.numerator, known.denominator) * known.per
    share, rate = wilson(known.numerator, known.denominator), byar(known.numerator)
    limits = {
        name: ibis.cases(
            (known.is_proportion, of_share * known.per),
            (known.is_rate, divide(of_rate, known.denominator) * known.per),
            else_=ibis.null("float64"),
        )
        for name, of_share, of_rate in zip(("lower", "upper"), share, rate, strict=True)
    }
    return known.mutate(value=ibis.ifelse(known.is_ratio, ratio, known.numerator), **limits).select(
        "indicator", "area_code", "period_kind", "period", "numerator", "denominator", "value", "lower",
        "upper", "absence", "with_value", "listed",
    )  # fmt: skip
