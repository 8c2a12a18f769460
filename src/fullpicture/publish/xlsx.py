"""Writes sheets as XLSX, each table a real one; the same bytes for the same sheets.

The library writes the workbook with all that is difficult about it, but of each table only the first row. The
others, which are all alike and nearly all of the file, are put in compressed already
(docs/decisions/0012-rows-of-workbooks.md).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from fullpicture.core.errors import PublicationBroken
from fullpicture.publish.packed import Packed, write_zip
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Cell, Printed, Sheet

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed day of making: the clock is never read."""
_PART = re.compile(r"xl/(?P<kind>worksheets/sheet|tables/table)(?P<number>\d+)\.xml")
_NUMBERS = re.compile(r'<col min="3" [^>]*style="(\d+)"')
_RANGE = re.compile(r'((?:<dimension |<table [^>]*)ref="[A-Z]+\d+:[A-Z]+)\d+"')
"""Where a sheet or a table says which cells it has, up to the number of the last row."""


def write_xlsx(sheets: Sequence[Printed], publication: Publication, path: Path) -> None:
    """Writes the workbook; numbers are numbers, shown with decimals of which the first sheet has none."""
    written = io.BytesIO()
    _write_starts(sheets, publication, written)
    with zipfile.ZipFile(written) as starts:
        write_zip(path, [(name, _whole(name, starts, sheets)) for name in starts.namelist()])


def _write_starts(sheets: Sequence[Printed], publication: Publication, to: io.BytesIO) -> None:
    """The whole workbook, but of each table only its first row."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(to, options | {"in_memory": True}) as book:
        facts = {"title": publication.title, "author": publication.publisher, "created": _CREATED}
        book.set_properties(facts)
        bold = book.add_format({"bold": True, "font_size": 14})
        most = max(sheet.decimals for sheet in sheets)
        looks = [
            book.add_format({"num_format": f"#,##0{'.' + '0' * digits if digits else ''}"})
            for digits in range(most + 1)
        ]
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(sheet.name)
            for row, line in enumerate(sheet.lines):
                page.write_string(row, 0, line, bold if row == 0 else None)
            page.set_column(0, 1, 24)
            _set_numbers(page, sheet, looks if number == 1 else looks[sheet.decimals :][:1])
            _write_table(page, sheet, number, looks[sheet.decimals])


def _set_numbers(page: xlsxwriter.worksheet.Worksheet, sheet: Printed, looks: Sequence[object]) -> None:
    """How numbers look in the columns from the third on.

    The library counts styles as it comes upon them: the first sheet has all, so that `_style_of` knows them.
    """
    page.set_column(2, max(2, len(sheet.headers) - 1), 18, looks[0])
    for place, look in enumerate(looks[1:], start=max(3, len(sheet.headers))):
        page.set_column(place, place, None, look)


def _style_of(decimals: int) -> str:
    """The style of a cell whose number has so many decimals."""
    return str(decimals + 1)


def _write_table(page: xlsxwriter.worksheet.Worksheet, sheet: Printed, number: int, look: object) -> None:
    head = len(sheet.lines)
    for column, cell in enumerate(sheet.first):
        if isinstance(cell, float):
            page.write_number(head + 1, column, cell, look)
        else:
            page.write_string(head + 1, column, cell)
    columns = [{"header": header} for header in sheet.headers]
    options = {
        "name": f"table_{number}",
        "columns": columns,
        "style": "Table Style Light 1",
        "autofilter": False,
    }
    page.add_table(head, 0, head + 1, len(columns) - 1, options)


def _whole(name: str, starts: zipfile.ZipFile, sheets: Sequence[Printed]) -> Iterator[str | Packed]:
    """A part of the workbook, with the rows and the range that its table has when it is whole."""
    part = starts.read(name).decode()
    found = _PART.fullmatch(name)
    if found is None:
        yield part
        return
    sheet = sheets[int(found["number"]) - 1]
    last = len(sheet.lines) + 1 + max(1, sheet.count)
    part, times = _RANGE.subn(rf'\g<1>{last}"', part, count=1)
    before, end, after = part.rpartition("</sheetData>")
    style = _NUMBERS.search(before)
    if not times or (end and (style is None or style[1] != _style_of(sheet.decimals))):
        raise PublicationBroken(f"{name} is not written as it was expected: its rows would look otherwise.")
    yield from (before, sheet.xlsx, end + after) if end else (part,)


def xlsx_rows(sheet: Sheet) -> str:
    """The XML of all rows of a table but the first."""
    letters = [xl_col_to_name(column) for column in range(len(sheet.headers))]
    style, rows = _style_of(sheet.decimals), []
    for number, row in enumerate(sheet.rows[1:], start=len(sheet.lines) + 3):
        named = zip(letters, row, strict=True)
        cells = [f'<c r="{letter}{number}"{_cell(cell, style)}' for letter, cell in named]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(rows)


@lru_cache(maxsize=100_000)
def _cell(cell: Cell, style: str) -> str:
    if isinstance(cell, float):
        return f' s="{style}"><v>{cell!r}</v></c>'
    space = ' xml:space="preserve"' if cell != cell.strip() else ""
    return f' t="inlineStr"><is><t{space}>{escape(cell)}</t></is></c>'
