"""Figure blocks: a title, a sentence that reads it, a chart, a table, and what must be known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from fullpicture.core.absence import Absence
from fullpicture.core.areas import LEVELS, Register
from fullpicture.core.figure import Figure
from fullpicture.publish.charts import Bar, Line, bar_chart, line_chart, scale_of
from fullpicture.publish.figures_by import Series
from fullpicture.publish.words import NOTES, cell, heading, plain, with_unit

MOST_BARS = 60


@dataclass(frozen=True)
class Table:
    """A table of a page; the first cell of each row is its header, and leads to its link where it has one."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    links: Sequence[str] = ()


@dataclass(frozen=True)
class Block:
    """One figure block, in the order in which it is shown: `kicker` says what it is, `title` what it says."""

    id: str
    kicker: str
    title: str
    sentence: str
    chart: str
    table: Table
    notes: list[str] = field(default_factory=list)


def reading(series: Series, figure: Figure | None) -> str:
    """One sentence: how much, where, when, and against the year before where the two may be compared."""
    if figure is None:
        return "There is no figure for this area."
    said = with_unit(figure, series.description)
    if figure.value is None:
        why = Absence(figure.absence).meaning if figure.absence else "no value"
        return f"{figure.area_name}, {figure.when.label}: {said}, {why}."
    sentence = f"{figure.area_name}, {figure.when.label}: {said}{_range(series, figure)}."
    before = series.year_before(figure)
    if before is None or before.value is None:
        return sentence
    return f"{sentence} {_compared(series, figure, before)}"


def _range(series: Series, figure: Figure) -> str:
    if figure.lower is None or figure.upper is None:
        return ""
    decimals = series.description.decimals
    return f" (95% interval {plain(figure.lower, decimals)} to {plain(figure.upper, decimals)})"


def _compared(series: Series, figure: Figure, before: Figure) -> str:
    said = with_unit(before, series.description)
    if with_unit(figure, series.description) == said:
        return f"The year before it was the same, {said}."
    direction = "Up" if (figure.value or 0) > (before.value or 0) else "Down"
    return f"{direction} from {said} the year before."


def _movement(series: Series, figure: Figure | None) -> str:
    """What the latest figure says, as a title: `England rose to 22.6%`."""
    if figure is None or figure.value is None:
        return "No figure to show"
    said = with_unit(figure, series.description)
    before = series.year_before(figure)
    if before is None or before.value is None:
        return f"{figure.area_name}: {said}"
    moves = {True: "rose to", False: "fell to"}
    same = with_unit(before, series.description) == said
    return f"{figure.area_name} {'stayed at' if same else moves[figure.value > before.value]} {said}"


def _extremes(known: Sequence[Figure]) -> str:
    """Which of the areas are at the two ends, as a title; nothing where there are not two that differ.

    Countries are not ranked: England and Wales is beside England and Wales.
    """
    if len(known) < 2 or known[0].value == known[-1].value or known[0].area_level == "country":
        return ""
    return f"{known[0].area_name} highest, {known[-1].area_name} lowest"


def level_block(
    series: Series, level: str, figures: Sequence[Figure], id_: str, reference: Figure | None = None
) -> Block:
    """All areas of one level in one period, highest first, absences last, as bars and as a table.

    `reference` is a wider area's figure, whose bar stands among them in another colour.
    """
    ordered = sorted(figures, key=_highest_first)
    known = [figure for figure in ordered if figure.value is not None]
    title = f"{series.description.title}, by {level}, {figures[0].when.label}"
    sentence = _ends(series, known)
    drawn = sorted([*ordered, reference], key=_highest_first) if reference else ordered
    bars = [_bar(series, each, each is reference) for each in drawn]
    chart = _bars(id_, title, sentence, bars) if known else ""
    kicker = f"By {level}"
    table = _level_table(title, series, ordered)
    return Block(id_, kicker, heading(_extremes(known), kicker), sentence, chart, table, _symbols(figures))


def _highest_first(figure: Figure) -> tuple[bool, float, str]:
    return figure.value is None, -(figure.value or 0), figure.area_name


def _bars(id_: str, title: str, desc: str, bars: Sequence[Bar]) -> str:
    """One chart, or several beside each other on one scale where the bars are many."""
    if len(bars) <= MOST_BARS:
        return bar_chart(id_, title, desc, bars)
    tall = math.ceil(len(bars) / math.ceil(len(bars) / MOST_BARS))
    parts, scale = [], scale_of(bars)
    for start in range(0, len(bars), tall):
        part = bars[start : start + tall]
        said = f"{title}, {start + 1} to {start + len(part)} of {len(bars)}"
        parts.append(bar_chart(f"{id_}-{start + 1}", said, desc, part, scale))
    return f'<div class="columns">{"".join(parts)}</div>'


