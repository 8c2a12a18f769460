"""Change on the period a year before, on the areas that both periods have, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fullpicture.analyse.coverage import Coverage, Moment
from fullpicture.analyse.indicator import Indicator
from fullpicture.core.absence import Absence, strongest
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period

Totals = dict[tuple[str, str, str], Figure]
"""Total figures by the newest code of their area, kind of period and period."""
PERCENT, POINTS = "%", "percentage points"


def change_id(indicator: Indicator) -> str:
    """The id of the indicator's change: in per cent, or in percentage points where its unit is per cent."""
    return f"{indicator.id}_change_{'points' if indicator.unit == PERCENT else 'pct'}"


def change_unit(indicator: Indicator) -> str:
    """The unit of the indicator's change."""
    return POINTS if indicator.unit == PERCENT else PERCENT


@dataclass(frozen=True)
class _Sides:
    """Now and a year before, both on the same areas; `remark` says so where these are not all."""

    now: float
    before: float
    remark: str = ""


def changes_of(indicator: Indicator, figures: Sequence[Figure], coverage: Coverage) -> list[Figure]:
    """The change of every total figure on the period a year before.

    A year is compared with the year before it and a quarter with the same quarter of the year before. Where
    base areas are missing from one of the two, both are taken on the areas in both. A part of a year is not
    compared with a whole one: the change is then `x` and its remark says why. An area whose code has changed,
    and whose name and bounds have not, is compared with itself under the code it had.
    """
    totals: Totals = {
        (coverage.place(f.area_code), f.period_kind, f.period): f for f in figures if not f.breakdown
    }
    first = min((Period(f.period_kind, f.period).last_day for f in totals.values()), default=None)
    result = []
    for figure in (figure for figure in figures if not figure.breakdown):
        earlier = figure.when.shifted(-1)
        if first is None or earlier.last_day < first:
            continue
        before = totals.get((coverage.place(figure.area_code), earlier.kind, earlier.name))
        result.append(_change(indicator, figure, before, totals, coverage))
    return result


def _change(
    indicator: Indicator,
    now: Figure,
    before: Figure | None,
    totals: Totals,
    coverage: Coverage,
) -> Figure:
    blank = now._replace(
        indicator=change_id(indicator),
        unit=change_unit(indicator),
        value=None,
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        note="",
    )
    if before is None:
        return blank._replace(absence=Absence.NOT_AVAILABLE.value, remark=_why_none(now, totals.values()))
    absence = strongest(now.why_absent, before.why_absent)
    if absence is not None:
        return blank._replace(absence=absence.value, remark="One of the two periods has no value.")
    sides = _on_common_areas(indicator, now, before, totals, coverage)
    if sides is None or (sides.before <= 0 and indicator.unit != PERCENT):
        return blank._replace(absence=Absence.NOT_AVAILABLE.value, remark=_refusal(sides))
    value = sides.now - sides.before
    if indicator.unit != PERCENT:
        value *= 100 / sides.before
    return blank._replace(value=value, numerator=sides.now, denominator=sides.before, remark=sides.remark)


def _refusal(sides: _Sides | None) -> str:
    if sides is None:
        return "No area is in both periods."
    return "A change is not computed on a value of zero or less."


def _why_none(now: Figure, totals: Iterable[Figure]) -> str:
    """Why nothing a year before can be compared: only a period of another length, or nothing at all."""
    earlier = now.when.shifted(-1)
    for other in totals:
        if other.area_code == now.area_code and other.when.last_day.year == earlier.last_day.year:
            reason = earlier.why_not_comparable(other.when)
            if reason and now.period_kind == "financial-part":
                return f"Not compared: {now.when.label} is part of a year, never compared with a whole one."
    return f"Not compared: there is no figure for {earlier.label}."


def _on_common_areas(
    indicator: Indicator,
    now: Figure,
    before: Figure,
    totals: Totals,
    coverage: Coverage,
) -> _Sides | None:
    assert now.value is not None
    assert before.value is not None
    this, then = (now.period_kind, now.period), (before.period_kind, before.period)
    in_now, in_before = coverage.places_in(now.area_code, this), coverage.places_in(now.area_code, then)
    if not indicator.areas or in_now == in_before:
        return _Sides(now.value, before.value)
    common = sorted(in_now & in_before)
    values = (_over(indicator, totals, common, this), _over(indicator, totals, common, then))
    if not common or values[0] is None or values[1] is None:
        return None
    remark = f"Compared on the {len(common)} areas in both periods, of {len(in_now | in_before)}."
    return _Sides(values[0], values[1], remark)


def _over(indicator: Indicator, totals: Totals, codes: Sequence[str], moment: Moment) -> float | None:
    """The indicator's value over some base areas: the sum of their counts, or the ratio of the sums."""
    parts = [totals[code, moment[0], moment[1]] for code in codes]
    if any(part.numerator is None for part in parts):
        return None
    numerator = sum(part.numerator or 0 for part in parts)
    if indicator.denominator is None:
        return numerator
    denominator = sum(part.denominator or 0 for part in parts)
    return numerator / denominator * indicator.per if denominator else None
