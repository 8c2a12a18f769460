"""The only place that connects to an engine and the only place that divides."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from fullpicture.core.errors import EngineMissing

ENGINES = ("duckdb", "postgres", "spark")


def connect(engine: str = "duckdb", **options: Any) -> ibis.BaseBackend:
    """A connection to DuckDB in process (the default), PostgreSQL or Spark.

    Args:
        engine: one of `ENGINES`.
        options: for PostgreSQL `host`, `port`, `user`, `password`, `database`; for Spark `session`.

    Raises:
        EngineMissing: the engine's extra is not installed, or it does not answer.
    """
    if engine not in ENGINES:
        raise EngineMissing(f'engine "{engine}" is not known. Use one of {", ".join(ENGINES)}.')
    try:
        if engine == "duckdb":
            return ibis.duckdb.connect(**options)
        if engine == "postgres":
            return ibis.postgres.connect(**options)
        return ibis.pyspark.connect(**options)
    except ImportError as missing:
        raise EngineMissing(
            f"engine {engine} is not installed. Run: pip install 'fullpicture[{engine}]'"
        ) from missing


def divide(numerator: ir.NumericValue, denominator: ir.NumericValue) -> ir.FloatingValue:
    """Division that means the same on every engine: never whole-number division, null where it is by zero.

    Plain `/` between two whole-number columns gave 0.0 for every row on PostgreSQL when the numerator was
    also selected; measured, see docs/decisions/0003-engine-guards.md.
    """
    return numerator.cast("float64") / denominator.cast("float64").nullif(0.0)
