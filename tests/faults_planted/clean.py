"""Clean returns as an experienced crime registrar would accept them: invented crimes, drawn with a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap, ReturnMapping
from fullpicture.programme.return_check import Terms
from tests.faults_planted.scenes import IDENTIFIED, SCENES, Scene, outcome_of

Row = dict[str, str]

TERMS = Terms(date(2025, 4, 30), date(2024, 1, 1), date(2024, 12, 31))
ROWS = 300
VICTIM_ETHNICITIES = ("W1", "W1", "W1", "W2", "W9", "M1", "M2", "A1", "A2", "A3", "B1", "B2", "O9", "")
SUSPECT_ETHNICITIES = ("IC1", "IC1", "IC2", "IC3", "IC4", "IC5", "IC6", "")
FIRST_HALVES = ("Ald", "Brack", "Cold", "Dun", "Elm", "Fern", "Gars", "Hol", "Kel", "Mar", "Nor", "Ox", "Wex")
SECOND_HALVES = ("berry", "combe", "dale", "field", "gate", "hurst", "ley", "mere", "stead", "thorpe", "wick")
FAMILY = ("Parent", "Sibling", "Other family")
CONNECTED = (*FAMILY, "Intimate partner", "Ex-partner")

FIELDS = (
    FieldMap("crime_ref", headers=("Crime number",)),
    FieldMap("offence_code", headers=("HO code",)),
    FieldMap("offence_class", headers=("Offence group",), uses=("offence-class",)),
    FieldMap("offence_from", headers=("Offence from",)),
    FieldMap("offence_to", headers=("Offence to",)),
    FieldMap("reported_on", headers=("Reported",)),
    FieldMap("recorded_on", headers=("Recorded",)),
    FieldMap("recorded_year", headers=("Year",), basis="recorded"),
    FieldMap("days_to_report", headers=("Days to report",), basis="offence from to reported"),
    FieldMap("days_to_outcome", headers=("Days to outcome",), basis="reported"),
    FieldMap("location_kind", headers=("Location",), uses=("location-kind",)),
    FieldMap("csa", headers=("CSA",), uses=("flag",)),
    FieldMap("cse", headers=("CSE",), uses=("flag",)),
    FieldMap("contact", headers=("Contact",), uses=("flag",)),
    FieldMap("online", headers=("Online",), uses=("flag",)),
    FieldMap("domestic_abuse", headers=("Domestic abuse",), uses=("flag",)),
    FieldMap("group_based", headers=("Group",), uses=("flag",)),
    FieldMap("third_party_report", headers=("Third party",), uses=("flag",)),
    FieldMap("outcome_type", headers=("Outcome",), uses=("outcome",)),
    FieldMap("outcome_on", headers=("Outcome date",)),
    FieldMap("victim_ref", headers=("Victim ref",)),
    FieldMap("victim_sex", headers=("Victim sex",), uses=("sex",)),
    FieldMap("victim_age", headers=("Victim age",), basis="offence"),
    FieldMap(
        "victim_ethnicity", headers=("Victim ethnicity",), uses=("ethnicity-16",), basis="16+1", by="self"
    ),
    FieldMap("relationship", headers=("Relationship",), uses=("relationship",)),
    FieldMap("victim_born_on", headers=("Victim born",)),
    FieldMap("victim_name_key", headers=("Victim name",)),
    FieldMap("suspect_ref", headers=("Suspect ref",)),
    FieldMap("suspect_sex", headers=("Suspect sex",), uses=("sex",)),
    FieldMap("suspect_age", headers=("Suspect age",), basis="offence"),
    FieldMap(
        "suspect_ethnicity", headers=("Suspect ethnicity",), uses=("ethnicity-ic",), basis="IC", by="officer"
    ),
    FieldMap("suspect_child", headers=("Suspect child",), uses=("flag",)),
)
MAPPING = ReturnMapping(
    "invented",
    "E23000032",
    "crime-victim-suspect",
    FIELDS,
    date_order="dmy",
    duplicates=DuplicateMark("Duplicate", keep=("No",)),
    missing={"Unknown": "unknown"},
)
HEADERS = (*(field.headers[0] for field in FIELDS), "Duplicate")


def written(day: date | None) -> str:
    """A day as this force writes it."""
    return f"{day:%d/%m/%Y}" if day else ""


def read_day(text: str) -> date:
    """The day that this force wrote."""
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


@dataclass(frozen=True)
class Person:
    """A victim or suspect; none of whose fields change from crime to crime but the age."""

    ref: str
    sex: str
    born: date
    ethnicity: str
    name: str
    is_birth_known: bool

    def age_on(self, day: date) -> int:
        """Whole years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True)
class Days:
    """The days of a crime up to its recording."""

    first: date
    last: date
    reported: date
    recorded: date


