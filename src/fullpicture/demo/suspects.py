"""Who is suspected: of an age that fits what they are to the victim, alone or together, some seen before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fullpicture.demo.offences import numbers_of
from fullpicture.demo.people import Flags, Linked, Places, born_at_age, in_order_of_crimes, near, people
from fullpicture.demo.shares import REPEAT_SUSPECT, SUSPECT_MALE, WITH_SUSPECT, WITHOUT_SUSPECT
from fullpicture.demo.values import WORDS, Whole, ages

CHILD_SHARE = dict(
    zip(
        WORDS["relationship"],
        (0.45, 0.72, 0.75, 0.65, 0.0, 0.80, 0.42, 0.0, 0.0, 0.0, 0.65, 0.53),
        strict=True,
    )
)
"""How many suspects are 10 to 17, by what they are to a child: together about half."""
_AGES = (0.04, 0.08, 0.13, 0.19, 0.21, 0.15, 0.11, 0.09)
"""Of suspects aged 10 to 17; 14 is the most common age."""
_SEEN_AGAIN = ("stranger", "acquaintance", "associate", "other")


@dataclass(frozen=True)
class Circumstances:
    """What is known of each crime before anybody is suspected."""

    start: Whole
    outcome: Whole
    child: Flags
    group: Flags
    relationship: Whole
    victim_age: Whole


def suspects(rng: np.random.Generator, number: int, crimes: Circumstances) -> Linked:
    """The suspects of a force's crimes; nobody where the outcome says that none is identified."""
    count = len(crimes.start)
    born = born_at_age(rng, _new_ages(rng, crimes), crimes.start)
    everyone = people(rng, 1_000_000_000 + number * 10_000_000, born, 1 - SUSPECT_MALE)
    has = np.flatnonzero(_is_identified(rng, crimes.outcome))
    main = _seen_before(rng, born, crimes, has)[has]
    more = np.flatnonzero(crimes.group[has])
    more = np.concatenate((more, more[rng.random(len(more)) < 0.35]))
    together = has[more]
    born = near(rng, everyone.born[main[more]], crimes.start[together], (10, 18))
    others = people(rng, 1_000_000_000 + number * 10_000_000 + 5_000_000, born, 1 - SUSPECT_MALE)
    return in_order_of_crimes(
        everyone.and_(others),
        np.concatenate((has, together)),
        np.concatenate((main, count + np.arange(len(together)))),
    )


def _is_identified(rng: np.random.Generator, outcome: Whole) -> Flags:
    """By outcome; while a crime is open or passed on, in three of five."""
    known = np.isin(outcome, numbers_of("outcome_type", WITH_SUSPECT))
    nobody = np.isin(outcome, numbers_of("outcome_type", WITHOUT_SUSPECT))
    return np.asarray(known | (~nobody & (rng.random(len(outcome)) < 0.6)))


def _new_ages(rng: np.random.Generator, crimes: Circumstances) -> Whole:
    relation, victim = crimes.relationship, crimes.victim_age
    count = len(relation)
    shares = np.array(list(CHILD_SHARE.values()))[relation]
    is_child = rng.random(count) < np.where(crimes.child, shares, np.minimum(shares, 0.12))
    young = 10 + rng.choice(8, count, p=_AGES)
    adult = np.minimum(18 + rng.exponential(16, count), 78)
    parent = np.minimum(np.maximum(victim + rng.integers(18, 41, count), 18), 98)
    partner = np.where(
        victim < 18, rng.integers(18, 24, count), np.clip(victim + rng.integers(-9, 10, count), 18, 95)
    )
    names = WORDS["relationship"]
    is_partner = np.isin(relation, numbers_of("relationship", ("intimate partner", "ex-partner")))
    grown = np.where(is_partner, partner, adult)
    grown = np.where(relation == names.index("parent"), parent, grown)
    grown = np.where(
        np.isin(
            relation, numbers_of("relationship", ("professional", "person of trust", "guardian or carer"))
        ),
        np.maximum(grown, 21),
        grown,
    )
    return np.where(is_child, young, grown).astype(np.int32)


def _seen_before(rng: np.random.Generator, born: Whole, crimes: Circumstances, has: Places) -> Places:
    """Each crime's suspect: its own, or that of another crime, where nothing speaks against it."""
    count = len(born)
    main = np.arange(count)
    if not len(has):
        return main
    other = rng.choice(has, count)
    loose = np.isin(crimes.relationship, numbers_of("relationship", _SEEN_AGAIN))
    again = (rng.random(count) < REPEAT_SUSPECT) & loose & loose[other] & ~crimes.group & ~crimes.group[other]
    age, own = ages(born[other], crimes.start), ages(born, crimes.start)
    again &= (age >= 10) & (age <= 90) & ((age < 18) == (own < 18)) & (crimes.child == crimes.child[other])
    again &= ~again[other]
    return np.where(again, other, main)


def cautions_by_age(outcome: Whole, found: Linked, start: Whole) -> Whole:
    """A caution for youths is given to somebody under 18, one for adults to an adult, to one person alone."""
    count = len(outcome)
    age = found.ages(start, count)
    how_many = np.bincount(found.crime, minlength=count)
    youth, adult, charged = numbers_of("outcome_type", ("2", "3", "1"))
    is_caution = np.isin(outcome, (youth, adult))
    fitting = np.where(how_many > 1, charged, np.where(age < 18, youth, adult))
    return np.where(is_caution, fitting, outcome).astype(np.int32)


def trusted_adults(code: Whole, found: Linked, sex: Whole, start: Whole) -> Whole:
    """An abuse of trust is by adults alone: by anybody under 18 the same is a sexual assault."""
    minor = np.zeros(len(code), bool)
    minor[found.crime[ages(found.everyone.born[found.person], start[found.crime]) < 18]] = True
    trust, female, male = numbers_of("offence_code", ("73", "20A", "17A"))
    abused = (code == trust) & minor
    return np.where(abused, np.where(sex == 1, male, female), code).astype(np.int32)
