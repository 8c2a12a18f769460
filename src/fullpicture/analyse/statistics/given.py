"""What a caller may give: an Ibis table, or anything that Ibis can make one of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullpicture.core.engine import connect
from fullpicture.core.errors import SourceRefused, UsageError

_SAMPLE = 200_000
"""Rows of a CSV file by which its columns' types are told."""


def as_ibis(table: Any, as_text: bool = False) -> ir.Table:
    """A table as an Ibis table; a path is that of a CSV or Parquet file.

    Args:
        as_text: leave what a CSV file has as the texts that they are, leading zeros included.

    Raises:
        UsageError: it is nothing that Ibis can read.
        SourceRefused: the file is not there, or is no such table.
    """
    if isinstance(table, ir.Table):
        return table
    if isinstance(table, (str, Path)):
        return _read(Path(table), as_text)
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


def _read(path: Path, as_text: bool) -> ir.Table:
    if not path.is_file():
        raise SourceRefused(str(path), "there is no such file.", "Check the path.")
    engine = connect("duckdb")
    with _read_in_order(path.name):
        if path.suffix.lower() in (".parquet", ".pq"):
            return engine.read_parquet(path)
        return engine.read_csv(path, sample_size=_SAMPLE, all_varchar=as_text)


def as_arrow(table: Any) -> pa.Table:
    """A table in memory; an Ibis one is asked of its engine."""
    if isinstance(table, pa.Table):
        return table
    with _read_in_order("the table"):
        return as_ibis(table).to_pyarrow()


@contextmanager
def _read_in_order(where: str) -> Iterator[None]:
    """What DuckDB says of a file quotes its rows: it is never shown."""
    try:
        yield
    except Exception as failed:
        if type(failed).__module__.partition(".")[0] not in ("duckdb", "_duckdb"):
            raise
        raise SourceRefused(
            where,
            "it cannot be read as one table with a type for each column.",
            "Save it as CSV in UTF-8 with one line of headers, or as Parquet.",
        ) from None


def as_numbers(table: pa.Table, column: str, what: str) -> npt.NDArray[np.float64]:
    """A column as floating numbers; a missing one is NaN.

    Raises:
        UsageError: something in it is no number.
    """
    try:
        numbers = table[column].cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise UsageError(
            f"{what} {column}: this is a column of {table[column].type}, not of numbers alone. "
            "Mend the values that are none, or name another column."
        ) from None
    return np.asarray(numbers.fill_null(np.nan).to_numpy(), dtype=np.float64)


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
