"""The labels that OHID publishes with its hospital files, reproduced from the same rows' numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.comparison.england import against_england
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.trend import recent_trend
from fullpicture.core.figure import Figure

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "national-framework"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")
FILES = {"local": "la_hospital_admissions_2324.csv", "regional": "region_hospital_admissions_2324.csv"}
SERIES = ("Area Code", "Sex", "Category Type", "Category")
IN_WORDS = {
    "No significant change": "no significant change",
    "Increasing and getting worse": "increasing",
    "Decreasing and getting better": "decreasing",
}


def delivered(file: str) -> list[dict[str, str]]:
    """Rows of a file; the local one holds England's twice, once as its own parent."""
    with (DATA / FILES[file]).open(encoding="utf-8-sig", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["Area Code"] != row["Parent Code"]]


def series_of(rows: list[dict[str, str]]) -> pa.Table:
    def numbers(column: str) -> list[float | None]:
        return [float(row[column]) if row[column] else None for row in rows]

    return pa.table(
        {
            "series": ["|".join(row[name] for name in SERIES) for row in rows],
            "day": [row["Time period"] for row in rows],
            "value": numbers("Value"),
            "lower": numbers("Lower CI 95.0 limit"),
            "upper": numbers("Upper CI 95.0 limit"),
        }
    )


def trends(file: str) -> list[tuple[str, str]]:
    """Label as published and as computed ("" where it cannot be), of every series of areas."""
    rows = [row for row in delivered(file) if not row["Category"]]
    found = recent_trend(ibis.memtable(series_of(rows)), ["series"]).to_pyarrow().to_pylist()
    computed = {row["series"]: row["trend"] for row in found}
    return [
        (row["Recent Trend"], computed.get("|".join(row[name] for name in SERIES), ""))
        for row in rows
        if row["Recent Trend"]
    ]


def test_recent_trend_gives_every_label_of_the_regional_file() -> None:
    pairs = trends("regional")
    assert len(pairs) == 489
    assert [pair for pair in pairs if IN_WORDS.get(pair[0], "") != pair[1]] == []


def test_the_local_file_has_every_significant_label_the_wrong_way_round() -> None:
    """The 176 of authorities, and England's three."""
    pairs = [(IN_WORDS.get(said, ""), found) for said, found in trends("local")]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert (len(pairs), len(wrong)) == (462, 176 + 3)
    assert set(wrong) == {("increasing", "decreasing"), ("decreasing", "increasing")}


def figure_of(row: dict[str, str]) -> Figure:
    value, lower, upper = (
        float(row[name]) if row[name] else None
        for name in ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit")
    )
    return Figure(
        "admissions", row["Area Code"], row["Area Name"], "local authority", row["Time period"], "financial",
        "", "", value, lower, upper, None, None, "per 10,000", "", "", "",
    )  # fmt: skip


@pytest.mark.parametrize("file", ["local", "regional"])
def test_better_similar_and_worse_are_all_5802_labels_of_authorities(file: str) -> None:
    rows = [row for row in delivered(file) if not row["Category"]]
    england = {
        (row["Sex"], row["Time period"]): float(row["Value"]) for row in rows if row["Area Type"] == "England"
    }
    authorities = [row for row in rows if row["Area Type"].startswith("Counties")]
    subject = Subject("admissions", "per 10,000", "low")
    labels = [
        against_england(figure_of(row), england[row["Sex"], row["Time period"]], subject)[0]
        for row in authorities
    ]
    published = [row["Compared to England value or percentiles"].lower() for row in authorities]
    assert len(labels) == 5802
    assert labels == published
