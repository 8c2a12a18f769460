"""Tables of every figure of an area; the id of a figure is the anchor of its cell: its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from fullpicture.core.figure import Figure
from fullpicture.core.period import Period, PeriodKind
from fullpicture.publish.figures_by import Series
from fullpicture.publish.words import cell

KINDS: dict[PeriodKind, str] = {
    "reporting": "Years to 31 March",
    "financial": "Years from April to March",
    "academic": "School years",
    "calendar": "Calendar years",
    "as-at": "States on a day",
    "financial-quarter": "Quarters",
    "financial-part": "Parts of years",
}
"""What the columns of a table of every figure are."""
_SAFE = "/:|,()+"
_PLAIN = re.compile(r"[A-Za-z0-9_.~/:|,()+-]*")
"""What needs no quoting: nearly all ids, and quoting takes longer than looking."""


_ROW, _CELL = "\x1e", "\x1f"
"""What rows and cells are kept apart by; no page may contain them."""


@dataclass(frozen=True)
class EveryFigure:
    """A table: what its periods are, their labels, and its rows as HTML."""

    caption: str
    periods: Sequence[str]
    rows: str


def anchor(figure_id: str) -> str:
    """A figure's id as it stands in an address, and as an `id` of a page: a blank is `%20`.

    Examples:
        >>> anchor("crimes/E10000016/reporting:2025/age|sex/10 to 15|female")
        'crimes/E10000016/reporting:2025/age|sex/10%20to%2015|female'
    """
    return figure_id if _PLAIN.fullmatch(figure_id) else quote(figure_id, safe=_SAFE)


def every_figure(series: Series) -> dict[str, str]:
    """All figures of a series by area: each row's kind of period and header, then periods and their cells."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for area, figures in series.by_area.items():
        rows = found.setdefault(area, {})
        for figure in figures:
            header = escape(_row_title(series.description.title, figure))
            row = rows.setdefault((figure.period_kind, header), [])
            said = cell(figure, series.description.decimals)
            row += [figure.period, f'<td id="{anchor(figure.id)}">{said}']
    return {
        area: _ROW.join(_CELL.join([*head, *cells]) for head, cells in rows.items())
        for area, rows in found.items()
    }


def _row_title(title: str, figure: Figure) -> str:
    return f"{title}: {figure.category.replace('|', ', ')}" if figure.breakdown else title


def tables_of(found: Iterable[str]) -> list[EveryFigure]:
    """The tables of an area, one for each kind of period, of what `every_figure` says of each series."""
    tables: dict[PeriodKind, list[tuple[str, dict[str, str]]]] = {kind: [] for kind in KINDS}
    for row in (row for text in found if text for row in text.split(_ROW)):
        kind, title, *cells = row.split(_CELL)
        tables[kind].append((title, dict(zip(cells[::2], cells[1::2], strict=True))))  # type: ignore[index]
    return [_table(kind, rows) for kind, rows in tables.items() if rows]


def _table(kind: PeriodKind, rows: Sequence[tuple[str, Mapping[str, str]]]) -> EveryFigure:
    """The table; where a row has no figure its cell is empty and has no anchor."""
    found = {period for _, cells in rows for period in cells}
    periods = sorted(found, key=lambda name: (Period(kind, name).last_day, name))
    lines = [
        f'<tr><th scope="row">{title}{"".join([cells.get(name, "<td>") for name in periods])}'
        for title, cells in rows
    ]
    return EveryFigure(KINDS[kind], [Period(kind, name).short_label for name in periods], "\n".join(lines))
