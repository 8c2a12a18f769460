"""One force's part of the invented nation: crimes, victims, suspects, and who belongs to which crime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fullpicture.demo import shares
from fullpicture.demo.flags import how, is_close, locations, relationships, ticked
from fullpicture.demo.offences import (
    child_codes,
    classes,
    earlier_days,
    kinds,
    numbers_of,
    other_codes,
    outcomes,
    times,
)
from fullpicture.demo.people import Flags, Linked, People, with_gaps
from fullpicture.demo.support import supported
from fullpicture.demo.suspects import Circumstances, cautions_by_age, suspects, trusted_adults
from fullpicture.demo.values import STATE, Whole, ages, word
from fullpicture.demo.victims import victims

FAMILY = ("parent", "sibling", "other family")


@dataclass
class World:
    """What one force knows.

    `crimes` has the fields of the record that are a crime's, one place a crime; `relationship` is that of
    each crime's suspects to its victims; `is_csae` says which crimes are of child sexual abuse and
    exploitation, `is_delivered` which are in the force's return.
    """

    crimes: dict[str, Whole]
    victims: Linked
    suspects: Linked
    relationship: Whole
    is_csae: Flags
    is_delivered: Flags


def world(
    rng: np.random.Generator, number: int, numbers: Mapping[int, tuple[int, int]], elsewhere: People
) -> World:
    """The world of the force with this number.

    Args:
        numbers: by year, how many crimes of child sexual abuse it records, and how many others.
        elsewhere: children whom other forces may know too.
    """
    recorded, child = times(rng, numbers)
    crimes = earlier_days(rng, recorded, child)
    start = crimes["offence_from"]
    kind, other = kinds(rng, child), other_codes(rng, child)
    contact, online = how(rng, kind, other)
    group = rng.random(len(child)) < np.where(child, shares.GROUP, 0.02)
    against = victims(rng, number, (start, other, child), elsewhere)
    main = against.main(len(start))
    age = ages(against.everyone.born[main], start)
    relation = relationships(rng, contact, group, age)
    family = np.isin(relation, numbers_of("relationship", FAMILY))
    code = np.where(child, child_codes(rng, kind, against.everyone.sex[main], age, family), other)
    crimes |= {"offence_code": code.astype(np.int32), "offence_class": classes(code)}
    crimes |= outcomes(rng, recorded, child, crimes["offence_class"] == word("offence_class", "rape"))
    known = Circumstances(start, crimes["outcome_type"], child, group, relation, age)
    by = suspects(rng, number, known)
    code = trusted_adults(code, by, against.everyone.sex[main], start)
    crimes["offence_code"] = code.astype(np.int32)
    crimes["outcome_type"] = cautions_by_age(crimes["outcome_type"], by, start)
    happened = {"contact": contact, "online": online, "group_based": group, "close": is_close(relation)}
    crimes |= ticked(rng, code, child, happened)
    own = rng.spawn(1)[0]  # so that nothing else is drawn otherwise than without it
    crimes |= supported(own, crimes["outcome_type"], crimes["third_party_report"] == 1)
    crimes["location_kind"] = locations(rng, contact, online)
    delivered = np.ones(len(child), bool)
    seen, suspected = _known_victims(rng, against, code), _known(rng, by)
    return World(crimes, seen, suspected, _said(rng, relation, by), child, delivered)


def _known_victims(rng: np.random.Generator, linked: Linked, code: Whole) -> Linked:
    """Of an image the age is always known, for without it nobody can say that it is of a child."""
    needs_age = np.zeros(len(linked.everyone.number), bool)
    needs_age[linked.person[code[linked.crime] == word("offence_code", "86")]] = True
    return Linked(with_gaps(rng, linked.everyone, needs_age), linked.crime, linked.person)


def _known(rng: np.random.Generator, linked: Linked) -> Linked:
    nobody = np.zeros(len(linked.everyone.number), bool)
    return Linked(with_gaps(rng, linked.everyone, nobody), linked.crime, linked.person)


def _said(rng: np.random.Generator, relation: Whole, by: Linked) -> Whole:
    """The relationship as the force knows it: none without a suspect."""
    draw = rng.random(len(relation))
    said = np.where(draw < 0.05, STATE["unknown"], relation)
    said = np.where((draw >= 0.05) & (draw < 0.12), STATE["not recorded"], said)
    has = np.bincount(by.crime, minlength=len(relation)) > 0
    return np.where(has, said, STATE["not applicable"]).astype(np.int32)
