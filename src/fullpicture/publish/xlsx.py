"""Writes sheets as XLSX, each table a real one; the same bytes for the same sheets.

The library writes the workbook with all that is difficult about it, but of each table only the first and the
last row. The rows between, which are all alike and nearly all of the file, are put in as text: four times as
quick (docs/decisions/0012-rows-of-workbooks.md).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from fullpicture.core.errors import PublicationBroken
from fullpicture.publish.ods import QUICK, START
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Cell, Printed, Sheet

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed day of making: the clock is never read."""
_STYLE = "\0"
"""Where the style of a number goes, which is known when the workbook is written."""
_NUMBERS = re.compile(r'<col min="3" [^>]*style="(\d+)"')


def write_xlsx(sheets: Sequence[Printed], publication: Publication, path: Path) -> None:
    """Writes the workbook; numbers are numbers, shown with the indicator's decimals."""
    written = io.BytesIO()
    _write_ends(sheets, publication, written)
    pages = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
    with zipfile.ZipFile(written) as ends, zipfile.ZipFile(path, "w", compresslevel=QUICK) as book:
        for name in ends.namelist():
            content = ends.read(name)
            if name in pages:
                content = _with_middle(content.decode(), pages[name], name).encode()
            entry = zipfile.ZipInfo(name, START)
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, content)


def _write_ends(sheets: Sequence[Printed], publication: Publication, to: io.BytesIO) -> None:
    """The whole workbook, but of each table only its first and its last row."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(to, options | {"in_memory": True}) as book:
        facts = {"title": publication.title, "author": publication.publisher, "created": _CREATED}
        book.set_properties(facts)
        bold = book.add_format({"bold": True, "font_size": 14})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(sheet.name)
            for row, line in enumerate(sheet.lines):
                page.write_string(row, 0, line, bold if row == 0 else None)
            digits = f"#,##0{'.' + '0' * sheet.decimals if sheet.decimals else ''}"
            shown = book.add_format({"num_format": digits})
            page.set_column(0, 1, 24)
            page.set_column(2, max(2, len(sheet.headers) - 1), 18, shown)
            _write_table(page, sheet, number, shown)


def _write_table(page: xlsxwriter.worksheet.Worksheet, sheet: Printed, number: int, shown: object) -> None:
    first = len(sheet.lines)
    for place, row in zip((first + 1, first + sheet.count), sheet.ends, strict=False):
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                page.write_number(place, column, cell, shown)
            else:
                page.write_string(place, column, cell)
    columns = [{"header": header} for header in sheet.headers]
    last = first + max(1, sheet.count)
    look = {
        "name": f"table_{number}",
        "columns": columns,
        "style": "Table Style Light 1",
        "autofilter": False,
    }
    page.add_table(first, 0, last, len(columns) - 1, look)


def _with_middle(page: str, sheet: Printed, name: str) -> str:
    """A sheet's XML with the rows between the first and the last of its table."""
    if not sheet.xlsx:
        return page
    last = f'<row r="{len(sheet.lines) + 1 + sheet.count}"'
    style = _NUMBERS.search(page)
    if page.count(last) != 1 or style is None:
        raise PublicationBroken(f"{name} is not written as it was expected: the table's last row is missing.")
    return page.replace(last, sheet.xlsx.replace(_STYLE, f' s="{style[1]}"') + last)


def xlsx_rows(sheet: Sheet) -> str:
    """The XML of all rows but the first and the last; the style of a number is left to be filled in."""
    letters = [xl_col_to_name(column) for column in range(len(sheet.headers))]
    rows = []
    for number, row in enumerate(sheet.rows[1:-1], start=len(sheet.lines) + 3):
        named = zip(letters, row, strict=True)
        cells = [f'<c r="{letter}{number}"{_cell(cell)}' for letter, cell in named]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(rows)


@lru_cache(maxsize=100_000)
def _cell(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{_STYLE}><v>{cell!r}</v></c>"
    space = ' xml:space="preserve"' if cell != cell.strip() else ""
    return f' t="inlineStr"><is><t{space}>{escape(cell)}</t></is></c>'
