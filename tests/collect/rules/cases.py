"""For every rule on records: rows that pass it and rows that break it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.collect.rules.invented import CLEAN, NO_SUSPECT, NO_VICTIM, Row


@dataclass(frozen=True)
class Case:
    """Rows, and the places of those that break the rule."""

    rows: tuple[Row, ...]
    broken: tuple[int, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


def passes(*rows: Row, **facts: Any) -> Case:
    return Case(rows, facts=facts)


def breaks(*rows: Row, **facts: Any) -> Case:
    return Case(rows, tuple(range(len(rows))), facts)


def after_the_first(*rows: Row) -> Case:
    return Case(rows, tuple(range(1, len(rows))))


def child(age: int, **changes: Any) -> Row:
    return {"victim_age": age, "victim_born_on": None, "csa": "yes", **changes}


DAY = timedelta(days=1)
RECORDED: date = CLEAN["recorded_on"]
ONE_CRIME = {"crime_ref": "one crime"}
ONE_VICTIM = {"victim_ref": "one victim"}
ONE_SUSPECT = {"suspect_ref": "one suspect"}
ONE_ROW = ONE_CRIME | ONE_VICTIM | ONE_SUSPECT
ONE_KEY = "|".join(ONE_ROW.values())
TELLS_NOTHING = dict.fromkeys(("offence_code", "offence_class", "recorded_on", "recorded_year"))
NAMELESS = ONE_CRIME | {"victim_ref": None, "victim_name_key": None}
NO_NAME = ONE_CRIME | {"suspect_ref": None}
TWICE = ONE_VICTIM | ONE_SUSPECT | ONE_CRIME
SAME = ONE_ROW | {"victim_name_key": "one name"}
YEAR_ONLY = {"recorded_on": None}

CASES: dict[str, list[Case]] = {
    "DAT-001": [
        breaks({"recorded_on": date(2025, 4, 1)}, YEAR_ONLY | {"recorded_year": 2026}),
        passes({"recorded_on": date(2025, 3, 31)}, YEAR_ONLY | {"recorded_year": 2025}),
    ],
    "DAT-002": [
        breaks({"recorded_on": None, "recorded_year": None}),
        passes({"recorded_on": None}, {"recorded_year": None}),
    ],
    "DAT-003": [breaks({"reported_on": RECORDED + DAY}), passes({"reported_on": RECORDED})],
    "DAT-004": [
        breaks({"reported_on": date(2024, 2, 29)}),
        passes({"reported_on": date(2024, 3, 1)}, {"offence_from": date(9999, 12, 31)}),
    ],
    "DAT-005": [
        breaks({"offence_to": date(2024, 2, 29)}),
        passes({"offence_to": date(2024, 3, 2)}, {"offence_to": None}, {"offence_to": date(1900, 1, 1)}),
    ],
    "DAT-006": [breaks({"outcome_on": RECORDED - DAY}), passes({"outcome_on": RECORDED})],
    "DAT-007": [breaks({"outcome_on": date(2025, 4, 1)}), passes({"outcome_on": date(2025, 3, 31)})],
    "DAT-008": [
        breaks({"offence_from": RECORDED + DAY}, {"offence_from": date(2025, 4, 1), "recorded_on": None}),
        passes({"offence_from": RECORDED}, {"offence_from": date(2099, 12, 31)}),
    ],
    "DAT-009": [
        breaks({"offence_from": date(1900, 1, 1)}, {"offence_to": date(9999, 12, 31)}),
        passes({"offence_from": date(1970, 1, 2)}),
    ],
    "DAT-010": [
        breaks({"reported_on": RECORDED.replace(year=2022)}),
        passes({"reported_on": RECORDED.replace(year=2023)}),
    ],
    "DAT-011": [
        breaks(
            {"recorded_on": date(2023, 12, 31)},
            {"recorded_on": date(2025, 1, 1)},
            YEAR_ONLY | {"recorded_year": 2023},
        ),
        passes(
            {"recorded_on": date(2024, 1, 1)},
            {"recorded_on": date(2024, 12, 31)},
            YEAR_ONLY | {"recorded_year": 2023, "recorded_year_basis": "reported"},
        ),
        passes({"recorded_on": date(2023, 12, 31)}, first_day=None, last_day=None),
    ],
    "DAT-012": [breaks({"days_to_report": -1}), passes({"days_to_report": 0})],
    "DAT-013": [breaks({"days_to_outcome": -1}), passes({"days_to_outcome": 0})],
    "DAT-014": [
        breaks(
            {"days_to_report": 5},
            {
                "days_to_report": 3,
                "days_to_report_basis": "offence from to recorded",
                "recorded_on": date(2024, 5, 1),
            },
            {"days_to_outcome": 58},
            {"days_to_outcome": 63, "days_to_outcome_basis": "reported"},
        ),
        passes(
            {"days_to_report": 4},
            {"days_to_report": 4, "days_to_report_basis": "offence from to recorded"},
            {"days_to_outcome": 61, "days_to_outcome_basis": "reported"},
            {"days_to_report": 99, "offence_from": None},
        ),
    ],
    "DAT-015": [
        breaks({"recorded_year": 2023}, {"recorded_year": 2023, "recorded_year_basis": "reported"}),
        passes({"recorded_year": 2023, "recorded_year_basis": "created"}),
    ],
    "DAT-016": [
        breaks({"offence_from": date(1923, 5, 1)}),
        passes({"offence_from": date(1924, 5, 1)}, {"offence_from": date(1900, 1, 1)}),
    ],
    "DAT-017": [
        breaks({"offence_to": RECORDED + DAY}),
        passes(
            {"offence_to": RECORDED},
            {"offence_to": date(9999, 12, 31)},
            {"offence_to": None, "offence_from": RECORDED + DAY},
        ),
    ],
    "DAT-018": [
        breaks(YEAR_ONLY | {"recorded_year_basis": "reported"}),
        breaks(YEAR_ONLY | {"recorded_year_basis": "created"}),
        passes(YEAR_ONLY, {"recorded_year_basis": "reported"}, YEAR_ONLY | {"recorded_year": None}),
    ],
    "OUT-001": [
        breaks({"outcome_type": None}),
        passes(
            {"outcome_type": None, "outcome_on": None},
            {"outcome_type": None, "outcome_type__state": "unusable"},
        ),
    ],
    "OUT-002": [
        breaks({"outcome_on": None}),
        passes(
            {"outcome_on": None, "outcome_type": "0"}, {"outcome_on": None, "outcome_on__state": "unusable"}
        ),
    ],
    "OUT-003": [
        breaks({"outcome_type": "22", "outcome_on": date(2019, 3, 31)}),
        passes({"outcome_type": "22", "outcome_on": date(2019, 4, 1)}),
    ],
    "OUT-004": [
        breaks({"outcome_type": "21", "outcome_on": date(2015, 12, 31)}),
        passes({"outcome_type": "21", "outcome_on": date(2016, 1, 1)}),
    ],
    "OUT-005": [
        breaks({"outcome_type": "19"}, {"outcome_type": "19", "offence_code": None, "offence_class": "rape"}),
        passes({"outcome_type": "19", "offence_code": None, "offence_class": "other"}),
    ],
    "OUT-006": [
        breaks({"outcome_type": "1A"}, {"outcome_type": "2A"}, {"outcome_type": "3A"}),
        passes({"outcome_type": "1"}),
    ],
    "OUT-007": [breaks({"outcome_type": "0"}), passes({"outcome_type": "0", "outcome_on": None})],
    "OUT-008": [
        breaks({"outcome_type": "18"}, {"outcome_type": "18", **NO_SUSPECT, "suspect_sex": "male"}),
        passes({"outcome_type": "18", **NO_SUSPECT}),
        passes({"outcome_type": "18", "recorded_on": date(2013, 5, 1)}, first_day=None, last_day=None),
    ],
    "OUT-009": [breaks({"outcome_type": "14"}), passes({"outcome_type": "14", **NO_SUSPECT})],
    "OUT-010": [
        breaks({"outcome_type": "15", **NO_SUSPECT}, {"outcome_type": "16", **NO_SUSPECT}),
        passes({"outcome_type": "15"}, {**NO_SUSPECT, "suspect_ref__state": "unknown"}),
    ],
    "OUT-011": [
        breaks({"outcome_type": "1", **NO_SUSPECT}, {"outcome_type": "1A", **NO_SUSPECT}),
        passes({"outcome_type": "1"}, {"outcome_type": "5", **NO_SUSPECT}),
    ],
    "OUT-012": [
        breaks({"outcome_type": "2", "suspect_age": 18}),
        passes(
            {"outcome_type": "2", "suspect_age": 17, "suspect_child": "yes"},
            {"outcome_type": "2", "suspect_age_basis": "record created"},
        ),
    ],
    "OUT-013": [
        breaks({"outcome_type": "3", "suspect_age": 17}),
        passes(
            {"outcome_type": "3", "suspect_age": 18},
            {"outcome_type": "3", "suspect_age": 15, "offence_from": date(2020, 3, 1)},
        ),
    ],
    "OUT-014": [
        breaks({"outcome_type": "14", **NO_VICTIM}, {"outcome_type": "16", **NO_VICTIM}),
        passes({"outcome_type": "16"}, {"outcome_type": "15", **NO_VICTIM}),
    ],
    "OUT-015": [
        breaks({"outcome_type": "11", "suspect_age": 10}),
        passes({"outcome_type": "11", "suspect_age": 9}),
    ],
    "OUT-016": [breaks({"outcome_type": "cancelled"}), passes({})],
    "OUT-017": [breaks({"outcome_type": "incident"}), passes({})],
    "OUT-018": [
        breaks({"outcome_type": "5", **NO_SUSPECT}, {"outcome_type": "22", **NO_SUSPECT}),
        passes({"outcome_type": "5"}, {"outcome_type": "13", **NO_SUSPECT}),
    ],
    "OUT-019": [
        breaks({"outcome_type": "6"}, {"outcome_type": "7", "offence_code": None, "offence_class": "rape"}),
        passes({"outcome_type": "6", "offence_code": None, "offence_class": "other"}),
    ],
    "OUT-020": [
        breaks(
            {"outcome_type": "17", "offence_code": "19C"},
            {"outcome_type": "17", "offence_code": None, "offence_class": "rape"},
        ),
        passes({"outcome_type": "17"}),
    ],
    "OFF-001": [
        breaks({"offence_code": None, "offence_class": None}),
        passes({"offence_code": None}, {"offence_class": None}),
    ],
    "OFF-002": [breaks({"offence_code": "N100/1"}), passes({"offence_code": "19C"})],
    "OFF-003": [
        breaks({"offence_code": "19C", "victim_sex": "male"}),
        passes({"offence_code": "19C"}, {"offence_code": "19C", "victim_sex": "indeterminate"}),
    ],
    "OFF-004": [
        breaks({"offence_code": "17A", "victim_sex": "female"}),
        passes({"offence_code": "17A", "victim_sex": "male"}),
    ],
    "OFF-005": [
        breaks(child(13, offence_code="20B"), child(40, offence_code="21")),
        passes(
            child(12, offence_code="20B"), child(13, offence_code="20B", victim_age_basis="record created")
        ),
    ],
    "OFF-006": [
        breaks(child(16, offence_code="19D"), child(17, offence_code="88A")),
        passes(child(15, offence_code="19D"), child(13, offence_code="20B")),
    ],
    "OFF-007": [breaks(child(15, offence_code="19C")), passes(child(16, offence_code="19C"))],
    "OFF-008": [breaks(child(12, offence_code="20A")), passes(child(13, offence_code="20A"))],
    "OFF-009": [
        breaks({"offence_code": "19D", "csa": "no"}, {"offence_code": "73", "csa": "no"}),
        passes({"offence_code": "19D", "csa": "yes"}, {"offence_code": "19D", "csa": None}, {"csa": "no"}),
    ],
    "OFF-010": [
        breaks({"cse": "yes", "victim_age": 18}),
        passes({"cse": "yes", "victim_age": 17}, {"cse": "yes", "victim_age_basis": "record created"}),
    ],
    "OFF-011": [breaks(child(18)), passes(child(17))],
    "OFF-012": [
        breaks({"offence_code": "86", "csa": None, "cse": None, "victim_age": None}),
        passes(
            {"offence_code": "86", "csa": "no", "cse": None, "victim_age": None},
            {"offence_code": "86", "csa": None, "cse": None, "victim_age": 15},
        ),
    ],
    "OFF-013": [
        breaks(
            {"offence_code": "19C", "contact": "no"},
            {"offence_code": None, "offence_class": "rape", "contact": "no"},
        ),
        passes({"offence_code": "19C"}, {"contact": "no"}),
    ],
    "OFF-014": [breaks({"offence_class": "rape"}), passes({"offence_code": "19C", "offence_class": "rape"})],
    "OFF-015": [
        breaks(child(18, offence_code="73"), child(18, offence_code="71")),
        passes(child(17, offence_code="73")),
    ],
    "OFF-016": [
        breaks({"location_kind": "online"}),
        passes({"location_kind": "online", "online": "yes"}, {"online": "yes"}),
    ],
    "OFF-017": [
        breaks(
            {"location_kind": "online", "offence_code": "19C"},
            {"location_kind": "online", "offence_code": None, "offence_class": "rape"},
        ),
        passes({"location_kind": "online"}, {"offence_code": "19C"}),
    ],
    "AGE-001": [breaks({"victim_age": 106}), passes({"victim_age": 105})],
    "AGE-002": [
        breaks({"suspect_age": 9}, {"suspect_age": 0, "suspect_age_basis": "record created"}),
        passes({"suspect_age": 10}, {"suspect_age": 8, "outcome_type": "11"}),
    ],
    "AGE-003": [breaks({"suspect_age": 101}), passes({"suspect_age": 100})],
    "AGE-004": [
        breaks({"suspect_child": "yes", "suspect_age": 18}, {"suspect_child": "yes", "suspect_age": 9}),
        passes({"suspect_child": "yes", "suspect_age": 17}, {"suspect_child": "no", "suspect_age": 18}),
    ],
    "AGE-005": [
        breaks({"suspect_child": "no", "suspect_age": 10}, {"suspect_child": "no", "suspect_age": 17}),
        passes({"suspect_child": "no", "suspect_age": 18}),
    ],
    "AGE-006": [
        breaks({"victim_age_basis": "record created"}),
        breaks({"suspect_age_basis": "record created"}),
        passes({"victim_age_basis": "record created", "victim_age": None}),
    ],
    "AGE-007": [
        breaks(
            {"victim_age": 29}, {"victim_age": 31}, {"victim_born_on": date(1994, 3, 2), "victim_age": 30}
        ),
        passes(
            {"victim_born_on": date(1994, 3, 1)},
            {"victim_age": 31, "offence_to": date(2024, 8, 1)},
            {"victim_age": 50, "victim_age_basis": "record created"},
        ),
    ],
    "AGE-008": [
        breaks({"victim_born_on": date(2024, 3, 2)}),
        passes({"victim_born_on": date(2024, 3, 1)}, {"offence_to": None, "offence_from": date(1900, 1, 1)}),
    ],
    "AGE-009": [
        breaks(child(9, relationship="intimate partner"), child(0, relationship="ex-partner")),
        passes(child(10, relationship="ex-partner"), child(9, relationship="sibling")),
    ],
    "AGE-011": [
        breaks(child(16, offence_code="73", suspect_age=17)),
        passes(child(16, offence_code="73", suspect_age=18), child(15, offence_code="21", suspect_age=17)),
        passes(child(16, offence_code="73", suspect_age=17, suspect_age_basis="record created")),
    ],
    "AGE-010": [
        breaks(child(9, relationship="parent", suspect_age=18)),
        passes(
            child(8, relationship="parent", suspect_age=18),
            child(9, relationship="sibling", suspect_age=18),
            child(9, relationship="parent", suspect_age=18, suspect_age_basis="record created"),
        ),
    ],
    "LNK-001": [breaks({"crime_ref": None}), passes({})],
    "LNK-002": [
        breaks(ONE_CRIME, ONE_CRIME | {"recorded_on": RECORDED + DAY}),
        passes(ONE_CRIME, ONE_CRIME, ONE_CRIME | {"recorded_on": None}),
        passes({}, {"recorded_on": RECORDED + DAY}),
    ],
    "LNK-003": [
        breaks(ONE_CRIME, ONE_CRIME | {"offence_code": "23"}),
        passes(ONE_CRIME, ONE_CRIME, ONE_CRIME | {"offence_code": None}),
    ],
    "LNK-004": [
        breaks(ONE_CRIME, ONE_CRIME | {"outcome_type": "15"}),
        passes(ONE_CRIME, ONE_CRIME, ONE_CRIME | {"outcome_type": "cancelled"}),
    ],
    "LNK-005": [
        breaks(ONE_VICTIM, ONE_VICTIM | {"victim_sex": "male"}),
        passes(ONE_VICTIM, ONE_VICTIM, {"victim_sex": "male"}),
    ],
    "LNK-006": [
        breaks(ONE_CRIME | ONE_VICTIM, ONE_CRIME | ONE_VICTIM | {"victim_age": 32}),
        passes(
            ONE_CRIME | ONE_VICTIM, ONE_CRIME | ONE_VICTIM | {"victim_age": 31}, ONE_CRIME | {"victim_age": 9}
        ),
    ],
    "LNK-007": [
        breaks(ONE_SUSPECT, ONE_SUSPECT | {"suspect_sex": "female"}),
        passes(ONE_SUSPECT, ONE_SUSPECT, {"suspect_sex": "female"}),
    ],
    "LNK-008": [
        breaks(NO_SUSPECT),
        passes({}, NO_SUSPECT | {"relationship": "stranger"}, NO_SUSPECT | {"relationship": None}),
    ],
    "LNK-009": [
        breaks({"victim_ref": "the same", "suspect_ref": "the same"}),
        passes({}, {"victim_ref": None, "suspect_ref": None}),
    ],
    "LNK-010": [
        breaks({"crime_ref": "unheard of"}, earlier={"crimes": ["heard of"]}),
        passes({"crime_ref": "heard of"}, {"crime_ref": None}, earlier={"crimes": ["heard of", None]}),
        passes({"crime_ref": "unheard of"}),
    ],
    "LNK-011": [
        breaks(*[ONE_CRIME] * 31),
        passes(*[ONE_CRIME] * 30, ONE_CRIME | {"victim_ref": None}),
        passes(*[ONE_CRIME | ONE_VICTIM | {"suspect_ref": f"suspect {n}"} for n in range(40)]),
    ],
    "LNK-012": [
        breaks(NO_VICTIM),
        passes({}, NO_VICTIM | {"offence_code": "86"}, NO_VICTIM | {"victim_ref__state": "not applicable"}),
        passes(NO_VICTIM | {"offence_code": "27"}, NO_VICTIM | {"offence_code": "88D"}),
    ],
    "LNK-013": [
        breaks(NO_VICTIM | {"relationship": "parent"}),
        passes({}, NO_VICTIM, NO_VICTIM | {"relationship": "stranger"}, {"victim_ref": None}),
    ],
    "LNK-014": [
        breaks({"domestic_abuse": "yes", "relationship": "stranger"}),
        passes({"domestic_abuse": "yes"}, {"relationship": "stranger"}),
    ],
    "LNK-015": [
        breaks({"offence_code": "23", "relationship": "stranger"}),
        passes({"offence_code": "23"}, {"relationship": "stranger"}),
    ],
    "LNK-016": [
        breaks(ONE_VICTIM, ONE_VICTIM | {"victim_born_on": date(1993, 1, 7)}),
        passes(ONE_VICTIM, ONE_VICTIM, ONE_VICTIM | {"victim_born_on": date(1900, 1, 1)}),
    ],
    "LNK-017": [
        Case((NAMELESS, NAMELESS | {"suspect_ref": "another"}), (0,)),
        passes(NAMELESS, NAMELESS | {"victim_age": 12, "suspect_ref": "another"}),
        passes(NAMELESS, NAMELESS | {"victim_ref": "a victim"}, NAMELESS | NO_VICTIM),
        passes(ONE_CRIME | NO_VICTIM, ONE_CRIME | NO_VICTIM),
    ],
    "LNK-019": [
        breaks({"victim_ref": None}, {"victim_ref": None, "victim_ref__state": "unknown"}),
        passes({}, NO_VICTIM, {"victim_ref": None, "victim_ref__state": "unusable"}),
    ],
    "LNK-020": [
        breaks(ONE_SUSPECT, ONE_SUSPECT | {"suspect_age": 22}),
        passes(
            ONE_SUSPECT,
            ONE_SUSPECT | {"suspect_age": 32, "offence_from": date(2014, 12, 31)},
            ONE_SUSPECT | {"suspect_age": 22, "suspect_age_basis": "record created"},
            ONE_SUSPECT | {"suspect_age": 22, "offence_from": date(1900, 1, 1)},
        ),
    ],
    "LNK-018": [
        Case((NO_NAME, NO_NAME | {"victim_ref": "another"}), (0,)),
        passes(NO_NAME, NO_NAME | {"suspect_age": 12, "victim_ref": "another"}),
        passes(NO_NAME, NO_NAME | {"suspect_ref": "a suspect"}, NO_NAME | NO_SUSPECT),
    ],
    "DUP-011": [
        after_the_first(SAME, SAME, SAME),
        passes(SAME, SAME | {"contact": "no"}, SAME | {"victim_ref": "another victim"}),
        passes({"crime_ref": None}, {"crime_ref": None}),
    ],
    "DUP-012": [
        after_the_first(ONE_ROW, ONE_ROW | {"contact": "no"}),
        passes(ONE_ROW, ONE_ROW | {"victim_ref": "another victim"}, ONE_ROW | {"suspect_ref": None}),
        passes(SAME, SAME),
    ],
    "DUP-015": [
        Case((NAMELESS,) * 3, (1, 2), {"unit": "victim"}),
        passes(NAMELESS, NAMELESS | {"victim_age": 9}, unit="victim"),
        passes(ONE_ROW, ONE_ROW | {"victim_age": 9}, unit="victim"),
        passes(NAMELESS, NAMELESS | {"victim_age": 9}),
    ],
    "DUP-016": [
        Case((TWICE, TWICE | {"crime_ref": "another"}, TWICE | {"crime_ref": "a third"}), (1, 2)),
        Case((TWICE | NO_SUSPECT, TWICE | NO_SUSPECT | {"crime_ref": "another"}), (1,)),
        passes(TWICE, TWICE | {"crime_ref": "another", "offence_from": date(2024, 2, 29)}),
        passes(TWICE, TWICE | {"crime_ref": "another", "suspect_ref": "another"}),
        passes(TWICE, TWICE | {"crime_ref": "another", "offence_code": "20A"}),
        passes(TWICE, TWICE | {"crime_ref": "another", "victim_age": 9}),
        passes(TWICE, TWICE),
    ],
    "DUP-013": [
        breaks(ONE_ROW, earlier={"units": [ONE_KEY]}),
        passes(ONE_ROW | {"victim_ref": None}, ONE_CRIME, earlier={"units": [ONE_KEY]}),
        passes(ONE_ROW),
    ],
    "DUP-014": [
        breaks(ONE_ROW, ONE_CRIME | NO_VICTIM, earlier={"told": ["one crime"]}),
        passes(ONE_ROW, earlier={"told": ["one crime"], "units": [ONE_KEY]}),
        passes(ONE_CRIME | TELLS_NOTHING, {}, earlier={"told": ["one crime"]}),
        passes(ONE_ROW),
    ],
}
