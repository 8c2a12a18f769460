"""What changed when a force delivered again: rows new, revised and withdrawn, and in which fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fullpicture.core.engine import connect
from fullpicture.core.errors import UsageError

PLACE = ("file", "row")
"""Columns of every table of records that say where a row stands."""

_NOT_MEANT = ("__raw", "__rule")
_AT_ONCE = 100_000
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Differences:
    """How two deliveries of the same thing differ.

    `same + revised + withdrawn` are the old rows, and `same + revised + new` the new ones.

    Args:
        rows: one row per difference, without values: `change` (new, revised, withdrawn); `file` and `row`
            now; `old_file` and `old_row`, where it was; `fields` revised, separated by `|`.
        columns_new, columns_gone: columns that only one of the two has; they are not compared.
    """

    same: int
    new: int
    revised: int
    withdrawn: int
    rows: pa.Table
    columns_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()


def differences(old: pa.Table, new: pa.Table, key: Sequence[str]) -> Differences:
    """Compares two deliveries, row by row.

    Rows alike in every compared column are the same row, as often as both deliveries have them, wherever in a
    file they stand. Of the others, an old and a new row with the same key are one row, revised; where several
    share a key they are taken in the order of file and row. The rest was withdrawn, or is new. A row without
    a key (any part of it empty) is therefore never called revised: nothing says which row it was.

    Compared are the columns that both have, but `file`, `row`, and of canonical records the raw texts and the
    ids of mapping rules: a force that begins to write "F" for "Female", or an analyst who maps it otherwise
    to the same value, revises nothing.

    Args:
        key: columns that say which row is which, `["crime_ref"]`.

    Raises:
        UsageError: a table has no such column, or not `file` and `row`.

    Examples:
        >>> old = pa.table({"file": ["a"] * 2, "row": [2, 3], "id": ["x", "y"], "outcome": ["14", "1"]})
        >>> new = pa.table({"file": ["a"] * 2, "row": [2, 3], "id": ["z", "x"], "outcome": ["1", "16"]})
        >>> differences(old, new, ["id"]).rows.to_pylist()[1]["fields"]
        'outcome'
    """
    for table in (old, new):
        if absent := [name for name in (*PLACE, *key) if name not in table.column_names]:
            raise UsageError(f"A delivery to compare has no column {', '.join(absent)}. Name a key it has.")
    compared = _compared(old, new)
    was, now = _pairs(old, new, compared, key)
    fields = pa.chunked_array(_fields(old, new, was, now, compared), pa.string())
    revised = pc.not_equal(fields, "").to_numpy()
    rows = [
        _listed("new", None, new.take(_others(new, now))),
        _listed("revised", old.take(was[revised]), new.take(now[revised]), fields.filter(pa.array(revised))),
        _listed("withdrawn", old.take(_others(old, was)), None),
    ]
    counts = [part.num_rows for part in rows]
    in_old, in_new = set(old.column_names), set(new.column_names)
    return Differences(
        len(was) - counts[1],
        counts[0],
        counts[1],
        counts[2],
        pa.concat_tables(rows),
        tuple(name for name in new.column_names if name not in in_old),
        tuple(name for name in old.column_names if name not in in_new),
    )


def _compared(old: pa.Table, new: pa.Table) -> tuple[str, ...]:
    both = set(old.column_names) - set(PLACE)
    return tuple(name for name in new.column_names if name in both and not name.endswith(_NOT_MEANT))


def _pairs(
    old: pa.Table, new: pa.Table, compared: Sequence[str], key: Sequence[str]
) -> tuple[Places, Places]:
    """Which old row is which new one: alike first, then by key; in the order of the new rows.

    Rows are taken for alike by a hash of 64 bits. Should two differ all the same, `_fields` sees it, and they
    are listed as revised.
    """
    engine = connect()
    try:
        before, after = (
            engine.create_table(name, _narrow(table, compared, key), temp=True)
            for name, table in (("old_rows", old), ("new_rows", new))
        )
        before, after = _counted(before, ["alike"]), _counted(after, ["alike"])
        left = [one.anti_join(other, ["alike", "nth"]) for one, other in ((before, after), (after, before))]
        was, now = (_counted(rows.filter(rows.key.notnull()), ["key"]) for rows in left)
        pairs = ibis.union(_matched(before, after, "alike"), _matched(was, now, "key"))
        found = pairs.order_by("now").to_pyarrow()
    finally:
        engine.disconnect()
    return found["was"].to_numpy(), found["now"].to_numpy()


def _narrow(table: pa.Table, compared: Sequence[str], key: Sequence[str]) -> ir.Table:
    """A row's index, its place, its key as one text (null where a part is empty), a hash of what it says."""
    columns = list(dict.fromkeys([*PLACE, *key, *compared]))
    names = {
        name: f"c{place}" for place, name in enumerate(columns)
    }  # to DuckDB "Ref" and "ref" are the same
    numbered = table.select(columns).rename_columns([*names.values()])
    rows = ibis.memtable(numbered.append_column("index", pa.array(np.arange(table.num_rows))))
    parts = [rows[names[name]].cast("string").nullif("") for name in key]
    whole = parts[0].length().cast("string").concat(" ", parts[0])
    for part in parts[1:]:
        whole = whole.concat(" ", part.length().cast("string"), " ", part)
    said = ibis.struct({names[name]: rows[names[name]].cast("string") for name in compared})
    file, row = (rows[names[name]].cast(kind) for name, kind in zip(PLACE, ("string", "int64"), strict=True))
    return rows.select(file=file, row=row, index=rows.index, key=whole, alike=said.hash())


