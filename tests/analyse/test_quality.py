"""Quality of returns: months, fields by state, outcomes, and what to mend first, worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.analyse.quality import (
    Window,
    fields_of,
    late_outcomes,
    mend_first,
    months_of,
    within_period,
)

KENT, GWENT = "E23000032", "W15000002"
YEAR = Window(date(2024, 1, 1), date(2024, 6, 30), date(2024, 8, 1))


def rows(table: ir.Table, *order: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = table.order_by(list(order)).to_pyarrow().to_pylist()
    return listed


def crimes(*given: tuple[str, date | None, str | None, date | None], **other: list[Any]) -> ir.Table:
    """Crimes as (force, recorded, outcome type, outcome day), mapped unless `other` says otherwise."""
    force, recorded, type_, outcome = zip(*given, strict=True)
    columns: dict[str, Any] = {
        "police_force": pa.array(force),
        "recorded_on": pa.array(recorded, pa.date32()),
        "outcome_type": pa.array(type_, pa.string()),
        "outcome_type__state": ["" if one else "not recorded" for one in type_],
        "outcome_type__rule": ["kent.outcome_type:x"] * len(given),
        "outcome_on": pa.array(outcome, pa.date32()),
    }
    return ibis.memtable(pa.table(columns | other))


def recorded(**counts: list[int]) -> ir.Table:
    """A force's crimes in each month from January 2024."""
    days = [
        (force, date(2024, month, 5), None, None)
        for force, months in counts.items()
        for month, count in enumerate(months, 1)
        for _ in range(count)
    ]
    return crimes(*days)


def test_gaps_and_jumps_are_judged_by_the_other_months_of_the_force() -> None:
    counts = {"gwent": [1, 0, 2, 4, 1, 1], "kent": [30, 31, 0, 93, 94, 9]}
    found = rows(months_of(recorded(**counts), YEAR), "police_force", "month")
    assert [row["crimes"] for row in found] == counts["gwent"] + counts["kent"]
    assert [row["mark"] for row in found] == [""] * 6 + ["", "", "gap", "up", "up", "down"]
    assert [row["usual"] for row in found[6:]] == [62.0, 61.5, 31.0, 30.5, 30.5, 62.0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 130), min_size=6, max_size=6).filter(any))
def test_marks_are_those_of_the_rule_in_words(counts: list[int]) -> None:
    found = rows(months_of(recorded(kent=counts), YEAR), "month")
    there = [count for count in counts if count]
    for at, row in enumerate(found):
        others = [count for other, count in enumerate(counts) if count and other != at] or there
        usual, count = median(others), counts[at]
        is_jump = count > 0 and max(count, usual) >= 20
        expected = "gap" if count == 0 and sum(there) >= 5 * len(there) else ""
        expected = "up" if is_jump and count > 3 * usual else expected
        expected = "down" if is_jump and count * 3 < usual else expected
        assert (row["crimes"], row["usual"], row["mark"]) == (count, usual, expected)


def test_every_crime_is_within_the_period_before_after_or_undated() -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1), None]
    found = rows(within_period(crimes(*((KENT, day, None, None) for day in days)), YEAR), "police_force")
    assert found == [
        {"police_force": KENT, "crimes": 5, "within": 2, "before": 1, "after": 1, "undated": 1}
    ]  # fmt: skip


def sexes(force: str, *said: tuple[str | None, str, str]) -> pa.Table:
    """A field of a force's records as (value, state, rule)."""
    value, state, rule = zip(*said, strict=True)
    columns = {
        "victim_sex": pa.array(value, pa.string()),
        "victim_sex__state": state,
        "victim_sex__rule": rule,
    }
    return pa.table({"police_force": [force] * len(said), **columns})


MAPPED, UNMAPPED = "kent.victim_sex:F", ""
RECORDS = pa.concat_tables([
    sexes(
        KENT, ("female", "", MAPPED), ("male", "", MAPPED), (None, "unknown", MAPPED),
        (None, "not recorded", MAPPED), (None, "not applicable", MAPPED), (None, "unusable", MAPPED),
    ),
    sexes(GWENT, (None, "not recorded", UNMAPPED), (None, "not recorded", UNMAPPED)),
])  # fmt: skip


