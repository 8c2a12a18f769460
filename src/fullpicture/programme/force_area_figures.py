"""Figures of police force areas that no source publishes: their authorities' counts, or why none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.series import Moment, Series
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.surroundings import FORCE_AREA, Surroundings
from fullpicture.core.figure import Figure

Rows = list[dict[str, Any]]
AddUp = Callable[[Sequence[Subject], pa.Table], Rows]
_NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def force_area_figures(
    subjects: Sequence[Subject], series: Series, around: Surroundings, add_up: AddUp
) -> Rows:
    """Rows of force areas with `why` where there is no value.

    A force area of one authority has that authority's figure as it is published. Others are added up, by
    `add_up` (indicators, members), where the indicator's counts allow it.
    """
    published = {figure.indicator for figure in series.of_latest() if figure.area_level == FORCE_AREA}
    asked = [one for one in subjects if one.id in series.latest and one.id not in published]
    members = around.members(series.periods())
    several = _has_several(members)
    found = add_up([one for one in asked if not one.why_not_summed], members.filter(several))
    for row in found:
        row["why"] = _why(row)
    alone = members.filter(pc.and_(pc.invert(several), pc.invert(members["is_joint"])))
    found += _copied(asked, series, alone)
    return found + _refused([one for one in asked if one.why_not_summed], series, members.filter(several))


def _has_several(members: pa.Table) -> pa.Array:
    """Whether a member's force area has more than one authority in the period."""
    rows = members.to_pylist()
    counted = Counter(_force_and_moment(row) for row in rows if not row["is_joint"])
    return pa.array([counted[_force_and_moment(row)] > 1 for row in rows], pa.bool_())


def _force_and_moment(row: Mapping[str, Any]) -> tuple[str, Moment]:
    return row["police_area"], (row["period_kind"], row["period"])


def _why(row: Mapping[str, Any]) -> str:
    if row["absence"] == "c":
        return "Not added up: the count of an authority is suppressed."
    if row["absence"] == "x":
        return f"Not added up: {row['with_value']} of {row['listed']} authorities have a count."
    return "There is nobody to count." if row["absence"] == "z" else ""


def _copied(subjects: Sequence[Subject], series: Series, members: pa.Table) -> Rows:
    return [
        {
            **_row(figure, force),
            **{name: getattr(figure, name) for name in _NUMBERS},
            "absence": figure.absence,
            "why": "" if figure.value is not None else "Its one authority has no value.",
            "with_value": int(figure.value is not None),
            "listed": 1,
        }
        for force, figure in _figures_of_members(subjects, series, members)
    ]


def _refused(subjects: Sequence[Subject], series: Series, members: pa.Table) -> Rows:
    """A row without a value for each force area whose authorities have a figure in the latest period."""
    why = {subject.id: subject.why_not_summed for subject in subjects}
    found = {
        (figure.indicator, force): {**_row(figure, force), "absence": "x", "why": why[figure.indicator]}
        for force, figure in _figures_of_members(subjects, series, members)
        if series.latest[figure.indicator] == (figure.period_kind, figure.period)
    }
    return list(found.values())


def _figures_of_members(
    subjects: Sequence[Subject], series: Series, members: pa.Table
) -> Iterator[tuple[str, Figure]]:
    """Each member's figures in the periods that are compared, with its force area."""
    rows = members.to_pylist()
    for subject in subjects:
        for row in rows:
            force, moment = _force_and_moment(row)
            if moment[0] == series.latest[subject.id][0]:
                figure = series.at(subject.id, row["place"], moment)
                if figure is not None:
                    yield force, figure


def _row(figure: Figure, force: str) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "area_code": force,
        "period_kind": figure.period_kind,
        "period": figure.period,
    }
