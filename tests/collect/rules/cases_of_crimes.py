"""For every rule on days, outcomes and offences: rows that pass it and rows that break it."""

from __future__ import annotations

from datetime import date

from tests.collect.rules.case import DAY, RECORDED, YEAR_ONLY, Case, breaks, child, passes
from tests.collect.rules.invented import NO_SUSPECT, NO_VICTIM

OF_CRIMES: dict[str, list[Case]] = {
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
}
