"""Parquet: every column as the text that a CSV file would have had; a text that comes again is held once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading.header import column_names
from fullpicture.collect.reading.limits import MIB, PARQUET_CELL_LIMIT, TEXT_LIMIT
from fullpicture.core.errors import SourceRefused

_CODED = pa.dictionary(pa.int32(), pa.string())
_WHOLE_BELOW = 1e15
"""Whole numbers of this size and more are not exact in a double."""


def read_parquet(path: Path, file: str) -> Delivered:
    """The records of a Parquet file; a record's row is its number plus one, as if under a header line.

    Raises:
        SourceRefused: damaged, without records, larger than any delivery, or with values that are not cells.
    """
    try:
        table = _table(path, file)
    except (pa.ArrowException, OSError, MemoryError, ValueError):
        mend = "Deliver the file again; check that it is Parquet and whole, and that its name is right."
        raise SourceRefused(file, "it is cut short or damaged, or is not a Parquet file.", mend) from None
    names = column_names(table.column_names, file)
    if not table.num_rows:
        raise SourceRefused(file, "it has no rows.", "Deliver the file again with its rows, or leave it out.")
    _check_length(table, file)
    columns = [_as_text(column, name, file) for name, column in zip(names, table.columns, strict=True)]
    numbers = pa.array(np.arange(2, table.num_rows + 2), pa.int64())
    return Delivered(file, "", pa.table([numbers, *columns], names=["row", *names]), table.num_rows)


def _table(path: Path, file: str) -> pa.Table:
    """Text columns stay codes with a dictionary: a value repeated a million times is held once.

    With one thread, because returns are read by a process for each core.
    """
    with pq.ParquetFile(path) as parquet:
        cells = parquet.metadata.num_rows * parquet.metadata.num_columns
        if cells > PARQUET_CELL_LIMIT:
            what = f"it has {cells:,} cells; at most {PARQUET_CELL_LIMIT:,} are read."
            raise SourceRefused(file, what, "Deliver it in parts, one year in each.")
        texts = [field.name for field in parquet.schema_arrow if _is_text(field.type)]
    with pq.ParquetFile(path, read_dictionary=texts, page_checksum_verification=True) as parquet:
        table = parquet.read(use_threads=False)
    table.validate(full=True)  # codes that no text has, and texts that are not UTF-8
    return table


def _check_length(table: pa.Table, file: str) -> None:
    length = sum(_length(column) for column in table.columns if pa.types.is_dictionary(column.type))
    if length > TEXT_LIMIT:
        what = f"it unpacks to more than {TEXT_LIMIT // MIB} MiB of text."
        raise SourceRefused(file, what, "Deliver it in parts, one year in each.")


def _length(column: pa.ChunkedArray) -> int:
    lengths = (pc.take(pc.binary_length(chunk.dictionary), chunk.indices) for chunk in column.chunks)
    return sum(pc.sum(length).as_py() or 0 for length in lengths)


def _as_text(column: pa.ChunkedArray, name: str, file: str) -> pa.ChunkedArray:
    try:
        if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
            return pa.chunked_array([_coded(chunk) for chunk in column.chunks], _CODED)
        return pc.fill_null(_text(column), "")
    except (pa.ArrowException, MemoryError):
        what = "its values are not numbers, text, dates or truth values."
        raise SourceRefused(f"{file}, column {name}", what, "Deliver one plain value in each cell.") from None


def _coded(codes: pa.DictionaryArray) -> pa.DictionaryArray:
    """Nothing is an empty text."""
    texts, numbers = codes.dictionary.cast(pa.string()), codes.indices.cast(pa.int32())
    if numbers.null_count:
        empty = pc.index(texts, "").as_py()
        if empty < 0:
            empty, texts = len(texts), pa.concat_arrays([texts, pa.array([""])])
        numbers = numbers.fill_null(empty)
    return pa.DictionaryArray.from_arrays(numbers, texts)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type):
        return _numbers(column)
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        return _moments(column)
    if pa.types.is_time(column.type):
        return _without_idle_fraction(pc.cast(column, pa.string()))
    return pc.cast(column, pa.string())


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers without ".0", no number as nothing."""
    column = pc.if_else(pc.is_nan(column), None, column)
    whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), _WHOLE_BELOW))
    as_whole = pc.cast(pc.if_else(whole, column, None), pa.int64())
    return pc.coalesce(pc.cast(as_whole, pa.string()), pc.cast(column, pa.string()))


def _moments(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """ISO 8601; a moment that is the start of a day is the day alone."""
    days = pc.cast(column, pa.date32(), safe=False)
    is_day = pc.equal(pc.cast(days, column.type), column)
    text = _without_idle_fraction(pc.replace_substring(pc.cast(column, pa.string()), " ", "T"))
    return pc.if_else(is_day, pc.cast(days, pa.string()), text)


def _without_idle_fraction(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column, r"\.0+$", "")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind))
