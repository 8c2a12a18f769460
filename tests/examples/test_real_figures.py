"""Figures from real published files equal the published ones; skipped where the files are absent."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from fullpicture.programme.build import build
from fullpicture.publish.report.rounding import times_in_words
from fullpicture.publish.report.saving import saved
from tests.examples.figures import DATA, Editions, by_id

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")


@pytest.fixture(scope="module")
def crime(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Editions]:
    folder = tmp_path_factory.mktemp("crime") / "build"
    build(ROOT / "examples" / "recorded-crime", folder, DATA)
    return folder, by_id(folder)


def test_the_report_on_children_says_what_the_file_has(crime: tuple[Path, Editions]) -> None:
    path = DATA / "police/home_office/prc_pfa_2012-13_to_2025-26Q3.parquet"
    named = ("17B", "19D", "19E", "19G", "19H", "20B", "21", "22B", "71", "73", "88A")
    years = dict(
        duckdb.sql(
            f"""select FY, sum(n)::int from '{path}' where "Offence Code" in {named}
            and Force <> 'British Transport Police' group by FY"""
        ).fetchall()
    )
    document = saved(crime[0] / "public" / "reports" / "children")
    said = [sentence.text for _, sentence in document.sentences()]
    now, then = years["2024/25"], years["2012/13"]
    assert said[1] == (
        f"Police forces in England and Wales recorded {now:,} crimes under offences that name a child in the "
        "year to March 2025."
    )
    assert (
        said[3] == f"It was {times_in_words(now / then)} that of 2012/13, when {then:,} crimes were recorded."
    )
    (change,) = [one for one in document.tables if one.id == "trend-table"]
    assert {row[0].replace("-", "/"): int(row[1].replace(",", "")) for row in change.rows} == {
        year: count for year, count in years.items() if year != "2025/26"
    }
    assert any("general codes are missing" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("sexual_offences/ALL/financial/2012-13//", "53599"),
        ("sexual_offences/ALL/financial/2024-25//", "209061"),
        ("outcome_14_16_of_recorded_pct/ALL/financial/2024-25//", "26.35"),
        ("outcome_14_16_of_recorded_pct/ALL/financial/2024-25/offence_group/Sexual offences", "38.02"),
        (
            "outcome_14_16_of_recorded_pct/ALL/financial/2024-25/offence_group/Violence against the person",
            "44.40",
        ),
    ],
)
def test_recorded_crime(crime: tuple[Path, Editions], figure: str, value: str) -> None:
    for edition in crime[1].values():
        assert float(edition[figure]["value"]) == pytest.approx(float(value), abs=0.005)


def test_outcomes_add_up_and_negative_counts_are_kept_and_listed(
    crime: tuple[Path, Editions],
) -> None:
    folder, figures = crime
    total = figures["internal"]["charged_of_recorded_pct/ALL/financial/2024-25//"]
    assert total["denominator"] == "5307473"
    with (folder / "internal" / "problems" / "problems.csv").open(encoding="utf-8", newline="") as file:
        rules = [row["rule"] for row in csv.DictReader(file)]
    assert rules.count("CNT-001") == 426 + 19
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["sources"]["recorded_crime"]["rows_kept"] == 321_893


def test_who_has_no_residents_has_no_rate_and_no_other_year_is_used(
    crime: tuple[Path, Editions],
) -> None:
    figures = crime[1]["public"]
    assert figures["sexual_offences_rate/BTP/financial/2024-25//"]["absence"] == "z"
    assert figures["sexual_offences_rate/E23000032/financial/2023-24//"]["absence"] == "x"
    assert figures["sexual_offences_change_pct/ALL/financial-part/2025-26Q1-Q3//"]["absence"] == "x"


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("repeat_referrals_pct/E92000001/reporting/2025//", 22.6),
        ("caseload_fte/E92000001/reporting/2025//", 15.2),
        ("cin_rate/E92000001/reporting/2025//", 402400 / 12183016 * 10000),
        ("hospital_admissions_0_14_rate/E92000001/financial/2023-24//", 72.71223),
        ("hospital_admissions_0_14_rate/E06000058/financial/2023-24//", 87.88633),
        ("caseload_fte/E06000063/reporting/2023//", 16.3),
    ],
)
def test_national_framework(framework: Editions, figure: str, value: float) -> None:
    assert float(framework["public"][figure]["value"]) == pytest.approx(value)


def test_a_suppressed_cell_stays_suppressed_in_both_editions(
    framework: Editions,
) -> None:
    suppressed = [id_ for id_, figure in framework["internal"].items() if figure["absence"] == "c"]
    assert len(suppressed) > 500
    for edition in framework.values():
        assert {edition[id_]["value"] for id_ in suppressed} == {""}
        assert {edition[id_]["absence"] for id_ in suppressed} == {"c"}


def test_no_value_lies_outside_its_interval(framework: Editions) -> None:
    """Four published values contradict their own counts: rounded to whole numbers, or wrong."""
    figures = framework["public"].values()
    limited = [figure for figure in figures if figure["value"] and figure["lower"]]
    assert len(limited) > 10_000
    wrong = [f for f in limited if not float(f["lower"]) <= float(f["value"]) <= float(f["upper"])]
    assert wrong == []
    contradicted = framework["public"]["cpp_repeat_pct/E12000003/reporting/2022//"]
    assert (contradicted["value"], contradicted["lower"]) == ("23.6", "")


def test_a_file_for_others_gives_back_what_was_published(framework_folder: Path, framework: Editions) -> None:
    name = "national-framework/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    path = framework_folder / "public" / "education" / "repeat_referrals_pct.csv"
    ours = _by_place(path, "repeat_referrals_pct")
    published = _by_place(DATA / name, "rereferral_percent")
    assert len(published) > 2_000
    assert {key: value for key, value in ours.items() if published[key] != value} == {}
    assert {key for key in published if key not in ours} == set()


def _by_place(path: Path, column: str) -> dict[tuple[str, ...], str]:
    """Cells of a file of Explore Education Statistics by time and place; numbers in one form."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = ("time_period", "geographic_level", "country_code", "region_code", "new_la_code")
    found = {}
    for row in rows:
        cell = row[column]
        found[tuple(row[key] for key in keys)] = cell if cell.isalpha() else str(float(cell))
    return found


