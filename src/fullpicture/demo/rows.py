"""The rows of one delivered file before they are written: a value for each field, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from fullpicture.collect.returns.record import Unit, fields_of
from fullpicture.demo.people import Flags, People, Places
from fullpicture.demo.values import NO_VALUE, STATE, Whole, ages, word
from fullpicture.demo.world import World

NOBODY = -1


@dataclass
class Rows:
    """Rows of a unit: `values` by field, and for each row its crime, victim and suspect in the world.

    `fault` is the rule that a row breaks on purpose, `beside` that of a row that shares a crime or a person
    with such a row, so that the same rule may name it too; `is_refused` rows are not to be kept, and
    `is_single` ones have their crime and their people to themselves in the whole return.
    """

    unit: Unit
    values: dict[str, Whole]
    crime: Places
    victim: Places
    suspect: Places
    born: dict[str, Whole]
    fault: np.ndarray = field(default_factory=lambda: np.empty(0, object))
    beside: np.ndarray = field(default_factory=lambda: np.empty(0, object))
    is_refused: Flags = field(default_factory=lambda: np.zeros(0, bool))
    is_single: Flags = field(default_factory=lambda: np.zeros(0, bool))

    def __post_init__(self) -> None:
        if not len(self.fault):
            self.fault = np.full(len(self), "", object)
            self.beside = np.full(len(self), "", object)
            self.is_refused = np.zeros(len(self), bool)
            shared = repeated(self.crime) | repeated(self.victim) | repeated(self.suspect)
            self.is_single = np.asarray(~shared)

    def __len__(self) -> int:
        return len(self.crime)

    def has(self, *fields: str) -> Flags:
        """Where all of the fields have values."""
        found = np.ones(len(self), bool)
        for name in fields:
            found &= self.values[name] > NO_VALUE
        return found

    def is_(self, name: str, *words: str) -> Flags:
        """Where a field is one of the words."""
        return np.asarray(np.isin(self.values[name], [word(name, one) for one in words]))

    def put(self, name: str, at: Places, said: str | int | Whole) -> None:
        """Writes a word, a number or a state into some rows; nothing where the file has no such field."""
        if name in self.values:
            self.values[name][at] = word(name, said) if isinstance(said, str) else said

    def take(self, places: Places) -> Rows:
        """Some of the rows, in this order; one taken twice is there twice."""
        return Rows(
            self.unit,
            {name: column[places] for name, column in self.values.items()},
            self.crime[places],
            self.victim[places],
            self.suspect[places],
            {name: column[places] for name, column in self.born.items()},
            self.fault[places],
            self.beside[places],
            self.is_refused[places],
            self.is_single[places],
        )


def rows_of(known: World, unit: Unit, alone: bool = False) -> Rows:
    """The world as rows of a unit; `alone` means one row a crime, of its first victim and first suspect."""
    crime, victim, suspect = _links(known, unit, alone)
    values: dict[str, Whole] = {"crime_ref": crime.astype(np.int32)}
    if unit in ("crime", "crime-victim-suspect"):
        values |= {name: column[crime] for name, column in known.crimes.items()}
        values |= _worked_out(known, crime)
    born: dict[str, Whole] = {}
    for role, linked, places in (("victim", known.victims, victim), ("suspect", known.suspects, suspect)):
        if unit in (role, "crime-victim-suspect"):
            values |= _of_person(role, linked.everyone, places, known, crime)
            born[role] = np.where(places < 0, NO_VALUE, linked.everyone.born[places]).astype(np.int32)
    if "victim_ref" in values:
        values["relationship"] = known.relationship[crime]
    values = {one.name: values[one.name].copy() for one in fields_of(unit) if one.name in values}
    return Rows(unit, values, crime, victim, suspect, born)


def _links(known: World, unit: Unit, alone: bool) -> tuple[Places, Places, Places]:
    count = len(known.crimes["recorded_on"])
    crimes = np.arange(count)
    if unit == "crime":
        return crimes, np.full(count, NOBODY), np.full(count, NOBODY)
    if unit == "victim":
        return known.victims.crime, known.victims.person, np.full(len(known.victims.crime), NOBODY)
    if unit == "suspect":
        return known.suspects.crime, np.full(len(known.suspects.crime), NOBODY), known.suspects.person
    if alone:
        return crimes, known.victims.main(count), known.suspects.main(count)
    return _pairs(known, crimes)


def _pairs(known: World, crimes: Places) -> tuple[Places, Places, Places]:
    """Each victim of a crime with each of its suspects; a victim alone where there is no suspect."""
    count = len(crimes)
    victims = np.bincount(known.victims.crime, minlength=count)
    suspects = np.bincount(known.suspects.crime, minlength=count)
    pairs = victims * np.maximum(suspects, 1)
    crime = np.repeat(crimes, pairs)
    place = np.arange(len(crime)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    first_victim, first_suspect = (np.cumsum(each) - each for each in (victims, suspects))
    of_crime = np.maximum(suspects, 1)[crime]
    victim = known.victims.person[first_victim[crime] + place // of_crime]
    link = np.minimum(first_suspect[crime] + place % of_crime, max(len(known.suspects.person) - 1, 0))
    suspect = np.where(suspects[crime] > 0, known.suspects.person[link], NOBODY)
    return crime, victim, suspect


def _worked_out(known: World, crime: Places) -> dict[str, Whole]:
    """What some forces deliver instead of days: years, and days between days."""
    days = {
        name: known.crimes[name][crime]
        for name in ("recorded_on", "reported_on", "offence_from", "outcome_on")
    }
    year = days["recorded_on"].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    return {
        "recorded_year": year,
        "days_to_report": days["reported_on"] - days["offence_from"],
        "days_to_outcome": between(days["recorded_on"], days["outcome_on"]),
    }


def between(first: Whole, last: Whole) -> Whole:
    """Days from a day to another; the state of the other where it is none."""
    return np.where(last > NO_VALUE, last - first, last).astype(np.int32)


def _of_person(role: str, everyone: People, places: Places, known: World, crime: Places) -> dict[str, Whole]:
    """A person's fields: whoever is not there has states for values."""
    start = known.crimes["offence_from"][crime]
    is_there = places >= 0
    born = everyone.born[places]
    is_known = everyone.age_is_known[places]
    age = ages(born, start)
    of_age = np.where(is_known, age, STATE["unknown"])
    fields: dict[str, Whole] = {
        f"{role}_ref": places.astype(np.int32),
        f"{role}_sex": everyone.sex[places],
        f"{role}_age": of_age.astype(np.int32),
        f"{role}_ethnicity": everyone.ethnicity[places],
        f"{role}_born_on": np.where(is_known, born, STATE["unknown"]).astype(np.int32),
        f"{role}_name_key": everyone.number[places],
        f"{role}_child": np.where(is_known, (age >= 10) & (age < 18), STATE["unknown"]).astype(np.int32),
    }
    nobody = STATE["not applicable"]
    return {name: np.where(is_there, column, nobody).astype(np.int32) for name, column in fields.items()}


def repeated(places: Sequence[int] | Places) -> Flags:
    """Which of these are there more than once; nobody is not somebody twice."""
    places = np.asarray(places)
    found, inverse, counts = np.unique(places, return_inverse=True, return_counts=True)
    counts[found == NOBODY] = 1
    return np.asarray(counts[inverse] > 1)
