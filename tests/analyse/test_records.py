"""Crimes, victims, suspects and links, counted by hand in returns that tell of some of them only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.records import units_of

TEXTS = ("filename", "file", "police_force", "crime_ref", "offence_code")
PEOPLE = {"victim": ("victim_ref", "victim_sex"), "suspect": ("suspect_ref", "suspect_sex")}


def table(unit: str, *rows: Mapping[str, Any]) -> ir.Table:
    """Records of a unit: its fields, each with its state."""
    entities = ("victim", "suspect") if unit == "crime-victim-suspect" else (unit,)
    fields = [name for entity in entities for name in PEOPLE.get(entity, ())]
    columns: dict[str, pa.Array] = {}
    for name in (*TEXTS, *fields):
        default = {"filename": unit, "file": f"{unit}.csv", "police_force": "A", "offence_code": "19D"}.get(
            name
        )
        columns[name] = pa.array([row.get(name, default) for row in rows], pa.string())
    for name in fields:
        states = ["" if row.get(name) else "not recorded" for row in rows]
        columns[f"{name}__state"] = pa.array(states, pa.string())
    columns["row"] = pa.array([row.get("row", place) for place, row in enumerate(rows, start=2)], pa.int64())
    columns["recorded_on"] = pa.nulls(len(rows), pa.date32())
    columns["recorded_year"] = pa.array([2024] * len(rows), pa.int32())
    return ibis.memtable(pa.table(columns))


def counts(tables: Mapping[str, ir.Table]) -> dict[str, int]:
    units = ("crime", "victim", "suspect", "crime-victim-suspect")
    asked = [unit for unit in units if unit != units[-1] or units[-1] in tables]
    found = {unit: units_of(tables, unit, CsaeRule.shipped(), ()) for unit in asked}
    return {unit: rows.count().to_pyarrow().as_py() for unit, rows in found.items()}


def test_a_crime_of_which_nobody_is_told_is_no_victim_and_no_suspect() -> None:
    crimes = table("crime", {"crime_ref": "1"}, {"crime_ref": "2"})
    assert counts({"crime": crimes}) == {"crime": 2, "victim": 0, "suspect": 0}
    victims = table("victim", {"crime_ref": "1", "victim_sex": "female"})
    assert counts({"crime": crimes, "victim": victims}) == {"crime": 2, "victim": 1, "suspect": 0}


def test_people_in_files_of_their_own_are_counted_whether_or_not_the_file_tells_anything_of_them() -> None:
    crimes = table("crime", {"crime_ref": "1"})
    victims = table("victim", {"crime_ref": "1"}, {"crime_ref": "1"}, {"crime_ref": "9"})
    assert counts({"crime": crimes, "victim": victims}) == {"crime": 1, "victim": 2, "suspect": 0}


def test_suspects_in_a_file_beside_crimes_with_victims_are_suspects_of_those_crimes() -> None:
    whole = table(
        "crime-victim-suspect",
        {"crime_ref": "1", "victim_ref": "a", "victim_sex": "female"},
        {"crime_ref": "1", "victim_ref": "b", "victim_sex": "male"},
        {"crime_ref": "2", "victim_ref": "c", "victim_sex": "male"},
    )
    suspects = table(
        "suspect", {"crime_ref": "1", "suspect_sex": "male"}, {"crime_ref": "2", "suspect_ref": "x"}
    )
    found = counts({"crime-victim-suspect": whole, "suspect": suspects})
    assert found == {"crime": 2, "victim": 3, "suspect": 2, "crime-victim-suspect": 0}


def test_a_link_is_a_victim_and_a_suspect_in_one_row() -> None:
    whole = table(
        "crime-victim-suspect",
        {"crime_ref": "1", "victim_ref": "a", "suspect_ref": "x"},
        {"crime_ref": "1", "victim_ref": "a", "suspect_ref": "y"},
        {"crime_ref": "2", "victim_ref": "b"},
        {"crime_ref": "3"},
    )
    found = counts({"crime-victim-suspect": whole})
    assert found == {"crime": 3, "victim": 2, "suspect": 2, "crime-victim-suspect": 2}


@pytest.mark.parametrize("unit", ["crime-victim-suspect", "victim"])
def test_rows_of_two_sheets_of_one_workbook_are_told_apart(unit: str) -> None:
    """Row 2 of one sheet is not row 2 of the other: each sheet is a source of its own."""
    rows = [
        {"filename": sheet, "file": "b.xlsx", "row": 2, "crime_ref": sheet, "victim_sex": "female"}
        for sheet in ("2023", "2024")
    ]
    tables = {unit: table(unit, *rows)}
    if unit == "victim":
        tables["crime"] = table("crime", {"crime_ref": "2023"}, {"crime_ref": "2024"})
    assert counts(tables)["victim"] == 2
