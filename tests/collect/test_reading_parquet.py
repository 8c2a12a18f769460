"""Parquet: what a CSV file with the same records would have said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fullpicture.collect.reading import columnar, read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused


def written(path: Path, table: pa.Table) -> Path:
    pq.write_table(table, path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SourceRefused) as refused:
        read(path, Reading())
    return str(refused.value)


def test_every_kind_of_value_is_text(tmp_path: Path) -> None:
    columns = {
        "double": (pa.array([20323.0, None, 0.1, float("nan"), -1e22]), ["20323", "", "0.1", "", "-1e+22"]),
        "single": (pa.array([0.1, 2.0, None, 3.5, 0.0], pa.float32()), ["0.1", "2", "", "3.5", "0"]),
        "integer": (pa.array([1, -2, None, 0, 5]), ["1", "-2", "", "0", "5"]),
        "truth": (pa.array([True, False, None, True, True]), ["true", "false", "", "true", "true"]),
        "text": (pa.array(["[c]", "", None, "é", "c"], pa.large_string()), ["[c]", "", "", "é", "c"]),
        "code": (pa.array(["a", "b", None, "a", "a"]).dictionary_encode(), ["a", "b", "", "a", "a"]),
        "day": (pa.array([date(2024, 3, 1)] * 4 + [None]), ["2024-03-01"] * 4 + [""]),
        "moment": (
            pa.array(
                [
                    datetime(2024, 3, 1),
                    datetime(2024, 3, 1, 4, 5),
                    None,
                    datetime(1960, 1, 1, 0, 0, 0, 5),
                    None,
                ]
            ),
            ["2024-03-01", "2024-03-01T04:05:00", "", "1960-01-01T00:00:00.000005", ""],
        ),
        "none": (pa.nulls(5), [""] * 5),
    }
    path = written(
        tmp_path / "kinds.parquet", pa.table({name: values for name, (values, _) in columns.items()})
    )
    found = read(path, Reading())
    expected = {"row": [2, 3, 4, 5, 6]} | {name: text for name, (_, text) in columns.items()}
    assert (found.rows.to_pydict(), found.texts.to_pydict()) == (expected, expected)
    assert found.texts.schema.types == [pa.int64(), *[pa.string()] * len(columns)]
    assert (found.rows_in, found.refused, found.problems) == (5, {}, ())


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "kent.parquet", pa.table({"a": list(range(9999))}))
    content = path.read_bytes()
    for broken in (
        b"",
        b"PAR1",
        content[: len(content) // 2],
        b"x" * 99 + content[99:],
        content[:4] + content[200:],
    ):
        path.write_bytes(broken)
        assert "cut short or damaged" in refusal(path)


def test_no_damage_to_one_byte_is_anything_but_read_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "kent.parquet", pa.table({"a": ["x", "y"] * 50, "n": [1.0, 2.5] * 50}))
    content = path.read_bytes()
    for position in range(4, len(content), 5):
        path.write_bytes(content[:position] + bytes([content[position] ^ 0xFF]) + content[position + 1 :])
        try:
            read(path, Reading())
        except SourceRefused:
            continue


def test_a_file_without_records_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "none.parquet", pa.table({"a": pa.array([], pa.string())}))
    assert "it has no rows" in refusal(path)


def test_values_that_are_no_cells_name_their_column(tmp_path: Path) -> None:
    path = written(tmp_path / "lists.parquet", pa.table({"a": [1], "tags": [{"x": [1, 2]}]}))
    assert "lists.parquet, column tags: its values are not" in refusal(path)


def test_a_small_file_of_more_cells_than_memory_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "many.parquet", pa.table({"a": ["x"] * 1000, "b": ["y"] * 1000}))
    monkeypatch.setattr(columnar, "PARQUET_CELL_LIMIT", 1999)
    assert "it has 2,000 cells; at most 1,999 are read" in refusal(path)


def test_a_long_text_repeated_is_refused_before_it_is_written_out(tmp_path: Path) -> None:
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), pa.array(["x" * 1024 * 1024]))
    path = written(tmp_path / "long.parquet", pa.table({"a": long}))
    assert "more than 512 MiB of text" in refusal(path)