def _counted(rows: ir.Table, by: Sequence[str]) -> ir.Table:
    """Rows that share something, numbered in the order of file and row."""
    window = ibis.window(group_by=list(by), order_by=["file", "row", "index"])
    return rows.mutate(nth=ibis.row_number().over(window))


def _matched(before: ir.Table, after: ir.Table, by: str) -> ir.Table:
    both = before.join(after, [before[by] == after[by], before.nth == after.nth])
    return both.select(was=before.index, now=after.index)


def _fields(
    old: pa.Table, new: pa.Table, was: Places, now: Places, compared: Sequence[str]
) -> Iterator[pa.Array]:
    """For each pair the fields in which its rows differ, separated by `|`; "" where they do not."""
    columns: dict[str, list[str]] = {}
    for name in compared:
        columns.setdefault(name.split("__")[0], []).append(name)
    for start in range(0, len(was), _AT_ONCE):
        before, after = (
            _rows(table.select(list(compared)), places[start : start + _AT_ONCE])
            for table, places in ((old, was), (new, now))
        )
        yield _changed(before, after, columns)


def _rows(table: pa.Table, places: Places) -> pa.Table:
    """Rows by index; without copying them where they follow each other, as they nearly always do."""
    first, last = int(places[0]), int(places[-1])
    if last - first + 1 == len(places) and (np.diff(places) == 1).all():
        return table.slice(first, len(places))
    return table.take(places)


def _changed(before: pa.Table, after: pa.Table, columns: Mapping[str, Sequence[str]]) -> pa.Array:
    fields = pa.array([""] * before.num_rows, pa.string())
    for field, names in columns.items():
        masks = [_differ(before[name], after[name]) for name in names]
        changed = masks[0]
        for mask in masks[1:]:
            changed = pc.or_(changed, mask)
        if pc.any(changed).as_py():
            longer = pc.if_else(pc.equal(fields, ""), field, pc.binary_join_element_wise(fields, field, "|"))
            fields = pc.if_else(changed, longer, fields)
    return fields


def _differ(before: pa.ChunkedArray, after: pa.ChunkedArray) -> pa.Array:
    """Where two columns say something else; nothing and nothing are the same."""
    one, other = _plain(before), _plain(after)
    if one.type != other.type or pa.types.is_floating(one.type):
        one, other = one.cast(pa.string()), other.cast(pa.string())
    only_one_is_empty = pc.xor(pc.is_null(one), pc.is_null(other))
    return pc.fill_null(pc.not_equal(one, other), only_one_is_empty)


def _plain(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    return whole.dictionary_decode() if pa.types.is_dictionary(whole.type) else whole


def _others(table: pa.Table, taken: Places) -> Places:
    """The rows that are in no pair."""
    left = np.ones(table.num_rows, bool)
    left[taken] = False
    return np.flatnonzero(left)


def _listed(
    change: str, before: pa.Table | None, after: pa.Table | None, fields: pa.ChunkedArray | None = None
) -> pa.Table:
    """Differences of one kind, in the order of file and row."""
    count = next(table.num_rows for table in (before, after) if table is not None)
    nowhere = {"file": pa.nulls(count, pa.string()), "row": pa.nulls(count, pa.int64())}
    was, now = (nowhere if table is None else table for table in (before, after))
    rows = pa.table(
        {
            "change": pa.array([change] * count, pa.string()),
            "file": now["file"].cast(pa.string()),
            "row": now["row"].cast(pa.int64()),
            "old_file": was["file"].cast(pa.string()),
            "old_row": was["row"].cast(pa.int64()),
            "fields": pa.array([""] * count, pa.string()) if fields is None else fields,
        }
    )
    return rows.sort_by([(name, "ascending") for name in ("file", "row", "old_file", "old_row")])
