"""A small invented edition for the tests of reports: counts, a share, a change, one figure withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from fullpicture.core.table import COVERAGE_SCHEMA, InternalTable
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.charting import Limits
from fullpicture.publish.report.citing import Defaults
from fullpicture.publish.report.document import Document
from fullpicture.publish.report.making import ReportText, document_of
from tests.publish.editions import edition, figure, table

ENGLAND, KENT, ESSEX = "E92000001", "E23000032", "E23000028"


def covered(one: InternalTable, **missing: str) -> InternalTable:
    """A table of two forces in each year, without those that are named (`y2024="E23000028"`)."""
    rows = [
        {"indicator": one.description.indicator, "period_kind": "reporting", "period": year,
         "areas_expected": 2, "areas_in": 1 if f"y{year}" in missing else 2,
         "missing": missing.get(f"y{year}", "")}
        for year in ("2023", "2024", "2025")
    ]  # fmt: skip
    return replace(one, coverage=pa.Table.from_pylist(rows, schema=COVERAGE_SCHEMA))


def crimes(**missing: str) -> InternalTable:
    """Counts of three years, by kind in the last; one kind withheld."""
    count: dict[str, Any] = {"unit": "count"}
    rows = [
        *(figure(ENGLAND, year, value, **count) for year, value in
          (("2023", 250.0), ("2024", 940.0), ("2025", 1000.0))),
        figure(ENGLAND, "2025", 600.0, breakdown="kind", category="image", **count),
        figure(ENGLAND, "2025", None, breakdown="kind", category="rape", absence="c", **count),
        figure(ENGLAND, "2025", 330.0, breakdown="kind", category="not recorded", **count),
        figure(KENT, "2025", 700.0, **count),
        figure(ESSEX, "2025", None, absence="c", **count),
    ]  # fmt: skip
    words = {"title": "Crimes recorded", "definition": "Crimes recorded in the year.", "caveat": "",
             "numerator": "", "denominator": "", "counting_unit": "crime", "decimals": 0}  # fmt: skip
    return covered(table("crimes", rows, unit="count", **words), **missing)


def change(value: float | None = 6.382978, **other: Any) -> InternalTable:
    """The change of the last year."""
    row = figure(ENGLAND, "2025", value, unit="%", **other)
    return covered(table("crimes_change_pct", [row], title="Change in crimes", changes="crimes", decimals=1))


def children() -> InternalTable:
    """A share of what is known, with its interval, in England and its forces."""
    rows = [
        figure(ENGLAND, "2025", 33.0, numerator=297.0, denominator=900.0, lower=30.0, upper=36.1),
        figure(KENT, "2025", 30.0, numerator=180.0, denominator=600.0, lower=26.5, upper=33.8),
        figure(ESSEX, "2025", 39.0, numerator=117.0, denominator=300.0, lower=33.7, upper=44.6),
    ]
    return covered(table("children_where_known_pct", rows, title="Suspects aged 10 to 17, where known"))


def publication(*tables: InternalTable) -> Publication:
    """The internal edition of such tables."""
    return edition(*(tables or (crimes(), change(), children())))


def text(body: str, **other: Any) -> ReportText:
    """A report of one body, which begins on line 5 of its file."""
    defaults = Defaults(ENGLAND, "2025", {"children_where_known_pct": "crimes"})
    return ReportText("totality", "reports/totality.md", "Totality", body, 5, defaults, **other)


def document(body: str, *tables: InternalTable, **other: Any) -> Document:
    """The document of a body, with limits of a funnel that leave everybody in."""
    return document_of(text(body, **other), publication(*tables), lambda figures: (
        33.0, [Limits(((20.0, 50.0), (10.0, 60.0)), is_outside=False) for _ in figures]))  # fmt: skip


def said(body: str, *tables: InternalTable, **other: Any) -> list[str]:
    """The sentences of a body that stands under one heading, without the heading."""
    made = document(f"# Scale\n\n{body}\n", *tables, **other)
    return [sentence.text for _, sentence in made.sentences()][1:]
