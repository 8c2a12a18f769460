"""Writes sheets as XLSX, each table a real one; the same bytes for the same sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from fullpicture.publish.publication import Publication
from fullpicture.publish.workbook import Sheet

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed day of making: the clock is never read."""


def write_xlsx(sheets: Sequence[Sheet], publication: Publication, path: Path) -> None:
    """Writes the workbook; numbers are numbers, shown with the indicator's decimals."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        facts = {"title": publication.title, "author": publication.publisher, "created": _CREATED}
        book.set_properties(facts)
        bold = book.add_format({"bold": True, "font_size": 14})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(sheet.name)
            for row, line in enumerate(sheet.lines):
                page.write_string(row, 0, line, bold if row == 0 else None)
            digits = f"#,##0{'.' + '0' * sheet.decimals if sheet.decimals else ''}"
            shown = book.add_format({"num_format": digits})
            _write_table(page, sheet, number, shown)
            page.set_column(0, 1, 24)
            page.set_column(2, max(2, len(sheet.headers) - 1), 18)


def _write_table(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, number: int, shown: object) -> None:
    first = len(sheet.lines)
    for place, row in enumerate(sheet.rows, start=first + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                page.write_number(place, column, cell, shown)
            else:
                page.write_string(place, column, cell)
    columns = [{"header": header} for header in sheet.headers]
    last = first + max(1, len(sheet.rows))
    look = {
        "name": f"table_{number}",
        "columns": columns,
        "style": "Table Style Light 1",
        "autofilter": False,
    }
    page.add_table(first, 0, last, len(columns) - 1, look)
