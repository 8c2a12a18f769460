"""What a force delivers: files of one unit, their columns, and how they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa

from fullpicture.collect.returns.record import State, Unit
from fullpicture.demo.rows import Rows

Saved = Literal["csv", "csv.gz", "tsv", "xlsx", "xls", "ods", "parquet"]


@dataclass(frozen=True)
class Meaning:
    """What the cells of a field mean to whoever knows the force: values as text, or the state of no value."""

    values: pa.Array
    states: pa.Array


@dataclass(frozen=True)
class Written:
    """Columns as delivered, by header, and what they mean, by field."""

    cells: Mapping[str, pa.Array]
    means: Mapping[str, Meaning]


class Column(Protocol):
    """A column, or several that belong together."""

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """The cells, and what they mean."""

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """The mapping as an analyst writes it: by field, the keys of its table."""

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """How values were taken: by qualifier of the record."""

    def delivers(self, name: str, value: str) -> bool:
        """Whether a value of a field comes through as this value."""

    @property
    def kind(self) -> str:
        """How a workbook holds it: `day`, `number` or `text`."""


@dataclass(frozen=True)
class Saving:
    """How a file is saved, in the words of `collect.source.Reading`.

    `above` and `below` are lines of text over the header and under the last row; `yearly` is one file a year.
    """

    form: Saved = "csv"
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "cp1252"] = "utf-8"
    separator: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    sheet: str = ""
    yearly: bool = False


@dataclass(frozen=True)
class Duplicates:
    """The force's own mark of duplicates, as the mapping says it."""

    header: str
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    of: Unit = "crime"


@dataclass(frozen=True)
class Part:
    """Files of one unit that a force delivers.

    Args:
        name: what the source is called after the force: "" or `victims`.
        alone: one row a crime, of its first victim and its first suspect.
        gaps: the share of rows, by field, in which the force has no value.
        seeded: the faults that the force is known for, by rule with how many there are at least.
        remarks: what the analyst wrote above the mapping.
    """

    unit: Unit
    columns: tuple[Column, ...]
    saving: Saving = field(default_factory=Saving)
    name: str = ""
    date_order: str = ""
    missing: Mapping[str, State] = field(default_factory=dict)
    empty: State = "not recorded"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    duplicates: Duplicates | None = None
    alone: bool = False
    gaps: Mapping[str, float] = field(default_factory=dict)
    seeded: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it delivers."""
        return frozenset(name for column in self.columns for name in column.maps(self))

    @property
    def qualifiers(self) -> dict[str, str]:
        """How its values were taken."""
        return {name: said for column in self.columns for name, said in column.qualifiers.items()}

    def delivers(self, name: str, value: str = "") -> bool:
        """Whether it has a field, and a value of it comes through as that value."""
        return any(column.delivers(name, value) for column in self.columns)

    def state_of(self, text: str, state: str) -> str:
        """What a cell means that stands for nothing."""
        return self.missing.get(text, state) if text else self.empty
