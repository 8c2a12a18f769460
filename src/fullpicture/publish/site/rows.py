"""An area's indicators as the rows of a table: latest value, line over time, and what it stands beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fullpicture.core.absence import Absence
from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.charts import spark
from fullpicture.publish.figures_by import Series
from fullpicture.publish.publication import Section
from fullpicture.publish.words import cell, is_state, plain

NOT_COMPARED = Absence.NOT_APPLICABLE.in_brackets
NOT_AVAILABLE = Absence.NOT_AVAILABLE.in_brackets


class Verdict(NamedTuple):
    """What a comparison says: its words, the class of the stylesheet, and why it says no more."""

    said: str
    kind: str = ""
    why: str = ""


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
    neighbours: Verdict
    against: Verdict
    trend: Verdict


class Rows(NamedTuple):
    """Rows as HTML, under the title of the part of a section that they belong to, "" for the section."""

    title: str
    rows: Sequence[str]


def rows_of(section: Section, rows: Mapping[str, str]) -> list[Rows]:
    """The rows of a section, given by indicator, by the section's domains."""
    placed = {id_ for domain in section.domains for id_ in domain.indicators}
    own = [row for id_, row in rows.items() if id_ not in placed]
    parts = [(d.title, [rows[id_] for id_ in d.indicators if id_ in rows]) for d in section.domains]
    return [Rows(title, found) for title, found in [("", own), *parts] if found]


def row_of(series: Series, area: Area, beside: Sequence[Area]) -> Row | None:
    """The row of an indicator in an area; None where nothing is said of it there."""
    description, fact = series.description, series.facts.get(area.code)
    figure = series.latest_of(area.code) or (as_figure(fact) if fact else None)
    if figure is None:
        return None
    if fact and fact.period != figure.period:
        fact = None
    decimals = description.decimals
    line = series.line(area.code)
    return Row(
        description,
        series.when(figure.period).label,
        figure.remark if is_state(figure, description) else cell(figure, decimals) or NOT_AVAILABLE,
        interval_of(figure, decimals),
        _year_before(series, figure),
        spark(f"{description.title}, {area.name}", _first_and_last(series, line), line),
        [_beside(series, other, figure) for other in beside],
        neighbours(fact, decimals) if fact else Verdict(""),
        against(fact) if fact else Verdict(""),
        trend(series, fact) if fact else Verdict(""),
    )


def as_figure(fact: Comparison) -> Figure | None:
    """What a comparison says of an area of which no figure is published; None where it says no value."""
    if fact.value is None:
        return None
    return Figure(
        *fact[:6], breakdown="", category="", value=fact.value, lower=fact.lower, upper=fact.upper,
        numerator=None, denominator=None, unit=fact.unit, absence=fact.absence, note="", source="",
    )  # fmt: skip


def interval_of(figure: Figure, decimals: int) -> str:
    """The limits of a figure's interval, where it has them: `21.1 to 22.1`."""
    if figure.lower is None or figure.upper is None:
        return ""
    return f"{plain(figure.lower, decimals)} to {plain(figure.upper, decimals)}"


def neighbours(fact: Comparison, decimals: int) -> Verdict:
    """The median of the area's statistical neighbours, with how many of them it is of."""
    if fact.neighbours_median is None:
        return Verdict(NOT_AVAILABLE if fact.neighbours_listed else NOT_COMPARED)
    of = f"{fact.neighbours_with_value} of {fact.neighbours_listed}"
    return Verdict(plain(fact.neighbours_median, decimals), "", of)


def against(fact: Comparison) -> Verdict:
    """Whether the area is better or worse than England, by its interval."""
    if fact.england_label == "not compared":
        return _not_compared(fact, fact.england_why)
    return Verdict(fact.england_label.capitalize(), fact.england_label)


def trend(series: Series, fact: Comparison) -> Verdict:
    """Where the last five values lead, and whether that is better or worse."""
    if fact.trend == "not compared":
        return _not_compared(fact, fact.trend_why)
    since = f"since {series.when(fact.trend_from).short_label}" if fact.trend_from else ""
    judged = {"better": "getting better", "worse": "getting worse", "": ""}[fact.trend_is]
    said = f"{fact.trend.capitalize()}, {judged}" if judged else fact.trend.capitalize()
    return Verdict(said, fact.trend_is, since)


def _not_compared(fact: Comparison, why: str) -> Verdict:
    """The reason; where there is no value there is nothing to give a reason for."""
    return (
        Verdict("", "", f"Not compared: {why[:1].lower()}{why[1:]}")
        if fact.value is not None
        else Verdict("")
    )


def _year_before(series: Series, figure: Figure) -> str:
    """The value a year before, for its authorities together where the area has none of its own."""
    before, decimals = series.year_before(figure), series.description.decimals
    return cell(before, decimals) if before else plain(series.sum_before(figure), decimals)


def _beside(series: Series, other: Area, figure: Figure) -> str:
    """Another area's value in the same period; counts of places of another size are no comparison."""
    if series.description.unit == "count":
        return NOT_COMPARED
    found = series.at(other.code, figure.period)
    return cell(found, series.description.decimals) or NOT_AVAILABLE


def _first_and_last(series: Series, line: Sequence[float | None]) -> str:
    """A line in words: where it starts and where it ends."""
    known = [(period, value) for period, value in zip(series.periods, line, strict=True) if value is not None]
    decimals = series.description.decimals
    ends = [
        f"{plain(value, decimals)} in {series.when(p).short_label}" for p, value in known[:1] + known[-1:]
    ]
    return f"From {' to '.join(ends)}." if ends else ""


def worse_and_worsening(facts: Iterable[Comparison]) -> list[Comparison]:
    """Indicators in which an area is worse than England and getting worse."""
    return [fact for fact in facts if fact.england_label == "worse" and fact.trend_is == "worse"]
