"""Tables as Parquet files that are on the disk when a function returns, and checked when they are read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.problem import PROBLEM_COLUMNS, Problem

Rows: TypeAlias = pa.Table | pa.RecordBatchReader
_ROWS_A_GROUP = 262_144
_AS_KEPT = {"compression": "zstd", "write_page_checksum": True, "write_statistics": False}
"""Whole tables are read, so that the least and the most of each column would be written for nobody."""
_PROBLEM_SCHEMA = pa.schema(
    [(name, pa.int64() if name == "row" else pa.string()) for name in PROBLEM_COLUMNS]
)


def write_rows(path: Path, rows: Rows) -> int:
    """Writes a table, or batches as they come, and says how many rows that were.

    Every page carries a checksum, so that a bit that turned over on the disk is not read as somebody's age.
    """
    count = 0
    rows = _filled(rows) if isinstance(rows, pa.Table) else rows
    with pq.ParquetWriter(path, rows.schema, **_AS_KEPT, **_encodings(rows.schema)) as writer:
        for group in _groups(rows):
            writer.write_table(group, row_group_size=_ROWS_A_GROUP)
            count += group.num_rows
    _flush(path)
    return count


def read_rows(path: Path, columns: Sequence[str] | None, where: str) -> pa.Table:
    """The rows, or some columns of them.

    Raises:
        ProgrammeRefused: the file is missing, or damaged.
    """
    chosen = None if columns is None else list(columns)
    try:
        return _nullable(pq.ParquetFile(path, page_checksum_verification=True).read(chosen))
    except (OSError, pa.ArrowInvalid):
        what = "the records of this delivery are missing or damaged."
        mend = "Put the folder back from a copy, or remove it and load the source again."
        raise ProgrammeRefused([Mistake(where, what, mend)]) from None


def problem_table(problems: Sequence[Problem]) -> pa.Table:
    """Problems as a table, one row each."""
    columns = zip(*problems, strict=True) if problems else [()] * len(PROBLEM_COLUMNS)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _PROBLEM_SCHEMA.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_PROBLEM_SCHEMA)


def problems_in(table: pa.Table) -> tuple[Problem, ...]:
    """The problems of such a table."""
    return tuple(Problem(**row) for row in table.to_pylist())


def _filled(table: pa.Table) -> pa.Table:
    """The table with its columns without nulls declared so: of them nothing need be written of each row."""
    filled = [
        field.with_nullable(column.null_count > 0)
        for field, column in zip(table.schema, table.columns, strict=True)
    ]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(filled, table.schema.metadata))


def _nullable(table: pa.Table) -> pa.Table:
    """The table as it was: tables of two deliveries can be put together whichever of them has nulls."""
    fields = [field.with_nullable(True) for field in table.schema]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields, table.schema.metadata))


def _encodings(schema: pa.Schema) -> dict[str, Any]:
    """Numbers of rows are each other's neighbours and never come again, so that steps say them best."""
    stepped = [field.name for field in schema if field.type == pa.int64()]
    others = [field.name for field in schema if field.name not in stepped]
    return {"use_dictionary": others, "column_encoding": dict.fromkeys(stepped, "DELTA_BINARY_PACKED")}


def _groups(rows: Rows) -> Iterator[pa.Table]:
    """A table as it is; batches gathered into row groups."""
    if isinstance(rows, pa.Table):
        yield rows
        return
    waiting: list[pa.RecordBatch] = []
    for batch in rows:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= _ROWS_A_GROUP:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