def _ends(series: Series, known: Sequence[Figure]) -> str:
    """Which areas are at the two ends, with their values, as a sentence."""
    if not known:
        return "No area of this level has a value that can be shown."
    first, last = (f"{f.area_name} ({with_unit(f, series.description)})" for f in (known[0], known[-1]))
    return (
        f"Only {first} has a value that can be shown."
        if len(known) == 1
        else (f"Highest in {first}, lowest in {last}.")
    )


def _bar(series: Series, figure: Figure, is_reference: bool) -> Bar:
    said = cell(figure, series.description.decimals)
    return Bar(figure.area_name, figure.value, said, figure.lower, figure.upper, is_reference)


def _level_table(caption: str, series: Series, figures: Sequence[Figure]) -> Table:
    description = series.description
    columns = {
        "lower": "95% from",
        "upper": "95% to",
        "numerator": description.numerator or "Numerator",
        "denominator": description.denominator or "Denominator",
    }
    used = [name for name in columns if any(getattr(f, name) is not None for f in figures)]
    if description.unit == "count":
        used = []
    headers = ["Area", f"Value ({description.unit})", *(columns[name] for name in used)]
    rows = []
    for figure in figures:
        sides = [_side(figure, name, description.decimals) for name in used]
        rows.append([figure.area_name, cell(figure, description.decimals), *sides])
    links = [f"../areas/{quote(figure.area_code)}.html" for figure in figures]
    return Table(caption, headers, rows, links)


def _side(figure: Figure, name: str, decimals: int) -> str:
    value = getattr(figure, name)
    if value is None:
        return Absence(figure.absence).in_brackets if figure.absence else Absence.NOT_AVAILABLE.in_brackets
    whole = name in ("numerator", "denominator") and float(value).is_integer()
    return plain(value, 0 if whole else max(decimals, 1))


def series_block(series: Series, areas: Sequence[tuple[str, str]], id_: str, figure: Figure | None) -> Block:
    """Areas over time: a line for each, and the table of all their values; `figure` is what is read out."""
    title, sentence = series.description.title, reading(series, figure)
    periods = series.periods[-20:]
    labels = [series.when(period).short_label for period in periods]
    lines = [
        Line(name, [each.value if (each := series.at(code, period)) else None for period in periods])
        for code, name in areas
    ]
    caption = (
        f"{series.description.title} ({series.description.unit}), {', '.join(name for _, name in areas)}"
    )
    drawn = [line for line in lines if any(value is not None for value in line.values)]
    chart = (
        line_chart(id_, title, f"{caption}. {sentence}", labels, drawn) if drawn and len(labels) > 1 else ""
    )
    rows = [
        [series.when(period).short_label]
        + [cell(series.at(code, period), series.description.decimals) or "[x]" for code, _ in areas]
        for period in reversed(periods)
    ]
    shown = [each for code, _ in areas for period in periods if (each := series.at(code, period))]
    table = Table(caption, ["Period", *(name for _, name in areas)], rows)
    return Block(
        id_, title, heading(_movement(series, figure), "Over time"), sentence, chart, table, _symbols(shown)
    )


def breakdown_block(series: Series, breakdown: str, area: tuple[str, str], id_: str) -> Block | None:
    """The categories of a breakdown in one area, latest period."""
    figures = [f for f in series.breakdowns[breakdown] if f.area_code == area[0]]
    latest = max((f.when.last_day for f in figures), default=None)
    figures = [f for f in figures if f.when.last_day == latest]
    if not figures:
        return None
    named = [f._replace(area_name=f.category) for f in figures]
    words = breakdown.replace("_", " ").replace("|", " and ")
    block = level_block(series, words, named, id_)
    table = Table(
        f"{block.table.caption}, {area[1]}", [words.capitalize(), *block.table.headers[1:]], block.table.rows
    )
    return replace(block, kicker=f"{area[1]} by {words}", table=table)


def _symbols(figures: Sequence[Figure]) -> list[str]:
    """Explanations of the symbols and marks that are used."""
    absences = {figure.absence for figure in figures if figure.absence}
    said = [f"{a.in_brackets} {a.meaning}" for a in Absence if a.value in absences]
    marks = {mark for figure in figures for mark in figure.note.split()}
    return said + [f"{mark}: {NOTES[mark]}" for mark in sorted(marks) if mark in NOTES]


def by_level(series: Series, period: str, register: Register) -> list[tuple[str, list[Figure]]]:
    """The totals of a period by level of area, coarse levels first; areas that ended before it left out."""
    found: dict[str, list[Figure]] = {}
    for periods in series.totals.values():
        figure = periods.get(period)
        if figure and (figure.value is not None or register.exists(figure.area_code, figure.when)):
            found.setdefault(figure.area_level, []).append(figure)
    return sorted(found.items(), key=lambda pair: LEVELS.index(pair[0]))
