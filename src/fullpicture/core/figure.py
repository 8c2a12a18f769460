"""The figure: one published number, or the reason there is none."""

from __future__ import annotations

from typing import Any, NamedTuple

import pyarrow as pa

from fullpicture.core.absence import Absence
from fullpicture.core.period import Period, PeriodKind

FIGURE_COLUMNS = (
    "indicator", "area_code", "area_name", "area_level", "period", "period_kind", "breakdown", "category",
    "value", "lower", "upper", "numerator", "denominator", "unit", "absence", "note", "source",
)  # fmt: skip
"""Columns of `figures.csv`, in order (design/contracts.md, "Figures")."""

_NUMBERS = {"value", "lower", "upper", "numerator", "denominator"}

FIGURE_SCHEMA = pa.schema(
    [pa.field(name, pa.float64() if name in _NUMBERS else pa.string()) for name in FIGURE_COLUMNS]
    + [pa.field("remark", pa.string())]
)
"""A table of figures in memory: the columns of `figures.csv`, then `remark`, a sentence that goes to
`remarks.csv` (why a change is refused, which areas a total covers, why a year is blank). Text columns hold
"" where empty; number columns hold null."""


class Figure(NamedTuple):
    """One row of a table of figures; field order is that of `FIGURE_SCHEMA`."""

    indicator: str
    area_code: str
    area_name: str
    area_level: str
    period: str
    period_kind: PeriodKind
    breakdown: str
    category: str
    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    absence: str
    note: str
    source: str
    remark: str = ""

    @property
    def id(self) -> str:
        """`indicator/area_code/period_kind:period/breakdown/category`; empty parts stay empty."""
        return "/".join((
            self.indicator, self.area_code, f"{self.period_kind}:{self.period}", self.breakdown, self.category
        ))  # fmt: skip

    @property
    def when(self) -> Period:
        """The period as a noun with days."""
        return Period(self.period_kind, self.period)

    @property
    def why_absent(self) -> Absence | None:
        """The typed absence, or None where there is a value to show."""
        return Absence(self.absence) if self.absence else None


def to_figures(table: pa.Table) -> list[Figure]:
    """The rows of a table of figures, in its order."""
    columns = [cells_of(table.column(name)) for name in FIGURE_SCHEMA.names]
    return list(map(Figure._make, zip(*columns, strict=True)))


def cells_of(column: pa.ChunkedArray) -> list[Any]:
    """The cells of a column; equal texts are one object, and a table of figures repeats most of its texts."""
    if not pa.types.is_string(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    encoded = column.combine_chunks().dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    return [None if place is None else texts[place] for place in encoded.indices.to_pylist()]