class Force:
    """Draws crimes one after the other; victims and suspects may come again."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.crimes = 0
        self.persons = 0
        self.known: dict[str, Person] = {}

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self.rng.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        """True this often."""
        return bool(self.rng.random() < share)

    def one_of(self, values: tuple[str, ...]) -> str:
        """Any of them."""
        return values[int(self.rng.integers(len(values)))]

    def person(self, letter: str, sex: str, age: int, on: date) -> Person:
        """Somebody new who is of this age on this day."""
        self.persons += 1
        born = date(on.year - age, on.month, min(on.day, 28)) - timedelta(days=self.between(1, 360))
        name = self.one_of(FIRST_HALVES) + self.one_of(SECOND_HALVES)
        ethnicities = VICTIM_ETHNICITIES if letter == "V" else SUSPECT_ETHNICITIES
        ref = f"{letter}{2_000_000 + 37 * self.persons}"
        return Person(ref, sex, born, self.one_of(ethnicities), name, self.chance(0.8))

    def days(self, scene: Scene, recorded: date | None = None) -> Days:
        """When it happened, was reported and was recorded."""
        recorded = recorded or date(2024, 1, 1) + timedelta(days=self.between(0, 365))
        reported = recorded - timedelta(days=self.between(0, 1))
        if scene.may_be_old and self.chance(0.25):
            first = reported - timedelta(days=self.between(700, 6500))
            return Days(first, first + timedelta(days=self.between(0, 200)), reported, recorded)
        last = reported - timedelta(days=int(self.rng.exponential(12)))
        return Days(last - timedelta(days=self.between(0, 3)), last, reported, recorded)

    def victim(self, scene: Scene, days: Days) -> Person | None:
        """The victim, of the sex and the age that the offence names."""
        if scene.is_victimless:
            return None
        # Nobody has a birthday during the offence that would take them out of its wording.
        for _ in range(200):
            age = self.between(scene.youngest, min(scene.oldest, scene.youngest + 40))
            person = self.person("V", self.one_of(scene.victims), age, days.first)
            if person.age_on(days.last) <= scene.oldest:
                return person
        raise AssertionError(scene)

    def suspect(self, scene: Scene, relation: str, victim: Person | None, days: Days) -> Person:
        """A suspect whose age fits what he or she is to the victim."""
        age = victim.age_on(days.first) if victim else 30
        low, high = {
            "Parent": (age + 18, age + 42),
            "Sibling": (max(10, age - 3), max(14, age + 9)),
            "Intimate partner": (max(14, age - 2), max(16, age + 4)),
            "Ex-partner": (max(14, age - 2), max(16, age + 4)),
            "Other family": (14, 70),
            "Person of trust": (24, 66),
            "Professional": (24, 66),
            "Guardian or carer": (24, 66),
        }.get(relation, (min(13, scene.suspect_to), 60))
        low, high = max(low, scene.suspect_from), min(high, scene.suspect_to)
        sex = "Male" if scene.only_men or self.chance(0.9) else "Female"
        return self.person("S", sex, self.between(low, max(low, high)), days.first)


def crime_rows(force: Force, scene: Scene) -> list[Row]:
    """The rows of one crime: one for each pair of its victims and suspects."""
    days = force.days(scene)
    victims = [force.victim(scene, days)]
    relation = force.one_of(scene.relations) if scene.relations else ""
    if scene.two_victims and force.chance(0.5):
        victims.append(second_victim(force, scene, days, victims[0]))
    oldest = min((person for person in victims if person), key=lambda person: person.born, default=None)
    suspects: list[Person | None] = [None]
    if not force.chance(scene.unidentified):
        suspects = [force.suspect(scene, relation, oldest, days)]
    before = force.known.get(scene.code)
    if scene.repeats and before and suspects[0] and force.chance(0.4) and before.age_on(days.first) >= 18:
        suspects = [before]
    elif scene.repeats and suspects[0] and suspects[0].age_on(days.first) >= 20:
        force.known[scene.code] = suspects[0]
    if scene.two_suspects and suspects[0] and force.chance(0.5):
        suspects.append(force.suspect(scene, relation, oldest, days))
    rows = told(force, scene, days, relation, victims, suspects)
    if relation in ("Intimate partner", "Ex-partner") and len(rows) == 1 and suspects[0] and victims[0]:
        rows += again(force, scene, days, relation, victims, suspects)
    return rows


def second_victim(force: Force, scene: Scene, days: Days, first: Person) -> Person:
    """Another child beside a child, an adult beside an adult: else they are two crimes."""
    while True:
        other = force.victim(scene, days)
        if (other.age_on(days.first) < 18) == (first.age_on(days.first) < 18):
            return other


def again(force: Force, scene: Scene, days: Days, relation: str, victims, suspects) -> list[Row]:
    """Sometimes the same partner does it again, some weeks later, and it is another crime."""
    recorded = days.recorded + timedelta(days=force.between(30, 90))
    later = Days(*(recorded - timedelta(days=gap) for gap in (3, 3, 1, 1)))
    fits = victims[0].age_on(later.first) <= scene.oldest and recorded <= date(2024, 12, 31)
    if not (fits and force.chance(0.5)):
        return []
    return told(force, scene, later, relation, victims, suspects)


def told(force: Force, scene: Scene, days: Days, relation: str, victims, suspects) -> list[Row]:
    """What is said of the crime, once for each of its rows."""
    force.crimes += 1
    ages = [person.age_on(days.first) if person else None for person in suspects]
    age = victims[0].age_on(days.first) if victims[0] else None
    outcome = outcome_of(force.rng, scene, ages, age is not None, is_recent=days.first.year >= 2023)
    longest = (TERMS.as_of - days.recorded).days
    least = 200 if outcome == "17" else 1
    given = days.recorded + timedelta(days=force.between(least, max(least, min(longest, 280))))
    given_on = None if outcome in ("", "0") or given > TERMS.as_of else given
    place = force.one_of(scene.places)
    is_child = scene.is_of_children or (age is not None and age < 18 and scene.is_sexual)
    connected = relation in CONNECTED and age is not None and age >= 16 and None not in ages
    is_domestic = connected and all(one is not None and one >= 16 for one in ages)
    exploited = scene.code == "71" or (scene.code in ("72", "106") and age is not None and age < 18)
    crime = {
        "Crime number": f"46/{100_000 + force.crimes}/24",
        "HO code": scene.code,
        "Offence group": scene.group,
        "Offence from": written(days.first),
        "Offence to": written(days.last),
        "Reported": written(days.reported),
        "Recorded": written(days.recorded),
        "Year": str(days.recorded.year),
        "Days to report": str((days.reported - days.first).days),
        "Days to outcome": str((given_on - days.reported).days) if given_on else "",
        "Location": place,
        "CSA": "Yes" if is_child or exploited else "No",
        "CSE": "Yes" if exploited else "No",
        "Contact": scene.contact,
        "Online": "Yes" if place == "Online" else scene.online,
        "Domestic abuse": "Yes" if is_domestic else "No",
        "Group": "Yes" if len(suspects) > 1 else "No",
        "Third party": "Yes" if age is not None and age < 10 else force.one_of(("Yes", "No", "No", "No")),
        "Outcome": outcome if given_on else force.one_of(("", "0")),
        "Outcome date": written(given_on),
    }
    unknown = IDENTIFIED if None not in suspects else ("", "Stranger")
    lacks_age = scene.code in ("22A", "36", "88C") and force.chance(0.15)
    between = relation if unknown is IDENTIFIED else force.one_of(unknown)
    return [
        {
            **crime,
            **of_victim(victim, days, between if victim else "", lacks_age=lacks_age),
            **of_suspect(suspect, days),
            "Duplicate": "No",
        }
        for victim in victims
        for suspect in suspects
    ]


def of_victim(person: Person | None, days: Days, relation: str, *, lacks_age: bool) -> Row:
    """The victim's cells, all empty where there is none."""
    headers = ("Victim ref", "Victim sex", "Victim age", "Victim ethnicity", "Victim born", "Victim name")
    if person is None:
        return dict.fromkeys((*headers, "Relationship"), "")
    born = written(person.born) if person.is_birth_known and not lacks_age else ""
    age = "" if lacks_age else str(person.age_on(days.first))
    cells = (person.ref, person.sex, age, person.ethnicity, born, person.name)
    return {**dict(zip(headers, cells, strict=True)), "Relationship": relation}


def of_suspect(person: Person | None, days: Days) -> Row:
    """The suspect's cells, all empty where nobody is identified."""
    headers = ("Suspect ref", "Suspect sex", "Suspect age", "Suspect ethnicity", "Suspect child")
    if person is None:
        return dict.fromkeys(headers, "")
    age = person.age_on(days.first)
    cells = (person.ref, person.sex, str(age), person.ethnicity, "Yes" if 10 <= age <= 17 else "No")
    return dict(zip(headers, cells, strict=True))


def clean_return(seed: int) -> list[Row]:
    """300 rows of a year, in the order of recording; each kind of crime at least some times."""
    force = Force(seed)
    crimes: list[list[Row]] = []
    while sum(len(rows) for rows in crimes) < ROWS:
        crimes += [crime_rows(force, scene) for scene in SCENES]
    kept = [row for rows in crimes for row in rows][:ROWS]
    return sorted(kept, key=lambda row: (read_day(row["Recorded"]), row["Crime number"]))
