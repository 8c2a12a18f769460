"""Invented records to check: one clean record, and changes to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from fullpicture.collect.returns.record import QUALIFIERS, Field, Unit, fields_of
from fullpicture.collect.rules.checking import CheckedRecords, check_records
from fullpicture.collect.rules.rule import Context

LINK: Unit = "crime-victim-suspect"
Row = Mapping[str, Any]
TYPES = {"date": pa.date32(), "whole number": pa.int32()}

CLEAN: Row = {
    "offence_code": "22A",
    "offence_class": "other sexual offence",
    "offence_from": date(2024, 3, 1),
    "offence_to": date(2024, 3, 1),
    "reported_on": date(2024, 3, 4),
    "recorded_on": date(2024, 3, 5),
    "recorded_year": 2024,
    "recorded_year_basis": "recorded",
    "days_to_report": 3,
    "days_to_report_basis": "offence from to reported",
    "days_to_outcome": 60,
    "days_to_outcome_basis": "recorded",
    "location_kind": "dwelling",
    "csa": "no",
    "cse": "no",
    "contact": "yes",
    "online": "no",
    "domestic_abuse": "no",
    "group_based": "no",
    "third_party_report": "no",
    "support": "withdrew",
    "contact_practice": "as agreed",
    "outcome_type": "16",
    "outcome_on": date(2024, 5, 4),
    "victim_sex": "female",
    "victim_age": 30,
    "victim_age_basis": "offence",
    "victim_ethnicity": "white",
    "victim_ethnicity_scheme": "IC",
    "victim_ethnicity_by": "officer",
    "relationship": "acquaintance",
    "victim_born_on": date(1993, 7, 1),
    "suspect_sex": "male",
    "suspect_age": 41,
    "suspect_age_basis": "offence",
    "suspect_ethnicity": "white",
    "suspect_ethnicity_scheme": "IC",
    "suspect_ethnicity_by": "officer",
    "suspect_child": "no",
}
NO_VICTIM = {"victim_ref": None, "victim_name_key": None} | {
    name: None for name in ("victim_sex", "victim_age", "victim_ethnicity", "victim_born_on", "relationship")
}
NO_SUSPECT = {"suspect_ref": None} | {
    name: None for name in ("suspect_sex", "suspect_age", "suspect_ethnicity", "suspect_child")
}


def records(rows: Iterable[Row], unit: Unit = LINK) -> pa.Table:
    """Records of the clean one, each with references of its own, with these changes.

    A value of None has the state "not recorded", unless the row says another.
    """
    filled = [_references(place) | CLEAN | row for place, row in enumerate(rows)]
    columns: dict[str, pa.Array] = {
        "file": pa.array(["invented.csv"] * len(filled), pa.string()),
        "row": pa.array([place + 2 for place in range(len(filled))], pa.int64()),
        "police_force": pa.array(["E23000032"] * len(filled), pa.string()),
    }
    for field in fields_of(unit):
        columns |= _columns(field, filled)
    for name in QUALIFIERS:
        if any(name.startswith(field.name) for field in fields_of(unit)):
            columns[name] = pa.array([row.get(name, "") for row in filled], pa.string())
    return pa.table(columns)


def context(unit: Unit = LINK, **facts: Any) -> Context:
    """A return for 2024, as it was at the end of March 2025."""
    known = {"as_of": date(2025, 3, 31), "first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31)}
    return Context(file="invented.csv", sheet="", unit=unit, **(known | facts))


def everything(unit: Unit = LINK) -> frozenset[str]:
    """All fields of a unit, as if mapped."""
    return frozenset(field.name for field in fields_of(unit))


def checked(rows: Iterable[Row], unit: Unit = LINK, **facts: Any) -> CheckedRecords:
    """What the check says of changed clean records."""
    return check_records(records(rows, unit), everything(unit), context(unit, **facts))


def _references(place: int) -> dict[str, str]:
    names = ("crime_ref", "victim_ref", "suspect_ref", "victim_name_key")
    return {name: f"{name} {place}" for name in names}


def _columns(field: Field, rows: list[dict[str, Any]]) -> dict[str, pa.Array]:
    values = [row.get(field.name) for row in rows]
    states = [
        row.get(f"{field.name}__state", "" if value is not None else "not recorded")
        for row, value in zip(rows, values, strict=True)
    ]
    column = pa.array(values, TYPES.get(field.kind, pa.string()))
    if field.kind in ("code", "flag"):
        column = column.dictionary_encode()
    return {
        field.name: column,
        f"{field.name}__state": pa.array(states, pa.string()),
        f"{field.name}__rule": pa.array([f"invented.{field.name}:none"] * len(rows), pa.string()),
    }
