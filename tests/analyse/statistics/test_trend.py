"""Trends of counts, and points where a series may have changed."""

from __future__ import annotations

import numpy as np
import pytest

from fullpicture import change_points, trend_test
from fullpicture.core.errors import UsageError

MONTHS = np.arange(36)


def test_a_rise_is_found_with_its_ratio() -> None:
    draw = np.random.default_rng(1)
    below = draw.integers(900, 1100, 36)
    table = {"date": MONTHS, "events": draw.poisson(below * 0.1 * 1.02**MONTHS), "population": below}
    found = trend_test(table, population="population").to_pylist()[0]
    assert found["lower"] < 1.02 < found["upper"]
    assert found["p_value"] < 1e-6
    assert found["points"] == 36


def test_the_poisson_trend_solves_its_equations() -> None:
    """At the maximum the residuals add up to nothing, nor do they with time."""
    events = np.array([4.0, 7, 5, 9, 12, 8, 15])
    ratio = trend_test({"date": MONTHS[:7], "events": events})["ratio"][0].as_py()
    shape = ratio ** np.arange(7)
    fitted = events.sum() * shape / shape.sum()
    assert (events - fitted) @ np.arange(7) == pytest.approx(0, abs=1e-7)


def test_a_negative_binomial_trend_is_less_sure_of_itself() -> None:
    draw = np.random.default_rng(5)
    table = {"date": MONTHS, "events": draw.negative_binomial(3, 3 / (3 + 60 * 1.01**MONTHS))}
    poisson = trend_test(table).to_pylist()[0]
    wider = trend_test(table, model="negative binomial").to_pylist()[0]
    assert poisson["dispersion"] > 5
    assert wider["upper"] - wider["lower"] > 2 * (poisson["upper"] - poisson["lower"])
    assert wider["lower"] < 1.01 < wider["upper"]


def test_what_has_no_trend_is_refused() -> None:
    for events in ([1, 2], [0, 0, 0], [1, -1, 3]):
        with pytest.raises(UsageError, match="three points or more"):
            trend_test({"date": MONTHS[: len(events)], "events": events})
    with pytest.raises(UsageError, match="is not known"):
        trend_test({"date": MONTHS[:3], "events": [1, 2, 3]}, model="gamma")  # type: ignore[arg-type]


def test_a_change_of_level_is_offered_and_ordinary_variation_is_not() -> None:
    steady = [10, 12, 9, 11, 10, 12, 9, 11] * 3
    assert change_points(steady).num_rows == 0
    assert change_points([5, 5, 5, 5]).num_rows == 0
    found = change_points(steady + [value + 15 for value in steady]).to_pylist()
    assert [row["date"] for row in found] == [25]
    assert (found[0]["before"], found[0]["after"]) == (10.5, 25.5)
