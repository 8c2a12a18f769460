"""A small invented report, clean, with every kind of figure, into which tests plant mistakes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from fullpicture.core.figure import to_figures
from fullpicture.core.table import COVERAGE_SCHEMA, InternalTable
from fullpicture.publish.report.citing import Defaults
from fullpicture.publish.report.document import Document
from fullpicture.publish.report.making import ReportText, document_of
from fullpicture.publish.review.check import Finding
from fullpicture.publish.review.checks import findings
from fullpicture.publish.review.reviewed import Edition, PageFacts, Reviewed
from tests.publish.editions import edition, figure, table

ENGLAND, KENT, ESSEX = "E92000001", "E23000032", "E23000028"
YEARS = ("2021", "2022", "2023", "2024", "2025")
COUNTS = {"unit": "count"}


def _table(
    id_: str, title: str, rows: list[Any], unit: str, counting_unit: str, **other: Any
) -> InternalTable:
    words = {
        "title": title, "definition": title, "caveat": "", "numerator": "", "denominator": "",
        "counting_unit": counting_unit, "decimals": 0 if unit == "count" else 1, **other,
    }  # fmt: skip
    made = table(id_, rows, unit=unit, **words)
    missing = {"2021": "E23000028"} if id_ == "crimes" else {}
    coverage = [
        {"indicator": id_, "period_kind": "reporting", "period": year, "areas_expected": 44,
         "areas_in": 43 if year in missing else 44, "missing": missing.get(year, "")}
        for year in YEARS
    ]  # fmt: skip
    return replace(made, coverage=pa.Table.from_pylist(coverage, schema=COVERAGE_SCHEMA))


def _kinds(values: dict[str, float], breakdown: str, **other: Any) -> list[Any]:
    return [
        figure(ENGLAND, "2025", value, breakdown=breakdown, category=name, **COUNTS, **other)
        for name, value in values.items()
    ]


def tables() -> tuple[InternalTable, ...]:
    """Crimes over five years and by kind, victims and suspects by ethnicity, and shares with intervals."""
    series = [
        figure(ENGLAND, year, value, **COUNTS)
        for year, value in zip(YEARS, (190, 400, 800, 970, 1000), strict=True)
    ]
    series += [figure(KENT, "2025", 640.0, **COUNTS), figure(ESSEX, "2025", 360.0, **COUNTS)]
    series += _kinds({"image": 270.0, "sexual assault": 430.0, "rape": 300.0}, "kind")
    crimes = _table("crimes", "Crimes recorded", series, "count", "crime")
    changes = [
        figure(ENGLAND, "2025", 3.09278, unit="%", numerator=1000.0, denominator=970.0),
        figure(ENGLAND, "2024", 21.25, unit="%", numerator=970.0, denominator=800.0),
    ]
    change = _table("crimes_change_pct", "Change in crimes", changes, "%", "crime", changes="crimes")
    victims = [figure(ENGLAND, "2025", 1100.0, **COUNTS), figure(ENGLAND, "2024", 1050.0, **COUNTS)]
    victims += _kinds({"Asian": 110.0, "Black": 90.0, "White": 800.0, "Mixed": 100.0}, "ethnicity")
    suspects = [figure(ENGLAND, "2025", 900.0, **COUNTS), figure(ENGLAND, "2024", 910.0, **COUNTS)]
    suspects += _kinds({"Asian": 100.0, "Black": 80.0, "White": 650.0, "Mixed": 70.0}, "ethnicity")
    suspects += [figure(ENGLAND, "2025", None, absence="c", breakdown="sex", category="female", **COUNTS)]
    shares = [
        figure(ENGLAND, "2025", 73.4, unit="%", numerator=734.0, denominator=1000.0, lower=70.6, upper=76.0),
        figure(ENGLAND, "2024", 72.9, unit="%", numerator=707.0, denominator=970.0, lower=70.0, upper=75.6),
        figure(KENT, "2025", 50.0, unit="%", numerator=7.0, denominator=14.0, lower=26.8, upper=73.2),
    ]
    girls = [
        figure(ENGLAND, "2025", 79.0, unit="%", numerator=869.0, denominator=1100.0, lower=76.5, upper=81.3)
    ]
    return (
        crimes,
        change,
        _table("victims", "Victims of crimes", victims, "count", "victim"),
        _table("suspects", "Suspects of crimes", suspects, "count", "suspect"),
        _table("direct_pct", "Crimes directly against a child", shares, "%", "crime", proportion=True),
        _table("girls_pct", "Victims who are female", girls, "%", "victim", proportion=True),
    )


CLEAN = """
# Scale {#scale}

In {{ period() }}, forces recorded {{ figure("crimes") }}, up from {{ figure("crimes", 2024) }} the
year before. The number {{ words_of_change("crimes") }}.
A rise in recorded crime may come from better recording. Of these, {{ figure("direct_pct") }} were directly
against a child (95% interval {{ interval("direct_pct") }}).
Most of them were: the share is {{ in_words("direct_pct") }} of all.
The number is {{ times("crimes", 2025, 2022) }} that of 2022.

{{ table("crimes", periods="all") }}

{{ chart("crimes", by="kind") }}

# Who {#who}

The most common kind was {{ most("crimes", by="kind") }}.
Girls were {{ figure("girls_pct") }} of victims, aged under 18. The two measures differ: one of them counts
suspects aged 10 to 17, as outcome 14 or 16 in section 2 of the Act 2003.
{{ figure("suspects", by="sex", of="female") }} were female.

{{ table("victims", by="ethnicity", title="Victims by ethnicity, England, year to March 2025") }}

{{ table("suspects", by="ethnicity", title="Suspects by ethnicity, England, year to March 2025") }}

# Tables

{{ tables() }}
"""


def document(body: str, made: tuple[InternalTable, ...] = (), name: str = "internal") -> Document:
    """The document of a body, which begins on line 5 of its file."""
    text = ReportText("totality", "reports/totality.md", "Totality", body, 5, Defaults(ENGLAND, "2025", {}))
    ready = edition(*(made or tables()))
    return replace(document_of(text, ready, lambda figures: (0.0, [])), edition=name)  # type: ignore[arg-type]


def reviewed(one: Document, made: tuple[InternalTable, ...] = (), **other: Any) -> Reviewed:
    """One edition with a report, and what else is said of it."""
    made = made or tables()
    missing = {
        (row["indicator"], row["period_kind"], row["period"]): frozenset(
            filter(None, row["missing"].split("|"))
        )
        for each in made
        for row in each.coverage.to_pylist()
    }
    found = Edition(
        name=one.edition,
        documents=(one,),
        figures={each.id: each for t in made for each in to_figures(t.figures)},
        descriptions={each.description.indicator: each.description for each in made},
        missing=missing,
        certified=frozenset(each.description.indicator for each in made),
        pages=(PageFacts("report.html", frozenset({"scale"}), ("#scale", "style.css"), ()),),
        files=frozenset({"report.html", "style.css"}),
    )
    return Reviewed((replace(found, **other),))


def planted(sentence: str, **other: Any) -> list[Finding]:
    """What is found when one sentence is added to the clean report."""
    return findings(reviewed(document(CLEAN.replace("\n# Who", f"\n{sentence}\n\n# Who")), **other))
