"""Returns in layouts of their own become one national record, whose figures lead back to delivered rows."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.build import command as build_command
from fullpicture.cli.explain import command as explained
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.build import Build, build
from fullpicture.programme.check import check
from fullpicture.programme.explain import explain
from fullpicture.programme.state import State
from fullpicture.programme.usage import Collector, uses
from fullpicture.programme.vintages import Store
from tests.programme.returns import KENT, write_returns

AT = datetime(2025, 3, 1, tzinfo=UTC)


def figures(folder: Path) -> dict[str, dict[str, str]]:
    keys = ("indicator", "area_code", "period", "breakdown", "category")
    with (folder / "internal" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {"/".join(row[key] for key in keys): row for row in csv.DictReader(file)}


def problems(folder: Path) -> set[tuple[str, str, str]]:
    with (folder / "internal" / "problems" / "problems.csv").open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["row"], row["rule"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("returns")
    write_returns(folder / "programme")
    return build(folder / "programme", folder / "build")


def test_crimes_are_counted_once_and_victims_each(built: Build) -> None:
    """Kent: two crimes of abuse, three children; Surrey: two crimes, three children, in two files."""
    found = figures(built.folder)
    assert found["csae_offences/E23000032/2024//"]["value"] == "2"
    assert found["csae_offences/E23000031/2024//"]["value"] == "2"
    assert found["csae_offences/E12000008/2024//"]["value"] == "4"
    share = found["girls_of_victims_pct/E12000008/2024//"]
    assert (share["numerator"], share["denominator"]) == ("3", "6")


def test_rows_in_are_rows_kept_and_refused_and_what_is_wrong_is_listed(built: Build) -> None:
    record = json.loads((built.folder / "run.json").read_text(encoding="utf-8"))
    assert record["sources"]["kent"] == {"rows_in": 5, "rows_kept": 4, "rows_refused": {"DAT-002": 1}}
    listed = problems(built.folder)
    assert {("kent.csv", "6", "DAT-002"), ("kent.csv", "6", "MAP-003")} <= listed
    assert ("surrey-victims.csv", "5", "LNK-010") in listed
    assert {file["path"] for file in record["inputs"]} >= {"kent.csv", "surrey-victims.csv"}


def test_a_figure_leads_back_to_the_rows_of_the_files_as_delivered(built: Build) -> None:
    (crimes,) = explain("csae_offences/E23000032/calendar:2024//", built.folder).rows
    assert dict(crimes.rows) == {"kent.csv": (2, 4)}
    girls, _ = explain("girls_of_victims_pct/E23000031/calendar:2024//", built.folder).rows
    assert dict(girls.rows) == {"surrey-victims.csv": (2,)}


def test_a_figure_says_what_was_refused_of_the_returns_behind_it_by_rule_and_force(built: Build) -> None:
    said = {
        area: {one["source"]: one["refused"] for one in explain(id_, built.folder).as_dict()["returns"]}
        for area in ("E12000008", "E23000032", "E23000031")
        for id_ in (f"csae_offences/{area}/calendar:2024//",)
    }
    kent, surrey = {"kent": {"DAT-002": 1}}, {"surrey_crimes": {}, "surrey_victims": {}}
    assert said == {"E12000008": kent | surrey, "E23000032": kent, "E23000031": surrey}
    words = ["csae_offences/E12000008/calendar:2024//", "--build", str(built.folder)]
    lines = CliRunner().invoke(explained, words, catch_exceptions=False).output.splitlines()
    assert "  refused     from the 3 returns behind it: DAT-002 1" in lines
    assert "              Kent's return: DAT-002 1" in lines


def test_taking_in_is_in_the_log_of_use_once_for_each_vintage(tmp_path: Path) -> None:
    folder, to = write_returns(tmp_path / "programme"), tmp_path / "build"
    build(folder, to, by=Collector("ana", AT))
    first = uses(State(folder))
    assert [(use.kind, use.who, use.at, use.why) for use in first] == [
        ("collection", "ana", AT, "Annual report")
    ] * 3
    kept = {one.source: one for use in first for one in use.records}
    vintage = Store(folder).current("kent")
    assert vintage is not None
    assert (kept["kent"].vintage, kept["kent"].rows) == (vintage.id, 4)
    build(folder, to, by=Collector("ben", AT))
    explain("csae_offences/E23000032/calendar:2024//", to)
    assert uses(State(folder)) == first
    write_returns(folder, kent=KENT.replace("31/02/2024", "28/02/2024"))
    words = [str(folder), "--to", str(to), "--who", "cat", "--reason", "Kent sent it again"]
    assert CliRunner().invoke(build_command, words, catch_exceptions=False).exit_code == 0
    (last,) = uses(State(folder))[3:]
    assert (last.who, last.why, [one.source for one in last.records]) == (
        "cat",
        "Kent sent it again",
        ["kent"],
    )


def test_the_public_edition_says_nothing_of_how_many_rows_a_force_delivered(built: Build) -> None:
    public = (built.folder / "public" / "methods.html").read_text(encoding="utf-8")
    internal = (built.folder / "internal" / "methods.html").read_text(encoding="utf-8")
    assert "Rows read, kept and refused" in internal
    assert (
        "Rows read, kept and refused" not in public
    )  # nothing of it may be shown, so that it would be empty
    assert "Kent's return" in internal.replace("&#39;", "'")
    assert "Kent's return" not in public.replace("&#39;", "'")


def test_a_return_that_cannot_be_read_stops_no_other_and_its_force_is_missing(tmp_path: Path) -> None:
    write_returns(tmp_path / "programme", kent="")
    built = build(tmp_path / "programme", tmp_path / "build")
    assert ("kent.csv", "", "FILE-001") in problems(built.folder)
    assert figures(built.folder)["csae_offences/E12000008/2024//"]["value"] == "2"
    with (built.folder / "internal" / "coverage.csv").open(encoding="utf-8", newline="") as file:
        missing = {row["missing"] for row in csv.DictReader(file) if row["indicator"] == "csae_offences"}
    assert all("E23000032" in codes for codes in missing)


def test_the_same_return_again_changes_nothing_and_another_one_is_another_vintage(tmp_path: Path) -> None:
    folder = write_returns(tmp_path / "programme")
    build(folder, tmp_path / "build")
    line = (folder / "state" / "vintages.jsonl").read_bytes()
    build(folder, tmp_path / "build")
    assert (folder / "state" / "vintages.jsonl").read_bytes() == line
    write_returns(folder, kent=KENT.replace("31/02/2024", "28/02/2024"))
    build(folder, tmp_path / "build")
    assert len(Store(folder).history("kent")) == 2
    assert figures(tmp_path / "build")["csae_offences/E23000032/2024//"]["value"] == "3"


def test_references_are_hashed_with_the_programmes_own_key(tmp_path: Path) -> None:
    stores = []
    for name in ("one", "other"):
        folder = write_returns(tmp_path / name)
        build(folder, tmp_path / f"{name}-build")
        store = Store(folder)
        vintage = store.current("kent")
        assert vintage is not None
        stores.append(store.read(vintage, ["crime_ref"])["crime_ref"].to_pylist())
    assert "K1" not in stores[0]
    assert not set(stores[0]) & set(stores[1])


def test_each_force_has_a_page_and_all_stand_in_one_matrix_in_the_internal_edition_alone(
    built: Build,
) -> None:
    internal = built.folder / "internal"
    matrix = (internal / "returns" / "index.html").read_text(encoding="utf-8")
    kent = (internal / "returns" / "E23000032.html").read_text(encoding="utf-8")
    assert "returns/index.html" in (internal / "index.html").read_text(encoding="utf-8")
    assert all(name in matrix for name in ("Kent", "Surrey", "Sussex"))
    assert "DAT-002" in kent
    assert "5 rows in" in kent.replace("\n", " ")
    assert not (built.folder / "public" / "returns").exists()
    assert "returns/" not in (built.folder / "public" / "index.html").read_text(encoding="utf-8")


def test_units_are_never_added_together(tmp_path: Path) -> None:
    """Victims are not crimes: an indicator that adds up crimes in a record of victims is refused."""
    folder = write_returns(tmp_path / "programme")
    path = folder / "indicators" / "csae.toml"
    text = path.read_text(encoding="utf-8").replace('source = "returns"', 'source = "victims"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeRefused, match='unit victim has no "crimes" to add up'):
        build(folder, tmp_path / "build")


def test_a_part_of_a_return_is_never_taken_for_the_whole(tmp_path: Path) -> None:
    """Kent sends two files; one cannot be read: Kent is missing, and is not counted with what is left."""
    folder = write_returns(tmp_path / "programme")
    toml = folder / "sources" / "kent.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('["kent.csv"]', '["kent*.csv"]'), encoding="utf-8"
    )
    (folder / "data" / "kent-2.csv").write_bytes(b"\x00\xff\x00")
    built = build(folder, tmp_path / "build")
    assert built.returns == (1, 3)
    assert ("kent-2.csv", "", "FILE-001") in problems(built.folder)
    assert "csae_offences/E23000032/2024//" not in figures(built.folder)


def test_a_file_that_is_gone_from_a_return_is_said(tmp_path: Path) -> None:
    folder = write_returns(tmp_path / "programme")
    toml = folder / "sources" / "kent.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('["kent.csv"]', '["kent*.csv"]'), encoding="utf-8"
    )
    more = KENT.splitlines()[0] + "\nK9,19D,05/01/2023,V9,F,12\n"
    (folder / "data" / "kent-2023.csv").write_text(more, encoding="utf-8")
    build(folder, tmp_path / "build")
    (folder / "data" / "kent-2023.csv").unlink()
    built = build(folder, tmp_path / "build")
    assert ("kent-2023.csv", "", "FILE-002") in problems(built.folder)


def test_a_figure_is_not_explained_by_a_file_that_it_was_not_made_of(tmp_path: Path) -> None:
    folder = write_returns(tmp_path / "programme")
    build(folder, tmp_path / "build")
    lines = (folder / "state" / "vintages.jsonl").read_bytes()
    write_returns(folder, kent=KENT.replace("31/02/2024", "28/02/2024"))
    with pytest.raises(UsageError, match=r"kent.csv: delivered again or gone since this build"):
        explain("csae_offences/E23000032/calendar:2024//", tmp_path / "build")
    assert (folder / "state" / "vintages.jsonl").read_bytes() == lines


def test_checking_a_programme_says_which_mappings_are_undecided(tmp_path: Path) -> None:
    folder = write_returns(tmp_path / "programme")
    toml = folder / "sources" / "kent.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + "# CHECK: the basis of the age\n", encoding="utf-8")
    assert check(folder).undecided == {"kent": 1}


def test_a_record_is_counted_in_the_kinds_of_period_that_indicators_ask_for(tmp_path: Path) -> None:
    """Kent's two crimes of abuse, of January and February 2024, are in the financial year 2023-24."""
    folder = write_returns(tmp_path / "programme")
    path = folder / "indicators" / "csae.toml"
    text = path.read_text(encoding="utf-8").replace('periods = ["calendar"]', 'periods = ["financial"]', 1)
    path.write_text(text, encoding="utf-8")
    build(folder, tmp_path / "build")
    assert figures(tmp_path / "build")["csae_offences/E23000032/2023-24//"]["value"] == "2"
