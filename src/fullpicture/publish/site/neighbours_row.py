"""An indicator in an area beside its statistical neighbours: a row of that page, and lines of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.charts import strip
from fullpicture.publish.figures_by import Series, value_of
from fullpicture.publish.files import lines_of
from fullpicture.publish.site.places import Places
from fullpicture.publish.site.render import macro
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


def neighbours_row(series: Series, area: Area, places: Places) -> str:
    """The row as HTML; "" where nothing is said of it there."""
    row = _row(series, area, places.nearest(area.code))
    return macro("rows.html", "neighbours_row_of", row) if row else ""


def _row(series: Series, area: Area, others: Sequence[Area]) -> Beside | None:
    figure = series.latest_of(area.code)
    fact = series.facts.get(area.code)
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


def neighbours_lines(series: Series, area: Area, places: Places) -> str:
    """The lines of the page's file; full precision."""
    figure, fact = series.latest_of(area.code), series.facts.get(area.code)
    if figure is None or fact is None or fact.period != figure.period:
        return ""
    return "".join(lines_of(_rows(series, figure, fact, _roles(area, places))))


def _roles(area: Area, places: Places) -> list[tuple[Area, str]]:
    above = [(each, "above") for each in places.above(area.code)]
    listed = enumerate(places.nearest(area.code), start=1)
    return [(area, "the area"), *above, *((each, f"neighbour {place}") for place, each in listed)]


def _rows(
    series: Series, figure: Figure, fact: Comparison, roles: Sequence[tuple[Area, str]]
) -> Iterator[Sequence[object]]:
    when = (figure.indicator, figure.period_kind, figure.period, figure.unit)
    for place, role in roles:
        found = series.at(place.code, figure.period)
        absence = "x" if found is None else found.absence
        yield *when, place.code, place.name, role, value_of(found), absence
    absence = "" if fact.neighbours_median is not None else "x"
    yield *when, "", "", "median of neighbours", fact.neighbours_median, absence
