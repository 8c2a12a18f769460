"""Figures that follow cases in time: the share with an outcome by a day, the day by which half have one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.asks import Ask, asks_of, category_of, folded, lookup, matching
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Following, Indicator
from fullpicture.analyse.places import membership, periods_kept, published_periods, sums_of
from fullpicture.analyse.statistics.cumulative_incidence import cumulative_incidence
from fullpicture.analyse.statistics.outcome_counts import outcome_counts
from fullpicture.analyse.untold import untold
from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA

EVENT, OTHER, OPEN_CODE = "event", "other", "0"
_MOST_OPEN, _MOST = 0.01, 0.05
"""An area's crimes are followed unless more than a hundredth of them are open, nobody knows for how long, or
more than a twentieth cannot be placed in time at all."""
_UNPLACED = "Not available: the return does not say for how long crimes without an outcome have been open."
_TOO_SHORT = "Not available: nobody here has been followed for {at} days."
_NEVER = "Not available: fewer than half have an outcome by the end of follow-up."
_WITHOUT = "Without areas whose returns do not say for how long crimes have been open."
_IS_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_KEYS = ("area_code", "period_kind", "period")
_PLACE = (*_KEYS, "category")


class Found(NamedTuple):
    """What is known of one area, period and category; `why` says why there is no value."""

    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    why: str = ""
    remark: str = ""


def with_incidence(indicator: Indicator, figures: pa.Table, basis: Basis, register: Register) -> pa.Table:
    """An indicator's figures with the values of its measure in place of the share of recorded crimes.

    The counts that the figures have already say which places, periods and categories there are. A crime that
    has the outcome of the numerator has it on its day; any other outcome competes; one without is followed to
    the day the data were drawn. Values are rounded as they are printed, so that nothing can be worked out of
    them that their counts do not say.
    """
    assert indicator.following is not None
    known: dict[tuple[str, ...], Found] = {}
    for ask in asks_of(indicator):
        breakdown = "|".join(sorted(ask.breakdown))
        for place, found in _of_ask(ask, basis, register):
            known[(*place, breakdown)] = found
    rows = [_replaced(row, known, indicator.decimals) for row in figures.to_pylist()]
    return pa.Table.from_pylist(rows, FIGURE_SCHEMA)


def _replaced(row: dict[str, Any], known: Mapping[tuple[str, ...], Found], decimals: int) -> dict[str, Any]:
    found = known.get((*(row[name] for name in _PLACE), row["breakdown"]))
    if row["absence"] or found is None:
        return row
    numbers = {name: getattr(found, name) for name in Found._fields[:5]}
    for name in ("value", "lower", "upper"):
        numbers[name] = None if numbers[name] is None else round(numbers[name], decimals)
    absence = str(Absence.NOT_AVAILABLE) if found.why else ""
    said = " ".join(text for text in (row["remark"], found.why, found.remark) if text)
    return row | numbers | {"absence": absence, "note": "" if absence else row["note"], "remark": said}


def _of_ask(ask: Ask, basis: Basis, register: Register) -> Iterator[tuple[tuple[str, ...], Found]]:
    counts = followed_counts(ask, basis)
    left_out = left_out_of(counts)
    members = _members(ask.indicator, basis, register, counts)
    named = counts.rename_columns({"area_code": "member"})
    joined = named.join(members, ["member", *_KEYS[1:]], join_type="inner")
    place = list(zip(*(joined[name].to_pylist() for name in ("member", *_KEYS[1:])), strict=True))
    outside = np.array([one in left_out for one in place], dtype=bool)
    areas = list(zip(*(joined[name].to_pylist() for name in _PLACE), strict=True))
    wanting = {one for one, out in zip(areas, outside, strict=True) if out}
    kept = joined.filter(pa.array(~outside))
    totals = kept.group_by(list(_PLACE)).aggregate([("n", "sum")])
    recorded = {tuple(row[name] for name in _PLACE): float(row["n_sum"]) for row in totals.to_pylist()}
    for one in wanting - set(recorded):
        yield one, Found(None, None, None, None, None, _UNPLACED)
    followed = kept.select([*_PLACE, "day", "outcome", "refused", "n"])
    of = {"cumulative_incidence": _shares, "median_days": _medians}[_following(ask).measure]
    for one, found in of(followed, _following(ask), recorded):
        yield one, found._replace(remark=_WITHOUT if one in wanting else "")


def _following(ask: Ask) -> Following:
    assert ask.indicator.following is not None
    return ask.indicator.following


def followed_counts(ask: Ask, basis: Basis) -> pa.Table:
    """Counts by base area, published period, category, day and outcome; what cannot be placed is refused."""
    indicator = ask.indicator
    whole = ask.term(indicator.denominator or indicator.main)
    rows = matching(folded(basis.rows, ask.folds_of(whole.source)), whole)
    delivered = periods_kept(basis.periods, indicator.since)
    names = ("from_kind", "from_period", "period_kind", "period")
    sums = [row[:4] for row in sums_of(delivered, indicator.periods)]
    periods = lookup(dict.fromkeys(names, pa.string()), sums)
    days, ended, is_open = _followed(rows, ask)
    placed = rows.select(
        "area_code",
        from_kind=rows.period_kind,
        from_period=rows.period,
        category=category_of(rows, ask.breakdown),
        is_open=ibis.ifelse(is_open, 1, 0).cast("int64"),
        days=days,
        ended=ended,
    ).join(periods, ["from_kind", "from_period"])
    by = [*_PLACE, "is_open"]
    table = outcome_counts(placed, by, days="days", outcome="ended").to_pyarrow()
    table = _of_those_told(table, untold(ask, basis))
    return table.cast(pa.schema([(name, _PLAIN.get(name, pa.string())) for name in table.schema.names]))


def _of_those_told(counts: pa.Table, silent: Collection[tuple[str, ...]]) -> pa.Table:
    """Without the areas whose returns do not tell what the indicator needs; their figures say so already."""
    places = zip(*(counts[name].to_pylist() for name in _KEYS), strict=True)
    return counts.filter(pa.array([place not in silent for place in places], pa.bool_()))


_PLAIN = {"is_open": pa.int64(), "day": pa.int64(), "n": pa.int64()}


def _followed(rows: ir.Table, ask: Ask) -> tuple[ir.Value, ir.Value, ir.Value]:
    """Days that each crime is followed, what it ended with, and whether it is open."""
    following = _following(ask)
    first, last = _day(rows.recorded_on), _day(rows.outcome_on)
    drawn = ibis.literal(following.drawn_on, type="date")
    given = rows.days_to_outcome
    given = ibis.ifelse(given.re_search(r"^[0-9]+$"), given, ibis.null("string")).cast("int64")
    to_outcome = ibis.coalesce(last.delta(first, unit="day").cast("int64"), given)
    has_type = rows.outcome_type.re_search(r"^[0-9]+[A-Z]?$") & (rows.outcome_type != OPEN_CODE)
    chosen = ask.term(ask.indicator.main).where
    is_event = _all_of([rows[name].isin(list(values)) for name, values in chosen.items()])
    is_open = ~has_type & to_outcome.isnull()
    days = ibis.ifelse(is_open, drawn.delta(first, unit="day").cast("int64"), to_outcome)
    # An outcome of no known type, and one after the day of drawing, is neither open nor any outcome.
    unknown = (~has_type & ~is_open) | (last > drawn).fill_null(False)
    days = ibis.ifelse(unknown, ibis.null("int64"), days)
    ended = ibis.cases((is_open, ibis.null("string")), (is_event, EVENT), else_=OTHER)
    return days, ended, is_open


def _all_of(flags: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    """Whether all of some conditions hold; true where there are none."""
    whole: ir.BooleanValue = ibis.literal(True)
    for flag in flags:
        whole = whole & flag
    return whole


def events_by_month(ask: Ask, basis: Basis) -> pa.Table:
    """Crimes of each base area that had the outcome, by month: `area_code`, `month` (2024-01), `events`."""
    whole = ask.term(ask.indicator.denominator or ask.indicator.main)
    rows = matching(folded(basis.rows, ask.folds_of(whole.source)), whole)
    kind = ask.indicator.periods[0] if ask.indicator.periods else basis.periods[0].kind
    rows = matching(rows.filter(rows.period_kind == kind), ask.term(ask.indicator.main))
    dated = rows.filter(rows.outcome_on.re_search(_IS_DAY))
    months = dated.group_by("area_code", month=dated.outcome_on.substr(0, 7))
    return (
        months.agg(events=dated.count())
        .to_pyarrow()
        .sort_by([("area_code", "ascending"), ("month", "ascending")])
    )


def _day(column: ir.Column) -> ir.Value:
    return ibis.ifelse(column.re_search(_IS_DAY), column, ibis.null("string")).cast("date")


def left_out_of(counts: pa.Table) -> set[tuple[str, ...]]:
    """Base areas and periods whose crimes cannot be followed."""
    lost = pc.if_else(pc.is_valid(counts["refused"]), counts["n"], 0)
    lost_open = pc.multiply(lost, counts["is_open"])
    table = counts.select([*_KEYS, "n"]).append_column("lost", lost).append_column("lost_open", lost_open)
    sums = table.group_by(list(_KEYS)).aggregate([(name, "sum") for name in ("n", "lost", "lost_open")])
    return {
        tuple(row[name] for name in _KEYS)
        for row in sums.to_pylist()
        if row["lost_open_sum"] > _MOST_OPEN * row["n_sum"] or row["lost_sum"] > _MOST * row["n_sum"]
    }


def _members(indicator: Indicator, basis: Basis, register: Register, counts: pa.Table) -> pa.Table:
    """Which base areas add up to which published ones in each period; themselves where none are asked for."""
    names = ["area_code", "member", *_KEYS[1:]]
    if indicator.areas:
        delivered = periods_kept(basis.periods, indicator.since)
        periods = published_periods(delivered, indicator.periods)
        rows = membership(register, indicator.areas, basis.base_levels, periods, basis.covers)
    else:
        found = counts.select(list(_KEYS)).group_by(list(_KEYS)).aggregate([]).to_pylist()
        rows = [(row["area_code"], row["area_code"], row["period_kind"], row["period"]) for row in found]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(arrays, names=names)


_NOBODY = {"estimate": 0.0, "se": 0.0, "n_events": 0}
"""Of an outcome that nobody has anywhere, of which there is no curve."""


def _shares(
    counts: pa.Table, following: Following, recorded: Mapping[tuple[str, ...], float]
) -> Iterator[tuple[tuple[str, ...], Found]]:
    found = cumulative_incidence(counts, at=[following.at]).to_pylist()
    gone: dict[tuple[str, ...], float] = {}
    risk: dict[tuple[str, ...], int] = {}
    for row in found:
        one = tuple(row[name] for name in _PLACE)
        gone[one] = gone.get(one, 0.0) + row["estimate"]
        risk[one] = row["n_risk"]
    rows = {tuple(row[name] for name in _PLACE): row for row in found if row["outcome"] == EVENT}
    for one, whole in recorded.items():
        if one not in gone:
            continue
        known = rows.get(one, _NOBODY | {"n_risk": risk[one]})
        if not known["n_risk"] and gone[one] < 1 - 1e-9:
            why = _TOO_SHORT.format(at=following.at)
            yield one, Found(None, None, None, None, None, why)
            continue
        low, high = (100 * known[side] if known["se"] > 0 else None for side in ("lower", "upper"))
        yield one, Found(100 * known["estimate"], low, high, float(known["n_events"]), whole)


def _medians(
    counts: pa.Table, following: Following, recorded: Mapping[tuple[str, ...], float]
) -> Iterator[tuple[tuple[str, ...], Found]]:
    """The first day by which at least half have the outcome, with the days on which the limits reach a half.

    Source: Brookmeyer and Crowley, Biometrics 38 (1982), 29-41, with limits on the log-log scale.
    """
    curves: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in cumulative_incidence(counts).to_pylist():
        if row["outcome"] == EVENT:
            curves.setdefault(tuple(row[name] for name in _PLACE), []).append(row)
    for one, whole in recorded.items():
        curve = curves.get(one, [])
        value, first, last = (_reached(curve, name) for name in ("estimate", "upper", "lower"))
        events = float(sum(row["n_events"] for row in curve))
        if value is None:
            yield one, Found(None, None, None, None, None, _NEVER)
        else:
            yield one, Found(value, first, last, events, whole)


def _reached(curve: Sequence[Mapping[str, Any]], name: str) -> float | None:
    return next((float(row["day"]) for row in curve if row[name] >= 0.5 - 1e-12), None)
