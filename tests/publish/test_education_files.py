"""Data and meta files in the form of Explore Education Statistics."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from fullpicture.core.areas import Register
from fullpicture.publish.education_files import META_COLUMNS, education_files, write_education_files
from tests.publish.editions import edition, figure, table


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _data(rows: list[dict[str, Any]], **other: Any) -> dict[str, list[dict[str, str]]]:
    files = education_files(table("closed_pct", rows, **other), Register.shipped())
    return {name: data.to_pylist() for name, data, _ in files}


def test_a_force_is_a_place_with_its_region_and_country_and_an_absence_its_symbol() -> None:
    rows = [figure("E23000032", "2025", 37.25), figure("E92000001", "2025", None, absence="c")]
    kent, england = _data(rows)["closed_pct"]
    assert {name: kent[name] for name in ("time_period", "time_identifier", "closed_pct")} == {
        "time_period": "2025",
        "time_identifier": "Reporting year",
        "closed_pct": "37.25",
    }
    assert (kent["geographic_level"], kent["region_code"], kent["police_force_area_code"]) == (
        "Police force area",
        "E12000008",
        "E23000032",
    )
    assert (england["geographic_level"], england["country_name"], england["closed_pct"]) == (
        "National",
        "England",
        "c",
    )


def test_breakdowns_are_filters_with_a_total_and_no_cell_is_empty() -> None:
    rows = [
        figure("E23000032", "2025", 10.0, numerator=1.0),
        figure("E23000032", "2025", 4.0, breakdown="age|sex", category="10-15|female"),
        figure("E23000032", "2025", 6.0, breakdown="sex", category="male"),
    ]
    data = _data(rows)["closed_pct"]
    assert [(row["age"], row["sex"], row["closed_pct_numerator"]) for row in data] == [
        ("Total", "Total", "1"),
        ("10-15", "female", "x"),
        ("Total", "male", "x"),
    ]


def test_each_kind_of_period_has_a_file_and_what_has_no_word_is_left_out() -> None:
    rows = [
        figure("E23000032", "2024-25", 1.0, period_kind="financial"),
        figure("E23000032", "2024-25Q3", 2.0, period_kind="financial-quarter"),
        figure("E23000032", "2025-03-31", 3.0, period_kind="as-at"),
        figure("E23000032", "2025-26Q1-Q3", 4.0, period_kind="financial-part"),
    ]
    found = {name: (row["time_period"], row["time_identifier"]) for name, (row,) in _data(rows).items()}
    assert found == {
        "closed_pct-financial": ("202425", "Financial year"),
        "closed_pct-financial-quarter": ("202425", "Financial year Q3"),
        "closed_pct-as-at": ("2025", "March"),
    }


def test_the_meta_file_names_every_column_that_is_no_time_or_place(tmp_path: Path) -> None:
    write_education_files(edition(), tmp_path)
    names = [path.name for path in sorted((tmp_path / "education").iterdir())]
    assert names
    for name in (one for one in names if not one.endswith(".meta.csv")):
        data = _rows(tmp_path / "education" / name)
        meta = _rows(tmp_path / "education" / name.replace(".csv", ".meta.csv"))
        assert tuple(meta[0]) == META_COLUMNS
        assert [row["col_name"] for row in meta] == list(data[0])[12:]
        measures = [row["col_name"] for row in meta if row["col_type"] == "Indicator"]
        assert all(row[measure] for row in data for measure in measures)
