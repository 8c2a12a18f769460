"""Answers to open questions as a programme takes them in: what was said, by whom, where and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.findings import Findings
from fullpicture.collect.layouts import area_of, headers_for, key_columns, period_of
from fullpicture.collect.reading import read
from fullpicture.collect.responses import kept_of, role_of
from fullpicture.collect.source import Source
from fullpicture.core.areas import Register
from fullpicture.core.live import LIVE
from fullpicture.core.problem import Problem

_TEXTS = ("id", "text", "question", "group", "role")
_PLACE = ("area_code", "period_kind", "period")


@dataclass(frozen=True)
class Answers:
    """All answers of a source: `file`, `row`, `id`, `text`, `question`, `group`, `role`, `area_code`,
    `period_kind`, `period`, and other columns that were asked for; rows in = rows kept + those refused."""

    table: pa.Table
    rows_in: int
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]


def collect_answers(
    source: Source, register: Register, dimensions: Iterable[str], files: Mapping[str, Path]
) -> Answers:
    """Reads the answers of a source.

    An answer without words, an id of its own, a place or a period is refused with a line that says so; the
    words are never in a message.

    Raises:
        SourceRefused: a file cannot be read, or lacks columns (all of them named).
    """
    asked = [name for name in dict.fromkeys(dimensions) if name not in (*_TEXTS, "theme")]
    parts, problems, refused, rows_in = list[pa.Table](), list[Problem](), Counter[str](), 0
    seen = set[str]()
    for name, path in files.items():
        delivered = read(path, source.reading, name=name)
        found = Findings(name, delivered.sheet)
        parts.append(_Reader(delivered, source, register, found).table(asked, seen))
        rows_in += delivered.rows_in
        problems += [*delivered.problems, *found.problems]
        refused.update(delivered.refused)
        refused.update(found.refused)
    table = pa.concat_tables(parts)
    assert rows_in == table.num_rows + refused.total(), f"{source.id}: rows in = rows kept + rows refused"
    return Answers(table, rows_in, dict(refused), tuple(problems))


@dataclass(frozen=True)
class _Reader:
    """One delivered file."""

    delivered: Delivered
    source: Source
    register: Register
    found: Findings

    def table(self, asked: Sequence[str], seen: set[str]) -> pa.Table:
        """Its answers; `seen` are the ids of files before it."""
        headers = self.delivered.rows.column_names
        areas, periods = key_columns(self.source, headers)
        texts = [name for name in _TEXTS if name in self.source.columns or name in ("id", "text")]
        names = list(dict.fromkeys([*texts, *areas, *periods, *asked]))
        places = headers_for(self.source, names, headers, self.delivered.file)
        rows = self.delivered.rows["row"].to_pylist()
        cells = {name: self.delivered.rows[places[name]].to_pylist() for name in names}
        cells = {name: [text.strip() for text in column] for name, column in cells.items()}
        kept = kept_of(rows, cells, places, self.found, seen)
        columns = self._placed(rows, cells, kept, (areas, periods))
        columns |= {name: cells.get(name, [""] * len(rows)) for name in (*_TEXTS, *asked)}
        if "role" in texts:
            pairs = zip(columns["role"], rows, strict=True)
            columns["role"] = [role_of(role, row, places, self.found) for role, row in pairs]
        kept = self._lifeless(rows, columns, kept, ["question", *asked])
        strings = {name: pa.array(column, pa.string()) for name, column in columns.items()}
        file = pa.array([self.delivered.file] * len(rows), pa.string())
        return pa.table({"file": file, "row": pa.array(rows, pa.int64()), **strings}).filter(pa.array(kept))

    def _placed(
        self,
        rows: Sequence[int],
        cells: Mapping[str, Sequence[str]],
        kept: list[bool],
        keys: tuple[Sequence[str], Sequence[str]],
    ) -> dict[str, list[str]]:
        """Where and when each answer is of; those without are not kept any more."""
        areas, periods = keys
        nowhere, never = list[int](), list[int]()
        columns: dict[str, list[str]] = {name: [""] * len(rows) for name in _PLACE}
        for at, row in enumerate(rows):
            if not kept[at]:
                continue
            code = area_of(self.source, tuple(cells[name][at] for name in areas), self.register)
            period = period_of(self.source, tuple(cells[name][at] for name in periods))
            if code is None or period is None:
                (nowhere if code is None else never).append(row)
                kept[at] = False
                continue
            for name, said in zip(_PLACE, (code, period.kind, period.name), strict=True):
                columns[name][at] = said
        self.found.refuse("AREA-001", nowhere, " ".join(areas), "this is no area of the register")
        self.found.refuse("PER-001", never, " ".join(periods), "this is not a period or day of the layout.")
        return columns

    def _lifeless(
        self,
        rows: Sequence[int],
        columns: Mapping[str, Sequence[str]],
        kept: list[bool],
        names: Iterable[str],
    ) -> list[bool]:
        """Rows without a category that a spreadsheet would take for a formula."""
        alive = [
            any(columns[name][at].startswith(tuple(LIVE)) for name in names) and kept[at]
            for at in range(len(rows))
        ]
        refused = [row for row, live in zip(rows, alive, strict=True) if live]
        self.found.refuse("TXT-001", refused, " ".join(names), "a category begins with a sign of a formula")
        return [one and not live for one, live in zip(kept, alive, strict=True)]
