"""What published tables say against themselves."""

from __future__ import annotations

import pyarrow as pa
import pytest

from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.analyse.self_checks import (
    FEWEST_ALIKE,
    Label,
    beyond_counts,
    contradicted_labels,
    same_numbers,
    trends_of,
)
from fullpicture.core.figure import FIGURE_SCHEMA
from tests.analyse.rows import KENT, MEDWAY

PERCENT = Indicator(
    "a", "A", "A", "Children", "%", value=Term("s", "v"), per=100, of=(Term("s", "n"), Term("s", "d"))
)


def table(*rows: dict[str, object]) -> pa.Table:
    texts = {name: "" for name in FIGURE_SCHEMA.names}
    numbers = dict.fromkeys(("value", "lower", "upper", "numerator", "denominator"))
    common = {
        "area_code": KENT,
        "area_level": "local authority",
        "period_kind": "reporting",
        "period": "2025",
    }
    return pa.Table.from_pylist([{**texts, **numbers, **common, **row} for row in rows], FIGURE_SCHEMA)


def series(area: str, values: list[float]) -> list[dict[str, object]]:
    return [
        {"area_code": area, "period": str(2021 + year), "value": v, "lower": v - 1, "upper": v + 1}
        for year, v in enumerate(values)
    ]


def test_a_label_that_says_the_opposite_of_its_series_is_found_and_one_that_agrees_is_not() -> None:
    trends = trends_of(table(*series(KENT, [10, 20, 30, 40, 50]), *series(MEDWAY, [50, 40, 30, 20, 10])))
    labels = [
        Label("a.csv", 7, (KENT, ""), "Increasing and getting worse"),
        Label("a.csv", 8, (MEDWAY, ""), "Increasing and getting worse"),
        Label("b.csv", 3, (MEDWAY, ""), "Decreasing and getting better"),
        Label("b.csv", 4, (KENT, ""), "Cannot be calculated"),
        Label("b.csv", 5, ("E09000001", ""), "Increasing"),
    ]
    (found,) = contradicted_labels(labels, trends)
    assert (found.file, found.rows, found.inverted, found.judged) == ("a.csv", (8,), 1, 2)


def test_a_label_of_no_change_on_a_series_that_falls_is_no_inversion() -> None:
    (found,) = contradicted_labels(
        [Label("a.csv", 7, (KENT, ""), "No significant change")], {(KENT, ""): "decreasing"}
    )
    assert (found.rows, found.inverted, found.judged) == ((7,), 0, 0)


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        ({"value": 33.3, "numerator": 1.0, "denominator": 3.0}, False),
        ({"value": 33.4, "numerator": 1.0, "denominator": 3.0}, True),
        ({"value": 30.0, "numerator": 200.0, "denominator": 650.0, "area_level": "region"}, False),
        ({"value": 28.0, "numerator": 200.0, "denominator": 650.0, "area_level": "region"}, True),
        ({"value": 5.0, "numerator": None, "denominator": 3.0}, False),
        ({"value": 5.0, "numerator": 0.0, "denominator": 0.0}, False),
    ],
)
def test_a_value_must_follow_from_its_counts_as_far_as_both_are_rounded(
    row: dict[str, object], is_found: bool
) -> None:
    exact = {"value": 12.5, "numerator": 1.0, "denominator": 8.0, "area_code": MEDWAY}
    found = beyond_counts(PERCENT, table(row, exact), {"region": 10})
    assert [figure.area_code for figure in found] == ([KENT] if is_found else [])


def test_two_tables_with_the_same_numbers_are_found_unless_they_are_few() -> None:
    many = table(*({"value": float(n), "period": str(1990 + n)} for n in range(FEWEST_ALIKE)))
    other = table(*({"value": float(n + 1), "period": str(1990 + n)} for n in range(FEWEST_ALIKE)))
    few = table({"value": 1.0})
    tables = {"one": many, "two": other, "three": many, "four": few, "five": few}
    assert same_numbers(tables) == [("one", "three")]
