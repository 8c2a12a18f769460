"""Who the crimes are against: one victim or more, some seen before, some known to other forces too."""

from __future__ import annotations

import numpy as np

from fullpicture.demo.offences import numbers_of
from fullpicture.demo.people import (
    Flags,
    Linked,
    People,
    Places,
    born_at_age,
    in_order_of_crimes,
    near,
    people,
)
from fullpicture.demo.shares import ELSEWHERE, REPEAT_VICTIM, VICTIM_FEMALE
from fullpicture.demo.values import Whole, ages

BANDS = (13, 16, 18)
"""Ages at which one offence code becomes another."""
_ADULT_ONLY = ("19C", "19F", "20A", "17A", "88E", "36", "106")
_OF_A_FEMALE, _OF_A_MALE, _OF_A_CHILD = ("19C", "20A"), ("19F", "17A"), ("11A", "13")


def victims(
    rng: np.random.Generator, number: int, crimes: tuple[Whole, Whole, Flags], elsewhere: People
) -> Linked:
    """The victims of a force's crimes.

    Args:
        number: the force's number, which the numbers of its people begin with.
        crimes: the first day of each, its offence code if it is not of child sexual abuse, and whether it is.
        elsewhere: children whom other forces may know too.
    """
    start, code, child = crimes
    count = len(start)
    born = born_at_age(rng, _new_ages(rng, code, child), start)
    everyone = people(rng, number * 10_000_000, born, 0.5)
    everyone.sex[child & (everyone.sex == 1) & (rng.random(count) < 2 * VICTIM_FEMALE - 1)] = 0
    for codes, sex in ((_OF_A_FEMALE, 0), (_OF_A_MALE, 1)):
        everyone.sex[~child & np.isin(code, numbers_of("offence_code", codes))] = sex
    main = _seen_before(rng, born, start, code, child)
    main = _known_elsewhere(rng, main, start, child, elsewhere)
    everyone = everyone.and_(elsewhere)
    return _with_second(rng, number, Linked(everyone, np.arange(count), main), start)


def _new_ages(rng: np.random.Generator, code: Whole, child: Flags) -> Whole:
    count = len(code)
    young = np.clip(np.round(rng.normal(12.5, 3.2, count)), 0, 17)
    adult = np.minimum(18 + rng.exponential(18, count), 92)
    anybody = np.clip(np.round(rng.normal(36, 17, count)), 5, 92)
    age = np.where(np.isin(code, numbers_of("offence_code", _ADULT_ONLY)), adult, anybody)
    age = np.where(np.isin(code, numbers_of("offence_code", _OF_A_CHILD)), rng.integers(1, 16, count), age)
    return np.where(child, young, age).astype(np.int32)


def _seen_before(rng: np.random.Generator, born: Whole, start: Whole, code: Whole, child: Flags) -> Places:
    """Each crime's victim: its own, or that of another crime where age and offence allow it."""
    count = len(born)
    other = rng.integers(0, max(count, 1), count)
    young = np.flatnonzero(child)
    other[young] = rng.choice(young, len(young)) if len(young) else young
    special = np.isin(code, numbers_of("offence_code", (*_ADULT_ONLY, *_OF_A_CHILD)))
    again = (rng.random(count) < REPEAT_VICTIM) & (child | ~special)
    age = ages(born[other], start)
    fits = np.where(child, (age >= 0) & (age <= 17), (age >= 5) & (age <= 95))
    again &= ~again[other] & (child == child[other]) & (child | ~special[other]) & fits
    again &= born[other] < start
    return np.where(again, other, np.arange(count)).astype(np.int64)


def _known_elsewhere(
    rng: np.random.Generator, main: Places, start: Whole, child: Flags, elsewhere: People
) -> Places:
    count = len(main)
    chosen = rng.integers(0, len(elsewhere.number), count)
    age = ages(elsewhere.born[chosen], start)
    is_own = main == np.arange(count)
    is_own[main[~is_own]] = False
    fits = child & is_own & (rng.random(count) < ELSEWHERE) & (age >= 3) & (age <= 17)
    return np.where(fits, count + chosen, main).astype(np.int64)


def _with_second(rng: np.random.Generator, number: int, linked: Linked, start: Whole) -> Linked:
    """Some crimes have a second victim, of the same sex and about the same age as the first."""
    chosen = np.flatnonzero(rng.random(len(start)) < 0.04)
    first = linked.person[chosen]
    born = near(rng, linked.everyone.born[first], start[chosen], BANDS)
    more = people(rng, number * 10_000_000 + 5_000_000, born, 0.5)
    more.sex[:] = linked.everyone.sex[first]
    places = len(linked.everyone.number) + np.arange(len(chosen))
    return in_order_of_crimes(
        linked.everyone.and_(more),
        np.concatenate((linked.crime, chosen)),
        np.concatenate((linked.person, places)),
    )
