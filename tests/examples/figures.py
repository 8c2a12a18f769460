"""Figures of a build by id, as they stand in `figures.csv` of both editions."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
"""The published files, beside the checkout."""

Editions = dict[str, dict[str, dict[str, str]]]


def by_id(build: Path) -> Editions:
    """Rows of `figures.csv` by edition and by id (kind and period with a slash between them)."""
    return {edition: _figures(build / edition / "figures.csv") for edition in ("internal", "public")}


def _figures(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = ("indicator", "area_code", "period_kind", "period", "breakdown", "category")
    return {"/".join(row[key] for key in keys): row for row in rows}
