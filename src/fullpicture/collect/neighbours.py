"""A list of which areas are most like which: one row for each area, its neighbours across, closest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from fullpicture.collect.delivered import Collected
from fullpicture.collect.findings import Findings
from fullpicture.collect.reading import read
from fullpicture.collect.source import Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused
from fullpicture.core.live import lifeless
from fullpicture.core.problem import Problem

LAYOUT = "neighbours"
NUMBER = "{n}"
NEIGHBOURS_SCHEMA = pa.schema(
    [
        ("file", pa.string()),
        ("row", pa.int64()),
        ("area_code", pa.string()),
        ("neighbours", pa.list_(pa.string())),
        ("closeness", pa.list_(pa.string())),
    ]
)
"""The table of a collected list; `closeness` is in the publisher's words, "" where there are none."""


def collect_neighbours(source: Source, register: Register, files: Mapping[str, Path]) -> Collected:
    """Reads a list of neighbours. Its `columns` name `area`, `neighbour` and, if there is one, `closeness`.

    In the last two `{n}` stands for 1, 2, 3, ...: `SN_{n}`. Areas are written as code, as name at one of the
    source's `base_levels`, or as an authority's former number (`old_la_code`).

    Raises:
        SourceRefused: a file cannot be read, or has no such columns.
    """
    known, rows, problems = _Codes(register, source.base_levels), list[dict[str, Any]](), list[Problem]()
    refused, rows_in = Counter[str](), 0
    for name, path in files.items():
        delivered = read(path, source.reading, name=name)
        found = Findings(name, delivered.sheet)
        columns = _columns(source, delivered.rows.column_names, name)
        for cells in delivered.rows.to_pylist():
            row = _row(cells, columns, known, found)
            if row is not None:
                rows.append({"file": name, **row})
        rows_in += delivered.rows_in
        problems += [*delivered.problems, *found.problems]
        refused.update(delivered.refused)
        refused.update(found.refused)
    return Collected(
        source.id, pa.Table.from_pylist(rows, NEIGHBOURS_SCHEMA), rows_in, dict(refused), tuple(problems)
    )


class _Codes:
    """Codes of areas by what a list writes for them; each area may have one row."""

    def __init__(self, register: Register, levels: Sequence[str]) -> None:
        self._register, self._levels = register, levels
        self._former = {area.old_la_code: area.code for area in register.areas if area.old_la_code}
        self._former |= {
            area.old_la_code: area.code
            for area in register.areas
            if area.old_la_code and area.valid_to is None and "+" not in area.code
        }
        self.seen: dict[str, int] = {}

    def find(self, text: str) -> str | None:
        text = text.strip()
        return self._former.get(text) or self._register.find(text, self._levels)


def _columns(source: Source, headers: Sequence[str], file: str) -> tuple[str, list[tuple[str, str]]]:
    """The area's column, and the pairs of a neighbour's column and that of its closeness ("" for none)."""
    area, pattern, closeness = (
        source.columns.get(name, ("",))[0] for name in ("area", "neighbour", "closeness")
    )
    pairs = list[tuple[str, str]]()
    while (header := pattern.replace(NUMBER, str(len(pairs) + 1))) in headers and NUMBER in pattern:
        beside = closeness.replace(NUMBER, str(len(pairs) + 1))
        pairs.append((header, beside if beside in headers else ""))
    if area not in headers or not pairs:
        what = f'there is no column "{area}", or none like "{pattern}".'
        mend = 'Say columns = { area = "...", neighbour = "... {n}" } with {n} for 1, 2, 3.'
        raise SourceRefused(file, what, mend)
    return area, pairs


def _row(
    cells: Mapping[str, Any], columns: tuple[str, list[tuple[str, str]]], known: _Codes, found: Findings
) -> dict[str, Any] | None:
    area, pairs = columns
    code, row = known.find(cells[area]), cells["row"]
    if code is None:
        found.refuse("AREA-001", [row], area, "this is not an area in the register.")
        return None
    if code in known.seen:
        found.refuse("DUP-001", [row], area, f"{code} has its neighbours in row {known.seen[code]} already.")
        return None
    known.seen[code] = row
    listed: list[tuple[str, str]] = []
    for header, beside in pairs:
        neighbour = known.find(cells[header]) if cells[header].strip() else ""
        if neighbour is None or neighbour == code:
            found.add("NBR-001", row, header, "this neighbour is no other area in the register; left out.")
        elif neighbour:
            listed.append((neighbour, lifeless(cells[beside].strip()) if beside else ""))
    neighbours, closeness = ([one[place] for one in listed] for place in (0, 1))
    return {"row": row, "area_code": code, "neighbours": neighbours, "closeness": closeness}
