"""How a file that nobody has described is read: encoding, separator, sheet, header row; all of it is said.

What the caller states is taken as it is. What is found out instead is in `Opened.assumed`, in words for the
person who will read the mapping: nothing is assumed in silence.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import read
from fullpicture.collect.reading.limits import TEXT_LIMIT, TIME_LIMIT
from fullpicture.collect.reading.preflight import check_packed
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused

_CHILD = Path(__file__).with_name("peek_child.py")
_TOP, _FOOTER, _LONGEST_LINE = 40, 8, 100_000
_LEAST_COLUMNS = 2
"""The row's number and one more: a title, or a line that nothing has divided."""
_TEXT_ENDINGS = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Opened:
    """A file as read, how, and what of that was assumed."""

    delivered: Delivered
    reading: Reading
    assumed: tuple[str, ...] = ()


def open_return(path: Path, stated: Reading, name: str | None = None) -> Opened:
    """Reads a file as stated; where that is refused, as it looks; notes under the table are left out.

    Raises:
        SourceRefused: it cannot be read as stated, and nothing about it shows how else.
    """
    found = _opened(path, stated, name)
    footer = _footer_rows(found.delivered) if not stated.footer_rows else 0
    if not footer:
        return found
    last = "last row is a note" if footer == 1 else f"last {footer} rows are notes"
    said = f"the {last} under the table and not data (footer_rows = {footer})"
    reading = replace(found.reading, footer_rows=footer)
    return Opened(read(path, reading, name=name), reading, (*found.assumed, said))


def _opened(path: Path, stated: Reading, name: str | None) -> Opened:
    """As stated, unless that is refused or makes one column of everything."""
    try:
        found = Opened(read(path, stated, name=name), stated)
        if found.delivered.rows.num_columns > _LEAST_COLUMNS:
            return found
        refusal = None
    except SourceRefused as refused:
        if not path.is_file():
            raise
        refusal = refused
    assumed: list[str] = []
    reading = _as_it_looks(path, stated, name or path.name, assumed)
    if reading != stated:
        return Opened(read(path, reading, name=name), reading, tuple(assumed))
    if refusal:
        raise refusal
    return found


def _as_it_looks(path: Path, stated: Reading, file: str, assumed: list[str]) -> Reading:
    ending = path.name.lower()
    if ending.endswith(_TEXT_ENDINGS):
        return _text_reading(path, stated, assumed)
    if ending.endswith(_WORKBOOKS):
        return _workbook_reading(path, stated, file, assumed)
    return stated


def _text_reading(path: Path, stated: Reading, assumed: list[str]) -> Reading:
    content = _content(path)
    reading = stated
    if stated.encoding == "utf-8" and (encoding := _encoding(content)) != "utf-8":
        reading = replace(reading, encoding=encoding)
        assumed.append(f'it is not UTF-8: encoding = "{encoding}"')
    codec = {"utf-8": "utf-8-sig"}.get(reading.encoding, reading.encoding)
    text = content[: 1 << 20].decode(codec, errors="replace")
    lines = [line[:_LONGEST_LINE] for line in text.splitlines()[:_TOP]]
    usual = "\t" if ".tsv" in path.name.lower() else ","
    separator = stated.separator or _separator(lines, usual)
    if separator != (stated.separator or usual):
        reading = replace(reading, separator=separator)
        assumed.append(f"{_SEPARATORS[separator]} separate cells")
    rows = list(csv.reader(lines, delimiter=separator))
    return _with_header(reading, rows, assumed)


def _content(path: Path) -> bytes:
    try:
        if path.suffix.lower() != ".gz":
            return path.read_bytes() if path.stat().st_size <= TEXT_LIMIT else b""
        with gzip.open(path) as stream:
            return stream.read(1 << 24)
    except (OSError, EOFError):
        return b""


def _encoding(content: bytes) -> Literal["utf-8", "utf-16", "cp1252"]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(lines: Sequence[str], usual: str) -> str:
    """The sign that splits most lines into the same number of cells, more than one."""

    def agreement(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1]
        common = max(set(widths), key=widths.count, default=0)
        return widths.count(common), common

    return max((usual, *_SEPARATORS), key=agreement)


def _workbook_reading(path: Path, stated: Reading, file: str, assumed: list[str]) -> Reading:
    if path.suffix.lower() != ".xls" or zipfile.is_zipfile(path):
        check_packed(path, file)
    sheets = _peek(path)
    if stated.sheet:
        sheets = [sheet for sheet in sheets if sheet["name"] == stated.sheet]
    if not sheets:
        return stated
    chosen = max(sheets, key=lambda sheet: sheet["rows"] * max(map(_filled, sheet["top"]), default=0))
    reading = stated
    if not stated.sheet and len(sheets) > 1:
        others = ", ".join(f'"{sheet["name"]}"' for sheet in sheets if sheet != chosen)
        assumed.append(f'the table is on the sheet "{chosen["name"]}", the largest; not read: {others}')
        reading = replace(reading, sheet=chosen["name"])
    return _with_header(reading, chosen["top"], assumed)


def _peek(path: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-P", str(_CHILD), str(path), str(_TOP)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return []
    found: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    return found


def _with_header(reading: Reading, rows: Sequence[Sequence[str]], assumed: list[str]) -> Reading:
    """The first row that has nearly as many cells filled as any, and words in them, is the header."""
    if reading.header_row != 1 or not rows:
        return reading
    widest = max(map(_filled, rows))
    for number, row in enumerate(rows, start=1):
        if _filled(row) >= max(2, 0.7 * widest) and _are_words(row):
            if number == 1:
                return reading
            assumed.append(f"the header is in row {number}; the {number - 1} rows above it are not read")
            return replace(reading, header_row=number)
    return reading


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _are_words(row: Sequence[str]) -> bool:
    """Whether most filled cells have more letters than anything else."""
    filled = [cell for cell in row if cell.strip()]
    return 2 * sum(any(map(str.isalpha, cell)) for cell in filled) > len(filled)


def _footer_rows(delivered: Delivered) -> int:
    """How many rows at the end are no rows of the table: too short for it, or with one cell filled."""
    last = delivered.rows.slice(max(0, delivered.rows.num_rows - _FOOTER))
    numbers = last.column("row").to_pylist()
    texts = [last.column(name).to_pylist() for name in last.column_names if name != "row"]
    lone = {row for row, cells in zip(numbers, zip(*texts, strict=True), strict=True) if _filled(cells) == 1}
    short = {one.row for one in delivered.problems if one.rule in ("ROW-001", "ROW-003") and one.row}
    end = max([*numbers, *short], default=0)
    count = 0
    while len(texts) > 2 and end - count in lone | short and count < _FOOTER:
        count += 1
    return count
