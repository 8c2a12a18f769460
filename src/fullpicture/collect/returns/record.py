"""The canonical record: what every force's return becomes, field by field.

One row of a return says something of a crime, of a victim, of a suspect, or of how they belong together
(`Unit`). docs/data-dictionary.md and the Frictionless Table Schemas in docs/schemas/ are made from it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Unit = Literal["crime", "victim", "suspect", "crime-victim-suspect"]
"""What one row is: the counting unit is part of a table's type, and units are never added together."""
Entity = Literal["crime", "victim", "suspect"]
Kind = Literal["code", "date", "whole number", "reference", "flag"]
State = Literal["", "unknown", "not recorded", "not applicable", "unusable"]

STATES: tuple[State, ...] = ("unknown", "not recorded", "not applicable", "unusable")
"""Why a field has no value: asked and not known, not written down, does not apply, or written so that nobody
can use it (a problem says where). They are kept apart, and none of them is ever a value."""

ENTITIES: Mapping[Unit, tuple[Entity, ...]] = {
    "crime": ("crime",),
    "victim": ("victim",),
    "suspect": ("suspect",),
    "crime-victim-suspect": ("crime", "victim", "suspect"),
}
"""Whose fields a row of a unit may fill; a row of any unit names its crime by `crime_ref`."""


REFERENCES: Mapping[Unit, tuple[str, ...]] = {
    "crime": ("crime_ref",),
    "victim": ("crime_ref", "victim_ref"),
    "suspect": ("crime_ref", "suspect_ref"),
    "crime-victim-suspect": ("crime_ref", "victim_ref", "suspect_ref"),
}
"""The references that together say what a row of a unit is of."""


@dataclass(frozen=True)
class Field:
    """One field of the canonical record.

    In a table of records the field `F` is four columns: `F` (string for codes, references and flags, int32
    for whole numbers, date32 for dates; null where there is no value), `F__state` (a `State`, "" where there
    is a value), `F__raw` (the text as delivered) and `F__rule` (the id of the mapping rule that made it). The
    raw text of identifying fields is not kept: it stays in the delivered file, at `file` and `row`.

    Args:
        code_list: the name of the list of values in `codes/` that a code is one of.
        identifying: it could name a person or a case: hashed or internal, never printed.
        qualified_by: another column of the record that says how the value was taken (its basis or scheme).
    """

    name: str
    entity: Entity
    kind: Kind
    title: str
    definition: str
    code_list: str = ""
    identifying: bool = False
    qualified_by: str = ""


def _fields() -> tuple[Field, ...]:
    text = (files("fullpicture.collect.returns") / "record.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Field(**{**row, "identifying": row["identifying"] == "yes"}) for row in rows)  # type: ignore[arg-type]


FIELDS: tuple[Field, ...] = _fields()
"""Every field, in the order of the data dictionary (`record.csv`)."""

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}

QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    "recorded_year_basis": ("recorded", "reported", "created"),
    "days_to_report_basis": ("offence from to reported", "offence from to recorded"),
    "days_to_outcome_basis": ("reported", "recorded"),
    "victim_age_basis": ("offence", "record created", "reported"),
    "suspect_age_basis": ("offence", "record created", "reported"),
    "victim_ethnicity_scheme": ("IC", "IC+9", "16+1", "18+1", "5+1", "force"),
    "suspect_ethnicity_scheme": ("IC", "IC+9", "16+1", "18+1", "5+1", "force"),
    "victim_ethnicity_by": ("self", "officer", "not stated"),
    "suspect_ethnicity_by": ("self", "officer", "not stated"),
}
"""Columns that say how a value was taken, with what they may say. An age at the creation of a record is kept,
and is never taken for an age at the offence."""

KEYS = ("file", "row", "police_force")
"""Columns of every table of records before its fields: where the row was delivered, the force's area code."""


def fields_of(unit: Unit) -> tuple[Field, ...]:
    """The fields that a row of a unit may fill: its own entity's and the crime's reference."""
    entities = ENTITIES[unit]
    return tuple(field for field in FIELDS if field.entity in entities or field.name == "crime_ref")
