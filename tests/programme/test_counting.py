"""Decisions of counting that a reader must be able to see: who has no reference, whose year is another."""

from __future__ import annotations

import csv
import json

import pytest

from fullpicture.programme.build import Build, build
from tests.programme.returns import KENT, SURREY_VICTIMS, WIDE, write_returns
from tests.programme.test_returns import figures, problems

SUSSEX = WIDE.replace(".kent", ".sussex").replace("Kent", "Sussex").replace("E23000032", "E23000033")
YEAR = 'recorded_year = { header = "Year", basis = "reported" }'
YEARLY = (
    SUSSEX.replace('"kent.csv"', '"sussex.csv"')
    .replace('recorded_on = { header = "Recorded" }', YEAR)
    .replace('victim_ref = { header = "Victim" }', 'suspect_ref = { header = "Suspect" }')
)
ROWS = "Crime no.,Code,Year,Suspect,Sex,Age at offence\nX1,19D,2024,S1,F,12\nX1,19D,2024,S2,F,12\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Surrey has two girls alike in a crime; Sussex one girl and two suspects, and years of the report."""
    folder = tmp_path_factory.mktemp("counting")
    alike = SURREY_VICTIMS.replace("S1,Female,9\n", "S1,Female,9\nS1,Female,9\n")
    write_returns(folder / "programme", kent=KENT, surrey__victims=alike, sussex=ROWS)
    (folder / "programme" / "sources" / "sussex.toml").write_text(YEARLY, encoding="utf-8")
    return build(folder / "programme", folder / "build")


def test_two_children_alike_without_references_are_two_and_said(built: Build) -> None:
    record = json.loads((built.folder / "run.json").read_text(encoding="utf-8"))["sources"]
    assert record["surrey_victims"] == {"rows_in": 5, "rows_kept": 5, "rows_refused": {}}
    assert ("surrey-victims.csv", "3", "DUP-015") in problems(built.folder)
    assert figures(built.folder)["girls_of_victims_pct/E23000031/2024//"]["denominator"] == "4"


def test_a_victim_without_a_reference_counts_for_each_suspect_and_it_is_said(built: Build) -> None:
    assert figures(built.folder)["csae_offences/E23000033/2024//"]["value"] == "1"
    assert figures(built.folder)["girls_of_victims_pct/E23000033/2024//"]["denominator"] == "2"
    with (built.folder / "internal" / "problems" / "problems.csv").open(encoding="utf-8", newline="") as file:
        (said,) = (row["what"] for row in csv.DictReader(file) if row["rule"] == "LNK-017")
    assert said.endswith("each row is counted as a victim. (2 records, this is the first)")


def test_figures_say_whose_year_is_that_of_the_report(built: Build) -> None:
    assert ("sussex.csv", "2", "DAT-018") in problems(built.folder)
    with (built.folder / "internal" / "remarks.csv").open(encoding="utf-8", newline="") as file:
        remarks = {row["id"]: row["remark"] for row in csv.DictReader(file)}
    said = "By the year of the report and not of recording: Sussex."
    assert remarks["csae_offences/E23000033/calendar:2024//"] == said
    assert said in remarks["csae_offences/E12000008/calendar:2024//"]
    assert "not of recording" not in remarks.get("csae_offences/E23000032/calendar:2024//", "")
