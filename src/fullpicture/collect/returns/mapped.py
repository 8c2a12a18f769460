"""From the rows of a return to canonical records: per field a value, its state, its text and its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.choosing import chosen
from fullpicture.collect.returns.column import Column, Reading, read_column
from fullpicture.collect.returns.derived import derive
from fullpicture.collect.returns.headers import Headers, refused
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.returns.naming import is_no_header
from fullpicture.collect.returns.record import QUALIFIERS, Field, fields_of
from fullpicture.collect.returns.texts import Filled
from fullpicture.collect.returns.unread import Unread
from fullpicture.core.errors import SourceRefused
from fullpicture.core.problem import Problem

_MOST_NAMED, _LONGEST_NAME = 20, 60
TYPES: Mapping[str, pa.DataType] = {
    "code": pa.dictionary(pa.int32(), pa.string()),
    "flag": pa.dictionary(pa.int32(), pa.string()),
    "date": pa.date32(),
    "whole number": pa.int32(),
    "reference": pa.string(),
}
"""How the values of each kind of field are kept."""


@dataclass(frozen=True)
class Mapped:
    """A return's records.

    `records` has `record.KEYS`, then for every field of the unit, mapped or not, `F`, `F__state`, `F__raw`
    (not of identifying fields) and `F__rule`, then the qualifiers. The file's rows in = records + the sum of
    `refused`; refused and problems are those of the whole file, its reading included. `mapped` names the
    fields that the mapping fills or that follow from fields it fills; `places` has the delivered columns that
    each field is made of, none where it is fixed.
    """

    records: pa.Table
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]
    mapped: frozenset[str]
    places: Mapping[str, tuple[str, ...]]


def map_rows(delivered: Delivered, mapping: ReturnMapping, key: bytes) -> Mapped:
    """Says every row of a file in the terms of the canonical record.

    Nothing is guessed: a text that the mapping does not know has the state `unusable` and is a problem with
    the nearest known one; its row is kept.

    Args:
        key: the programme's, with which references are hashed.

    Raises:
        SourceRefused: columns that the mapping uses are not in the file, or not one; all of them are named.
    """
    check_header(delivered)
    unread = Unread(delivered.file, delivered.sheet)
    fields = {field.name: field for field in fields_of(mapping.unit)}
    maps = {one.name: one for one in mapping.fields if one.name in fields}
    places, chosen_by = _columns_of(delivered, mapping, maps)
    _note_unmapped(delivered, [*places.values(), tuple(chosen_by.values())], unread)
    rows = chosen(delivered.rows, mapping, chosen_by, unread)
    reading = Reading(rows, mapping, key, unread, Filled(rows.num_rows))
    columns = {name: read_column(reading, fields[name], one, places[name]) for name, one in maps.items()}
    columns |= derive(reading, maps, columns, places)
    records = _records(reading, fields, columns, delivered.file)
    all_refused = unread.refused + type(unread.refused)(delivered.refused)
    assert delivered.rows_in == records.num_rows + all_refused.total(), f"{delivered.file}: rows are lost"
    problems = (*delivered.problems, *unread.problems)
    return Mapped(records, dict(all_refused), problems, frozenset(columns), places)


def check_header(delivered: Delivered) -> None:
    """Refuses a file whose header row is a row of data: its cells would be printed as headers.

    Raises:
        SourceRefused: a header is a date or a reference.
    """
    if is_no_header(name for name in delivered.rows.column_names if name != "row"):
        what = "the header row looks like a row of data: there is a date or a reference in it."
        raise SourceRefused(delivered.file, what, "Say which row holds the headers with header_row.")


def _columns_of(
    delivered: Delivered, mapping: ReturnMapping, maps: Mapping[str, FieldMap]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The columns of each field, and of the headers by which rows are chosen."""
    headers = Headers.of(delivered.rows.column_names)
    wrong: list[str] = []

    def one(who: str, asked: str, found: list[str]) -> str:
        if len(found) != 1:
            wrong.append(f"{who}: {headers.lacking(asked, found)}")
        return found[0] if found else ""

    places = {
        name: tuple(one(name, asked, found) for asked, found in headers.wanted(field))
        for name, field in maps.items()
    }
    named = dict.fromkeys([*mapping.where, *mapping.leave_out])
    named |= dict.fromkeys([mapping.duplicates.header] if mapping.duplicates else [])
    chosen_by = {text: one("choice of rows", f'"{text}"', headers.named(text)) for text in named}
    if wrong:
        raise refused(delivered.file, wrong)
    return places, chosen_by


def _note_unmapped(delivered: Delivered, used: list[tuple[str, ...]], unread: Unread) -> None:
    taken = {header for headers in used for header in headers}
    if left := [name for name in delivered.rows.column_names if name != "row" and name not in taken]:
        named = ", ".join(f'"{name[:_LONGEST_NAME]}"' for name in left[:_MOST_NAMED])
        more = f" and {len(left) - _MOST_NAMED:,} more" if len(left) > _MOST_NAMED else ""
        unread.say("MAP-005", None, "", f"these columns are not mapped: {named}{more}.")


def _records(
    reading: Reading, fields: Mapping[str, Field], columns: Mapping[str, Column], file: str
) -> pa.Table:
    filled = reading.filled
    arrays: dict[str, pa.Array] = {
        "file": filled.text(file),
        "row": reading.rows["row"],
        "police_force": filled.text(reading.mapping.police_force),
    }
    empty, none, not_recorded = filled.text(""), filled.null(TYPES["code"]), filled.text("not recorded")
    for name, field in fields.items():
        found = columns.get(name)
        if found is None:
            found = Column(filled.null(TYPES[field.kind]), not_recorded, none, empty)
        arrays |= {name: found.value, f"{name}__state": found.state}
        if not field.identifying:
            arrays[f"{name}__raw"] = found.raw
        arrays[f"{name}__rule"] = found.rule
    for qualifier in QUALIFIERS:
        name = qualifier.rpartition("_")[0]
        if name in fields:
            arrays[qualifier] = _qualified(columns.get(name), qualifier, filled)
    return pa.table(arrays)


def _qualified(column: Column | None, qualifier: str, filled: Filled) -> pa.Array:
    """How a column's values were taken, where there is a value."""
    how = (column.by if qualifier.endswith("_by") else column.basis) if column else ""
    if not how or column is None:
        return filled.text("")
    return filled.coded(["", how], column.value.is_valid().cast(pa.int8()).to_numpy(False).astype(np.int32))
