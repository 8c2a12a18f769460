"""The page of one open question: shares of its themes, who says them, quotes, and how well coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from fullpicture.core.absence import Absence
from fullpicture.core.figure import Figure
from fullpicture.publish.blocks import Block, Table, by_level
from fullpicture.publish.charts import Bar, bar_chart
from fullpicture.publish.charts.bars import scale_of
from fullpicture.publish.figures_by import Series
from fullpicture.publish.questions import Agreed, Overall, Question, ThemeOf
from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.words import cell, heading, plain


@dataclass(frozen=True)
class _Said:
    """A theme with its figures; `top` is that of the widest area in the latest period."""

    theme: ThemeOf
    series: Series
    top: Figure


def question_page(grouped: Grouped, question: Question) -> dict[str, object]:
    """What the page shows."""
    said = list(_said(grouped, question))
    said.sort(key=lambda one: (one.top.value is None, -(one.top.value or 0), one.theme.name))
    blocks = [_shares(question, said)] if said else []
    names = dict.fromkeys(name for one in said for name in one.series.breakdowns)
    blocks += [block for name in names if (block := _by(said, name)) is not None]
    blocks += _places(grouped, said)
    blocks += [block for block in (_agreement(question),) if block is not None]
    by_theme = {
        theme: [quote.text for quote in quotes]
        for theme, quotes in groupby(question.quotes, key=lambda quote: quote.theme)
    }
    return {
        "question": question,
        "blocks": blocks,
        "themes": [one.theme for one in said],
        "quotes": [(one.theme, by_theme[one.theme.id]) for one in said if one.theme.id in by_theme],
        "names": {theme.id: theme.name for theme in question.themes},
        "answered": next((_whole(one.top.denominator) for one in said if one.top.denominator), ""),
        "where": said[0].top if said else None,
    }


def _said(grouped: Grouped, question: Question) -> Iterator[_Said]:
    """Themes with their figures in one area: the widest in which any of them is shown."""
    found = [(theme, grouped.series[theme.indicator]) for theme in question.themes]
    tops = {grouped.places.top(series)[0] for _, series in found}
    register = grouped.places.register
    area = min(tops, key=lambda code: (len(register.above(code)), code), default="")
    for theme, series in found:
        figure = series.at(area, series.latest)
        if figure is not None:
            yield _Said(theme, series, figure)


def _shares(question: Question, said: Sequence[_Said]) -> Block:
    first = said[0]
    place = f"{first.top.area_name}, {first.top.when.label}"
    caption = f"Share of people with each theme: {question.wording} {place}"
    known = [one for one in said if one.top.value is not None]
    sentence = (
        f"{place}: {_most(known[0])}; {_most(known[-1])} is said least."
        if len(known) > 1
        else f"{place}: one theme at most has a share that can be shown."
    )
    bars = [
        Bar(one.theme.name, one.top.value, _cell(one.top, one.series), one.top.lower, one.top.upper)
        for one in said
    ]
    headers = ["Theme", "Share (%)", "95% from", "95% to", "People coded with it", "People who answered"]
    rows = [
        [
            one.theme.name,
            _cell(one.top, one.series),
            *(_limit(one.top, getattr(one.top, side), one.series) for side in ("lower", "upper")),
            *(_count(one.top, getattr(one.top, side)) for side in ("numerator", "denominator")),
        ]
        for one in said
    ]
    links = [f"../indicators/{one.theme.indicator}.html" for one in said]
    chart = bar_chart("shares", caption, sentence, bars)
    title = heading(f"{known[0].theme.name} is said most" if known else "", "Shares of themes")
    notes = _notes([one.top for one in said])
    return Block("shares", "Themes", title, sentence, chart, Table(caption, headers, rows, links), notes)


def _most(one: _Said) -> str:
    return f"{one.theme.name} {plain(one.top.value, one.series.description.decimals)}%"


def _by(said: Sequence[_Said], breakdown: str) -> Block | None:
    """Who says it: a small chart of each theme, all on one scale, and one table."""
    words = breakdown.replace("_", " ").replace("|", " and ")
    found = [(one, _categories(one, breakdown)) for one in said]
    names = sorted({figure.category for _, figures in found for figure in figures})
    if not names:
        return None
    first = said[0].top
    caption = f"Share of people with each theme (%), by {words}, {first.area_name}, {first.when.label}"
    id_ = f"by-{breakdown.replace('|', '-')}"
    drawn = [(one, _bars(one, figures)) for one, figures in found]
    scale = scale_of([bar for _, bars in drawn for bar in bars])
    charts = [
        bar_chart(f"{id_}-{at}", f"{one.theme.name}, by {words}", caption, bars, scale)
        for at, (one, bars) in enumerate(drawn)
    ]
    parts = [
        f"<div><h3>{escape(one.theme.name)}</h3>{chart}</div>"
        for (one, _), chart in zip(drawn, charts, strict=True)
    ]
    table = _table_by(caption, found, names)
    notes = _notes([figure for _, figures in found for figure in figures])
    chart = f'<div class="columns">{"".join(parts)}</div>'
    title = heading(_widest_gap(found), f"Who says it, by {words}")
    sentence = f"Each theme’s share among people of each {words}, all on one scale."
    return Block(id_, f"Who says it: by {words}", title, sentence, chart, table, notes)


def _table_by(caption: str, found: Sequence[tuple[_Said, Sequence[Figure]]], names: Sequence[str]) -> Table:
    rows = []
    for one, figures in found:
        cells = {figure.category: _cell(figure, one.series) for figure in figures}
        rows.append([one.theme.name, *(cells.get(name, "[x]") for name in names)])
    return Table(caption, ["Theme", *names], rows)


def _categories(one: _Said, breakdown: str) -> list[Figure]:
    return [
        figure
        for figure in one.series.breakdowns.get(breakdown, [])
        if figure.area_code == one.top.area_code and figure.period == one.top.period
    ]


def _bars(one: _Said, figures: Sequence[Figure]) -> list[Bar]:
    return [
        Bar(figure.category, figure.value, _cell(figure, one.series), figure.lower, figure.upper)
        for figure in sorted(figures, key=lambda figure: figure.category)
    ]


def _widest_gap(found: Sequence[tuple[_Said, Sequence[Figure]]]) -> str:
    """The theme that groups differ in most, as a title."""
    gaps = [
        (max(values) - min(values), one.theme.name)
        for one, figures in found
        if len(values := [figure.value for figure in figures if figure.value is not None]) > 1
    ]
    return f"Groups differ most in: {max(gaps)[1]}" if gaps else ""


def _places(grouped: Grouped, said: Sequence[_Said]) -> Iterator[Block]:
    """The highest and the lowest area of the finest level; each theme's own page has all areas."""
    rows, links, level, figures = list[list[str]](), list[str](), "", list[Figure]()
    for one in said:
        levels = by_level(one.series, one.series.latest, grouped.places.register)
        several = [pair for pair in levels if len(pair[1]) > 1]
        if several:
            level, own = several[-1]
            figures += own
            rows.append([one.theme.name, *_ends(one, own)])
            links.append(f"../indicators/{one.theme.indicator}.html")
    if rows:
        caption = f"Highest and lowest {level} of each theme"
        headers = ["Theme", "Highest (%)", "Lowest (%)", "Shown"]
        sentence = f"Every {level} is on the page of the theme. Where few answered, a share swings."
        table = Table(caption, headers, rows, links)
        yield Block("places", f"By {level}", "Where each theme is said", sentence, "", table, _notes(figures))


