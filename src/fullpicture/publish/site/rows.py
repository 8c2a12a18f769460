"""An area's indicators as the rows of a table: latest value, line over time, and what it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullpicture.core.absence import Absence
from fullpicture.core.area import Area
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.charts import spark
from fullpicture.publish.figures_by import Series
from fullpicture.publish.words import cell, plain

_NOT_COMPARED = Absence.NOT_APPLICABLE.in_brackets


@dataclass(frozen=True)
class Row:
    """One indicator of one area. `beside` has a cell for each area of the table's head, `[z]` for counts."""

    description: Description
    when: str
    said: str
    interval: str
    before: str
    line: str
    beside: Sequence[str]


def row_of(series: Series, area: Area, beside: Sequence[Area]) -> Row:
    """The row of an indicator that the area has figures of."""
    description, figure = series.description, series.latest_of(area.code)
    assert figure is not None
    decimals = description.decimals
    values = [_value(series.at(area.code, period)) for period in series.periods]
    return Row(
        description,
        series.when(figure.period).label,
        cell(figure, decimals),
        interval_of(figure, decimals),
        cell(series.year_before(figure), decimals) or Absence.NOT_AVAILABLE.in_brackets,
        spark(f"{description.title}, {area.name}", _first_and_last(series, area), values),
        [_beside(series, other, figure) for other in beside],
    )


def interval_of(figure: Figure, decimals: int) -> str:
    """The limits of a figure's interval, where it has them: `21.1 to 22.1`."""
    if figure.lower is None or figure.upper is None:
        return ""
    return f"{plain(figure.lower, decimals)} to {plain(figure.upper, decimals)}"


def _beside(series: Series, other: Area, figure: Figure) -> str:
    """Another area's value in the same period; counts of places of another size are no comparison."""
    if series.description.unit == "count":
        return _NOT_COMPARED
    found = series.at(other.code, figure.period)
    return cell(found, series.description.decimals) or Absence.NOT_AVAILABLE.in_brackets


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _first_and_last(series: Series, area: Area) -> str:
    """The line in words: where it starts and where it ends."""
    figures = series.totals[area.code]
    known = [p for p in series.periods if p in figures and figures[p].value is not None]
    if not known:
        return ""
    decimals = series.description.decimals
    ends = [f"{cell(figures[p], decimals)} in {series.when(p).short_label}" for p in (known[0], known[-1])]
    return f"From {ends[0]} to {ends[1]}."
