"""The people of the invented nation: born on a day, of a sex, of an ethnicity; some are seen again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fullpicture.demo.shares import ETHNICITIES
from fullpicture.demo.values import NO_VALUE, STATE, WORDS, Whole, ages, day

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

POOL_FROM = 2_000_000_000
"""Numbers of the people whom more than one force may know."""


@dataclass
class People:
    """People of a force, one place each: who they are in the whole nation, and what the force wrote down."""

    number: Whole
    born: Whole
    sex: Whole
    ethnicity: Whole
    age_is_known: Flags

    def at(self, places: Places) -> People:
        """Some of them."""
        return People(
            self.number[places],
            self.born[places],
            self.sex[places],
            self.ethnicity[places],
            self.age_is_known[places],
        )

    def and_(self, others: People) -> People:
        """These, then those."""
        return People(
            np.concatenate((self.number, others.number)),
            np.concatenate((self.born, others.born)),
            np.concatenate((self.sex, others.sex)),
            np.concatenate((self.ethnicity, others.ethnicity)),
            np.concatenate((self.age_is_known, others.age_is_known)),
        )


def people(rng: np.random.Generator, first: int, born: Whole, female: float) -> People:
    """New people, born on these days; `first` is the number of the first of them."""
    count = len(born)
    sex = np.where(rng.random(count) < female, 0, 1).astype(np.int32)
    sex[rng.random(count) < 0.002] = WORDS["sex"].index("indeterminate")
    ethnicity = rng.choice(len(ETHNICITIES), count, p=ETHNICITIES).astype(np.int32)
    return People(np.arange(first, first + count, dtype=np.int32), born, sex, ethnicity, np.ones(count, bool))


def with_gaps(rng: np.random.Generator, everyone: People, needs_age: Flags) -> People:
    """The same, with what the force did not learn or did not write down.

    Never both sex and age: of everybody delivered at least one is there, so that nobody looks like nobody.
    """
    count = len(everyone.number)
    draw = rng.random(count)
    sex = np.where(draw < 0.04, STATE["unknown"], everyone.sex)
    sex = np.where((draw >= 0.04) & (draw < 0.07), STATE["not recorded"], sex).astype(np.int32)
    ethnicity = everyone.ethnicity.copy()
    draw = rng.random(count)
    ethnicity[draw < 0.10] = STATE["unknown"]
    ethnicity[(draw >= 0.10) & (draw < 0.22)] = STATE["not recorded"]
    unknown = (rng.random(count) < 0.06) & (sex > NO_VALUE) & ~needs_age
    return People(everyone.number, everyone.born, sex, ethnicity, ~unknown)


def born_at_age(rng: np.random.Generator, age: Whole, on: Whole) -> Whole:
    """Birth days of people of an age on a day; nobody is born on 29 February, when ages are disputed."""
    born = on - np.ceil(age * 365.2425).astype(np.int32) - rng.integers(2, 360, len(age), dtype=np.int32)
    dates = born.astype("datetime64[D]")
    in_month = (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    is_leap = (dates.astype("datetime64[M]").astype(np.int64) % 12 == 1) & (in_month == 28)
    return np.asarray(np.where(is_leap, born - 1, born), np.int32)


def near(rng: np.random.Generator, born: Whole, on: Whole, bands: tuple[int, ...]) -> Whole:
    """Birth days some months from others, on the same side of every age in `bands` on a day."""
    shifted = born + rng.integers(-300, 301, len(born), dtype=np.int32)
    same = np.searchsorted(bands, ages(shifted, on), "right") == np.searchsorted(
        bands, ages(born, on), "right"
    )
    return np.where(same & (shifted < on), shifted, born).astype(np.int32)


def pool(seed: int, count: int) -> People:
    """Children whom more than one force may know; the same for every force."""
    rng = np.random.default_rng([seed, 1])
    born = rng.integers(day("2005-01-01"), day("2013-01-01"), count, dtype=np.int32)
    return people(rng, POOL_FROM, born, 0.79)


@dataclass
class Linked:
    """People linked to crimes: for each link the crime's place and the person's, in the order of crimes."""

    everyone: People
    crime: Places
    person: Places

    def main(self, crimes: int) -> Places:
        """The first person of each crime; -1 where there is nobody."""
        first = np.full(crimes, -1, np.int64)
        first[self.crime[::-1]] = self.person[::-1]
        return first

    def ages(self, start: Whole, crimes: int) -> Whole:
        """The age of each crime's first person on a day; -1 where there is nobody."""
        main = self.main(crimes)
        return np.where(main < 0, -1, ages(self.everyone.born[main], start)).astype(np.int32)


def in_order_of_crimes(everyone: People, crime: Places, person: Places) -> Linked:
    """Links in the order of crimes; the first link of a crime that was given stays its first."""
    order = np.argsort(crime, kind="stable")
    return Linked(everyone, crime[order], person[order])
