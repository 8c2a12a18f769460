"""Small internal tables for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from fullpicture.core.figure import FIGURE_SCHEMA, Figure
from fullpicture.core.table import COVERAGE_SCHEMA, Description, InternalTable, SourceNote

OURS = SourceNote("returns", "Returns")
OFFICIAL = SourceNote("tables", "Tables", "Home Office", "https://www.gov.uk", "OGL", published=True)
DESCRIPTION = Description(
    indicator="crimes",
    title="Crimes",
    definition="Crimes",
    population="Crimes",
    period="2024",
    place_level="police force area",
    unit="count",
    sources=(OURS,),
)
BLANK = Figure(
    "crimes", "A", "A", "police force area", "2024", "calendar", "", "",
    None, None, None, None, None, "count", "", "", "returns",
)  # fmt: skip


def table_of(figures: Sequence[Figure], **description: object) -> InternalTable:
    """A table of figures, described as told."""
    columns = list(zip(*figures, strict=True))
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FIGURE_SCHEMA, strict=True)]
    given = replace(DESCRIPTION, **description)  # type: ignore[arg-type]
    return InternalTable(given, pa.table(arrays, schema=FIGURE_SCHEMA), COVERAGE_SCHEMA.empty_table())


def internal_table(counts: Sequence[tuple[str, float]], **description: object) -> InternalTable:
    """A table of counts by area."""
    figures = [BLANK._replace(area_code=code, area_name=code, value=value) for code, value in counts]
    return table_of(figures, **description)
