"""Checking a table of records: counts, problems, what is compared with what."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.collect.returns.record import Unit
from fullpicture.collect.returns.references import all_differ, hashed
from fullpicture.collect.rules import RECORD_RULES
from fullpicture.collect.rules.alike import Alike
from fullpicture.collect.rules.checking import check_records
from fullpicture.collect.rules.earlier import Earlier
from fullpicture.core.problem import Problem
from tests.collect.rules.invented import CLEAN, LINK, NO_SUSPECT, checked, context, everything, records

CHOICES: dict[str, list[Any]] = {
    "crime_ref": ["a", "b", "c", None],
    "victim_ref": ["v", "w", None],
    "suspect_ref": ["s", "v", None],
    "recorded_on": [date(2024, 1, 1), date(2024, 6, 1), date(2023, 1, 1), date(2026, 1, 1), None],
    "recorded_year": [2024, 2023, None],
    "offence_from": [date(2024, 1, 1), date(1900, 1, 1), date(9999, 12, 31), None],
    "offence_code": ["19C", "20B", "86", "N100/1", None],
    "offence_class": ["rape", "other", None],
    "outcome_type": ["0", "14", "18", "22", "cancelled", "incident", None],
    "outcome_on": [date(2019, 1, 1), date(2024, 7, 1), None],
    "victim_sex": ["female", "male", None],
    "victim_age": [0, 12, 18, 110, None],
    "victim_age_basis": ["offence", "record created"],
    "suspect_age": [5, 15, 40, None],
    "csa": ["yes", "no", None],
    "contact": ["yes", "no", None],
}
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in CHOICES.items()}), max_size=12
)
UNITS: list[Unit] = ["crime", "victim", "suspect", "crime-victim-suspect"]


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, unit=st.sampled_from(UNITS), mapped=st.sets(st.sampled_from(sorted(CHOICES))))
def test_every_record_is_kept_or_refused_and_what_is_kept_stays(
    rows: list[dict[str, Any]], unit: Unit, mapped: set[str]
) -> None:
    table = records(rows, unit)
    fields = everything(unit) - mapped
    found = check_records(table, fields, context(unit))
    assert table.num_rows == found.kept.num_rows + sum(found.refused.values())
    assert all(found.refused.values())
    assert check_records(found.kept, fields, context(unit)).refused == {}


def written(table: pa.Table, coded: bool) -> pa.Table:
    """The same records with all texts but references as codes, a dictionary for each file; or none so."""
    columns: dict[str, pa.ChunkedArray] = {}
    for name in table.column_names:
        is_text = pa.types.is_dictionary(table[name].type) or table[name].type == pa.string()
        columns[name] = table[name].cast(pa.string()) if is_text else table[name]
        if is_text and coded and not name.endswith(("_ref", "_key")):
            halves = (columns[name][: len(table) // 2], columns[name][len(table) // 2 :])
            parts = [half.combine_chunks().dictionary_encode() for half in halves]
            columns[name] = pa.chunked_array(parts, pa.dictionary(pa.int32(), pa.string()))
    return pa.table(columns)


def test_records_of_one_kind_are_answered_as_each_of_them_would_be() -> None:
    codes = ("offence_code", "csa", "contact", "victim_sex", "offence_class")
    others = {
        "outcome_type": ("6", "17", "19", "cancelled", None),
        "location_kind": ("online", None),
        "online": ("no", "yes"),
    }
    kinds = product(*(CHOICES[name] for name in codes), *others.values())
    rows = [dict(zip((*codes, *others), kind, strict=True)) for kind in kinds]
    table = records(rows)
    by_kind, by_record = (
        check_records(written(table, coded), everything(), context()) for coded in (True, False)
    )
    assert (by_kind.refused, by_kind.problems) == (by_record.refused, by_record.problems)
    assert by_kind.kept.select(["row"]).equals(by_record.kept.select(["row"]))
    assert {"OUT-005", "OUT-019", "OFF-003", "OFF-013", "OFF-016"} <= {one.rule for one in by_kind.problems}


def test_more_kinds_than_a_number_can_tell_apart_are_still_told_apart() -> None:
    rng = np.random.default_rng(7)
    texts = {str(n): pa.array(rng.integers(0, 500, 900).astype(str)).dictionary_encode() for n in range(12)}
    alike = Alike.of(pa.table(texts), list(texts))
    assert list(alike.first) == list(range(900))
    assert list(alike.like(np.array([899, 3]))) == [3, 899]


def varied(count: int = 240) -> list[dict[str, Any]]:
    """Clean records of every month of 2024, of children and adults, solved and not."""
    places = ("dwelling", "public place", "online")
    rows: list[dict[str, Any]] = []
    for n in range(count):
        days = timedelta(days=n * 365 // count - 64)
        dates = {
            name: CLEAN[name] + days
            for name in ("offence_from", "offence_to", "reported_on", "recorded_on", "outcome_on")
        }
        row: dict[str, Any] = {**dates, "location_kind": places[n % 3]}
        for name in ("online", "domestic_abuse", "group_based", "third_party_report", "contact", "cse"):
            row[name] = "yes" if (n + len(name)) % 5 == 0 else "no"
        if row["location_kind"] == "online":
            row["online"] = "yes"
        born = dates["offence_from"].replace(day=1).replace(year=2024 - (9 + n % 6))
        row |= {
            "offence_code": "22A" if n % 4 else "86",
            "csa": "yes" if n % 9 else "no",
            "victim_born_on": born,
        }
        row["offence_class"] = "other sexual offence" if n % 4 else "indecent images"
        row["victim_age"] = 9 + n % 6 + dates["offence_from"].year - 2024
        row |= {"victim_sex": "female" if n % 3 else "male", "outcome_type": ("8", "16", "15")[n % 3]}
        row |= {"suspect_age": 12 + n % 30, "suspect_child": "yes" if n % 30 < 6 else "no"}
        row |= {"suspect_sex": "male" if n % 7 else "female", "days_to_outcome": 60 + n % 2}
        row |= {"victim_ethnicity": ("white", "black")[n % 2], "suspect_ethnicity": ("asian", "mixed")[n % 2]}
        row |= {"support": ("withdrew", "supports")[n % 2]}
        row |= {"contact_practice": ("as agreed", "none agreed")[n % 2]}
        row |= {"relationship": ("stranger", "sibling", "acquaintance")[n % 3], "days_to_report": 3 + n % 2}
        if row["relationship"] == "stranger":
            row["domestic_abuse"] = "no"
        rows.append(row)
    return rows


def test_a_clean_and_varied_return_has_no_problem_at_all() -> None:
    found = checked(varied())
    assert found.problems == ()
    assert found.refused == {}
    assert found.kept.equals(records(varied()))


def test_kept_records_keep_their_columns_and_their_order() -> None:
    table = records([{}, {"crime_ref": None}, {"contact": None}, {"offence_code": "N100/2"}, {}])
    kept = check_records(table, everything(), context()).kept
    assert kept.equals(table.take([0, 2, 4]))


def test_a_record_that_several_rules_refuse_counts_under_the_first() -> None:
    found = checked([{"crime_ref": None, "offence_code": None, "offence_class": None}, {"crime_ref": None}])
    assert found.refused == {"OFF-001": 1, "LNK-001": 1}
    assert Counter(p.rule for p in found.problems if p.severity == "refuse") == {"OFF-001": 1, "LNK-001": 2}


def test_what_is_refused_is_not_the_first_of_its_duplicates() -> None:
    again = {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "s"}
    rows = [again | {"outcome_type": "cancelled"}, again, again | {"contact": "no"}]
    found = checked(rows)
    assert found.refused == {"OUT-016": 1, "DUP-012": 1}
    assert found.kept["row"].to_pylist() == [3]


def test_the_first_of_duplicates_is_the_first_in_the_table() -> None:
    same = {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "s", "victim_name_key": "n"}
    for reverse in (False, True):
        table = records([same] * 5)
        table = table.take(list(range(5))[::-1]) if reverse else table
        found = check_records(table, everything(), context())
        assert found.refused == {"DUP-011": 4}
        assert found.kept["row"].to_pylist() == [6 if reverse else 2]


def test_rows_without_all_references_of_their_unit_repeat_only_if_identical() -> None:
    crime = {"crime_ref": "a", "victim_ref": None, "suspect_ref": None, "victim_name_key": None}
    found = checked([crime, crime | {"contact": "no"}, crime])
    assert found.refused == {"DUP-011": 1}


@pytest.mark.parametrize(
    ("unit", "name"), [("crime", "crime_ref"), ("victim", "victim_ref"), ("suspect", "suspect_ref")]
)
def test_each_unit_has_its_own_duplicates(unit: Unit, name: str) -> None:
    same = {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "s"}
    changed = {"contact": "no", "victim_age": 40, "suspect_age": 50}
    rows = [same, same | changed, same | changed | {name: "another"}]
    assert checked(rows, unit).refused == {"DUP-012": 1}


def test_a_thousand_records_are_listed_for_a_rule_then_one_line_says_how_many_more() -> None:
    found = checked([{"days_to_report": -1}] * 1_203)
    listed = [p for p in found.problems if p.rule == "DAT-012"]
    assert [p.row for p in listed] == [*range(2, 1_002), None]
    assert listed[-1].what == "203 more records break this rule."
    assert found.refused == {}


def test_what_one_cause_makes_is_said_once() -> None:
    found = checked([{}, {"victim_age_basis": "record created"}, {"victim_age_basis": "record created"}])
    (said,) = (p for p in found.problems if p.rule == "AGE-006")
    assert (said.row, said.what) == (
        3,
        "The age was taken when the record was created, not at the offence. (2 records, this is the first)",
    )


def test_a_problem_names_the_delivered_header_and_quotes_codes_only() -> None:
    found = checked([{"outcome_type": "14"}], headers={"outcome_type": "Outcome (HO)"})
    assert [p for p in found.problems if p.row] == [
        Problem(
            "invented.csv",
            "",
            2,
            "Outcome (HO)",
            "OUT-009",
            "warn",
            "Outcome 14, suspect not identified, and there is a suspect.",
            "If the suspect was identified it is outcome 16. Mend the outcome type, or the suspect.",
        )
    ]


def test_no_problem_holds_a_date_a_reference_or_an_age() -> None:
    rows = [{"recorded_on": date(2031, 7, 9), "crime_ref": "AB/1234", "victim_age": 117}, NO_SUSPECT]
    said = " ".join(f"{p.what} {p.column} {p.mend}" for p in checked(rows).problems)
    assert not any(secret in said for secret in ("2031", "AB/1234", "117"))


def test_an_empty_table_is_checked() -> None:
    found = check_records(records([{}]).slice(0, 0), everything(), context(first_day=None, last_day=None))
    assert (found.kept.num_rows, found.refused, found.problems) == (0, {}, ())


def test_a_file_of_victims_knows_the_crimes_that_the_force_sent() -> None:
    crimes = pa.array(["crime_ref 0"], pa.string())
    found = checked([{}, {}], "victim", earlier=Earlier(crimes=crimes))
    assert [(p.rule, p.row) for p in found.problems if p.row] == [("LNK-010", 3)]


def test_the_clean_record_breaks_no_rule_in_any_unit() -> None:
    for unit in UNITS:
        found = checked([{}], unit)
        assert {p.rule for p in found.problems} <= {"COV-001", "COV-002"}
    assert LINK in UNITS
    assert len(RECORD_RULES) > 60


@pytest.mark.parametrize(("texts", "told"), [("abc", True), ("aba", False), ("", True)])
def test_hashes_are_told_apart_wherever_they_begin_and_what_is_no_hash_is_not(texts: str, told: bool) -> None:
    hashes = hashed([b"x", *(text.encode() for text in texts)], "", b"key")

    assert all_differ(pa.chunked_array([hashes.slice(1), hashes.slice(0, 1)])) is told
    assert not all_differ(pa.chunked_array([hashes, pa.array(["kent 1", "kent 2"])]))
    assert not all_differ(pa.chunked_array([pa.array([None, "0" * 32])]))
