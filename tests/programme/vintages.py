"""A small delivery of Kent's, put into a store again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from fullpicture.core.problem import Problem
from fullpicture.programme.vintages import Contents, Store, Vintage

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PROBLEM = Problem("kent.csv", "", 3, "outcome", "OUT-001", "warn", "There is a day and no type.", "Give it.")


SCHEMA = pa.schema({"file": pa.string(), "row": pa.int64(), "ref": pa.string(), "outcome": pa.string()})


def records(*outcomes: str) -> pa.Table:
    rows = enumerate(outcomes, start=2)
    return pa.Table.from_pylist(
        [{"file": "kent.csv", "row": row, "ref": f"ref-{row}", "outcome": outcome} for row, outcome in rows],
        SCHEMA,
    )


def put(store: Store, sha: str, rows: pa.Table, at: datetime = AT, key: str = "mapping") -> Vintage:
    contents = Contents([("kent.csv", sha)], key, {"records": rows}, {"in": rows.num_rows}, [PROBLEM])
    return store.put("kent", contents, at)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
