"""Run as a program by `workbook.py`: reads one sheet within a limit of memory, writes it as Arrow text.

It imports nothing of the package, so that it starts at once. What it has to say is one line of JSON; a file
that kills the library that reads it (python-calamine) kills this process and nothing else.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

_ERROR_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=)["']e["']""")
_ODS_ERROR_CELL = re.compile(
    rb'(<table:table-cell\s[^<>]*)\soffice:string-value=""(?=[^<>]*:value-type="error")'
)
_CELLS_A_BATCH = 500_000


def main(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request: the sheet that was read, or one word for what is wrong."""
    _limit_memory(request["memory"])
    import python_calamine as calamine

    try:
        return _read(request)
    except calamine.PasswordError:
        return {"problem": "password"}
    except MemoryError:
        return {"problem": "memory"}
    except BaseException:  # a panic of the library is not an Exception
        return {"problem": "damaged"}


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; those of time and of cells remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(request: dict[str, Any]) -> dict[str, Any]:
    import python_calamine as calamine

    workbook = calamine.CalamineWorkbook.from_filelike(_content(Path(request["path"]), request["has_errors"]))
    shown = calamine.SheetVisibleEnum.Visible
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == shown]
    name = request["sheet"] or (visible[0] if len(visible) == 1 else "")
    if name not in workbook.sheet_names:
        return {"problem": "which sheet", "sheets": workbook.sheet_names}
    sheet = workbook.get_sheet_by_name(name)
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if rows * columns > request["cells"]:
        return {"problem": "cells", "cells": rows * columns}
    _write(sheet, columns, request["result"])
    return {"sheet": name}


def _content(path: Path, has_errors: bool) -> BinaryIO:
    return _errors_as_text(path) if has_errors else path.open("rb")


def _errors_as_text(path: Path) -> BinaryIO:
    """A copy in which error values are text: the library reads them as empty cells otherwise."""
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(copy, "w") as changed:
        for part in packed.infolist():
            content = packed.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = _ERROR_CELL.sub(rb'\1"str"', content)
            elif part.filename == "content.xml":
                content = _ODS_ERROR_CELL.sub(rb"\1", content)
            changed.writestr(part.filename, content)
    copy.seek(0)
    return copy


def _write(sheet: Any, columns: int, result: str) -> None:
    import pyarrow as pa

    schema = pa.schema([(str(place), pa.string()) for place in range(columns)])
    with pa.OSFile(result, "wb") as stream, pa.ipc.new_stream(stream, schema) as writer:
        for rows in _batches(sheet, columns):
            arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))


def _batches(sheet: Any, columns: int) -> Iterator[list[list[str]]]:
    """Rows from the sheet's first, with the empty columns at the left that the library leaves out."""
    rows: list[list[str]] = []
    for cells in sheet.iter_rows() if columns else ():
        row = [_TEXTS[type(cell)](cell) for cell in cells]
        rows.append([""] * (columns - len(row)) + row)
        if len(rows) * columns >= _CELLS_A_BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    day, moment = value.date(), value.time()
    return value.isoformat() if moment != time.min else day.isoformat()


def _hours(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: _hours,
}

if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
