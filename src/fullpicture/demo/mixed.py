"""Columns that are not one field each: birth days that ages come from, split days, two things in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.demo.cells import days, numbers, whole
from fullpicture.demo.columns import ORDERS, Code, Number
from fullpicture.demo.parts import Meaning, Part, Written
from fullpicture.demo.rows import Rows
from fullpicture.demo.values import NO_VALUE, ages


@dataclass(frozen=True)
class Born:
    """A birth day: the field of its own, and the age on the first day of the offence."""

    header: str
    role: str
    keep_day: bool = True
    kind = "day"

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """An age from a birth day is that at the offence."""
        return {f"{self.role}_age_basis": "offence"}

    def delivers(self, name: str, value: str) -> bool:
        """The age; the birth day where it is kept."""
        return name == f"{self.role}_age" or (self.keep_day and name == f"{self.role}_born_on")

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """The same column twice."""
        day = {f"{self.role}_born_on": {"header": self.header}} if self.keep_day else {}
        return {f"{self.role}_age": {"born": self.header}, **day}

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """The birth day where the age is known."""
        age = rows.values[f"{self.role}_age"]
        born = np.where(age > NO_VALUE, rows.born[self.role], age).astype(np.int32)
        cells, states = whole(rng, born, days(born, ORDERS[part.date_order or "ymd"]), {}, part)
        at_offence = np.where(age > NO_VALUE, ages(born, rows.values["offence_from"]), age)
        means = {f"{self.role}_age": Meaning(numbers(at_offence), states)}
        if self.keep_day:
            means[f"{self.role}_born_on"] = Meaning(days(born, ORDERS["ymd"]), states)
        return Written({self.header: cells}, means)


@dataclass(frozen=True)
class SplitDay:
    """A day in three columns: day, month, year."""

    headers: tuple[str, str, str]
    name: str
    kind = "text"
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    def delivers(self, name: str, value: str) -> bool:
        """Its field; it cannot be left empty, for then the three are not."""
        return name == self.name

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """Joined again."""
        return {self.name: {"header": list(self.headers), "join": "/", "date_order": "dmy"}}

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """Day, month and year, each a number."""
        values = rows.values[self.name]
        forms = zip(self.headers, ("%d", "%m", "%Y"), strict=True)
        states = pa.array([""] * len(rows), pa.string())
        meaning = Meaning(days(values, ORDERS["ymd"]), states)
        return Written({header: days(values, form) for header, form in forms}, {self.name: meaning})


@dataclass(frozen=True)
class FirstDay:
    """A day that stands in one of two columns; the first that is not empty is meant."""

    headers: tuple[str, str]
    name: str
    kind = "day"
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    def delivers(self, name: str, value: str) -> bool:
        """Its field."""
        return name == self.name

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """Both columns, in order."""
        return {self.name: {"header": list(self.headers), "join": ""}}

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """In the first column or in the second, by chance."""
        values = rows.values[self.name]
        cells, states = whole(rng, values, days(values, ORDERS[part.date_order or "ymd"]), {}, part)
        first = pa.array(rng.random(len(rows)) < 0.4)
        written = {
            self.headers[0]: pc.if_else(first, cells, ""),
            self.headers[1]: pc.if_else(first, "", cells),
        }
        return Written(written, {self.name: Meaning(days(values, ORDERS["ymd"]), states)})


@dataclass(frozen=True)
class OneCell:
    """Sex and age of a person in one cell, as `M / 34`; empty where there is nobody."""

    header: str
    role: str
    sex: Code
    age: Number
    kind = "text"

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """Those of the age."""
        return self.age.qualifiers

    def delivers(self, name: str, value: str) -> bool:
        """Both fields."""
        return self.sex.delivers(name, value) or self.age.delivers(name, value)

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """The same column twice, and which part of it is meant."""
        sex, age = self.sex.maps(part)[self.sex.name], self.age.maps(part)[self.age.name]
        return {
            self.sex.name: {**sex, "header": self.header, "pick": "^([^/]+) /"},
            self.age.name: {**age, "header": self.header, "pick": "/ ([^/]+)$"},
        }

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """Both, or an empty cell."""
        sex, age = self.sex.write(rows, rng, part), self.age.write(rows, rng, part)
        nobody = pa.array(getattr(rows, self.role) < 0)
        joined = pc.binary_join_element_wise(sex.cells[self.sex.header], age.cells[self.age.header], " / ")
        means = {
            name: Meaning(said.values, pc.if_else(nobody, part.empty, said.states))
            for name, said in {**sex.means, **age.means}.items()
        }
        return Written({self.header: pc.if_else(nobody, "", joined)}, means)
