"""For every rule on ages, links and duplicates: rows that pass it and rows that break it."""

from __future__ import annotations

from datetime import date

from tests.collect.rules.case import (
    DAY,
    NAMELESS,
    NO_NAME,
    ONE_CRIME,
    ONE_KEY,
    ONE_ROW,
    ONE_SUSPECT,
    ONE_VICTIM,
    RECORDED,
    SAME,
    TELLS_NOTHING,
    TWICE,
    Case,
    after_the_first,
    breaks,
    child,
    passes,
)
from tests.collect.rules.invented import NO_SUSPECT, NO_VICTIM

OF_PEOPLE: dict[str, list[Case]] = {
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
