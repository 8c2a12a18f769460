"""An area beside its statistical neighbours: one row an indicator, one column a neighbour, and a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison
from fullpicture.core.table import Description
from fullpicture.publish.charts import strip
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.grouped import Grouped, value_of
from fullpicture.publish.site.rows import NOT_AVAILABLE, Verdict, interval_of, neighbours
from fullpicture.publish.words import cell, plain

COLUMNS = ("indicator", "period_kind", "period", "unit", "area_code", "area_name", "is", "value", "absence")
"""Columns of the page's file: the area, those above it, its neighbours, and the median of these."""


class Beside(NamedTuple):
    """An indicator in the area, in England and in each neighbour, in the area's latest period.

    `others` are the neighbours' cells as HTML: a figure as text has no sign that HTML would take for its own.
    """

    description: Description
    when: str
    said: str
    interval: str
    strip: str
    median: Verdict
    england: str
    others: str


def neighbours_page(grouped: Grouped, area: Area) -> dict[str, object]:
    """What the page shows."""
    others = [grouped.register.area(code) for code in grouped.neighbours[area.code]]
    sections = []
    for section, found in grouped.sections:
        rows = [row for series in found if (row := _row(grouped, series, area, others))]
        sections += [(section, rows)] if rows else []
    closeness = next(fact.neighbours_closeness for fact in grouped.facts_of[area.code] if fact.neighbours)
    return {
        "area": area,
        "others": others,
        "closeness": closeness,
        "known": grouped.known,
        "neighbours": grouped.neighbours,
        "sections": sections,
    }


def _row(grouped: Grouped, series: Series, area: Area, others: Sequence[Area]) -> Beside | None:
    figure = series.latest_of(area.code)
    fact = grouped.facts.get((series.description.indicator, area.code))
    if figure is None or fact is None or fact.period != figure.period:
        return None
    description, decimals = series.description, series.description.decimals
    found = [series.at(other.code, figure.period) for other in others]
    values = [each.value for each in found if each and each.value is not None]
    said = cell(figure, decimals)
    return Beside(
        description,
        series.when(figure.period).label,
        said,
        interval_of(figure, decimals),
        _strip(area, description, figure.value, values, fact),
        neighbours(fact, decimals),
        plain(fact.england_value, decimals) or NOT_AVAILABLE,
        "".join(f"<td>{cell(each, decimals) or NOT_AVAILABLE}" for each in found),
    )


def _strip(
    area: Area, description: Description, own: float | None, others: Sequence[float], fact: Comparison
) -> str:
    """Where the area lies among its neighbours, drawn and in words."""
    median = plain(fact.neighbours_median, description.decimals)
    said = f"{area.name} {plain(own, description.decimals) or NOT_AVAILABLE}"
    desc = f"{said}, median of its neighbours {median}." if median else f"{said}."
    return strip(description.title, desc, own, others, fact.neighbours_median)


def neighbours_rows(grouped: Grouped, area: Area) -> Iterator[Sequence[object]]:
    """The rows of the page's file, in the order of its tables; full precision."""
    places = [(area, "the area")]
    places += [(each, "above") for each in grouped.above(area.code)]
    listed = [grouped.register.area(code) for code in grouped.neighbours[area.code]]
    places += [(each, f"neighbour {place}") for place, each in enumerate(listed, start=1)]
    for series in (each for _, found in grouped.sections for each in found):
        figure = series.latest_of(area.code)
        fact = grouped.facts.get((series.description.indicator, area.code))
        if figure is None or fact is None or fact.period != figure.period:
            continue
        when = (figure.indicator, figure.period_kind, figure.period, figure.unit)
        for place, role in places:
            found = series.at(place.code, figure.period)
            absence = "x" if found is None else found.absence
            yield *when, place.code, place.name, role, value_of(found), absence
        absence = "" if fact.neighbours_median is not None else "x"
        yield *when, "", "", "median of neighbours", fact.neighbours_median, absence
