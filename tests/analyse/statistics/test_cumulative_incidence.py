"""Curves, standard errors and intervals are those of R's survfit and cuminc."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest

from fullpicture import cumulative_incidence
from fullpicture.core.errors import UsageError
from tests.analyse.statistics.reference import GROUPS, answers, counts

SHARES = ("estimate", "se", "lower", "upper")


def by_place(name: str, table: pa.Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {(row[GROUPS[name]], row["outcome"], row["day"]): row for row in table.to_pylist()}


@pytest.mark.parametrize("interval", ["loglog", "log", "plain"])
@pytest.mark.parametrize("name", GROUPS)
def test_whole_curves_are_those_of_survfit(name: str, interval: Any) -> None:
    ours = by_place(name, cumulative_incidence(counts(name), interval=interval))
    theirs = answers(f"{name}_curves.csv")
    assert [(row["group"], row["outcome"], row["day"]) for row in theirs] == list(ours)
    for row in theirs:
        found = ours[row["group"], row["outcome"], row["day"]]
        assert (found["n_risk"], found["n_events"]) == (row["n_risk"], row["n_events"])
        assert found["estimate"] == pytest.approx(row["estimate"], abs=1e-12)
        assert all(math.isfinite(found[share]) and 0 <= found[share] <= 1 for share in SHARES)
        if name == "late":  # survfit's se of several outcomes with late entry is the robust one
            continue
        assert found["se"] == pytest.approx(row["se"], abs=1e-12)
        for limit in ("lower", "upper"):
            expected = row[f"{limit}_{interval}"]
            assert found[limit] == pytest.approx(
                found["estimate"] if expected is None else expected, abs=1e-12
            )


@pytest.mark.parametrize("name", [name for name in GROUPS if name != "late"])
def test_aalens_standard_errors_are_those_of_cuminc(name: str) -> None:
    theirs = answers(f"{name}_aalen.csv")
    days = sorted({int(row["day"]) for row in theirs})
    ours = by_place(name, cumulative_incidence(counts(name), at=days, se="aalen"))
    for row in theirs:
        found = ours[row["group"], row["outcome"], row["day"]]
        assert found["estimate"] == pytest.approx(row["estimate"], abs=1e-12)
        assert found["se"] == pytest.approx(row["se"], abs=1e-12)


def test_an_outcome_on_the_first_day_counts_from_then_on() -> None:
    ours = by_place("small", cumulative_incidence(counts("small"), at=[0, 1]))
    assert ours["day 0", 1, 0]["n_risk"] == 12
    assert ours["day 0", 1, 0]["estimate"] == 2 / 12
    assert ours["one at day 0", 2, 0]["estimate"] == 1.0


def test_horizons_read_the_curve_and_stand_after_its_end() -> None:
    ours = by_place("small", cumulative_incidence(counts("small"), at=[8, 3, 400]))
    at_three, at_eight, after = (ours["last day fails", 1, day] for day in (3, 8, 400))
    assert (at_three["n_risk"], at_three["n_events"]) == (8, 2)
    assert (at_eight["n_risk"], at_eight["n_events"]) == (3, 4)
    assert (after["n_risk"], after["n_events"]) == (0, 4)
    assert after["estimate"] == at_eight["estimate"]
    alone = by_place("small", cumulative_incidence(counts("small"), at=8))
    assert alone["last day fails", 1, 8] == at_eight


def test_groups_without_anybody_have_no_curve_and_disturb_none() -> None:
    table = {"force": ["a", "b", "c"], "day": [1, 2, 3], "outcome": ["x", "x", None], "n": [2, 0, 1]}
    curves = cumulative_incidence(pa.table(table))
    assert curves["force"].to_pylist() == ["a", "c"]
    assert curves["estimate"].to_pylist() == [1.0, 0.0]


def test_counts_of_cases_that_are_all_open_have_no_outcome_to_show() -> None:
    nobody = pa.table({"day": [3], "outcome": pa.array([None], pa.string()), "n": [4]})
    assert cumulative_incidence(nobody).num_rows == 0
    assert cumulative_incidence(nobody.slice(0, 0), at=[30]).num_rows == 0


def test_what_is_unknown_is_refused_with_what_is_known() -> None:
    table = pa.table({"day": [1], "outcome": ["x"], "n": [2]})
    with pytest.raises(UsageError, match='Use "delta" or "aalen"'):
        cumulative_incidence(table, se="jackknife")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match='Use "loglog", "log" or "plain"'):
        cumulative_incidence(table, interval="arcsine")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="between 0 and 1"):
        cumulative_incidence(table, level=95)
    with pytest.raises(UsageError, match="no column day, n"):
        cumulative_incidence({"outcome": ["x"]})