def _ends(one: _Said, figures: Sequence[Figure]) -> list[str]:
    """The two ends of some areas, and how many of them are shown."""
    known = [figure for figure in figures if figure.value is not None]
    known.sort(key=lambda figure: (-(figure.value or 0), figure.area_name))
    ends = [f"{figure.area_name} ({_cell(figure, one.series)})" for figure in (*known[:1], *known[-1:])]
    return [*(ends or [Absence.SUPPRESSED.in_brackets] * 2), f"{len(known)} of {len(figures)}"]


_EVERY_THEME = "All themes (alpha)"


def _agreement(question: Question) -> Block | None:
    """How far people and machine agree: kappa by theme, alpha over all."""
    if not question.overall:
        return None
    names = {theme.id: theme.name for theme in question.themes}
    said = "; ".join(
        f"{one.between}: alpha {_number(one.value)} ({_number(one.lower)} to {_number(one.upper)}), "
        f"{one.answers:,} answers"
        for one in question.overall
    )
    sentence = f"Beyond chance, over all themes, {said}. 1 is full agreement, 0 is chance."
    last = question.overall[-1].between
    each: list[tuple[str, Agreed | Overall]] = [(_EVERY_THEME, one) for one in question.overall]
    each += [(names[one.theme], one) for one in question.agreed]
    bars = [
        Bar(name, one.value, _number(one.value), one.lower, one.upper)
        for name, one in each
        if one.between == last
    ]
    caption = "Agreement on each theme (Cohen’s kappa) and over all (Krippendorff’s alpha), with 95% interval"
    chart = bar_chart("agreement", f"{caption}, {last}", sentence, bars)
    rows = [_agreed_row(name, one) for name, one in each]
    table = Table(caption, ["Theme", "Between", "Agreement", "95% from", "95% to", "Answers"], rows)
    title = f"Alpha {_number(question.overall[-1].value)} between {last}"
    return Block("agreement", "How well coders agree", title, sentence, chart, table)


def _agreed_row(name: str, one: Agreed | Overall) -> list[str]:
    numbers = [_number(number) for number in (one.value, one.lower, one.upper)]
    return [name, one.between, *numbers, f"{one.answers:,}"]


def _number(number: float | None) -> str:
    return "[z]" if number is None else plain(number, 2)


def _cell(figure: Figure, series: Series) -> str:
    return cell(figure, series.description.decimals)


def _limit(figure: Figure, number: float | None, series: Series) -> str:
    return plain(number, series.description.decimals) if number is not None else _missing(figure)


def _count(figure: Figure, number: float | None) -> str:
    return plain(number, 0) if number is not None else _missing(figure)


def _missing(figure: Figure) -> str:
    return Absence(figure.absence).in_brackets if figure.absence else Absence.NOT_AVAILABLE.in_brackets


def _whole(number: float | None) -> str:
    return "" if number is None else plain(number, 0)


def _notes(figures: Sequence[Figure]) -> list[str]:
    used = {figure.absence for figure in figures}
    return [f"{one.in_brackets} {one.meaning}" for one in Absence if one.value in used]
