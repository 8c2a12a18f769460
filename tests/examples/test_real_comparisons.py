"""Comparisons of the National Framework agree with what its raw files say; skipped where they are absent."""

from __future__ import annotations

import csv
import statistics
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fullpicture.core.comparison import Comparison, Comparisons, to_comparisons
from fullpicture.core.joint import JointView
from fullpicture.programme.cache import Cache
from fullpicture.programme.comparisons import comparisons_of, neighbour_lists
from fullpicture.programme.load import load
from fullpicture.programme.multi_agency import joint_view
from fullpicture.programme.sources import take_in
from fullpicture.programme.tables import tables_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")
REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
FACTORS = "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv"
KENT_AND_MEDWAY = ("E10000016", "E06000035")
BEGUN_SINCE = ["North Northamptonshire", "West Northamptonshire", "Cumberland", "Westmorland and Furness"]
KENT_FORCE = "E23000032"

Made = tuple[Comparisons, JointView]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    programme = load(ROOT / "examples" / "national-framework", DATA)
    cache = Cache(tmp_path_factory.mktemp("cache"))
    intake = take_in(programme, cache, datetime(2026, 4, 30, tzinfo=UTC), lambda detail: None)
    tables = tables_of(programme, intake.sources, cache, lambda detail: None)
    compared = comparisons_of(programme, tables, neighbour_lists(intake.sources, "public"), cache)
    return compared, joint_view(programme, tables, compared, cache)


@pytest.fixture(scope="module")
def facts(made: Made) -> dict[tuple[str, str], Comparison]:
    return {(fact.indicator, fact.area_code): fact for fact in to_comparisons(made[0].facts)}


def raw(file: str) -> list[dict[str, str]]:
    with (DATA / "national-framework" / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def of_2025(file: str) -> dict[str, dict[str, str]]:
    """Authorities' rows of the year to 31 March 2025, by code."""
    rows = (row for row in raw(file) if row["time_period"] == "2025")
    return {row["new_la_code"]: row for row in rows if row["new_la_code"]}


def test_the_median_of_kents_neighbours(facts: dict[tuple[str, str], Comparison]) -> None:
    listed = next(row for row in raw("sn_model_2025_wide.csv") if row["la_name"] == "Kent")
    by_number = {row["old_la_code"]: row for row in of_2025(REFERRALS).values()}
    values = [float(by_number[listed[f"SN_{n}"]]["rereferral_percent"]) for n in range(1, 11)]
    kent = facts["repeat_referrals_pct", "E10000016"]
    assert kent.neighbours_median == pytest.approx(statistics.median(values))
    assert (kent.neighbours_with_value, kent.neighbours_listed) == (10, 10)
    assert kent.neighbours_closeness == "Very close: 10"


def test_a_police_force_area_is_the_sum_of_its_authorities(
    facts: dict[tuple[str, str], Comparison],
) -> None:
    rows = [of_2025(REFERRALS)[code] for code in KENT_AND_MEDWAY]
    again, all_ = (sum(int(row[name]) for row in rows) for name in ("rereferral_count", "referral_count"))
    found = facts["repeat_referrals_pct", KENT_FORCE]
    assert found.value == pytest.approx(100 * again / all_)
    assert facts["repeat_referrals_pct", "E10000016"].police_area_value == found.value
    refused = facts["hospital_admissions_0_14_rate", KENT_FORCE]
    assert (refused.value, refused.police_area_why) == (
        None,
        "Not added up: counts of authorities are rounded to 5.",
    )


def test_a_force_area_of_one_authority_has_its_figure_as_published(
    facts: dict[tuple[str, str], Comparison],
) -> None:
    """Lincolnshire: its rate of children looked after is rounded to a whole number, its admissions to 5."""
    for indicator in ("cla_31_march_rate", "hospital_admissions_0_14_rate"):
        authority = facts[indicator, "E10000019"]
        force = facts[indicator, authority.police_area_code]
        assert (force.value, force.lower, force.upper) == (authority.value, authority.lower, authority.upper)
        assert (force.basis, force.police_area_why) == ("sum of authorities", "")
    assert facts["hospital_admissions_0_14_rate", force.area_code].rank_why.startswith("Fewer than half")


def test_a_borough_stands_beside_london_and_its_part_of_it(facts: dict[tuple[str, str], Comparison]) -> None:
    camden = facts["repeat_referrals_pct", "E09000007"]
    parts = {code: facts["repeat_referrals_pct", code].value for code in ("E12000007", "E13000001")}
    assert (camden.region_value, camden.sub_region_value) == (parts["E12000007"], parts["E13000001"])
    assert (camden.region_code, camden.sub_region_code) == ("E12000007", "E13000001")


def test_what_is_not_compared_says_why(made: Made) -> None:
    for fact in to_comparisons(made[0].facts):
        assert bool(fact.england_why) == (fact.england_label == "not compared")
        assert bool(fact.rank_why) == (fact.rank is None)
        assert bool(fact.neighbours_why) == (fact.neighbours_median is None)
        assert fact.change is not None or fact.change_why
        assert fact.trend != "not compared" or fact.trend_why


def test_the_labels_of_the_hospital_file_for_its_last_year(
    facts: dict[tuple[str, str], Comparison],
) -> None:
    """Values that the publisher casts back to years before an authority began are dropped: no trend there."""
    rows = [
        row for row in raw("region_hospital_admissions_2324.csv")
        if row["Time period"] == "2023/24" and row["Sex"] == "Persons" and not row["Category"]
        and row["Area Type"] != "England"
    ]  # fmt: skip
    found = [facts["hospital_admissions_0_14_rate", row["Area Code"]] for row in rows]
    labels = [row["Compared to England value or percentiles"].lower() for row in rows]
    assert len(labels) > 150
    assert [fact.england_label for fact in found] == labels
    words = {
        ("decreasing", "better"): "Decreasing and getting better",
        ("increasing", "worse"): "Increasing and getting worse",
        ("no significant change", ""): "No significant change",
        ("not compared", ""): "Cannot be calculated",
    }
    differ = [
        fact.area_name
        for fact, row in zip(found, rows, strict=True)
        if words[fact.trend, fact.trend_is] != row["Recent Trend"]
    ]
    assert differ == BEGUN_SINCE


def test_offences_for_every_100_assessments(made: Made) -> None:
    """Abuse of children through sexual exploitation (code 71) over assessments of Kent and Medway."""
    crime = pq.read_table(DATA / "police/home_office/prc_pfa_2012-13_to_2025-26Q3.parquet").to_pylist()
    offences = sum(
        row["n"]
        for row in crime
        if row["Force"] == "Kent" and row["FY"] == "2024/25" and row["Offence Code"] == "71"
    )
    assessments = sum(int(of_2025(FACTORS)[code]["Child_sexual_exploitation"]) for code in KENT_AND_MEDWAY)
    rows = [
        row for row in made[1].rows.to_pylist()
        if row["police_area_code"] == KENT_FORCE and row["theme"] == "sexual-exploitation"
    ]  # fmt: skip
    assert [(row["side"], row["area_code"], row["count"]) for row in rows] == [
        ("safeguarding", KENT_FORCE, assessments),
        ("safeguarding", "E10000016", 173),
        ("safeguarding", "E06000035", assessments - 173),
        ("police", KENT_FORCE, offences),
        ("both", KENT_FORCE, offences),
    ]
    assert rows[-1]["value"] == pytest.approx(100 * offences / assessments)
    assert len({row["police_area_code"] for row in made[1].rows.to_pylist()}) == 39
