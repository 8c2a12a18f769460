"""`run.json`: what went in, what was kept and refused, with which versions, in what time."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from fullpicture.programme.sources import Intake

_LIBRARIES = ("fullpicture", "ibis-framework", "duckdb", "pyarrow", "sqlglot")


def run_record(intake: Intake, timings: Mapping[str, float]) -> dict[str, Any]:
    """The record of a build; only `timings` differs between two builds of the same inputs."""
    returns = {id_: _counts(one.rows_in, one.rows_kept, one.refused) for id_, one in intake.returns.items()}
    collected = {id_: delivery.collected for id_, delivery in intake.sources.items()}
    sources = {id_: _counts(one.rows_in, one.rows_kept, one.refused) for id_, one in collected.items()}
    return {
        "inputs": [{"path": path, "sha256": sha256} for path, sha256 in intake.files],
        "sources": returns | sources,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }


def _counts(rows_in: int, rows_kept: int, refused: Mapping[str, int]) -> dict[str, Any]:
    return {"rows_in": rows_in, "rows_kept": rows_kept, "rows_refused": dict(sorted(refused.items()))}
