"""Returns of invented rows for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.mapped import Mapped, map_rows
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping

KEY = b"a key of a programme"


def delivered(columns: Mapping[str, Sequence[str]]) -> Delivered:
    """A file with these columns, its rows numbered from 2."""
    count = len(next(iter(columns.values()), ()))
    table = {"row": pa.array(range(2, count + 2), pa.int64())}
    table |= {header: pa.array(list(texts), pa.string()) for header, texts in columns.items()}
    return Delivered("kent.csv", "", pa.table(table), count)


def mapping(*fields: FieldMap, **rest: Any) -> ReturnMapping:
    """A mapping of these fields, by default with a crime, its victim and its suspect in each row."""
    usual = {"id": "kent", "police_force": "E23000032", "unit": "crime-victim-suspect"}
    return ReturnMapping(**{**usual, **rest}, fields=fields)


def mapped(columns: Mapping[str, Sequence[str]], *fields: FieldMap, **rest: Any) -> Mapped:
    """The columns by a mapping of these fields."""
    return map_rows(delivered(columns), mapping(*fields, **rest), KEY)


def values(found: Mapped, field: str) -> list[Any]:
    """Per row the value, or the state in brackets where there is none."""
    rows = zip(found.records[field].to_pylist(), found.records[f"{field}__state"].to_pylist(), strict=True)
    return [f"[{state}]" if value is None else value for value, state in rows]


def rules(found: Mapped) -> list[tuple[str, int | None]]:
    """The rules of the problems, with the row of each; MAP-005 aside."""
    return [(problem.rule, problem.row) for problem in found.problems if problem.rule != "MAP-005"]
