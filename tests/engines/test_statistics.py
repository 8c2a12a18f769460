"""Counts by day and outcome, and what is estimated from them, are the same on every engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from fullpicture.analyse.asks import Ask
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.incidence import events_by_month, followed_counts
from fullpicture.analyse.indicator import Following, Indicator, Term
from fullpicture.analyse.statistics.cox import cause_specific_cox
from fullpicture.analyse.statistics.cumulative_incidence import cumulative_incidence
from fullpicture.analyse.statistics.gray import gray_test
from fullpicture.analyse.statistics.outcome_counts import outcome_counts
from fullpicture.core.period import Period
from tests.analyse.statistics.reference import counts, data
from tests.engines.conftest import MakeTable

DATED = pa.table({
    "force": ["Kent", "Kent", "Kent", None, "Avon", "Avon", "Avon", "Avon"],
    "start": [date(2024, 1, 1)] * 7 + [None],
    "end": [date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 1), None, date(2023, 12, 31),
            date(2025, 1, 2), None, date(2024, 1, 5)],
    "outcome": ["16", "1", None, "", "16", "16", "1", "16"],
})  # fmt: skip


def rows(engine: ibis.BaseBackend, counted: Any) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for row in engine.to_pyarrow(counted).to_pylist()}


@pytest.mark.parametrize("as_of", [date(2024, 12, 31), None])
def test_cases_are_placed_by_dates(
    engine: ibis.BaseBackend, make_table: MakeTable, as_of: date | None
) -> None:
    table = make_table("dated", DATED)
    named: dict[str, Any] = {"start": "start", "end": "end", "outcome": "outcome", "as_of": as_of}
    last = 365 if as_of else 367
    late = (
        ("Avon", None, None, "after the day the data were drawn", 1)
        if as_of
        else ("Avon", 367, "16", None, 1)
    )
    assert rows(engine, outcome_counts(table, ["force"], **named)) == {
        ("Kent", 0, "16", None, 1),
        ("Kent", 60, "1", None, 1),
        ("Kent", 60, None, None, 1),
        (None, last, None, None, 1),
        ("Avon", None, None, "ends before it starts", 1),
        late,
        ("Avon", None, None, "an outcome without its day", 1),
        ("Avon", None, None, "no first day", 1),
    }


def test_times_count_as_their_days(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    times = {"start": [datetime(2024, 1, 1, 23, 59)], "end": [datetime(2024, 1, 2, 0, 1)], "outcome": ["a"]}
    table = make_table("timed", pa.table(times))
    assert rows(engine, outcome_counts(table, start="start", end="end", outcome="outcome")) == {
        (1, "a", None, 1)
    }


def test_cases_are_placed_by_days(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    table = make_table(
        "lasting", pa.table({"days": [0.0, 7.0, 2.5, -1.0], "outcome": [14.0, 0.0, 14.0, 14.0]})
    )
    assert rows(engine, outcome_counts(table, days="days", outcome="outcome", censored=0)) == {
        (0, 14, None, 1),
        (7, None, None, 1),
        (None, None, "not a whole number of days", 1),
        (None, None, "ends before it starts", 1),
    }


@pytest.mark.parametrize("name", ["small", "late"])
def test_curves_are_the_same_to_the_last_place(
    engine: ibis.BaseBackend, make_table: MakeTable, name: str
) -> None:
    table = make_table("cases", data(name))
    entry = "entry" if name == "late" else None
    counted = outcome_counts(table, ["force"], days="days", outcome="outcome", censored=0, entry=entry)
    there = cumulative_incidence(engine.to_pyarrow(counted))
    here = cumulative_incidence(counts(name))
    assert (
        there.select(["force", "outcome", "day", "n_risk", "n_events"]).to_pylist()
        == here.select(["force", "outcome", "day", "n_risk", "n_events"]).to_pylist()
    )
    for share in ("estimate", "se", "lower", "upper"):
        assert there[share].to_pylist() == pytest.approx(here[share].to_pylist(), rel=0, abs=1e-12)


def test_tests_and_models_are_the_same(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    start = np.datetime64("2024-01-01")
    cases = data("invented")
    ends = [date(2024, 1, 1) + timedelta(days=day) for day in cases["days"].to_pylist()]
    dated = cases.append_column("start", [[start.astype(date)] * cases.num_rows]).append_column("end", [ends])
    table = make_table("cases", dated)
    by = ["force", "age"]
    counted = engine.to_pyarrow(
        outcome_counts(table, by, start="start", end="end", outcome="outcome", censored=0)
    )
    here = counts("invented", by)
    for ask in (lambda c: gray_test(c, 1, "force", "age"), lambda c: cause_specific_cox(c, 1, "force + age")):
        for name, column in ask(here).to_pydict().items():
            found = ask(counted)[name].to_pylist()
            assert found == (
                column if isinstance(column[0], str) else pytest.approx(column, rel=0, abs=1e-12)
            )


def test_crimes_are_followed_alike(make_table: MakeTable) -> None:
    """Kent gives days of outcomes, Surrey how many they took; open crimes are followed until 31 January."""
    rows = pa.table({
        "area_code": ["E23000032"] * 4 + ["E23000031"] * 2, "period_kind": ["calendar"] * 6,
        "period": ["2024"] * 6, "crimes": [1.0] * 6, "crimes__absence": [""] * 6, "blank_reason": [""] * 6,
        "recorded_on": ["2024-01-05", "2024-02-05", "2024-12-31", "2024-03-01"] + ["not recorded"] * 2,
        "outcome_on": ["2024-01-15", "2024-02-05"] + ["not applicable"] * 2 + ["not recorded"] * 2,
        "days_to_outcome": ["12", "not recorded", "not recorded", "not recorded", "7", "not recorded"],
        "outcome_type": ["16", "1", "0", "not recorded", "14", "0"],
    })  # fmt: skip
    share = Indicator(
        id="share", title="Share", definition="Share", population="Crimes", unit="%",
        numerator=Term("returns", "crimes", {"outcome_type": ("14", "16")}, is_sum=True),
        denominator=Term("returns", "crimes", is_sum=True), periods=("calendar",),
        following=Following("cumulative_incidence", date(2025, 1, 31), 30),
    )  # fmt: skip
    basis = Basis(make_table("returned", rows), (Period("calendar", "2024"),))
    counted = engine_counts(Ask(share), basis)
    assert counted == {
        ("E23000032", 10, "event", None, 1),
        ("E23000032", 0, "other", None, 1),
        ("E23000032", 31, None, None, 1),
        ("E23000032", 336, None, None, 1),
        ("E23000031", 7, "event", None, 1),
        ("E23000031", None, None, "no number of days", 1),
    }
    months = events_by_month(Ask(share), basis).to_pylist()
    assert months == [{"area_code": "E23000032", "month": "2024-01", "events": 1}]


def engine_counts(ask: Ask, basis: Basis) -> set[tuple[Any, ...]]:
    names = ("area_code", "day", "outcome", "refused", "n")
    return {tuple(row[name] for name in names) for row in followed_counts(ask, basis).to_pylist()}
