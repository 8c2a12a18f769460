"""Comparison is the same on every engine."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.comparison.force_areas import force_area_sums
from fullpicture.analyse.comparison.neighbours import neighbour_medians
from fullpicture.analyse.comparison.rank import ranked
from fullpicture.analyse.comparison.trend import recent_trend
from tests.engines.conftest import MakeTable

REPORTING = {"period_kind": "reporting", "period": "2025"}


def rows(engine: ibis.BaseBackend, found: ibis.expr.types.Table, *by: str) -> list[dict[str, Any]]:
    return engine.to_pyarrow(found.order_by(list(by))).to_pylist()


def columns(count: int, **given: list[Any]) -> pa.Table:
    same = {name: [text] * count for name, text in {"indicator": "x", **REPORTING}.items()}
    return pa.table(same | given)


def test_the_median_of_neighbours_needs_half_of_them_and_the_list_is_read_one_way(
    engine: ibis.BaseBackend, make_table: MakeTable
) -> None:
    """A names B to E; B names A and E, who have no value, and F, who has no row."""
    figures = columns(5, place=["A", "B", "C", "D", "E"], value=[None, 10.0, 20.0, 40.0, None])
    pairs = {"area_code": list("AAAABBB"), "neighbour": list("BCDEAEF")}
    found = neighbour_medians(make_table("figures", figures), make_table("pairs", pa.table(pairs)))
    assert rows(engine, found, "area_code") == [
        {"indicator": "x", "area_code": "A", **REPORTING, "value": 20.0, "with_value": 3, "listed": 4},
        {"indicator": "x", "area_code": "B", **REPORTING, "value": None, "with_value": 0, "listed": 3},
    ]


def test_equal_values_share_a_rank_and_polarity_turns_it(
    engine: ibis.BaseBackend, make_table: MakeTable
) -> None:
    values = [5.0, 5.0, 7.0, 9.0]
    figures = columns(
        9, indicator=["low"] * 4 + ["high"] * 4 + ["few"], area_code=[*"ABCD", *"ABCD", "A"],
        area_level=["region"] * 9, value=[*values, *values, 1.0],
        polarity=["low"] * 4 + ["high"] * 4 + ["low"],
    )  # fmt: skip
    found = rows(engine, ranked(make_table("latest", figures)), "indicator", "area_code")
    assert [(row["indicator"], row["rank"], row["quartile"], row["ranked"]) for row in found] == [
        ("high", 3, 3, 4), ("high", 3, 3, 4), ("high", 2, 2, 4), ("high", 1, 1, 4),
        ("low", 1, 1, 4), ("low", 1, 1, 4), ("low", 3, 3, 4), ("low", 4, 4, 4),
    ]  # fmt: skip


SUBJECTS = {
    "indicator": ["x"], "per": [100.0], "is_ratio": [True], "is_proportion": [True], "is_rate": [False],
}  # fmt: skip


def summed(
    engine: ibis.BaseBackend, make_table: MakeTable, *, absence: str, numerator: float | None
) -> dict[str, Any]:
    """A force area of A, B and C, the last two of which return jointly; B may say something of its own."""
    authorities = columns(
        4, place=["A", "B", "C", "B+C"], numerator=[5.0, numerator, None, 10.0],
        denominator=[20.0, None if numerator is None else 40.0, None, 30.0], absence=["", absence, "z", ""],
    )  # fmt: skip
    members = pa.table({
        "police_area": ["F"] * 4, "place": ["A", "B", "C", "B+C"], "period_kind": ["reporting"] * 4,
        "period": ["2025"] * 4, "is_joint": [False, False, False, True],
    })  # fmt: skip
    named = {"authorities": authorities, "members": members, "subjects": pa.table(SUBJECTS)}
    tables = [make_table(name, table) for name, table in named.items()]
    (row,) = rows(engine, force_area_sums(*tables), "area_code")
    return row


def test_a_joint_return_stands_for_its_members(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    found = summed(engine, make_table, absence="z", numerator=None)
    counts = (found["numerator"], found["denominator"], found["value"], found["absence"])
    assert counts == (15.0, 50.0, 30.0, "")
    assert (found["with_value"], found["listed"]) == (3, 3)
    assert found["lower"] == pytest.approx(19.1, abs=0.1)


@pytest.mark.parametrize(("absence", "found"), [("c", "c"), ("x", "x"), ("u", "x")])
def test_an_authority_without_a_count_leaves_its_force_area_without_a_value(
    engine: ibis.BaseBackend, make_table: MakeTable, absence: str, found: str
) -> None:
    row = summed(engine, make_table, absence=absence, numerator=None)
    assert (row["value"], row["absence"], row["with_value"], row["listed"]) == (None, found, 2, 3)


def test_a_recent_trend(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    values = [10.0, 12.0, 14.0, 16.0, 18.0]
    series = pa.table({
        "indicator": ["x"] * 5, "day": [f"202{n}-03-31" for n in range(5)], "value": values,
        "lower": [v - 1 for v in values], "upper": [v + 1 for v in values],
    })  # fmt: skip
    (found,) = rows(engine, recent_trend(make_table("series", series), ["indicator"]), "indicator")
    assert (found["trend"], found["slope"], found["since"]) == (
        "increasing",
        pytest.approx(2.0),
        "2020-03-31",
    )
    assert found["chi_square"] == pytest.approx(40 * 1.959963984540054**2)
