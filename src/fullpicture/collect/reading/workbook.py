"""XLSX, XLS and ODS: looked over first, then read in a process of its own, which a bad file may take down."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import limits
from fullpicture.collect.reading.preflight import check_packed, damaged, too_wide
from fullpicture.collect.reading.records import Record
from fullpicture.collect.reading.rows import delivered_rows
from fullpicture.collect.reading.runs import LINE_ENDS, WHITE_SPACE, Item, run_of, without_empty
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused

_CHILD = Path(__file__).with_name("workbook_child.py")


@dataclass(frozen=True)
class _Sheet:
    """The cells of a sheet from A1, as text columns."""

    name: str
    cells: pa.Table


def read_workbook(path: Path, reading: Reading, file: str) -> Delivered:
    """The rows of one sheet; a row's number is the sheet's own.

    Numbers are written without an idle ".0", dates as ISO 8601, error values as they are shown (#N/A).

    Raises:
        SourceRefused: the workbook or the sheet cannot be read as declared.
    """
    is_packed = path.suffix.lower() != ".xls" or zipfile.is_zipfile(path)
    has_errors = check_packed(path, file) if is_packed else False
    sheet = _read_apart(path, reading.sheet, has_errors, file)
    return delivered_rows(_items(sheet, reading), file, sheet.name, reading.footer_rows)


def _items(sheet: _Sheet, reading: Reading) -> Iterator[Item]:
    """The header row, then the rows below it; all rows of a sheet have the same cells."""
    row, above = 1, reading.header_row - 1
    for batch in sheet.cells.slice(above).to_batches():
        if row == 1:
            row = above + 1
            yield Record(row, row, [column[0].as_py() for column in batch.columns])
            row, batch = row + 1, batch.slice(1)
        numbers = np.arange(row, row + batch.num_rows)
        row += batch.num_rows
        yield from without_empty(run_of(numbers, batch.columns), WHITE_SPACE + LINE_ENDS)


def _read_apart(path: Path, sheet: str, has_errors: bool, file: str) -> _Sheet:
    """What the child process read, or why it did not."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "sheet.arrow"
        request = {
            "path": str(path),
            "result": str(result),
            "sheet": sheet,
            "has_errors": has_errors,
            "memory": limits.MEMORY_LIMIT,
            "cells": limits.CELL_LIMIT,
        }
        said = _answer(request, file)
        if "sheet" not in said:
            raise _refusal(said, sheet, path, file)
        with pa.OSFile(str(result)) as stream:
            return _Sheet(said["sheet"], pa.ipc.open_stream(stream).read_all())


def _answer(request: dict[str, Any], file: str) -> dict[str, Any]:
    command = [sys.executable, "-P", str(_CHILD), json.dumps(request)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"reading it takes more than {limits.TIME_LIMIT:.0f} seconds."
        raise SourceRefused(file, what, _DELIVER_ALONE) from None
    if done.returncode or not done.stdout:
        return {"problem": "memory"}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(said: dict[str, Any], sheet: str, path: Path, file: str) -> SourceRefused:
    """The child's one word, in words."""
    match said["problem"]:
        case "which sheet":
            return _unknown_sheet(said["sheets"], sheet, said["shown"], file)
        case "password":
            return SourceRefused(
                file, "it is protected by a password.", "Save it without one and deliver that."
            )
        case "cells":
            return too_wide(file, said["cells"])
        case "memory":
            what = f"reading it needs more than {limits.MEMORY_LIMIT // limits.MIB:,} MiB of memory."
            return SourceRefused(file, what, _DELIVER_ALONE)
    return damaged(path, file)


def _unknown_sheet(sheets: list[str], sheet: str, shown: int, file: str) -> SourceRefused:
    names = ", ".join(f'"{name}"' for name in sheets)
    if not sheet:
        mend = f'Say which one, for example sheet = "{sheets[-1]}".' if sheets else "Deliver the file again."
        what = f"it has {len(sheets)} sheets: {names}." if shown else f"all its sheets are hidden: {names}."
        return SourceRefused(file, what, mend)
    within = [name for name in sheets if sheet.casefold() in name.casefold()]
    close = within or get_close_matches(sheet, sheets, n=1, cutoff=0.3)
    mend = f'Did you mean "{close[0]}"? ' if close else ""
    return SourceRefused(file, f'it has no sheet "{sheet}".', f"{mend}Its sheets are {names}.")


_DELIVER_ALONE = "Deliver the table alone, as a new workbook without formatting or as CSV."
