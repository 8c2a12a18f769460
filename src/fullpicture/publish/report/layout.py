"""Which figures a table or a chart shows: its rows, its columns, and the figure of each cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fullpicture.core.figure import Figure
from fullpicture.core.period import Period
from fullpicture.publish.report.citing import Cites, says_unknown
from fullpicture.publish.report.lookup import NotThere, Wanted

ALL = "All"


@dataclass(frozen=True)
class Layout:
    """What is asked for: indicators, and `by` a breakdown, at a `level` of area, or else over periods.

    `periods` are columns of a table by a breakdown, rows of one over periods. `share` adds each category's
    share of all. `title`, `id` and `labels`, which stand for the titles of indicators, are the author's; a
    title is made where there is none.
    """

    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    area: str
    by: str = ""
    level: str = ""
    share: bool = False
    title: str = ""
    id: str = ""
    labels: tuple[str, ...] = ()

    @property
    def content(self) -> Layout:
        """The same without its title, id and labels: two of the same content are one table."""
        return replace(self, title="", id="", labels=())

    def is_within(self, other: Layout) -> bool:
        """Whether all that this shows is in another: the same, of fewer periods or without shares."""
        alike = replace(self, periods=other.periods, share=other.share).content == other.content
        return alike and set(self.periods) <= set(other.periods) and self.share <= other.share


@dataclass(frozen=True)
class Grid:
    """Figures by row and column: `names` are the rows' headers, `cells` hold a figure or None."""

    names: tuple[str, ...]
    cells: tuple[tuple[Figure | None, ...], ...]


def layout_of(cites: Cites, indicators: Any, asked: Mapping[str, Any]) -> Layout:
    """A layout as an author asks for it.

    Raises:
        NotThere: a word of it is not known, or names nothing.
    """
    given = dict(asked)
    names = (indicators,) if isinstance(indicators, str) else tuple(indicators)
    known = {"by", "level", "area", "share", "title", "id", "labels", "period", "periods"}
    if set(given) - known:
        what = f'"{", ".join(sorted(set(given) - known))}" is not known in a call.'
        raise NotThere(what, f"Write some of {', '.join(sorted(known))}.")
    periods = given.pop("periods", None) or (given.pop("period", None) or cites.defaults.period,)
    given.pop("period", None)
    if periods == "all":
        periods = cites.lookup.of(names[0]).periods
    area = str(given.pop("area", cites.defaults.area))
    labels = tuple(given.pop("labels", ()))
    if labels and len(labels) != len(names):
        raise NotThere(f"{len(labels)} labels for {len(names)} indicators.", "Write one label for each.")
    return Layout(names, tuple(str(one) for one in periods), area, labels=labels, **given)


def by_category(cites: Cites, layout: Layout) -> Grid:
    """Categories as rows, the most first, what is not known last, then all of them; periods as columns."""
    columns: list[dict[str, Figure]] = []
    for period in layout.periods:
        wanted = Wanted(layout.indicators[0], period, layout.area, layout.by)
        columns.append({figure.category: figure for figure in cites.lookup.categories(wanted)})
    names = sorted({name for column in columns for name in column}, key=lambda name: _order(name, columns))
    totals = [cites.lookup.figure(Wanted(layout.indicators[0], p, layout.area)) for p in layout.periods]
    cells = [tuple(column.get(name) for column in columns) for name in names]
    return Grid((*names, ALL), (*cells, tuple(totals)))


def _order(name: str, columns: Sequence[dict[str, Figure]]) -> tuple[object, ...]:
    """Ages by their first number; the rest by the last period's count, what is withheld after it."""
    last = columns[-1].get(name)
    value = last.value if last else None
    age = re.match(r"(?:under |over |aged )?(\d+)", name)
    place = int(age[1]) if age else -1
    return (
        says_unknown(name),
        place,
        not name.startswith("under") if age else value is None,
        -(value or 0),
        name,
    )


def by_area(cites: Cites, layout: Layout) -> Grid:
    """Areas of a level as rows by name, then the area they make up; indicators as columns, one period."""
    names: dict[str, str] = {}
    columns: list[dict[str, Figure]] = []
    for indicator in layout.indicators:
        found = cites.lookup.of_level(indicator, layout.level, layout.periods[-1])
        columns.append({figure.area_code: figure for figure in found})
        names |= {figure.area_code: figure.area_name for figure in found}
    codes = sorted(names, key=lambda code: (names[code], code))
    totals = [cites.lookup.figure(Wanted(one, layout.periods[-1], layout.area)) for one in layout.indicators]
    cells = [tuple(column.get(code) for column in columns) for code in codes]
    whole = cites.lookup.register.area(cites.lookup.area(layout.area)).name
    return Grid((*(names[code] for code in codes), whole), (*cells, tuple(totals)))


def by_period(cites: Cites, layout: Layout) -> Grid:
    """Periods as rows, first to last; indicators as columns."""
    cells = [
        tuple(_there(cites, Wanted(indicator, period, layout.area)) for indicator in layout.indicators)
        for period in layout.periods
    ]
    names = [period_of(cites, layout, period).short_label for period in layout.periods]
    return Grid(tuple(names), tuple(cells))


def _there(cites: Cites, wanted: Wanted) -> Figure | None:
    try:
        return cites.lookup.figure(wanted)
    except NotThere:
        if wanted.period in cites.lookup.of(wanted.indicator).periods:
            raise
        return None


def period_of(cites: Cites, layout: Layout, period: str) -> Period:
    """A period of a layout, of the kind that its first indicator to have it has."""
    for indicator in layout.indicators:
        if any(period == name for name in cites.lookup.of(indicator).periods):
            return cites.lookup.when(indicator, period)
    return cites.lookup.when(layout.indicators[0], period)


def labels_of(cites: Cites, layout: Layout) -> tuple[str, ...]:
    """What stands for each indicator in a head or beside a line."""
    return layout.labels or tuple(cites.lookup.description(one).title for one in layout.indicators)


def title_of(cites: Cites, layout: Layout) -> str:
    """What a table shows, as its title: measure, breakdown, place, period."""
    if layout.title:
        return layout.title
    first = cites.lookup.description(layout.indicators[0])
    what = first.title if len(layout.indicators) == 1 else f"{first.title} and others"
    said = f" by {words(layout.by) or layout.level}" if layout.by or layout.level else ""
    place = cites.lookup.register.area(cites.lookup.area(layout.area)).name
    ends = dict.fromkeys(
        period_of(cites, layout, one).short_label for one in (layout.periods[0], layout.periods[-1])
    )
    return f"{what}{said}, {place}, {' to '.join(ends)}"


def words(by: str) -> str:
    """A breakdown in words.

    Examples:
        >>> words("victim_age_band|victim_sex")
        'victim age band and victim sex'
    """
    return by.replace("_", " ").replace("|", " and ")
