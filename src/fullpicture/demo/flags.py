"""How it happened: contact, online, together, by whom to whom; and what the force ticks of it."""

from __future__ import annotations

import numpy as np

from fullpicture.demo import shares
from fullpicture.demo.offences import numbers_of
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.shares import KINDS
from fullpicture.demo.values import STATE, Whole, word

_FAMILY_OR_PARTNER = ("parent", "sibling", "other family", "intimate partner", "ex-partner")
_CONTACT_CODES = ("19C", "19F", "20A", "17A")
_OFTEN_CONTACT = ("8N", "105A", "34B", "36", "11A")


def how(rng: np.random.Generator, kind: Places, code: Whole) -> tuple[Flags, Flags]:
    """Whether a crime involves contact, and whether it has an online part; it may have both."""
    count = len(kind)
    contact_share = np.array([one.contact for one in KINDS.values()])[kind]
    online_share = np.array([one.online for one in KINDS.values()])[kind]
    often = np.where(np.isin(code, numbers_of("offence_code", _OFTEN_CONTACT)), 0.8, 0.0)
    always = np.isin(code, numbers_of("offence_code", _CONTACT_CODES))
    draw = rng.random((2, count))
    contact = draw[0] < np.where(kind >= 0, contact_share, np.where(always, 1.0, often))
    online = draw[1] < np.where(kind >= 0, online_share, np.where(always, 0.05, 0.08))
    return np.asarray(contact), np.asarray(online)


def relationships(rng: np.random.Generator, contact: Flags, group: Flags, age: Whole) -> Whole:
    """What the suspect is to the victim, if anybody is suspected; nobody under 13 has a partner."""
    count = len(contact)
    near = rng.choice(len(shares.RELATIONSHIPS), count, p=shares.RELATIONSHIPS)
    far = rng.choice(len(shares.DISTANT_RELATIONSHIPS), count, p=shares.DISTANT_RELATIONSHIPS)
    relation = np.where(contact, near, far).astype(np.int32)
    acquaintance, family = numbers_of("relationship", ("acquaintance", "other family"))
    is_partner = np.isin(relation, numbers_of("relationship", ("intimate partner", "ex-partner")))
    is_parent = relation == word("relationship", "parent")
    relation = np.where(is_partner & ((age < 13) | group), acquaintance, relation)
    relation = np.where(is_parent & (age > 55), acquaintance, relation)
    return np.where(is_parent & group & (age <= 55), family, relation).astype(np.int32)


def ticked(
    rng: np.random.Generator, code: Whole, child: Flags, happened: dict[str, Flags]
) -> dict[str, Whole]:
    """The force's flags. Contact, online and group are now and then left empty; none says what is not so."""
    count = len(code)
    named = np.isin(code, numbers_of("offence_code", shares.NAMES_A_CHILD))
    images = code == word("offence_code", "86")
    rape = np.isin(code, numbers_of("offence_code", shares.CLASSES["rape"]))
    draw = rng.random((7, count))
    forgotten = np.where(named, STATE["not recorded"], 0)
    found: dict[str, Whole] = {
        "csa": np.where(child, np.where((draw[0] < 0.95) | images, 1, forgotten), 0).astype(np.int32),
        "cse": (child & (draw[1] < 0.07)).astype(np.int32),
        "third_party_report": (draw[2] < np.where(child, 0.35, 0.08)).astype(np.int32),
    }
    for place, name in enumerate(("contact", "online", "group_based"), start=3):
        gap = (draw[place] < 0.03) & ~(rape & (name == "contact"))
        found[name] = np.where(gap, STATE["not recorded"], happened[name]).astype(np.int32)
    close = happened["close"]
    found["domestic_abuse"] = (close & (draw[6] < np.where(child, 0.3, 0.8))).astype(np.int32)
    return found


def is_close(relation: Whole) -> Flags:
    """Family and partners, past and present."""
    return np.asarray(np.isin(relation, numbers_of("relationship", _FAMILY_OR_PARTNER)))


def locations(rng: np.random.Generator, contact: Flags, online: Flags) -> Whole:
    """The kind of place; not recorded for some."""
    count = len(contact)
    place = rng.choice(len(shares.LOCATIONS), count, p=shares.LOCATIONS)
    place = np.where(online & ~contact, 1, np.where(place == 1, 0, place))
    return np.where(rng.random(count) < 0.06, STATE["not recorded"], place).astype(np.int32)
