"""Workbooks: clean ones, and ways to spoil them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import xlsxwriter

from tests.collect.workbooks import ods, ods_cell, ods_row
from tests.faults.fault import Row, table_with


def xlsx_of(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    """A workbook as a spreadsheet program writes it: a text of digits is a number, texts are shared."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, text in enumerate(cells):
                    if text.isdigit():
                        page.write_number(row, column, int(text))
                    else:
                        page.write_string(row, column, text)
    return out.getvalue()


def xlsx_bytes(*bad: Row) -> bytes:
    """The clean table with bad rows in its middle, as a workbook."""
    return xlsx_of({"Data": table_with(*bad)})


def ods_bytes(folder: Path) -> bytes:
    """The clean table as OpenDocument."""
    rows = "".join(ods_row("".join(map(ods_cell, cells))) for cells in table_with())
    return ods(folder / "clean.ods", rows).read_bytes()


def changed(content: bytes, changes: Mapping[str, Callable[[str], str]], more: Mapping[str, str]) -> bytes:
    """A zip file with some parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, changes[part](text) if part in changes else text)
        for part, text in more.items():
            new.writestr(part, text)
    return out.getvalue()


def replaced(part: str, old: str, new: str) -> Mapping[str, Callable[[str], str]]:
    """A change of a part that must have the old text in it."""

    def change(text: str) -> str:
        assert old in text, f"{part} has no {old}"
        return text.replace(old, new)

    return {part: change}
