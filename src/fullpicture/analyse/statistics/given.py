"""What a caller may give: an Ibis table, or anything that Ibis can make one of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.core.engine import connect
from fullpicture.core.errors import SourceRefused, UsageError

_SAMPLE = 200_000
"""Rows of a CSV file by which its columns' types are told."""


def as_ibis(table: Any) -> ir.Table:
    """A table as an Ibis table; a path is that of a CSV or Parquet file.

    Raises:
        UsageError: it is nothing that Ibis can read.
        SourceRefused: the file is not there.
    """
    if isinstance(table, ir.Table):
        return table
    if isinstance(table, (str, Path)):
        return _read(Path(table))
    try:
        return ibis.memtable(_in_memory(table))
    except (TypeError, ValueError, NotImplementedError) as no_table:
        kind = type(table).__name__
        raise UsageError(
            f"{kind}: this is no table. "
            "Give an Ibis, pandas or Arrow table, or the path of a CSV or Parquet file."
        ) from no_table


def _in_memory(table: Any) -> Any:
    """Frames as Arrow tables: given pandas 3 itself, Ibis 12.0.0 warns of an option that pandas gives up."""
    if type(table).__module__.partition(".")[0] == "pandas":
        return pa.Table.from_pandas(table, preserve_index=False)
    if isinstance(table, (pa.Table, dict)) or hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    return table


def _read(path: Path) -> ir.Table:
    if not path.is_file():
        raise SourceRefused(str(path), "there is no such file.", "Check the path.")
    engine = connect("duckdb")
    if path.suffix.lower() in (".parquet", ".pq"):
        return engine.read_parquet(path)
    return engine.read_csv(path, sample_size=_SAMPLE)


def as_arrow(table: Any) -> pa.Table:
    """A table in memory; an Ibis one is asked of its engine."""
    if isinstance(table, pa.Table):
        return table
    try:
        return as_ibis(table).to_pyarrow()
    except Exception as failed:
        if type(failed).__module__.partition(".")[0] not in ("duckdb", "_duckdb"):
            raise
        raise SourceRefused(
            "the table",
            "a value does not fit the type of its column.",
            "Give the column one type throughout.",
        ) from None


def need(table: ir.Table | pa.Table, columns: Sequence[str], what: str) -> None:
    """Refuses a table that lacks columns, naming all of them and the ones that there are.

    Raises:
        UsageError: at least one is not there.
    """
    there = list(table.columns if isinstance(table, ir.Table) else table.schema.names)
    missing = [name for name in columns if name not in there]
    if missing:
        raise UsageError(
            f"{what}: there is no column {', '.join(missing)}. The table has {', '.join(there) or 'none'}."
        )
