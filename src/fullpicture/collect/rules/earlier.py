"""What a force's other returns told of before this one, so that nothing is counted in two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.record import REFERENCES, Unit

Kind = Literal["crime", "victim", "suspect"]

_TELLING: Mapping[Kind, tuple[str, ...]] = {
    "crime": ("offence_code", "offence_class", "recorded_on", "recorded_year"),
    "victim": ("victim_ref", "victim_sex", "victim_age"),
    "suspect": ("suspect_ref", "suspect_sex", "suspect_age"),
}
"""A row tells of its crime, or of somebody in it, if it has any of these."""
READ = frozenset(["crime_ref", *(name for names in _TELLING.values() for name in names)])
"""Columns that later returns are compared with."""
NOTES = ("crime_delivered", "given_before", "told_before")


def read_of(columns: Iterable[str]) -> list[str]:
    """Which of a table's columns later returns are compared with."""
    return [name for name in columns if name in READ]


Kept = tuple[Unit, pa.Table]
"""What a row of an earlier return is of, and its rows that were kept, with those of `READ` that it has."""


def kind_of(unit: Unit) -> Kind:
    """Whom a return is compared for: one that tells of crimes as well is compared for its crimes."""
    return "crime" if unit == "crime-victim-suspect" else unit


@dataclass(frozen=True)
class Earlier:
    """References of what the same force delivered before; None where there is nothing to compare with.

    Args:
        crimes: every crime.
        units: what rows of the same unit are of, all references of it joined.
        told: crimes of which the same is told: the crime itself, its victims or its suspects.
    """

    crimes: pa.Array | None = None
    units: pa.Array | None = None
    told: pa.Array | None = None

    @classmethod
    def of(cls, unit: Unit, kept: Sequence[Kept]) -> Earlier:
        """What matters of earlier returns to one of this unit."""
        kind = kind_of(unit)
        of_crimes = [rows for other, rows in kept if kind_of(other) == "crime"]
        alike = [rows for other, rows in kept if kind_of(other) == kind]
        telling = alike if kind == "crime" else [*of_crimes, *alike]
        return cls(
            _all(rows["crime_ref"] for rows in of_crimes) if kind != "crime" else None,
            _all(_units(rows, unit) for other, rows in kept if other == unit),
            _all(rows["crime_ref"].filter(_tells(rows, kind)) for rows in telling),
        )

    def beside(self, records: pa.Table, unit: Unit) -> dict[str, pa.Array]:
        """For each record whether its crime, it itself, or what it tells was delivered before; else null."""
        told = _in(records["crime_ref"], self.told)
        if self.told is not None:
            told = pc.and_(told, _tells(records, kind_of(unit)))
        units = None if self.units is None else _units(records, unit)
        found = (_in(records["crime_ref"], self.crimes), _in(units, self.units), told)
        return {
            name: pa.nulls(records.num_rows, pa.bool_()) if one is None else one
            for name, one in zip(NOTES, found, strict=True)
        }


def _all(columns: Iterable[pa.ChunkedArray]) -> pa.Array | None:
    chunks = [chunk for column in columns for chunk in pc.drop_null(column).chunks]
    return pa.chunked_array(chunks, pa.string()).combine_chunks() if chunks else None


def _units(rows: pa.Table, unit: Unit) -> pa.ChunkedArray:
    """The references of a row, null where one of them is missing.

    In a row that tells of crime, victim and suspect nobody may be: somebody of whom nothing is told is "-".
    """
    parts = [_reference(rows, name) for name in REFERENCES[unit]]
    if unit == "crime-victim-suspect":
        people: tuple[Kind, ...] = ("victim", "suspect")
        nobody = [pc.if_else(_tells(rows, one), pa.scalar(None, pa.string()), "-") for one in people]
        parts[1:] = [pc.coalesce(part, none) for part, none in zip(parts[1:], nobody, strict=True)]
    return pc.binary_join_element_wise(*parts, "|")


def _reference(rows: pa.Table, name: str) -> pa.ChunkedArray:
    if name in rows.column_names:
        return rows[name]
    return pa.chunked_array([pa.nulls(rows.num_rows, pa.string())])


def _tells(rows: pa.Table, kind: Kind) -> pa.ChunkedArray:
    told = pa.chunked_array([pa.repeat(False, rows.num_rows)])
    for name in _TELLING[kind]:
        if name in rows.column_names:
            told = pc.or_(told, rows[name].is_valid())
    return told


def _in(column: pa.ChunkedArray | None, known: pa.Array | None) -> pa.ChunkedArray | None:
    """Whether each text is known; null where there is none."""
    if known is None or column is None:
        return None
    return pc.if_else(column.is_valid(), pc.is_in(column, value_set=known, skip_nulls=True), None)
