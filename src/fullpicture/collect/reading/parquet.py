"""Parquet: every cell as the text a spreadsheet would show."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused


def read_parquet(path: Path, reading: Reading, name: str) -> Delivered:
    """The records of a file; `row` is the record's number plus one, as if there were a header line."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        mend = "Send it again; it may have been cut short."
        raise SourceRefused(name, "this is not a whole Parquet file.", mend) from error
    if not table.num_rows:
        raise SourceRefused(name, "there is no record in it.", "Send the file with its records.")
    columns = {"row": pa.array(range(2, table.num_rows + 2), pa.int64())}
    columns |= {column: _as_text(table[column]) for column in table.column_names}
    return Delivered(name, "", pa.table(columns), table.num_rows)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type) and _is_whole(column):
        column = column.cast(pa.int64())
    return pc.fill_null(column.cast(pa.string()), "")


def _is_whole(column: pa.ChunkedArray) -> bool:
    """Whether every number is whole, so that 20323.0 reads 20323."""
    finite = pc.all(pc.is_finite(column)).as_py()
    small = pc.all(pc.less(pc.abs(column), 2.0**53)).as_py()
    return (
        finite is not False
        and small is not False
        and pc.all(pc.equal(column, pc.trunc(column))).as_py() is not False
    )