def test_states_of_a_field_are_kept_apart_and_add_up() -> None:
    found = rows(fields_of(ibis.memtable(RECORDS), ["victim_sex"]), "police_force")
    kent = {"with_value": 2, "unknown": 1, "not_recorded": 1, "not_applicable": 1, "unusable": 1}
    nothing = dict.fromkeys(kent, 0)
    place = {"position": 0, "field": "victim_sex"}
    assert found == [
        {"police_force": KENT, **place, "records": 6, **kent, "not_delivered": 0},
        {"police_force": GWENT, **place, "records": 2, **nothing, "not_delivered": 2},
    ]


def test_only_crimes_old_enough_can_be_late() -> None:
    """Extract of 1 August 2024: 90 days before it is 3 May."""
    found = late_outcomes(
        crimes(
            (KENT, date(2024, 5, 3), None, None),
            (KENT, date(2024, 5, 3), "0", None),
            (KENT, date(2024, 5, 4), None, None),
            (KENT, date(2024, 2, 1), "16", date(2024, 2, 11)),
            (KENT, date(2024, 2, 1), "1", date(2024, 3, 2)),
            (KENT, date(2024, 7, 20), "18", date(2024, 7, 20)),
            (KENT, date(2024, 2, 1), "14", date(2024, 1, 1)),
            (KENT, None, None, None),
        ),
        YEAR,
    )
    assert rows(found, "police_force") == [
        {
            "police_force": KENT, "crimes": 7, "old": 5, "late": 2, "closed": 4, "median_days": 10.0,
            "late_share": 0.4,
        }
    ]  # fmt: skip


def test_a_return_without_outcomes_has_no_late_ones() -> None:
    unmapped = crimes((KENT, date(2024, 1, 5), None, None), outcome_type__rule=[""])
    unusable = crimes((GWENT, date(2024, 1, 5), None, None), outcome_type__state=["unusable"])
    for table in (unmapped, unusable):
        (found,) = rows(late_outcomes(table, YEAR), "police_force")
        assert (found["old"], found["late"], found["late_share"], found["median_days"]) == (0, 0, None, None)


def test_days_are_taken_as_delivered_only_where_the_clock_starts_at_recording() -> None:
    table = crimes(
        (KENT, date(2024, 1, 5), "1", None), (GWENT, date(2024, 1, 5), "1", None),
        days_to_outcome=[30, 30], days_to_outcome_basis=["recorded", "reported"],
    )  # fmt: skip
    found = rows(late_outcomes(table, YEAR), "police_force")
    assert [row["median_days"] for row in found] == [30.0, None]


def test_outcomes_by_month_add_up_to_those_of_the_force() -> None:
    table = recorded(kent=[3, 0, 2, 0, 4, 1])
    months, (whole,) = (
        rows(late_outcomes(table, YEAR, by_month=True), "month"),
        rows(late_outcomes(table, YEAR), "police_force"),
    )
    assert [(row["month"].month, row["crimes"]) for row in months] == [(1, 3), (3, 2), (5, 4), (6, 1)]
    assert all(
        sum(row[name] for row in months) == whole[name] for name in ("crimes", "old", "late", "closed")
    )


def test_the_mend_that_clears_most_comes_first_and_notes_last() -> None:
    said = [
        (KENT, "MAP-001", "warn", "Sex", 40), (KENT, "MAP-001", "warn", "Sex", 2),
        (KENT, "MAP-001", "warn", "Age", 41), (KENT, "DAT-001", "refuse", "Date", 42),
        (KENT, "MAP-005", "note", "", 900), (GWENT, "DAT-001", "refuse", "Date", 1),
    ]  # fmt: skip
    force, rule, severity, column, count = zip(*said, strict=True)
    table = pa.table({
        "police_force": force, "rule": rule, "severity": severity, "column": column, "rows": count,
        "mend": ["Mend it."] * len(said),
    })  # fmt: skip
    found = rows(mend_first(ibis.memtable(table)), "police_force", "position")
    assert [(row["position"], row["rule"], row["column"], row["rows"]) for row in found] == [
        (0, "DAT-001", "Date", 42), (1, "MAP-001", "Sex", 42), (2, "MAP-001", "Age", 41),
        (3, "MAP-005", "", 900),
        (0, "DAT-001", "Date", 1),
    ]  # fmt: skip


def test_the_months_of_a_period_are_those_it_touches() -> None:
    window = Window(date(2023, 11, 30), date(2024, 2, 1), date(2024, 3, 1))
    assert [(day.year, day.month) for day in window.months] == [(2023, 11), (2023, 12), (2024, 1), (2024, 2)]
    assert Counter(day.day for day in window.months) == {1: 4}
    assert Window(YEAR.first_day, YEAR.first_day + timedelta(days=1), YEAR.as_of).months == [YEAR.first_day]
