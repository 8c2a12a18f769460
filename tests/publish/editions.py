"""An invented edition for the tests of what is published: two indicators, one figure suppressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from fullpicture.core.areas import Register
from fullpicture.core.comparison import COMPARATOR_SCHEMA, COMPARISON_SCHEMA, Comparisons
from fullpicture.core.figure import FIGURE_SCHEMA
from fullpicture.core.table import COVERAGE_SCHEMA, Description, InternalTable, SourceNote
from fullpicture.publish.publication import Publication, Section

SOURCE = SourceNote(
    id="returns",
    title="Returns of invented forces",
    publisher="Invented Office",
    url="https://example.org/returns",
    licence="Open Government Licence v3.0",
    published=True,
    caveat="One force changed its system in 2024.",
    next_update="June 2026",
    files=(("returns.csv", "0" * 64),),
)


def figure(area: str, period: str, value: float | None, **other: Any) -> dict[str, Any]:
    """One row of a table of figures for Kent, Essex or England; text is "" and numbers null unless given."""
    place = {
        "E23000032": ("Kent", "police force area"),
        "E23000028": ("Essex", "police force area"),
        "E92000001": ("England", "country"),
    }[area]
    empty: dict[str, Any] = {name: "" for name in FIGURE_SCHEMA.names}
    numbers = dict.fromkeys(("lower", "upper", "numerator", "denominator"))
    own = {
        "area_code": area,
        "area_name": place[0],
        "area_level": place[1],
        "period": period,
        "period_kind": "reporting",
        "value": value,
        "unit": "%",
        "source": "returns",
    }
    return empty | numbers | own | other


def table(indicator: str, rows: Sequence[dict[str, Any]], **other: Any) -> InternalTable:
    """An indicator's table, covering 1 of 2 areas in the year to 31 March 2025."""
    description: dict[str, Any] = {
        "indicator": indicator,
        "title": "Closed crimes that the victim did not support",
        "definition": "Outcomes 14 and 16 among closed crimes.",
        "population": "Crimes recorded by police forces",
        "period": "year to 31 March",
        "place_level": "police force area",
        "unit": "%",
        "sources": (SOURCE,),
        "numerator": "closed crimes with outcome 14 or 16",
        "denominator": "closed crimes",
        "decimals": 1,
        "caveat": "Not the share of victims who withdraw.",
    }
    covered = [{"indicator": indicator, "period_kind": "reporting", "period": "2025", "areas_expected": 2,
                "areas_in": 1, "missing": "E23000028"}]  # fmt: skip
    figures = [row | {"indicator": indicator} for row in rows]
    return InternalTable(
        Description(**(description | other)),
        pa.Table.from_pylist(figures, schema=FIGURE_SCHEMA),
        pa.Table.from_pylist(covered, schema=COVERAGE_SCHEMA),
    )


def unsupported() -> InternalTable:
    """A share with intervals: Kent suppressed in 2025, Essex provisional, England not reliable."""
    return table(
        "unsupported_of_closed_pct",
        [
            figure("E23000032", "2025", None, absence="c"),
            figure(
                "E23000032", "2024", 12.5, lower=10.25, upper=15.0, numerator=25.0, denominator=200.0,
                remark="Kent's figure stands on three quarters.",
            ),
            figure("E23000028", "2025", 40.0, numerator=40.0, denominator=100.0, note="p r"),
            figure("E92000001", "2025", 0.1 + 0.2, absence="u", lower=0.0, upper=1.0),
            figure("E92000001", "2025", 1e-07, breakdown="age|sex", category="10-15|female"),
        ],
    )  # fmt: skip


def crimes() -> InternalTable:
    """A count with nothing but values, one of them zero."""
    rows = [
        figure("E23000028", "2025", 0.0, unit="count"),
        figure("E23000032", "2025", 1234567.0, unit="count"),
    ]
    return table(
        "crimes_recorded", rows, title="Crimes & <offences> recorded", unit="count", decimals=0, caveat=""
    )


class Memory:
    """Keeps what was made in memory."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.made.get(key)

    def keep(self, key: str, made: bytes) -> None:
        self.made[key] = made


def compared(indicator: str, area: str, value: float | None, **other: Any) -> dict[str, Any]:
    """One row of a table of comparisons for the same places, nothing compared unless given."""
    place = figure(area, "2025", value)
    none = {field.name: "" if field.type == pa.string() else None for field in COMPARISON_SCHEMA}
    shared = {name: place[name] for name in none if name in place}
    own = {
        "indicator": indicator,
        "basis": "figure",
        "england_label": "not compared",
        "trend": "not compared",
    }
    return none | shared | {"neighbours_with_value": 0, "neighbours_listed": 0, "ranked": 0} | own | other


def comparisons(*rows: dict[str, Any], sums: Sequence[dict[str, Any]] = ()) -> Comparisons:
    """Comparisons of an edition."""
    facts = pa.Table.from_pylist(list(rows), schema=COMPARISON_SCHEMA)
    return Comparisons(facts, pa.Table.from_pylist(list(sums), schema=COMPARATOR_SCHEMA))


def edition(*tables: InternalTable) -> Publication:
    """The internal edition of an invented programme."""
    tables = tables or (unsupported(), crimes())
    return Publication(
        edition="internal",
        title="Invented nation: response to vulnerability",
        summary="What the forces of an invented nation record.",
        tables=tables,
        register=Register.shipped(),
        sections=(
            Section("outcomes", "Outcomes", ("unsupported_of_closed_pct",)),
            Section("scale", "How much is recorded", ("crimes_recorded",)),
        ),
        headlines=(),
        publisher="Invented Office",
        contact="statistics@example.org",
        published_on="2025-06-01",
        notice="Invented figures.",
        licence="Open Government Licence v3.0",
    )
