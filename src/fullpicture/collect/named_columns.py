"""Columns of a delivered file that a command names, under our names for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.layouts import headers_for
from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading, Source


@dataclass(frozen=True)
class NamedColumns:
    """A file's cells by our names, and where each column stands in it; `rows` are the file's own numbers."""

    delivered: Delivered
    places: Mapping[str, str]
    cells: Mapping[str, list[str]]
    rows: list[int]


def read_named(path: Path, headers: Mapping[str, str], reading: Reading | None = None) -> NamedColumns:
    """Reads a file; `headers` has the header of each of our names, "" for what the file does not have.

    Raises:
        SourceRefused: the file cannot be read, or lacks columns (all named, each with the nearest header).
    """
    delivered = read(path, reading or Reading())
    wanted = {name: (header,) for name, header in headers.items() if header}
    source = Source(path.name, path.name, "sheet", (path.name,), columns=wanted)
    places = headers_for(source, wanted, delivered.rows.column_names, delivered.file)
    cells = {name: delivered.rows[header].to_pylist() for name, header in places.items()}
    return NamedColumns(delivered, places, cells, delivered.rows["row"].to_pylist())
