"""Periods are compared by their days, whatever they are called."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullpicture.core.period import Period

YEARS = st.integers(2000, 2080)
SPANS = YEARS.map(lambda year: f"{year}-{(year + 1) % 100:02d}")
QUARTERS = st.integers(1, 4)
DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))
PERIODS = st.one_of(
    st.builds(Period, st.sampled_from(["calendar", "reporting"]), YEARS.map(str)),
    st.builds(Period, st.sampled_from(["financial", "academic"]), SPANS),
    st.builds(lambda span, quarter: Period("financial-quarter", f"{span}Q{quarter}"), SPANS, QUARTERS),
    st.builds(
        lambda span, ends: Period("financial-part", f"{span}Q{min(ends)}-Q{max(ends)}"),
        SPANS,
        st.tuples(QUARTERS, QUARTERS),
    ),
    DAYS.map(lambda day: Period("as-at", day.isoformat())),
)


@pytest.mark.parametrize(
    ("kind", "name", "first", "last"),
    [
        ("calendar", "2024", "2024-01-01", "2024-12-31"),
        ("financial", "2024-25", "2024-04-01", "2025-03-31"),
        ("financial-part", "2025-26Q1-Q3", "2025-04-01", "2025-12-31"),
        ("financial-quarter", "2024-25Q1", "2024-04-01", "2024-06-30"),
        ("financial-quarter", "2024-25Q4", "2025-01-01", "2025-03-31"),
        ("academic", "1999-00", "1999-09-01", "2000-08-31"),
        ("reporting", "2025", "2024-04-01", "2025-03-31"),
        ("as-at", "2025-03-31", "2025-03-31", "2025-03-31"),
    ],
)
def test_each_kind_has_the_days_of_the_contract(kind, name, first, last):
    period = Period(kind, name)
    assert period.days == (date.fromisoformat(first), date.fromisoformat(last))
    assert (period.first_day, period.last_day) == period.days


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("week", "2024", "not a kind of period"),
        ("calendar", "2024-25", "Write it as 2024."),
        ("financial", "2024", "Write it as 2024-25."),
        ("financial", "2024-26", "does not span one year"),
        ("financial-quarter", "2024-25Q5", "Write it as 2024-25Q1."),
        ("financial-part", "2024-25Q3-Q1", "ends before it starts"),
        ("as-at", "31/03/2025", "Write it as 2025-03-31."),
        ("as-at", "2025-02-30", "not a day of the calendar. Write it as 2025-03-31."),
    ],
)
def test_a_name_of_the_wrong_shape_is_refused_with_one_of_the_right_shape(kind, name, said):
    with pytest.raises(ValueError, match=said):
        Period(kind, name)


def test_a_reporting_year_is_comparable_with_the_same_financial_year_and_an_academic_one_is_not():
    reporting = Period("reporting", "2025")
    assert reporting.is_comparable_with(Period("financial", "2023-24"))
    assert reporting.why_not_comparable(Period("financial", "2023-24")) is None
    assert reporting.why_not_comparable(Period("academic", "2023-24")) == (
        "year to 31 March 2025 and 2023-24 (September 2023 to August 2024) "
        "do not cover the same part of a year"
    )


def test_part_of_a_year_is_never_compared_with_a_whole_one_nor_a_state_with_a_flow():
    part = Period("financial-part", "2025-26Q1-Q3")
    assert not part.is_comparable_with(Period("financial", "2024-25"))
    assert part.is_comparable_with(Period("financial-part", "2024-25Q1-Q3"))
    assert not Period("as-at", "2025-03-31").is_comparable_with(Period("reporting", "2025"))


def test_states_at_the_end_of_february_are_comparable_across_leap_years():
    leap = Period("as-at", "2024-02-29")
    assert leap.shifted(1) == Period("as-at", "2025-02-28")
    assert leap.shifted(4) == Period("as-at", "2028-02-29")
    assert leap.is_comparable_with(Period("as-at", "2025-02-28"))
    assert Period("as-at", "2024-02-28").is_comparable_with(Period("as-at", "2025-02-28"))


@given(PERIODS, PERIODS)
def test_comparability_is_symmetric(one, other):
    assert one.is_comparable_with(one)
    assert one.is_comparable_with(other) == other.is_comparable_with(one)
    assert (one.why_not_comparable(other) is None) == one.is_comparable_with(other)


@given(PERIODS, st.integers(-30, 15))
def test_a_period_moved_by_years_is_comparable_and_comes_back(period, years):
    moved = period.shifted(years)
    assert moved.is_comparable_with(period)
    assert moved.last_day.year == period.last_day.year + years
    if not period.name.endswith("-02-29"):
        assert moved.shifted(-years) == period


@given(PERIODS)
def test_first_day_is_not_after_last_day_and_the_last_day_is_in_the_financial_year(period):
    assert period.first_day <= period.last_day
    assert period.financial_year.first_day <= period.last_day <= period.financial_year.last_day


@pytest.mark.parametrize(
    ("kind", "name", "label", "short"),
    [
        ("calendar", "2024", "2024", "2024"),
        ("reporting", "2025", "year to 31 March 2025", "Mar 2025"),
        ("financial", "2024-25", "2024-25 (April 2024 to March 2025)", "2024-25"),
        ("financial-quarter", "2024-25Q1", "April to June 2024", "Q1 2024-25"),
        ("financial-part", "2025-26Q1-Q3", "April to December 2025", "Q1-Q3 2025-26"),
        ("financial-part", "2025-26Q3-Q4", "October 2025 to March 2026", "Q3-Q4 2025-26"),
        ("as-at", "2025-03-31", "at 31 March 2025", "2025-03-31"),
    ],
)
def test_labels_read_as_people_write_periods(kind, name, label, short):
    period = Period(kind, name)
    assert (period.label, period.short_label) == (label, short)
