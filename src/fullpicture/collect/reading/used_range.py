"""How far the cells of a sheet reach, read off its XML without building the sheet.

A legal workbook of 2 kB, with one cell at each end of a sheet, makes a reader that lays out the whole range
ask for 500 GB. A styled cell without a value, and a repeat of empty cells, are not used: real files are full
of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

# Attributes are looked for in the first 200 bytes of a tag only, so that no text can make the search slow.
_XLSX_CELL = re.compile(
    rb'<(?:\w{1,20}:)?c\s(?:[^<>]{0,100}?\s)?r="([A-Z]{1,7})(\d{1,12})"[^<>]{0,200}(?<!/)>', re.ASCII
)
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_ROWS_REPEATED = re.compile(rb'table:number-rows-repeated="(\d{1,12})"')
_COLUMNS_REPEATED = re.compile(rb'table:number-columns-repeated="(\d{1,12})"')


class UsedRange(Protocol):
    """Takes a sheet's XML in pieces that break before a tag; `cells` is the most from A1 on one sheet."""

    cells: int

    def feed(self, xml: bytes) -> None:
        """The next piece."""


class XlsxRange:
    """Of `<c r="XFD1048576">` that is not empty."""

    def __init__(self) -> None:
        self.cells = 0
        self._rows, self._columns = 0, 0

    def feed(self, xml: bytes) -> None:
        """The next piece."""
        found = _XLSX_CELL.findall(xml)
        if found:
            self._columns = max(self._columns, *map(_column, {letters for letters, _ in found}), 0)
            self._rows = max(self._rows, *(int(row) for _, row in found), 0)
            self.cells = self._rows * self._columns


class OdsRange:
    """Of `<table:table-cell>` with a type of value, with the repeats of it and of its row."""

    def __init__(self) -> None:
        self.cells = 0
        self._rows = self._columns = self._row = self._column = 0

    def feed(self, xml: bytes) -> None:
        """The next piece."""
        for kind, attributes in _ODS_TAG.findall(xml):
            self._tag(kind, attributes)

    def _tag(self, kind: bytes, attributes: bytes) -> None:
        if kind == b"table":
            self._rows = self._columns = self._row = 0
        elif kind == b"table-row":
            self._row += _repeated(_ROWS_REPEATED, attributes)
            self._column = 0
        else:
            self._column += _repeated(_COLUMNS_REPEATED, attributes)
            if b"value-type=" in attributes:
                self._rows, self._columns = self._row, max(self._columns, self._column)
                self.cells = max(self.cells, self._rows * self._columns)


def range_of(part: str) -> Callable[[], UsedRange] | None:
    """Which of the two reads a part of a workbook, if any does."""
    if part == "content.xml":
        return OdsRange
    return XlsxRange if part.startswith("xl/worksheets/") and part.endswith(".xml") else None


def _column(letters: bytes) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeated(attribute: re.Pattern[bytes], attributes: bytes) -> int:
    match = attribute.search(attributes)
    return int(match[1]) if match else 1
