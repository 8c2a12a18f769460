"""The kinds of crime of which the clean returns are made, and the outcomes that may follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

GIRL, BOY, EITHER = ("Female",), ("Male",), ("Female", "Female", "Male")
IDENTIFIED = ("identified",)
KNOWN = ("Acquaintance", "Intimate partner", "Ex-partner", "Stranger", "Associate")
CHILD_KNOWN = ("Acquaintance", "Parent", "Sibling", "Other family", "Person of trust", "Stranger")
TEENAGE = ("Acquaintance", "Intimate partner", "Other family", "Stranger", "Person of trust")
HOME = ("Dwelling",)
ANY = ("Dwelling", "Dwelling", "Public place", "Vehicle", "Licensed premises", "Care setting")
SCHOOL = ("Dwelling", "School or college", "Public place", "Care setting")
REMOTE = ("Online",)


@dataclass(frozen=True)
class Scene:
    """One kind of crime: whom its offence names, what goes with it, and who is suspected."""

    code: str
    group: str
    victims: tuple[str, ...] = EITHER
    youngest: int = 18
    oldest: int = 70
    relations: tuple[str, ...] = KNOWN
    places: tuple[str, ...] = ANY
    contact: str = "Yes"
    online: str = "No"
    unidentified: float = 0.2
    may_be_old: bool = False
    is_victimless: bool = False
    is_sexual: bool = True
    is_of_children: bool = False
    two_victims: bool = False
    two_suspects: bool = False
    repeats: bool = False
    only_men: bool = False
    suspect_from: int = 10
    suspect_to: int = 80


RAPE = {"group": "Rape", "only_men": True, "may_be_old": True}
SEXUAL = {"group": "Other sexual offence"}
IMAGES = {"group": "Indecent images", "contact": "No", "online": "Yes", "suspect_from": 13}
EXPLOITED = {"group": "Exploitation", "two_suspects": True}

SCENES: tuple[Scene, ...] = (
    Scene("19C", **RAPE, victims=GIRL, youngest=16, oldest=60, suspect_from=16),
    Scene("19C", **RAPE, victims=GIRL, youngest=18, oldest=70, unidentified=0.7),
    Scene("19C", **RAPE, victims=GIRL, youngest=19, oldest=45, two_suspects=True, relations=("Stranger",)),
    Scene("19D", **RAPE, victims=GIRL, youngest=13, oldest=15, relations=TEENAGE, places=SCHOOL),
    Scene("19E", **RAPE, victims=GIRL, youngest=3, oldest=12, relations=CHILD_KNOWN, places=HOME),
    Scene("19F", **RAPE, victims=BOY, youngest=16, oldest=60),
    Scene("19G", **RAPE, victims=BOY, youngest=13, oldest=15, relations=TEENAGE, places=SCHOOL),
    Scene("19H", **RAPE, victims=BOY, youngest=3, oldest=12, relations=CHILD_KNOWN, places=HOME),
    Scene("20A", **SEXUAL, victims=GIRL, youngest=13, oldest=70),
    Scene("20A", **SEXUAL, victims=GIRL, youngest=18, oldest=50, unidentified=0.6),
    Scene("20A", **SEXUAL, victims=GIRL, youngest=30, oldest=70, may_be_old=True),
    Scene("20B", **SEXUAL, victims=GIRL, youngest=3, oldest=12, relations=CHILD_KNOWN, may_be_old=True),
    Scene("20B", **SEXUAL, victims=GIRL, youngest=4, oldest=12, relations=("Acquaintance",), places=SCHOOL),
    Scene(
        "20B",
        **SEXUAL,
        victims=GIRL,
        youngest=4,
        oldest=9,
        relations=("Acquaintance",),
        places=SCHOOL,
        unidentified=0,
        suspect_from=7,
        suspect_to=9,
    ),
    Scene("17A", **SEXUAL, victims=BOY, youngest=13, oldest=60),
    Scene("17B", **SEXUAL, victims=BOY, youngest=3, oldest=12, relations=CHILD_KNOWN, may_be_old=True),
    Scene("21", **SEXUAL, youngest=4, oldest=12, relations=CHILD_KNOWN),
    Scene("22A", **SEXUAL, youngest=18, oldest=60),
    Scene("22B", **SEXUAL, youngest=13, oldest=15, relations=TEENAGE, places=SCHOOL),
    Scene("22B", **SEXUAL, youngest=13, oldest=15, relations=("Acquaintance",), places=REMOTE, contact="No"),
    Scene(
        "23",
        **SEXUAL,
        youngest=8,
        oldest=17,
        relations=("Parent", "Other family"),
        places=HOME,
        unidentified=0,
    ),
    Scene(
        "70",
        **SEXUAL,
        youngest=18,
        oldest=60,
        relations=("Professional", "Guardian or carer"),
        unidentified=0,
    ),
    Scene(
        "73",
        **SEXUAL,
        youngest=16,
        oldest=17,
        relations=("Person of trust",),
        suspect_from=24,
        unidentified=0,
    ),
    Scene(
        "88A",
        **SEXUAL,
        youngest=9,
        oldest=15,
        places=REMOTE,
        contact="No",
        relations=("Stranger",),
        suspect_from=18,
    ),
    Scene(
        "88A",
        **SEXUAL,
        youngest=9,
        oldest=15,
        places=REMOTE,
        contact="No",
        relations=("Stranger", "Acquaintance"),
        repeats=True,
        suspect_from=22,
        unidentified=0,
    ),
    Scene("88C", **SEXUAL, youngest=18, oldest=50),
    Scene("88E", **SEXUAL, youngest=14, oldest=60, contact="No", relations=("Stranger",), two_victims=True),
    Scene("71", **EXPLOITED, youngest=13, oldest=17, relations=("Associate", "Acquaintance")),
    Scene("72", **EXPLOITED, youngest=16, oldest=35, relations=("Associate", "Stranger"), suspect_from=18),
    Scene(
        "106",
        **EXPLOITED,
        youngest=16,
        oldest=45,
        relations=("Associate", "Stranger"),
        suspect_from=18,
        is_sexual=False,
        two_victims=True,
    ),
    Scene("86", **IMAGES, is_victimless=True, relations=(), places=REMOTE, is_of_children=True),
    Scene("86", **IMAGES, is_victimless=True, relations=(), places=HOME, is_of_children=True, repeats=True),
    Scene("86", **IMAGES, is_victimless=True, relations=(), places=HOME),
    Scene("86", **IMAGES, youngest=10, oldest=17, relations=("Acquaintance",), places=REMOTE),
    Scene(
        "11A",
        "Violence",
        youngest=1,
        oldest=14,
        relations=("Parent", "Guardian or carer"),
        places=HOME,
        is_sexual=False,
        unidentified=0,
        two_victims=True,
    ),
    Scene(
        "13",
        "Violence",
        youngest=6,
        oldest=15,
        relations=("Acquaintance", "Stranger"),
        contact="No",
        is_sexual=False,
        suspect_from=18,
    ),
    Scene("36", "Violence", youngest=18, oldest=50, is_sexual=False, suspect_from=16),
    Scene(
        "27",
        "Exploitation",
        is_victimless=True,
        relations=(),
        places=("Public place",),
        contact="No",
        unidentified=0,
        suspect_from=18,
        is_sexual=False,
    ),
)

OPEN = ("", "")
LIGHTER = ("86", "88E", "20A", "17A", "88C", "11A")
GRAVE = ("19C", "19D", "19E", "19F", "19G", "19H", "21", "71", "72", "106", "36")


def outcome_of(
    rng: np.random.Generator, scene: Scene, ages: list[int | None], has_victim: bool, is_recent: bool
) -> str:
    """An outcome that fits the offence, the victim and the suspects, or none while it is open."""
    choices = _choices(scene, ages, has_victim, is_recent)
    return choices[int(rng.integers(len(choices)))]


def _choices(scene: Scene, ages: list[int | None], has_victim: bool, is_recent: bool) -> tuple[str, ...]:
    age = ages[0]
    of_victims = ("16", "16", "16", "13") if has_victim else ()
    if age is None:
        return (*OPEN, "18", "18", *(("14",) if has_victim else ()))
    if len(ages) > 1:
        return (*OPEN, "1", "15", *(("16",) if has_victim else ()))
    if age < 10:
        return ("11",)
    always = (*OPEN, "1", "1", "15", "15", "20", *of_victims)
    if scene.code == "27":
        return (*OPEN, "1", "3", "8", "17")
    if age < 17 and is_recent:
        lighter = () if scene.code in GRAVE else ("2", "2A", "8", "10", "22", "21")
        return (*always, *lighter)
    if age >= 18:
        lighter = ("3", "3A", "21") if scene.code in LIGHTER else ()
        return (*always, "1A", "5", "9", "12", *lighter)
    return always
