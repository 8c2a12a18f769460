"""Saves rows as forces do, a slice at a time: CSV in any encoding, packed or not, workbooks, Parquet."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import xlsxwriter

from fullpicture.core.areas import Register
from fullpicture.demo.parts import Saving
from fullpicture.demo.xls import write_xls
from fullpicture.publish.ods import write_ods
from fullpicture.publish.printing import printed
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Sheet

NOTICE = "Invented data: no person, crime, force or place in it is real"
_CODECS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "cp1252": "cp1252"}
_MARKS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE}
_CREATED = datetime(2025, 1, 31, tzinfo=UTC).replace(tzinfo=None)
_FIRST_DAY = date(1899, 12, 30)
"""The day 0 of a workbook."""
_SLICE = 20_000
_NUMBERS = ("number", "mixed")


class Writer(Protocol):
    """An open file; rows are added in order."""

    def add(self, cells: pa.Table, ragged: Mapping[int, int]) -> None:
        """More rows; `ragged` says of a row that it has a cell too few (-1) or too many (+1)."""

    def close(self) -> None:
        """Writes what is left."""


def writer(path: Path, saving: Saving, kinds: Mapping[str, str]) -> Writer:
    """A file open for rows; `kinds` says by header whether it holds days, numbers or text."""
    match saving.form:
        case "parquet":
            return _Parquet(path, kinds)
        case "xlsx" | "ods" | "xls":
            return Workbook(path, saving, kinds)
        case _:
            return _Delimited(path, saving, list(kinds))


class _Delimited:
    """CSV and TSV, in the force's encoding; packed without the time of day, so that bytes stay the same."""

    def __init__(self, path: Path, saving: Saving, headers: list[str]) -> None:
        self._saving = saving
        self._separator = saving.separator or ("\t" if saving.form == "tsv" else ",")
        self._file: BinaryIO = path.open("wb")
        self._out: BinaryIO = self._file
        if saving.form == "csv.gz":
            self._out = cast(BinaryIO, gzip.GzipFile("", "wb", 6, self._file, mtime=0))
        self._out.write(_MARKS.get(saving.encoding, b""))
        for line in saving.above:
            self._write(f"{line}\n")
        self._write(self._line(headers))

    def _line(self, cells: list[str]) -> str:
        line = io.StringIO()
        csv.writer(line, delimiter=self._separator, lineterminator="\n").writerow(cells)
        return line.getvalue()

    def _write(self, text: str) -> None:
        self._out.write(text.encode(_CODECS[self._saving.encoding]))

    def add(self, cells: pa.Table, ragged: Mapping[int, int]) -> None:
        """Rows between ragged ones as they come, a ragged one by itself."""
        after = 0
        for row, by in sorted(ragged.items()):
            self._slice(cells.slice(after, row - after))
            texts = [str(column[row].as_py()) for column in cells.columns]
            self._write(self._line(texts[:-1] if by < 0 else [*texts, "0"]))
            after = row + 1
        self._slice(cells.slice(after))

    def _slice(self, cells: pa.Table) -> None:
        options = pacsv.WriteOptions(include_header=False, delimiter=self._separator, quoting_style="needed")
        for first in range(0, cells.num_rows, 200_000):
            buffer = io.BytesIO()
            pacsv.write_csv(cells.slice(first, 200_000), buffer, options)
            if _CODECS[self._saving.encoding] == "utf-8":
                self._out.write(buffer.getbuffer())
            else:
                self._write(buffer.getvalue().decode())

    def close(self) -> None:
        """The lines below the table."""
        for line in self._saving.below:
            self._write(f"{line}\n")
        if self._out is not self._file:
            self._out.close()
        self._file.close()


class _Parquet:
    """Days and numbers as such; nothing in place of an empty cell."""

    def __init__(self, path: Path, kinds: Mapping[str, str]) -> None:
        types = {"day": pa.date32(), "number": pa.int32()}
        self._schema = pa.schema([(header, types.get(kind, pa.string())) for header, kind in kinds.items()])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, cells: pa.Table, ragged: Mapping[int, int]) -> None:
        """More rows."""
        columns = [pc.if_else(pc.equal(column, ""), None, column) for column in cells.columns]
        typed = [column.cast(one.type) for column, one in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.table(typed, schema=self._schema))

    def close(self) -> None:
        """The end of the file."""
        self._writer.close()


