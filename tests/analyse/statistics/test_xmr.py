"""XmR, p- and u-charts mark the points that the rules of Making Data Count mark."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from fullpicture import p_chart, u_chart, xmr
from fullpicture.core.errors import UsageError

STEADY = [10, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


def marked(values: list[float], rule: str) -> list[int]:
    return [place for place, is_marked in enumerate(xmr(values)[rule].to_pylist()) if is_marked]


def test_limits_are_266_mean_moving_ranges_from_the_mean() -> None:
    chart = xmr([1, 3, 2, 6], screen=False).to_pylist()
    assert chart[0]["mean"] == 3
    assert chart[0]["upper"] == pytest.approx(3 + 2.66 * 7 / 3)
    assert chart[0]["lower"] == pytest.approx(3 - 2.66 * 7 / 3)
    assert [row["moving_range"] for row in chart] == [None, 2, 1, 4]


def test_outlying_moving_ranges_are_left_out_once() -> None:
    values = [10.0, 11, 10, 11, 10, 11, 10, 11, 40, 11, 10]
    ranges = [abs(b - a) for a, b in pairwise(values)]
    kept = [one for one in ranges if one < 3.267 * sum(ranges) / len(ranges)]
    chart = xmr(values).to_pylist()
    assert len(kept) == 8
    assert chart[0]["upper"] - chart[0]["mean"] == pytest.approx(2.66 * sum(kept) / len(kept))
    assert 8 in marked(values, "outside")


def test_a_steady_series_has_ordinary_variation_alone() -> None:
    chart = xmr(STEADY)
    assert not any(chart["special_cause"].to_pylist())
    assert set(chart["rule"].to_pylist()) == {""}


def test_seven_on_one_side_are_marked_and_six_are_not() -> None:
    assert marked([5, 9, 5, 9, 6, 6, 6, 6, 6, 6, 9, 5, 9, 5, 9, 9], "shift") == []
    assert marked([5, 9, 5, 9, 6, 6, 6, 6, 6, 6, 6, 9, 5, 9, 5, 9, 9], "shift") == list(range(4, 11))


def test_a_point_on_the_mean_is_on_no_side() -> None:
    values = [4.0, 4, 4, 5, 4, 4, 4, 8, 8]
    assert xmr(values)["mean"][0].as_py() == 5
    assert marked(values, "shift") == []


def test_seven_points_that_rise_are_marked_and_six_are_not() -> None:
    assert marked([5, 1, 2, 3, 4, 5, 6, 2, 5, 1], "trend") == []
    assert marked([5, 1, 2, 3, 4, 5, 6, 7, 2, 5, 1], "trend") == list(range(1, 8))
    assert marked([1, 9, 8, 7, 6, 5, 4, 3, 9], "trend") == list(range(1, 8))
    assert marked([1, 2, 3, 3, 4, 5, 6, 7], "trend") == []


def test_two_of_three_in_the_outer_third_of_one_side_are_marked_themselves() -> None:
    values = [10.0, 11, 10, 9, 10, 11, 10, 9, 10, 11, 12.9, 10.8, 12.9, 10, 9, 8, 9, 10, 9, 10]
    chart = xmr(values, screen=False).to_pandas()
    close = chart[(chart.value > chart["mean"] + (chart.upper - chart["mean"]) * 2 / 3) & ~chart.outside]
    assert close.index.tolist() == [10, 12]
    assert marked(values, "two_of_three") == [10, 12]
    assert "close to the upper limit" in chart.rule[10]


def test_new_limits_need_a_reason_and_keep_it() -> None:
    table = pd.DataFrame(
        {"date": [date(2024, month, 1) for month in range(1, 13)], "value": [*[5, 6] * 3, *[15, 16] * 3]}
    )
    chart = xmr(table, rebase=[(date(2024, 7, 1), "a new system records")]).to_pylist()
    assert (chart[5]["mean"], chart[6]["mean"]) == (5.5, 15.5)
    assert [row["rebased"] for row in chart if row["rebased"]] == ["a new system records"]
    assert chart[6]["moving_range"] is None
    assert not any(row["special_cause"] for row in chart)
    for reason in ("", " ", None):
        with pytest.raises(UsageError, match="need a reason"):
            xmr(table, rebase=[(date(2024, 7, 1), reason)])  # type: ignore[list-item]
    with pytest.raises(UsageError, match="ends before it"):
        xmr(table, rebase=[(date(2025, 7, 1), "later")])
    with pytest.raises(UsageError, match="this is not a date32"):
        xmr(table, rebase=[("spring", "later")])


def test_dates_give_the_order_whatever_the_order_of_rows() -> None:
    table = pd.DataFrame({"date": [3, 1, 2], "value": [30.0, 10, 20]})
    assert xmr(table)["value"].to_pylist() == [10, 20, 30]
    assert xmr(pd.Series([10.0, 20], index=["2024-01", "2024-02"]))["date"].to_pylist() == [
        "2024-01",
        "2024-02",
    ]
    with pytest.raises(UsageError, match="is there twice"):
        xmr({"date": [1, 1], "value": [1, 2]})
    with pytest.raises(UsageError, match="1 points have no value"):
        xmr([1, None, 3])
    with pytest.raises(UsageError, match="not of numbers alone"):
        xmr({"date": [1, 2], "value": ["1", "many"]})


@pytest.mark.parametrize("values", [[], [4], [4, 4, 4, 4, 4, 4, 4, 4], [1, 2]])
def test_short_and_level_series_have_finite_limits(values: list[float]) -> None:
    chart = xmr(values)
    assert chart.num_rows == len(values)
    assert not any(chart["special_cause"].to_pylist())
    assert chart["upper"].null_count == 0


@pytest.mark.parametrize("value", [0.1, 0.7, 1 / 3, 1e-9, 123456.789])
@pytest.mark.parametrize("length", [3, 12, 49])
def test_no_rule_fires_on_points_on_the_mean_whatever_their_digits(value: float, length: int) -> None:
    chart = xmr([value] * length)
    assert set(chart["rule"].to_pylist()) == {""}
    assert set(chart["mean"].to_pylist()) == {value}


def test_where_screening_leaves_no_change_the_limits_are_the_mean() -> None:
    values = [0.0] * 5 + [9] + [0] * 6
    chart = xmr(values).to_pylist()
    assert {(row["lower"], row["upper"]) for row in chart} == {(0.75, 0.75)}
    assert marked(values, "outside") == list(range(12))
    unscreened = xmr(values, screen=False)
    assert [place for place, rule in enumerate(unscreened["rule"].to_pylist()) if rule] == [5]
    assert marked([3.0] * 6 + [9] * 6 + [6], "outside") == list(range(12)), "6 is the mean: on no side"


def test_p_and_u_charts_have_limits_by_how_much_there_was() -> None:
    table = {"date": [1, 2, 3], "events": [10, 30, 90], "population": [100, 100, 400]}
    share, unit = p_chart(table).to_pylist(), u_chart(table).to_pylist()
    mean = 130 / 600
    assert share[0]["upper"] == pytest.approx(mean + 3 * (mean * (1 - mean) / 100) ** 0.5)
    assert share[2]["lower"] == pytest.approx(mean - 3 * (mean * (1 - mean) / 400) ** 0.5)
    assert unit[0]["upper"] == pytest.approx(mean + 3 * (mean / 100) ** 0.5)
    with pytest.raises(UsageError, match="1 points have no population"):
        p_chart({"date": [1, 2], "events": [1, 5], "population": [3, 4]})