def test_the_local_file_labels_rising_series_as_falling_and_the_regional_file_does_not(
    framework_folder: Path,
) -> None:
    """Every label of up or down in the local file of hospital admissions is the wrong way round."""
    path = framework_folder / "internal" / "problems" / "problems.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [(row["file"], row["what"]) for row in rows if row["rule"] == "LAB-001"]
    local = "national-framework/la_hospital_admissions_2324.csv"
    assert {file for file, _ in found} == {local}
    assert [what.split(" labels")[0] for _, what in found] == ["all 55", "all 50", "all 76"]
    beyond = [(row["file"], row["row"]) for row in rows if row["rule"] == "CNT-002"]
    plans = "national-framework/d3_cpps_subsequent_plan_2013_to_2025.csv"
    assert beyond == [(plans, "499"), (plans, "496")]
    for edition in ("internal", "public"):
        page = (framework_folder / edition / "methods.html").read_text(encoding="utf-8")
        assert "say the opposite of their own series" in page


def test_the_page_of_an_authority_says_its_judgement_and_that_of_a_region_how_many(
    framework_folder: Path,
) -> None:
    for edition in ("internal", "public"):
        kent, london = (
            (framework_folder / edition / "areas" / f"{code}.html").read_text(encoding="utf-8")
            for code in ("E10000016", "E12000007")
        )
        row = kent.split("ofsted_leadership_good_count.html")[1].split("</tr>")[0]
        assert "Outstanding" in row
        assert "17" in london.split("ofsted_leadership_outstanding_count.html")[1].split("</tr>")[0]


def test_what_is_not_supplied_is_said_on_its_page_and_is_no_refused_build(framework_folder: Path) -> None:
    page = (framework_folder / "public" / "indicators" / "uasc_starting_rate.html").read_text(
        encoding="utf-8"
    )
    assert "Source not supplied." in page
    figures = by_id(framework_folder)["public"]
    found = [row for row in figures.values() if row["indicator"] == "cs_spend_per_child"]
    assert {(row["value"], row["absence"]) for row in found} == {("", "x")}
    assert len(found) > 150
