"""Reads delivered files: every row kept or refused with a line that says so; no file can stop the process."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading.columnar import read_parquet
from fullpicture.collect.reading.delimited import read_delimited
from fullpicture.collect.reading.workbook import read_workbook
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused

__all__ = ["read"]

_DELIMITED = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
SUFFIXES = (*_DELIMITED, ".parquet", *_WORKBOOKS)
"""Endings of names that are read."""


def read(path: Path, reading: Reading, *, name: str | None = None) -> Delivered:
    """The rows of a file as declared, every cell as text, and what could not be read, row by row.

    `name` is what messages call the file; its own name where it is not given.

    Raises:
        SourceRefused: the file as a whole cannot be read as declared.
    """
    file = name or path.name
    try:
        is_file = path.is_file()
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise _not_opened(file, error) from None
    if not is_file:
        raise _missing(path, file)
    if reading.header_row < 1 or reading.footer_rows < 0:
        what = "header_row counts from 1, and footer_rows from 0."
        raise SourceRefused(file, what, "Correct them where the source is declared.")
    ending = path.name.lower()
    try:
        if ending.endswith(_DELIMITED):
            return read_delimited(path, reading, file)
        if ending.endswith(".parquet"):
            return read_parquet(path, file)
        if ending.endswith(_WORKBOOKS):
            return read_workbook(path, reading, file)
    except OSError as error:
        raise _not_opened(file, error) from None
    raise SourceRefused(
        file, "files of this kind are not read.", f"Deliver it as one of {', '.join(SUFFIXES)}."
    )


def _not_opened(file: str, error: OSError) -> SourceRefused:
    what = f"it cannot be opened ({error.strerror})."
    return SourceRefused(file, what, "Check its name, and who may read it.")


def _missing(path: Path, file: str) -> SourceRefused:
    if path.is_dir():
        return SourceRefused(file, "this is a folder, not a file.", "Name the files in it.")
    if path.exists():
        return SourceRefused(file, "this is not a file but a pipe or a device.", "Name a file.")
    if path.is_symlink():
        return SourceRefused(file, "this is a link that leads to no file.", "Correct where it leads.")
    if not path.parent.is_dir():
        return SourceRefused(file, "it is not there, nor is its folder.", "Correct the path, or deliver it.")
    others = [other.name for other in path.parent.iterdir() if other.is_file()]
    close = get_close_matches(path.name, others, n=1, cutoff=0.4)
    hint = f"Did you mean {close[0]}?" if close else "Correct the name, or deliver it."
    return SourceRefused(file, "it is not there.", hint)
