"""The engine under test: DuckDB, or what FULLPICTURE_ENGINE names (make test-postgres, make test-spark)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fullpicture.core.engine import connect

MakeTable = Callable[[str, pa.Table], ir.Table]


@pytest.fixture(scope="session")
def engine() -> Iterator[ibis.BaseBackend]:
    """A connection to the engine; PostgreSQL's address comes from the environment."""
    name = os.environ.get("FULLPICTURE_ENGINE", "duckdb")
    options = {}
    if name == "postgres":
        options = {"host": os.environ["PGHOST"], "user": os.environ["PGUSER"], "database": "postgres"}
    backend = connect(name, **options)
    yield backend
    backend.disconnect()


@pytest.fixture
def make_table(engine: ibis.BaseBackend, tmp_path: Path) -> Iterator[MakeTable]:
    """Makes a table in the engine; it is dropped after the test.

    Spark reads it from a Parquet file: given from memory, a column of whole numbers with one missing arrives
    with all of them missing (Ibis 12.0.0; docs/decisions/0003-engine-guards.md).
    """
    made: list[str] = []

    def make(name: str, content: pa.Table) -> ir.Table:
        made.append(name)
        if engine.name != "pyspark":
            return engine.create_table(name, content, overwrite=True)
        pq.write_table(content, tmp_path / f"{name}.parquet")
        return engine.read_parquet(tmp_path / f"{name}.parquet", table_name=name)

    yield make
    for name in made:
        (engine.drop_view if engine.name == "pyspark" else engine.drop_table)(name)


def pytest_report_header() -> str:
    return f"engine: {os.environ.get('FULLPICTURE_ENGINE', 'duckdb')}"
