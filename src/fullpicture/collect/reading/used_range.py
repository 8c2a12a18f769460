"""How far the cells of a sheet reach, read off its XML without building the sheet.

A legal workbook of 2 kB, with one cell at each end of a sheet, makes a reader that lays out the whole range
ask for 500 GB. A styled cell without a value, and a repeat of empty cells, are not used: real files are full
of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

# Attributes are looked for in the first 200 bytes of a tag only, so that no text can make the search slow.
_XLSX_CELL = re.compile(
    rb'<(?:\w{1,20}:)?c\s(?:[^<>]{0,100}?\s)?r="([A-Z]{1,7})(\d{1,12})"[^<>]{0,200}(?<!/)>', re.ASCII
)
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_ROWS_REPEATED = re.compile(rb'table:number-rows-repeated="(\d{1,12})"')
_R, _EQUALS, _QUOTE = b'r="'

Places = npt.NDArray[np.int64]
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
        places, columns, rows = _references(xml)
        self._columns = self._furthest(xml, places, columns, self._columns, _column_of)
        self._rows = self._furthest(xml, places, rows, self._rows, _row_of)
        self.cells = self._rows * self._columns

    @staticmethod
    def _furthest(
        xml: bytes, places: Places, reach: Places, known: int, of: Callable[[re.Match[bytes]], int]
    ) -> int:
        """Looks at cells from the one that reaches furthest until one is not empty; often it is the first."""
        further = np.flatnonzero(reach > known)
        for which in further[np.argsort(-reach[further], kind="stable")]:
            if reach[which] <= known:
                break
            cell = _XLSX_CELL.match(xml, max(xml.rfind(b"<", 0, places[which]), 0))
            known = max(known, of(cell)) if cell else known
        return known


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


def _references(xml: bytes) -> tuple[Places, Places, Places]:
    """Where each `r="AB12"` is, the number of its column (A is 1, XFD is 16,384), and that of its row."""
    text = np.frombuffer(xml + b"\0", np.uint8)
    places = np.flatnonzero((text[:-2] == _R) & (text[1:-1] == _EQUALS) & (text[2:] == _QUOTE)) + 3
    at, columns, rows = places.copy(), np.zeros_like(places), np.zeros_like(places)
    for number, base, first, zero, most in ((columns, 26, 1, ord("A") - 1, 7), (rows, 10, 0, ord("0"), 12)):
        goes_on = np.full(len(at), True)
        for _ in range(most):
            digit = text[at].astype(np.int64) - zero
            goes_on &= (digit >= first) & (digit < first + base)
            if not goes_on.any():
                break
            number[goes_on] = number[goes_on] * base + digit[goes_on]
            at += goes_on
    return places, columns, rows


def _column_of(cell: re.Match[bytes]) -> int:
    number = 0
    for letter in cell[1]:
        number = number * 26 + letter - 64
    return number


def _row_of(cell: re.Match[bytes]) -> int:
    return int(cell[2])


def _repeated(attribute: re.Pattern[bytes], attributes: bytes) -> int:
    match = attribute.search(attributes)
    return int(match[1]) if match else 1
