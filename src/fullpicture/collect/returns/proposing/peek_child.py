"""Run as a program by `file.py`: the first rows of each visible sheet of a workbook, as one line of JSON.

It imports nothing of the package. A file that kills the library that reads it kills this process alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

_MEMORY = 2048 * 1024 * 1024


def main(path: str, rows: int) -> list[dict[str, Any]]:
    """Name, number of rows and first rows of every visible sheet; none where it cannot be opened."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except ImportError:  # Windows has no such limit
        pass
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        shown = calamine.SheetVisibleEnum.Visible
        visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == shown]
        return [_sheet(workbook, name, rows) for name in visible]
    except BaseException:  # a panic of the library is not an Exception
        return []


def _sheet(workbook: Any, name: str, rows: int) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_name(name)
    top = sheet.to_python(skip_empty_area=False, nrows=rows)
    return {"name": name, "rows": sheet.total_height, "top": [[str(cell) for cell in row] for row in top]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
