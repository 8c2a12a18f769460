"""What areas are read against, on invented figures."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.comparison.england import against_england
from fullpicture.analyse.comparison.series import Series
from fullpicture.analyse.comparison.subject import ENGLAND, Subject
from fullpicture.analyse.comparison.surroundings import Surroundings
from fullpicture.analyse.comparison.trend import recent_trend
from fullpicture.analyse.comparison.year_before import on_year_before
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period

AROUND = Surroundings(Register.shipped())
LOW, NO_DIRECTION, COUNT = Subject("x", "%", "low"), Subject("x", "%", "none"), Subject("x", "count", "low")


def figure(value: float | None, area: str = "E10000016", period: str = "2025", **other: Any) -> Figure:
    said = {"lower": None, "upper": None, "unit": "%", "note": "", **other}
    area_ = AROUND.register.area(area)
    return Figure(
        "x", area, area_.name, area_.level, period, "reporting", "", "", value, said["lower"], said["upper"],
        None, None, said["unit"], "" if value is not None else "c", said["note"], "s",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("compared", "england", "subject", "why"),
    [
        (figure(21, lower=20, upper=22), 23, NO_DIRECTION, "The indicator has no direction of good."),
        (figure(21), 23, LOW, "The value has no interval."),
        (figure(None), 23, LOW, "There is no value."),
        (figure(21, lower=20, upper=22), None, LOW, "England has no value for this period."),
        (figure(21, ENGLAND, lower=20, upper=22), 21, LOW, "This is England."),
        (figure(21), 9, COUNT, "Counts of areas of different size are not compared."),
    ],
)
def test_what_is_not_compared_says_why(
    compared: Figure, england: float | None, subject: Subject, why: str
) -> None:
    assert against_england(compared, england, subject) == ("not compared", why)


def test_a_limit_that_touches_englands_value_is_similar_and_polarity_turns_the_label() -> None:
    above = figure(24, lower=23, upper=25)
    high = Subject("x", "%", "high")
    assert against_england(above, 23, LOW)[0] == "similar"
    assert [against_england(above, 22, subject)[0] for subject in (LOW, high)] == ["worse", "better"]


def test_a_place_keeps_its_series_when_its_code_changes() -> None:
    """North Yorkshire: the county to 2023, the unitary authority from then."""
    series = Series([figure(17.0, "E10000023", "2023"), figure(19.8, "E06000065", "2024")], AROUND.place)
    (latest,) = series.of_latest()
    change = on_year_before(latest, series.year_before(latest))
    assert (change.value, change.unit, change.before) == (pytest.approx(2.8), "percentage points", 17.0)


@pytest.mark.parametrize(
    ("now", "before", "why"),
    [
        (figure(3), None, "There is no figure for year to 31 March 2024."),
        (figure(3), figure(None), "One of the two periods has no value."),
        (figure(3, note="b"), figure(2), "The series has a break between the two periods."),
        (
            figure(3, unit="count"),
            figure(0, unit="count"),
            "A change is not computed on a value of zero or less.",
        ),
    ],
)
def test_a_change_that_is_refused_says_why(now: Figure, before: Figure | None, why: str) -> None:
    found = on_year_before(now, before)
    assert (found.value, found.why) == (None, why)


def test_a_year_is_compared_before_its_quarters() -> None:
    quarter = figure(9)._replace(period="2025-26Q1", period_kind="financial-quarter")
    assert Series([figure(3), quarter], AROUND.place).latest == {"x": ("reporting", "2025")}


def trend_of(values: list[float | None], width: float = 1.0) -> list[str]:
    limits = {
        name: pa.array([None if v is None else v + by for v in values], pa.float64())
        for name, by in (("lower", -width), ("upper", width))
    }
    table = {
        "key": ["a"] * len(values),
        "day": list(range(len(values))),
        "value": pa.array(values, pa.float64()),
    }
    found = recent_trend(ibis.memtable(pa.table(table | limits)), ["key"])
    return found.to_pyarrow()["trend"].to_pylist()


def test_a_trend_that_one_year_makes_is_none() -> None:
    """Without its first year the second series rises."""
    assert trend_of([20, 19, 18, 17, 16]) == ["decreasing"]
    assert trend_of([30, 15, 15.5, 15.2, 16]) == ["no significant change"]


def test_years_without_a_value_are_stepped_over_and_four_values_are_too_few() -> None:
    assert trend_of([50, None, 10, 12, None, 14, 16, 18]) == ["increasing"]
    assert trend_of([10, 12, None, 14, 16]) == []


def test_wide_intervals_make_no_trend() -> None:
    assert trend_of([10, 12, 14, 16, 18], width=15) == ["no significant change"]


def test_the_authorities_of_a_force_area_are_those_of_the_period() -> None:
    """Cumbria became Cumberland and Westmorland and Furness in April 2023."""
    periods = [Period("reporting", "2023"), Period("reporting", "2024")]
    rows = AROUND.members(periods).to_pylist()
    of = {
        year: {row["place"] for row in rows if (row["police_area"], row["period"]) == ("E23000002", year)}
        for year in ("2023", "2024")
    }
    assert of == {"2023": {"E10000006"}, "2024": {"E06000063", "E06000064"}}


def test_surroundings_of_a_borough_and_of_a_county() -> None:
    assert (AROUND.region["E09000007"], AROUND.sub_region["E09000007"]) == ("E12000007", "E13000001")
    assert AROUND.police_area["E09000007"] == "E23000001"
    assert (AROUND.region["E10000016"], AROUND.sub_region.get("E10000016")) == ("E12000008", None)
