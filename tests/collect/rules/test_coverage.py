"""Rules on a whole return."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fullpicture.collect.rules import COVERAGE
from tests.collect.rules.invented import NO_SUSPECT, checked
from tests.collect.rules.test_checking import varied

FIRST = date(2024, 1, 1)


def recorded(*counts: int) -> list[dict[str, Any]]:
    """Records by month of 2024."""
    days = [date(2024, month, 1 + n % 28) for month, count in enumerate(counts, 1) for n in range(count)]
    return [
        {"recorded_on": day, "offence_to": None, "outcome_type": "8" if n % 2 else "15"}
        for n, day in enumerate(days)
    ]


def said(code: str, rows: list[dict[str, Any]], **facts: Any) -> list[tuple[str, str]]:
    found = [p for p in checked(rows, **facts).problems if p.rule == code]
    assert all(p.row is None and p.file == "invented.csv" for p in found)
    return [(p.column, p.what) for p in found]


def test_a_month_without_records() -> None:
    assert said("COV-001", recorded(*[9] * 4, 0, *[9] * 7)) == [("recorded_on", "No record is from 2024-05.")]
    assert said("COV-001", recorded(*[9] * 12)) == []


def test_a_small_return_may_have_a_month_without_records() -> None:
    assert said("COV-001", recorded(*[4] * 4, 0, *[4] * 7)) == []


def test_without_a_period_the_first_and_the_last_record_are_its_ends() -> None:
    rows = recorded(0, 9, 0, 9, 0)
    assert said("COV-001", rows, first_day=None, last_day=None) == [
        ("recorded_on", "No record is from 2024-03.")
    ]
    assert said("COV-002", rows, first_day=None, last_day=None) == []


def test_a_period_that_begins_or_ends_without_records() -> None:
    assert said("COV-002", recorded(0, *[9] * 9, 0, 0)) == [
        ("recorded_on", "The period begins with 1 month without records."),
        ("recorded_on", "The period ends with 2 months without records."),
    ]
    assert said("COV-002", recorded(*[9] * 12)) == []


def test_a_month_that_is_not_over_is_not_missing() -> None:
    assert said("COV-002", recorded(*[9] * 6), as_of=date(2024, 6, 30)) == []


@pytest.mark.parametrize(("count", "times"), [(40, "more than 3 times"), (4, "fewer than a third")])
def test_a_sudden_jump(count: int, times: str) -> None:
    usual = 13 if count == 40 else 20
    expected = f"2024-03 has {times} as many records as other months usually have."
    assert said("COV-003", recorded(usual, usual, count, *[usual] * 9)) == [("recorded_on", expected)]
    assert said("COV-003", recorded(*[usual] * 12)) == []


def test_few_records_do_not_jump() -> None:
    assert said("COV-003", recorded(3, 3, 19, *[3] * 9)) == []


def test_a_field_that_is_mostly_empty() -> None:
    rows = varied()
    for row in rows[:121]:
        row["location_kind"] = None
    assert said("COV-004", rows) == [("location_kind", "121 of 240 records have no value in this field.")]
    rows[0]["location_kind"] = "dwelling"
    assert said("COV-004", rows) == []


def test_what_does_not_apply_is_not_missing() -> None:
    nothing = {"location_kind": None, "location_kind__state": "not applicable"}
    assert said("COV-004", [row | nothing for row in varied()]) == []


def test_a_suspect_who_is_not_there_has_no_missing_fields() -> None:
    rows = [row | (NO_SUSPECT if n % 4 else {}) for n, row in enumerate(varied())]
    assert said("COV-004", rows) == []
    for row in rows:
        row["suspect_age"] = None
    assert [column for column, _ in said("COV-004", rows)] == ["suspect_age"]


def test_if_there_is_never_a_suspect_the_columns_are_in_doubt() -> None:
    missing = [column for column, _ in said("COV-004", [row | NO_SUSPECT for row in varied()])]
    assert missing == ["suspect_ref", "suspect_sex", "suspect_age", "suspect_ethnicity", "suspect_child"]


def test_a_field_that_is_always_alike() -> None:
    rows = [row | {"location_kind": "dwelling"} for row in varied()]
    assert said("COV-005", rows) == [("location_kind", "All 240 records have the same value in this field.")]
    rows[7]["location_kind"] = "online"
    assert said("COV-005", rows) == []
    assert said("COV-005", [{} for _ in range(49)]) == []


def test_outcomes_that_are_late() -> None:
    open_yet = {"outcome_type": None, "outcome_on": None}
    rows = [row | (open_yet if row["recorded_on"] >= date(2024, 10, 20) else {}) for row in varied()]
    recent = sum(row["recorded_on"] >= date(2024, 10, 1) for row in rows)
    late = sum(row["recorded_on"] >= date(2024, 10, 20) for row in rows)
    expected = f"{late} of {recent} crimes of the last three months have no outcome yet."
    assert said("COV-006", rows) == [("outcome_type", expected)]
    assert said("COV-006", varied()) == []


def test_records_from_outside_the_period() -> None:
    rows = recorded(*[9] * 12)
    rows[0] |= {"recorded_on": FIRST - timedelta(days=1)}
    assert said("COV-007", rows) == [("recorded_on", "1 of 108 records are from outside it.")]
    assert said("COV-007", rows, first_day=None, last_day=None) == []
    assert said("COV-007", recorded(*[9] * 12)) == []


def test_every_rule_on_a_return_has_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert all(f'said("{rule.code}"' in text for rule in COVERAGE)
