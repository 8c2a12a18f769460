"""Run as a program by `workbook.py`: reads one sheet within a limit of memory, writes it as Arrow text.

It imports nothing of the package, so that it starts at once. What it has to say is one line of JSON; a file
that kills the library that reads it (python-calamine) kills this process and nothing else.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

_ERROR_KIND = re.compile(rb"""t=["']e["']""")
_IN_CELL_TAG = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*\W)?")
_ODS_ERROR_CELL = re.compile(
    rb'(<table:table-cell\s[^<>]*)\soffice:string-value=""(?=[^<>]*:value-type="error")'
)
_CELLS_A_BATCH = 100_000
_PIECE = 1024 * 1024


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

    workbook = _opened(Path(request["path"]), request["has_errors"], Path(request["result"]))
    shown = calamine.SheetVisibleEnum.Visible
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == shown]
    name = request["sheet"] or (visible[0] if len(visible) == 1 else "")
    if name not in workbook.sheet_names:
        return {"problem": "which sheet", "sheets": workbook.sheet_names, "shown": len(visible)}
    sheet = workbook.get_sheet_by_name(name)
    rows, columns = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if rows * columns > request["cells"]:
        return {"problem": "cells", "cells": rows * columns}
    _write(sheet, columns, request["result"])
    return {"sheet": name}


def _opened(path: Path, has_errors: bool, result: Path) -> Any:
    """The kind of a workbook is seen from its content: what its name ends in may be wrong."""
    import python_calamine as calamine

    if not has_errors:
        return calamine.CalamineWorkbook.from_filelike(path.open("rb"))
    # A file given by its path is not read into memory, and one whose name has no ending is looked into.
    return calamine.CalamineWorkbook.from_path(_errors_as_text(path, result.with_name("copy")))


def _errors_as_text(path: Path, copy: Path) -> Path:
    """A copy in which error values are text: the library reads them as empty cells otherwise."""
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(copy, "w") as changed:
        for part in packed.infolist():
            change = _change_of(part.filename)
            with packed.open(part) as source, changed.open(part.filename, "w") as target:
                if change:
                    target.writelines(map(change, _pieces(source)))
                else:
                    shutil.copyfileobj(source, target)
    return copy


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    """XML in pieces that break before a tag."""
    rest = b""
    while piece := source.read(_PIECE):
        piece = rest + piece
        cut = max(piece.rfind(b"<"), 0)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def _change_of(part: str) -> Callable[[bytes], bytes] | None:
    if part.startswith("xl/worksheets/"):
        return lambda xml: _ERROR_KIND.sub(_text_kind, xml)
    return (lambda xml: _ODS_ERROR_CELL.sub(rb"\1", xml)) if part == "content.xml" else None


def _text_kind(kind: re.Match[bytes]) -> bytes:
    """The kind of a cell; what only looks like it, in a text or another tag, stays as it is."""
    begin = max(kind.string.rfind(b"<", 0, kind.start()), 0)
    return b't="str"' if _IN_CELL_TAG.fullmatch(kind.string, begin, kind.start()) else kind.group()


def _write(sheet: Any, columns: int, result: str) -> None:
    import pyarrow as pa

    schema = pa.schema([(str(place), pa.string()) for place in range(columns)])
    with pa.OSFile(result, "wb") as stream, pa.ipc.new_stream(stream, schema) as writer:
        for rows in _batches(sheet, columns):
            arrays = [pa.array(_texts(column), pa.string()) for column in zip(*rows, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))


def _batches(sheet: Any, columns: int) -> Iterator[list[list[Any]]]:
    """Rows from the sheet's first, with the empty columns at the left that the library leaves out."""
    rows: list[list[Any]] = []
    for cells in sheet.iter_rows() if columns else ():
        rows.append([""] * (columns - len(cells)) + cells if len(cells) < columns else cells)
        if len(rows) * columns >= _CELLS_A_BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _texts(column: Sequence[Any]) -> Sequence[str]:
    return [cell if type(cell) is str else _TEXTS[type(cell)](cell) for cell in column]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    day, moment = value.date(), value.time()
    return value.isoformat() if moment != time.min else day.isoformat()


def _hours(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


_TEXTS: dict[type, Callable[[Any], str]] = {
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
