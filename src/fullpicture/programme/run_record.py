"""`run.json`: what went in, what was kept and refused, with which versions, in what time."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from fullpicture.programme.sources import Delivery

_LIBRARIES = ("fullpicture", "ibis-framework", "duckdb", "pyarrow", "sqlglot")


def run_record(found: Mapping[str, Delivery], timings: Mapping[str, float]) -> dict[str, Any]:
    """The record of a build; only `timings` differs between two builds of the same inputs."""
    files = sorted({file for delivery in found.values() for file in delivery.files})
    return {
        "inputs": [{"path": path, "sha256": sha256} for path, sha256 in files],
        "sources": {id_: _counts(delivery) for id_, delivery in found.items()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}},
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }


def _counts(delivery: Delivery) -> dict[str, Any]:
    collected = delivery.collected
    return {
        "rows_in": collected.rows_in,
        "rows_kept": collected.rows_kept,
        "rows_refused": dict(sorted(collected.refused.items())),
    }
