"""Tables of every figure of an area; the id of a figure is the anchor of its cell: its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

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


@dataclass(frozen=True)
class EveryFigure:
    """A table: what its periods are, their labels, and of each row its header and its cells as HTML."""

    caption: str
    periods: Sequence[str]
    rows: Sequence[tuple[str, str]]


def anchor(figure_id: str) -> str:
    """A figure's id as it stands in an address, and as an `id` of a page: a blank is `%20`.

    Examples:
        >>> anchor("crimes/E10000016/reporting:2025/age|sex/10 to 15|female")
        'crimes/E10000016/reporting:2025/age|sex/10%20to%2015|female'
    """
    return figure_id if _PLAIN.fullmatch(figure_id) else quote(figure_id, safe=_SAFE)


def every_figure(series: Iterable[Series], area: str) -> list[EveryFigure]:
    """All figures of an area, a table for each kind of period, one row for each indicator and category."""
    tables: dict[PeriodKind, dict[str, dict[str, str]]] = {kind: {} for kind in KINDS}
    for each in series:
        for figure in each.by_area.get(area, ()):
            rows = tables[figure.period_kind]
            cells = rows.setdefault(_row_title(each.description.title, figure), {})
            said = cell(figure, each.description.decimals)
            cells[figure.period] = f'<td id="{anchor(figure.id)}">{said}'
    return [_table(kind, rows) for kind, rows in tables.items() if rows]


def _row_title(title: str, figure: Figure) -> str:
    return f"{title}: {figure.category.replace('|', ', ')}" if figure.breakdown else title


def _table(kind: PeriodKind, rows: Mapping[str, Mapping[str, str]]) -> EveryFigure:
    """The table; where a row has no figure its cell is empty and has no anchor."""
    found = {period for cells in rows.values() for period in cells}
    periods = sorted(found, key=lambda name: (Period(kind, name).last_day, name))
    labels = [Period(kind, name).short_label for name in periods]
    cells = [(title, "".join(row.get(name, "<td>") for name in periods)) for title, row in rows.items()]
    return EveryFigure(KINDS[kind], labels, cells)