class Workbook:
    """One sheet of a workbook, of texts, numbers and days; other sheets of the file are written with it."""

    def __init__(self, path: Path, saving: Saving, kinds: Mapping[str, str]) -> None:
        self._path, self._saving, self._kinds = path, saving, kinds
        self._slices: list[pa.Table] = []

    def add(self, cells: pa.Table, ragged: Mapping[int, int]) -> None:
        """Kept until the file is closed."""
        self._slices.append(cells)

    @property
    def cells(self) -> pa.Table:
        """All rows."""
        return pa.concat_tables(self._slices)

    def close(self) -> None:
        """Writes the workbook of this one sheet."""
        save_sheets([self])

    @property
    def place(self) -> tuple[Path, Saving, Mapping[str, str]]:
        """Where and how it is saved."""
        return self._path, self._saving, self._kinds


def save_sheets(sheets: list[Workbook]) -> None:
    """Writes a workbook with these sheets; with a sheet of notes before a sheet that has a title."""
    path, saving, kinds = sheets[0].place
    headers = list(kinds)
    match saving.form:
        case "xlsx":
            _save_xlsx(path, sheets)
        case "ods":
            rows = [row for part in _rows(sheets[0].cells) for row in part]
            notes = Sheet(
                "Notes", [NOTICE], ["Column", "About"], [[header, "As recorded"] for header in headers]
            )
            data = Sheet(saving.sheet, saving.above, headers, rows)
            write_ods([printed(notes), printed(data)], _publication(), path)
        case _:
            rows = [row for part in _rows(sheets[0].cells) for row in part]
            write_xls(saving.sheet, [headers, *(_typed(row, kinds) for row in rows)], path)


def _typed(row: tuple[str, ...], kinds: Mapping[str, str]) -> list[str | float]:
    return [
        float(cell) if kind in _NUMBERS and cell.isdigit() else cell
        for cell, kind in zip(row, kinds.values(), strict=True)
    ]


def _rows(cells: pa.Table) -> list[list[tuple[str, ...]]]:
    slices = (cells.slice(first, _SLICE) for first in range(0, cells.num_rows, _SLICE))
    return [list(zip(*(column.to_pylist() for column in part.columns), strict=True)) for part in slices]


def _publication() -> Publication:
    return Publication(
        "internal", "Return", NOTICE, (), Register.shipped(), (), (), "The invented nation", "", "2025-01-31"
    )


def _save_xlsx(path: Path, sheets: list[Workbook]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "Return", "created": _CREATED})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        if sheets[0].place[1].above:
            notes = book.add_worksheet("Notes")
            notes.write_string(0, 0, NOTICE)
        for sheet in sheets:
            _, saving, kinds = sheet.place
            page = book.add_worksheet(saving.sheet)
            for row, line in enumerate(saving.above):
                page.write_string(row, 0, line)
            for column, header in enumerate(kinds):
                page.write_string(len(saving.above), column, header)
            _fill(page, len(saving.above) + 1, sheet.cells, list(kinds.values()), day)


def _fill(
    page: xlsxwriter.worksheet.Worksheet, first: int, cells: pa.Table, kinds: list[str], day: object
) -> None:
    """Writes the rows from a row down: days as days, whole numbers as numbers, all else as text."""
    serials: dict[str, int | None] = {}
    row = first
    for part in _rows(cells):
        for texts in part:
            for column, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
                if kind in _NUMBERS and text.isdigit():
                    page.write_number(row, column, int(text))
                elif kind == "day" and text and _serial(text, serials) is not None:
                    page.write_number(row, column, serials[text], day)
                elif text:
                    page.write_string(row, column, text)
            row += 1


def _serial(text: str, known: dict[str, int | None]) -> int | None:
    if text not in known:
        try:
            known[text] = (date.fromisoformat(text) - _FIRST_DAY).days
        except ValueError:
            known[text] = None
    return known[text]


def ragged_rows(fault: np.ndarray) -> dict[int, int]:
    """The rows that have a cell too few or too many."""
    return {
        int(place): -1 if fault[place] == "ROW-001" else 1
        for place in np.flatnonzero(np.char.startswith(fault.astype(str), "ROW-"))
    }
