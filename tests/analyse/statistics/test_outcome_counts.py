"""Cases are counted by day and outcome; what cannot be placed in time is counted apart with the reason."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from fullpicture import cumulative_incidence, outcome_counts
from fullpicture.core.errors import SourceRefused, UsageError

CASES = pa.table({
    "force": ["Kent", "Kent", "Kent", None, "Avon", "Avon", "Avon", "Avon"],
    "start": [date(2024, 1, 1)] * 7 + [None],
    "end": [date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 1), None, date(2023, 12, 31),
            date(2025, 1, 2), None, date(2024, 1, 5)],
    "outcome": ["16", "1", None, "", "16", "16", "1", "16"],
})  # fmt: skip


def rows(counts: ibis.Table) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for row in counts.to_pyarrow().to_pylist()}


def test_cases_are_placed_by_dates_and_refused_ones_say_why() -> None:
    counts = outcome_counts(CASES, ["force"], start="start", end="end", outcome="outcome", as_of="2024-12-31")
    assert rows(counts) == {
        ("Kent", 0, "16", None, 1),
        ("Kent", 60, "1", None, 1),
        ("Kent", 60, None, None, 1),
        (None, 365, None, None, 1),
        ("Avon", None, None, "ends before it starts", 1),
        ("Avon", None, None, "after the day the data were drawn", 1),
        ("Avon", None, None, "an outcome without its day", 1),
        ("Avon", None, None, "no first day", 1),
    }


def test_without_a_day_of_drawing_the_last_day_there_is_counts() -> None:
    counts = outcome_counts(CASES.slice(0, 4), start="start", end="end", outcome="outcome")
    assert rows(counts) == {(0, "16", None, 1), (60, "1", None, 1), (60, None, None, 2)}


def test_cases_are_placed_by_days() -> None:
    table = pd.DataFrame({"days": [0, 7, 7, 2.5, -1, None], "outcome": [14, 0, None, 14, 14, 14]})
    assert rows(outcome_counts(table, days="days", outcome="outcome", censored=0)) == {
        (0, 14, None, 1),
        (7, None, None, 2),
        (None, None, "not a whole number of days", 1),
        (None, None, "ends before it starts", 1),
        (None, None, "no number of days", 1),
    }


def test_cases_that_come_late_must_stay_a_while() -> None:
    table = {"days": [9, 9, 4], "outcome": ["a", "a", "a"], "came": [None, 3, 4]}
    counts = outcome_counts(table, days="days", outcome="outcome", entry="came")
    assert rows(counts) == {
        (0, 9, "a", None, 1),
        (3, 9, "a", None, 1),
        (None, None, None, "ends before it comes under observation", 1),
    }


def test_times_count_as_their_days() -> None:
    table = {"start": [datetime(2024, 1, 1, 23, 59)], "end": [datetime(2024, 1, 2, 0, 1)], "outcome": ["a"]}
    drawn = {"start": "start", "end": "end", "outcome": "outcome", "as_of": datetime(2024, 1, 1, 12)}
    assert {row[2] for row in rows(outcome_counts(table, **drawn))} == {"after the day the data were drawn"}  # type: ignore[arg-type]
    assert rows(outcome_counts(table, start="start", end="end", outcome="outcome")) == {(1, "a", None, 1)}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_files_and_tables_of_any_kind_give_the_same(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"cases.{kind}"
    (pyarrow.csv.write_csv if kind == "csv" else pyarrow.parquet.write_table)(CASES, path)
    named: dict[str, Any] = {"start": "start", "end": "end", "as_of": date(2024, 12, 31)}
    expected = cumulative_incidence(outcome_counts(CASES, ["force"], outcome="outcome", **named))
    for given in (path, str(path), CASES.to_pandas(), ibis.memtable(CASES), CASES.to_pydict()):
        found = cumulative_incidence(outcome_counts(given, ["force"], outcome="outcome", **named))
        assert found["estimate"].to_pylist() == expected["estimate"].to_pylist()
        assert list(map(str, found["outcome"].to_pylist())) == expected["outcome"].to_pylist()


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    table = ibis.table({"days": "int64", "outcome": "string"}, name="no_such_table")
    assert outcome_counts(table, days="days", outcome="outcome").columns == ("day", "outcome", "refused", "n")


def test_calls_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column force, ended"):
        outcome_counts(
            {"days": [1], "outcome": ["a"]}, ["force"], days="days", end="ended", outcome="outcome"
        )
    with pytest.raises(UsageError, match="Name one way"):
        outcome_counts(CASES, start="start", outcome="outcome")
    with pytest.raises(UsageError, match="cannot be called outcome"):
        outcome_counts(CASES, ["outcome"], start="start", end="end", outcome="outcome")
    with pytest.raises(UsageError, match="a day cannot be a int64"):
        outcome_counts({"s": [1], "e": [2], "o": ["a"]}, start="s", end="e", outcome="o")
    with pytest.raises(SourceRefused, match="there is no such file"):
        outcome_counts(tmp_path / "none.csv", days="days", outcome="outcome")
    with pytest.raises(UsageError, match='as_of "soon" is no date'):
        outcome_counts(CASES, start="start", end="end", outcome="outcome", as_of="soon")
    with pytest.raises(UsageError, match="this is no table"):
        outcome_counts(7, days="days", outcome="outcome")
