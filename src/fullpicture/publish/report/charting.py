"""Charts of a report, each said in words for those who do not see it, with the table of its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from fullpicture.core.figure import Figure
from fullpicture.publish.charts import Bar, Line, Spot, bar_chart, funnel_chart, line_chart
from fullpicture.publish.report.citing import Cites
from fullpicture.publish.report.document import ReportChart, ReportTable
from fullpicture.publish.report.layout import Layout, by_area, by_category, by_period, labels_of
from fullpicture.publish.report.lookup import NotThere
from fullpicture.publish.report.tabulating import value_cell
from fullpicture.publish.words import with_unit

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
_MOST_SAID = 12


@dataclass(frozen=True)
class Limits:
    """What chance leaves one place: the lower and upper limit at each level, and whether it is outside."""

    limits: tuple[tuple[float, float], ...]
    is_outside: bool


Funnel = Callable[[Sequence[Figure]], tuple[float, Sequence[Limits]]]
"""Limits of places around the value of all together, by their numerators and denominators."""


def chart_of(cites: Cites, layout: Layout, table: ReportTable, funnel: Funnel | None) -> ReportChart:
    """A chart, not yet numbered, of the figures of its table.

    Args:
        funnel: makes limits, where the chart is to be a funnel.
    """
    figures, draw = _drawn(cites, layout, funnel)
    described = cites.lookup.description(layout.indicators[0])
    known = [figure for figure in figures if figure.value is not None]
    alt = _said(cites, layout, known)
    id_ = layout.id or f"chart-{table.id}"
    svg = draw(id_, table.title, alt) if known else ""
    cited = [one for figure in figures if (one := value_cell(figure, described.decimals)[1])]
    shown = {one.shown_text for one in cited}
    texts = [unescape(text) for text in _TEXT.findall(svg)]
    axis = tuple(text for text in texts if text not in shown and any(sign.isdigit() for sign in text))
    notes = (*_explained(cites, layout, known, funnel is not None), *table.notes)
    return ReportChart(0, table.title, id_, alt, svg, tuple(cited), axis, table.id, notes)


Draw = Callable[[str, str, str], str]


def _drawn(cites: Cites, layout: Layout, funnel: Funnel | None) -> tuple[list[Figure], Draw]:
    described = cites.lookup.description(layout.indicators[0])
    if funnel:
        return _funnel(cites, layout, funnel)
    if layout.by:
        grid = by_category(cites, layout)
        names = grid.names[:-1]
        rows = [(name, row[-1]) for name, row in zip(names, grid.cells, strict=False) if row[-1]]
        return _bars(rows, described.decimals, None)
    if layout.level:
        grid = by_area(cites, layout)
        places = [(name, row[0]) for name, row in zip(grid.names, grid.cells, strict=True) if row[0]]
        places.sort(key=lambda one: (one[1].value is None, -(one[1].value or 0), one[0]))
        return _bars(places, described.decimals, grid.names[-1])
    return _lines(cites, layout)


def _bars(
    rows: Sequence[tuple[str, Figure | None]], decimals: int, reference: str | None
) -> tuple[list[Figure], Draw]:
    figures = [figure for _, figure in rows if figure is not None]
    bars = [
        Bar(name, f.value, value_cell(f, decimals)[0], f.lower, f.upper, name == reference)
        for name, f in rows
        if f is not None
    ]
    return figures, lambda id_, title, alt: bar_chart(id_, title, alt, bars)


def _lines(cites: Cites, layout: Layout) -> tuple[list[Figure], Draw]:
    units = {cites.lookup.description(one).unit for one in layout.indicators}
    if len(units) > 1:
        raise NotThere("the lines of a chart have different units.", "Draw a chart for each unit.")
    grid = by_period(cites, layout)
    lines = [
        Line(
            _label(cites, layout, one), [figure.value if (figure := row[at]) else None for row in grid.cells]
        )
        for at, one in enumerate(layout.indicators)
    ]
    figures = [figure for line in zip(*grid.cells, strict=True) for figure in line if figure is not None]
    return figures, lambda id_, title, alt: line_chart(id_, title, alt, grid.names, lines)


def _funnel(cites: Cites, layout: Layout, funnel: Funnel) -> tuple[list[Figure], Draw]:
    found = cites.lookup.of_level(layout.indicators[0], layout.level, layout.periods[-1])
    known = [f for f in found if f.value is not None and f.numerator is not None and f.denominator]
    if len(known) < 2:
        return known, lambda id_, title, alt: ""
    target, limits = funnel(known)
    spots = [
        Spot(f.area_name, f.denominator or 0, f.value or 0, one.limits, one.is_outside)
        for f, one in zip(known, limits, strict=True)
    ]
    return known, lambda id_, title, alt: funnel_chart(id_, title, alt, spots, target)


def _label(cites: Cites, layout: Layout, indicator: str) -> str:
    """What stands beside a line: the indicator, or the place where the title says the indicator."""
    if len(layout.indicators) > 1:
        return labels_of(cites, layout)[layout.indicators.index(indicator)]
    return cites.lookup.register.area(cites.lookup.area(layout.area)).name


def _explained(cites: Cites, layout: Layout, figures: Sequence[Figure], is_funnel: bool) -> tuple[str, ...]:
    """What the marks of a chart are."""
    described = cites.lookup.description(layout.indicators[0])
    if is_funnel:
        out_of = described.denominator or "size"
        axes = f"across: {out_of[:1].lower()}{out_of[1:]}; up: {described.unit}"
        lines = "Lines: all together; dashed: 95% limits; dotted: 99.8% limits"
        return (f"Each dot is a {layout.level}; {axes}. {lines}, both allowing for more than chance.",)
    breaks = dict.fromkeys(f.when.short_label for f in figures if "b" in f.note.split())
    if breaks and not layout.level:
        return (f"A break in the series: {', '.join(breaks)}. Before and after are not to be compared.",)
    has_limits = not layout.by and bool(layout.level) and any(f.lower is not None for f in figures)
    return ("The thin lines are 95% intervals.",) if has_limits else ()


def _said(cites: Cites, layout: Layout, known: Sequence[Figure]) -> str:
    """The chart in words: every value where they are few, otherwise the two ends."""
    if not known:
        return "No value can be shown."
    said = [f"{_name(cites, layout, f)} {with_unit(f, cites.lookup.description(f.indicator))}" for f in known]
    if len(said) <= _MOST_SAID:
        return f"{'; '.join(said)}."
    ordered = sorted(known, key=lambda figure: (-(figure.value or 0), _name(cites, layout, figure)))
    ends = [
        f"{_name(cites, layout, f)} {with_unit(f, cites.lookup.description(f.indicator))}"
        for f in (ordered[0], ordered[-1])
    ]
    return f"{len(said)} values, from {ends[0]} at the highest to {ends[1]} at the lowest."


def _name(cites: Cites, layout: Layout, figure: Figure) -> str:
    if layout.by:
        return figure.category
    if layout.level:
        return figure.area_name
    when = figure.when.short_label
    several = len(layout.indicators) > 1
    return f"{_label(cites, layout, figure.indicator)}, {when}," if several else when
