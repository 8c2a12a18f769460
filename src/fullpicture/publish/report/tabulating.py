"""Tables of a report: figures in a grid, each cell with what it cites."""

from __future__ import annotations

from collections.abc import Sequence

from fullpicture.core.absence import Absence
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.report.citing import Cites, number_of
from fullpicture.publish.report.document import Citation, Claim, ReportTable
from fullpicture.publish.report.layout import (
    Grid,
    Layout,
    by_area,
    by_category,
    by_period,
    labels_of,
    period_of,
    title_of,
    words,
)
from fullpicture.publish.report.rounding import said
from fullpicture.publish.words import COUNTED, NOTES, cell, has_small_base

Cell = tuple[str, Citation | None]
NOT_THERE = Absence.NOT_AVAILABLE.in_brackets


def table_of(cites: Cites, layout: Layout) -> ReportTable:
    """A table, not yet numbered."""
    if layout.by:
        grid, columns, rows = by_category(cites, layout), *_of_categories(cites, layout)
    elif layout.level:
        grid, columns, rows = by_area(cites, layout), *_of_areas(cites, layout)
    else:
        grid, columns, rows = by_period(cites, layout), *_of_periods(cites, layout)
    cited = tuple((None, *(one for _, one in row)) for row in rows)
    texts = tuple((name, *(text for text, _ in row)) for name, row in zip(grid.names, rows, strict=True))
    return ReportTable(
        number=0,
        title=title_of(cites, layout),
        id=layout.id,
        columns=columns,
        rows=texts,
        cited=cited,
        notes=symbols(texts),
        indicators=layout.indicators,
    )


Rows = tuple[tuple[str, ...], list[list[Cell]]]


def _of_categories(cites: Cites, layout: Layout) -> Rows:
    grid = by_category(cites, layout)
    decimals = cites.lookup.description(layout.indicators[0]).decimals
    labels = [period_of(cites, layout, period).short_label for period in layout.periods]
    unit = unit_of(cites.lookup.description(layout.indicators[0]))
    columns = [words(layout.by).capitalize(), *(f"{label} ({unit})" for label in labels)]
    rows = [[value_cell(figure, decimals) for figure in row] for row in grid.cells]
    if layout.share:
        columns.append(f"{labels[-1]} (% of all)")
        whole = grid.cells[-1][-1]
        for row, figures in zip(rows, grid.cells, strict=True):
            row.append(_share_cell(figures[-1], whole))
    return tuple(columns), rows


def _share_cell(figure: Figure | None, whole: Figure | None) -> Cell:
    if figure is None:
        return NOT_THERE, None
    number = number_of(figure, "share", whole)
    if number is None:
        return cell(figure, 1) if figure.value is None else NOT_THERE, None
    shown = said(number, "number:1")
    return shown, Citation(figure.id, figure, number, shown, "number:1", "share", whole)


def _of_areas(cites: Cites, layout: Layout) -> Rows:
    grid = by_area(cites, layout)
    described = [cites.lookup.description(one) for one in layout.indicators]
    if len(described) > 1:
        heads = zip(labels_of(cites, layout), described, strict=True)
        columns = [layout.level.capitalize(), *(f"{label} ({unit_of(one)})" for label, one in heads)]
        rows = [
            [value_cell(f, d.decimals) for f, d in zip(row, described, strict=True)] for row in grid.cells
        ]
        return tuple(columns), rows
    sides = _sides(grid)
    first = described[0]
    names = {"lower": "95% from", "upper": "95% to", "base": first.denominator or "Out of"}
    columns = [
        layout.level.capitalize(),
        f"{labels_of(cites, layout)[0]} ({unit_of(first)})",
        *(names[side] for side in sides),
    ]
    rows = [
        [value_cell(row[0], first.decimals), *(_side_cell(row[0], side, first.decimals) for side in sides)]
        for row in grid.cells
    ]
    return tuple(columns), rows


def _sides(grid: Grid) -> list[Claim]:
    """Which sides of its figures a table shows beside their values."""
    figures = [row[0] for row in grid.cells if row[0] is not None and row[0].unit != "count"]
    asked: list[Claim] = ["lower", "upper", "base"]
    return [side for side in asked if any(number_of(figure, side) is not None for figure in figures)]


def _of_periods(cites: Cites, layout: Layout) -> Rows:
    grid = by_period(cites, layout)
    described = [cites.lookup.description(one) for one in layout.indicators]
    heads = zip(labels_of(cites, layout), described, strict=True)
    columns = ["Period", *(f"{label} ({unit_of(one)})" for label, one in heads)]
    rows = [[value_cell(f, d.decimals) for f, d in zip(row, described, strict=True)] for row in grid.cells]
    if len(described) == 1:
        columns += ["Areas in", "Areas expected"]
        for row, period in zip(rows, layout.periods, strict=True):
            row += _coverage_cells(cites, layout, period)
    return tuple(columns), rows


def _coverage_cells(cites: Cites, layout: Layout, period: str) -> list[Cell]:
    indicator = layout.indicators[0]
    wanted = cites.wanted(indicator, period, {"area": layout.area})
    return [(one.shown_text, one) for one in cites.coverage(wanted)]


def unit_of(description: Description) -> str:
    """What stands in a column's head: of what a count is, or the unit."""
    if description.unit == "count" and description.counting_unit in COUNTED:
        return COUNTED[description.counting_unit][1]
    return description.unit


def value_cell(figure: Figure | None, decimals: int) -> Cell:
    """A figure in a cell: its number with its marks, or its absence in brackets; few behind it, [u]."""
    if figure is None:
        return NOT_THERE, None
    shown = cell(figure, decimals)
    marks = "".join(f" [{mark}]" for mark in figure.note.split())
    if has_small_base(figure) and not figure.absence:
        marks += f" {Absence.LOW_RELIABILITY.in_brackets}"
    return f"{shown}{marks}", Citation(figure.id, figure, figure.value, shown, f"number:{decimals}")


def _side_cell(figure: Figure | None, side: Claim, decimals: int) -> Cell:
    number = number_of(figure, side)
    if figure is None or number is None:
        return (Absence(figure.absence).in_brackets if figure and figure.absence else NOT_THERE), None
    rule = "number:0" if side == "base" else f"number:{max(1, decimals)}"
    shown = said(number, rule)
    return shown, Citation(figure.id, figure, number, shown, rule, side)


def symbols(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What the symbols in a table's cells mean."""
    text = " ".join(cell for row in rows for cell in row[1:])
    meanings = {one.in_brackets: one.meaning for one in Absence}
    meanings |= {f"[{mark}]": meaning for mark, meaning in NOTES.items()}
    return tuple(f"{symbol} {meaning}." for symbol, meaning in meanings.items() if symbol in text)
