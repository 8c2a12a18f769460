"""Opens a written workbook again and says which rules for spreadsheets it breaks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection
from pathlib import Path

import python_calamine

_SYMBOL = re.compile(r"\[[a-z]+\]")
COVER, CONTENTS, NOTES_SHEET = "Cover", "Contents", "Notes"
_FIXED = [COVER, CONTENTS, NOTES_SHEET]
PIECE = 1 << 20
"""Bytes of a part that are looked at together."""


def check_workbook(path: Path, made: Collection[str] | None = None) -> list[str]:
    """Every broken rule, in words; an empty list where all hold.

    Args:
        made: the sheets whose rows are looked at, Notes among them; all of them where nothing is said.
    """
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    broken = [] if book.sheet_names[:3] == _FIXED else ["Cover, Contents and Notes do not come first."]
    broken += _markup(path, len(book.sheet_names))
    explained: set[str] = set()
    for name in book.sheet_names[2:]:
        if made is not None and name not in made:
            continue
        rows = book.get_sheet_by_name(name).to_python()
        start = next((place for place, row in enumerate(rows) if sum(cell != "" for cell in row) > 1), None)
        if start is None:
            broken.append(f"Sheet {name} has no table.")
            continue
        table = rows[start:]
        if any(cell == "" for row in table for cell in row):
            broken.append(f"Sheet {name} has an empty cell inside its table.")
        symbols = {cell for row in table for cell in row if isinstance(cell, str) and _SYMBOL.fullmatch(cell)}
        if name == NOTES_SHEET:
            explained = symbols
        elif symbols - explained:
            broken.append(
                f"Sheet {name} uses {', '.join(sorted(symbols - explained))}, which Notes do not explain."
            )
    return broken


def _markup(path: Path, sheets: int) -> list[str]:
    """Merged cells, and whether each sheet has one marked-up table."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if path.suffix == ".ods":
            merged = _times(archive, "content.xml", b"-spanned=") > 0
            marked = _times(archive, "content.xml", b"<table:database-range ")
        else:
            pages = [name for name in names if name.startswith("xl/worksheets/sheet")]
            merged = any(_times(archive, name, b"<mergeCell") for name in pages)
            marked = sum(name.startswith("xl/tables/table") for name in names)
    broken = ["There are merged cells."] if merged else []
    return broken if marked == sheets else [*broken, f"{sheets} sheets have {marked} marked-up tables."]


def _times(archive: zipfile.ZipFile, name: str, mark: bytes) -> int:
    """How often a mark stands in a part, which is read in pieces: the whole may be hundreds of megabytes."""
    found, rest = 0, b""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            piece = rest + piece
            found += piece.count(mark)
            rest = piece[-(len(mark) - 1) :]
    return found
