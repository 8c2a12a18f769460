"""Shares of themes are figures of a programme: counted by people, corrected by the audit, protected."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.purge import command as purge
from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.load import load
from tests.programme.voices import CODEBOOK, SHARES, SOURCE, answers, write_voices

KENT, SURREY = "E23000032", "E23000031"


def figures(edition: Path, indicator: str) -> dict[tuple[str, str], dict[str, str]]:
    with (edition / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == indicator]
    return {(row["area_code"], row["category"]): row for row in rows}


def remarks(edition: Path) -> dict[str, str]:
    with (edition / "remarks.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["remark"] for row in csv.DictReader(file)}


def test_a_share_counts_people_and_is_corrected_by_those_who_were_read(tmp_path: Path) -> None:
    built = build(write_voices(tmp_path / "folder"), tmp_path / "out")
    kent = figures(built.folder / "internal", "worse_waiting_pct")[KENT, ""]
    # 64 people in Kent, 32 of whom waited; the machine adds every tenth, 8 of them; 48 were read, 6 wrong.
    assert (kent["numerator"], kent["denominator"]) == ("40", "64")
    assert float(kent["value"]) == pytest.approx(100 * (40 / 64 - 6 / 48), abs=0.05)
    assert float(kent["lower"]) < float(kent["value"]) < float(kent["upper"])
    assert built.record["sources"]


def test_a_group_of_whom_too_few_were_read_is_not_corrected_and_says_so(tmp_path: Path) -> None:
    built = build(write_voices(tmp_path / "folder"), tmp_path / "out")
    surrey = figures(built.folder / "internal", "worse_waiting_pct")[SURREY, ""]
    assert (surrey["value"], surrey["absence"], surrey["lower"]) == ("50", "u", "")
    said = remarks(built.folder / "internal")[f"worse_waiting_pct/{SURREY}/calendar:2024//"]
    assert "fewer than 30" in said


def test_no_theme_is_public_with_fewer_people_than_the_threshold(tmp_path: Path) -> None:
    built = build(write_voices(tmp_path / "folder"), tmp_path / "out")
    inside = figures(built.folder / "internal", "worse_kindness_pct")
    outside = figures(built.folder / "public", "worse_kindness_pct")
    small = {key for key, row in inside.items() if 0 < int(row["numerator"] or 0) <= 4}
    assert small
    assert {outside[key]["absence"] for key in small} == {"c"}
    assert {outside[key]["numerator"] for key in small} == {""}


def test_somebody_who_answers_twice_is_one_person(tmp_path: Path) -> None:
    once = answers()
    again = [(f"b{row[0]}", *row[1:]) for row in once[:40]]
    built = build(write_voices(tmp_path / "folder", [*once, *again]), tmp_path / "out")
    kent = figures(built.folder / "internal", "worse_waiting_pct")[KENT, ""]
    assert kent["denominator"] == "64"
    record = json.loads((built.folder / "run.json").read_text(encoding="utf-8"))
    counts = record["sources"]["voices"]
    assert (counts["rows_in"], counts["rows_kept"]) == (120, 120)


def test_people_who_coded_everything_are_not_corrected(tmp_path: Path) -> None:
    source = SOURCE.replace('assigned = "machine.csv"\n', "")
    built = build(write_voices(tmp_path / "folder", audited=80, source=source), tmp_path / "out")
    kent = figures(built.folder / "internal", "worse_waiting_pct")[KENT, ""]
    assert (kent["numerator"], kent["denominator"], kent["value"]) == ("32", "64", "50")
    assert kent["absence"] == ""


def test_a_split_theme_is_not_available_until_its_answers_are_coded_again(tmp_path: Path) -> None:
    codebook = CODEBOOK.replace('name = "Waiting"', 'name = "Waiting"\nsplit_into = ["at_first", "later"]')
    codebook += '[theme.at_first]\nname = "Waiting at first"\n[theme.later]\nname = "Waiting later"\n'
    shares = SHARES.replace('waiting = { label = "Waiting" }', 'at_first = { label = "At first" }')
    shares = shares.replace("worse_waiting", "worse_at_first")
    programme_folder = write_voices(tmp_path / "folder", codebook=codebook, shares=shares)
    text = (programme_folder / "programme.toml").read_text(encoding="utf-8")
    (programme_folder / "programme.toml").write_text(
        text.replace("worse_waiting", "worse_at_first"), encoding="utf-8"
    )
    built = build(programme_folder, tmp_path / "out")
    kent = figures(built.folder / "internal", "worse_at_first_pct")[KENT, ""]
    assert (kent["value"], kent["absence"]) == ("", "x")
    problems = (built.folder / "internal" / "problems" / "problems.csv").read_text(encoding="utf-8")
    assert "THM-002" in problems
    assert "waiting" in problems


def test_codes_go_when_the_answers_may_not_be_kept_any_longer(tmp_path: Path) -> None:
    source = SOURCE.replace("2030-01-01", "2020-01-01")
    folder = write_voices(tmp_path / "folder", source=source)
    done = CliRunner().invoke(
        purge, [str(folder), "--expired", "--data", "--reason", "retention", "--dry-run"]
    )
    assert done.exit_code == 0, done.output
    named = ("answers.csv", "one.csv", "two.csv", "machine.csv")
    assert all(f"data/{name}, delivered for voices" in done.output for name in named)


def test_everything_that_is_named_and_not_there_is_said_at_once(tmp_path: Path) -> None:
    source = SOURCE.replace('codebook = "victims"', 'codebook = "victim"').replace("worse = ", "better = ")
    folder = write_voices(tmp_path / "folder", source=source + "published = true\n")
    with pytest.raises(ProgrammeRefused) as refused:
        load(folder)
    said = str(refused.value)
    assert "rows of layout responses are never published" in said
    folder = write_voices(
        tmp_path / "folder", source=source, shares=SHARES.replace('theme = "{theme}"', 'theme = "wait"')
    )
    with pytest.raises(ProgrammeRefused) as refused:
        load(folder)
    said = str(refused.value)
    assert "Did you mean victims?" in said
    assert "one question" in said
