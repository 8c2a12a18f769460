"""The comparison: an area's latest figure beside all that it may be read against, or why it may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pyarrow as pa

from fullpicture.core.figure import FIGURE_SCHEMA, cells_of
from fullpicture.core.period import PeriodKind

Label = Literal["better", "similar", "worse", "not compared"]
Trend = Literal["increasing", "decreasing", "no significant change", "not compared"]
Judgement = Literal["better", "worse", ""]


class Comparison(NamedTuple):
    """One row of `comparisons.csv`: an indicator's latest period in one area (docs/comparison.md).

    Whatever is missing has its reason beside it, in the column that ends in `_why`.
    """

    indicator: str
    area_code: str
    area_name: str
    area_level: str
    period: str
    period_kind: PeriodKind
    value: float | None
    lower: float | None
    upper: float | None
    unit: str
    absence: str
    basis: Literal["figure", "sum of authorities"]
    england_value: float | None
    england_label: Label
    england_why: str
    region_code: str
    region_value: float | None
    sub_region_code: str
    sub_region_value: float | None
    neighbours_median: float | None
    neighbours_with_value: int
    neighbours_listed: int
    neighbours: str
    neighbours_closeness: str
    neighbours_why: str
    police_area_code: str
    police_area_value: float | None
    police_area_why: str
    rank: int | None
    ranked: int
    quartile: int | None
    rank_why: str
    change: float | None
    change_unit: str
    change_from: str
    change_before: float | None
    change_why: str
    trend: Trend
    trend_is: Judgement
    trend_from: str
    trend_why: str


_NUMBERS = {
    "value", "lower", "upper", "england_value", "region_value", "sub_region_value", "neighbours_median",
    "police_area_value", "change", "change_before",
}  # fmt: skip
_WHOLE = {"neighbours_with_value", "neighbours_listed", "rank", "ranked", "quartile"}


def _kind(name: str) -> pa.DataType:
    return pa.float64() if name in _NUMBERS else pa.int64() if name in _WHOLE else pa.string()


COMPARISON_SCHEMA = pa.schema([(name, _kind(name)) for name in Comparison._fields])
"""Columns of `comparisons.csv`, in order. Text holds "" where empty, numbers null."""

COMPARATOR_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("area_code", pa.string()),
        ("period", pa.string()),
        ("period_kind", pa.string()),
        ("comparator", pa.string()),
        ("value", pa.float64()),
        ("with_value", pa.int64()),
        ("listed", pa.int64()),
    ]
)
"""Columns of `comparators.csv`: what an area is read against over all periods, where no figure says it.

`comparator` is `neighbours` (the median of an authority's statistical neighbours) or `sum of authorities` (a
police force area's own value); `with_value` of the `listed` areas are in it.
"""


@dataclass(frozen=True)
class Comparisons:
    """All comparisons of one edition, from that edition's figures and nothing else.

    `sums` are the figures of police force areas added up from their authorities, of all periods; `remark`
    says why there is no value.
    """

    facts: pa.Table
    comparators: pa.Table
    sums: pa.Table = field(default_factory=FIGURE_SCHEMA.empty_table)

    def __post_init__(self) -> None:
        schemas = (COMPARISON_SCHEMA, COMPARATOR_SCHEMA, FIGURE_SCHEMA)
        for table, schema in zip((self.facts, self.comparators, self.sums), schemas, strict=True):
            if table.schema.names != schema.names:
                raise ValueError(f"a table of comparisons has the columns {', '.join(schema.names)}.")

    @classmethod
    def none(cls) -> Comparisons:
        """Of a programme that compares nothing."""
        return cls(COMPARISON_SCHEMA.empty_table(), COMPARATOR_SCHEMA.empty_table())


def to_comparisons(table: pa.Table) -> list[Comparison]:
    """The rows of a table of comparisons, in its order."""
    columns = [cells_of(table.column(name)) for name in COMPARISON_SCHEMA.names]
    return list(map(Comparison._make, zip(*columns, strict=True)))
