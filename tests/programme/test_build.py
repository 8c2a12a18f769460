"""A build is whole or not there, the same twice, and every figure leads back to its rows."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fullpicture.core.errors import FullPictureError, NotProtected
from fullpicture.core.table import InternalTable
from fullpicture.disclosure import Certificate, Protected, Rule
from fullpicture.programme.build import build
from fullpicture.programme.explain import explain
from tests.programme.folders import crime_csv, write_programme

STAGES = ("read", "collect", "analyse", "protect", "publish", "swap")
KENT_THEFT = "theft_of_all_pct/E23000032/financial:2024-25//"


def figures(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {_id(row): row for row in csv.DictReader(file)}


def _id(row: dict[str, str]) -> str:
    when = f"{row['period_kind']}:{row['period']}"
    return "/".join((row["indicator"], row["area_code"], when, row["breakdown"], row["category"]))


def contents(folder: Path) -> dict[str, str]:
    """Hashes of all files but run.json, which holds timings."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_programme(folder / "programme")
    build(folder / "programme", folder / "build")
    return folder


def test_both_editions_have_the_files_of_the_contract(built: Path) -> None:
    shared = {
        "index.html",
        "figures.csv",
        "figures.meta.csv",
        "coverage.csv",
        "indicators.json",
        "certificate.json",
    }
    for edition in ("internal", "public"):
        names = {path.name for path in (built / "build" / edition).iterdir()}
        assert shared | {"workbook.xlsx", "workbook.ods", "remarks.csv", "certificate.json"} <= names
    assert (built / "build" / "internal" / "problems" / "problems.csv").exists()
    assert not (built / "build" / "public" / "problems").exists()


def test_rows_in_are_rows_kept_and_refused(built: Path) -> None:
    record = json.loads((built / "build" / "run.json").read_text())
    counts = record["sources"]["crime"]
    assert counts == {"rows_in": 80, "rows_kept": 80, "rows_refused": {}}
    assert [file["path"] for file in record["inputs"]] == ["crime.csv"]


def test_figures_are_right(built: Path) -> None:
    found = figures(built / "build" / "internal")
    assert found["crimes/E23000032/financial:2024-25//"]["value"] == "400"
    assert found["crimes/E12000008/financial:2024-25//"]["value"] == "2080"
    assert found["crimes/E12000008/financial:2024-25/offence_group/Theft"]["value"] == "840"
    assert found[KENT_THEFT]["value"] == "40"
    assert found["crimes_change_pct/E23000032/financial:2024-25//"]["value"] == "0"


def test_the_same_inputs_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build(built / "programme", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(built / "build")


def test_one_changed_cell_moves_exactly_the_figures_that_stand_on_it(tmp_path: Path) -> None:
    folder = write_programme(tmp_path / "programme")
    build(folder, tmp_path / "build")
    before = figures(tmp_path / "build" / "internal")
    delivered = crime_csv().splitlines()
    place = delivered.index("2024/25,1,Kent,Theft,40")
    delivered[place] = "2024/25,1,Kent,Theft,140"
    (folder / "data" / "crime.csv").write_text("\n".join(delivered) + "\n", encoding="utf-8")
    build(folder, tmp_path / "build")
    after = figures(tmp_path / "build" / "internal")
    moved = {id_ for id_, figure in after.items() if figure != before[id_]}
    areas = ("E23000032", "E12000008", "E92000001", "K04000001")
    expected = {
        f"{indicator}/{area}/{period}"
        for area in areas
        for indicator, periods in {
            "crimes": ("financial:2024-25//", "financial-quarter:2024-25Q1//"),
            "crimes_change_pct": ("financial:2024-25//", "financial-quarter:2024-25Q1//"),
            "theft_of_all_pct": ("financial:2024-25//",),
        }.items()
        for period in periods
    }
    expected |= {
        f"crimes/{area}/{period}/offence_group/Theft"
        for area in areas
        for period in ("financial:2024-25", "financial-quarter:2024-25Q1")
    }
    assert moved == expected
    behind = explain(
        "crimes/E23000032/financial-quarter:2024-25Q1/offence_group/Theft", tmp_path / "build"
    ).rows
    assert [dict(one.rows) for one in behind] == [{"crime.csv": (place + 1,)}]


def test_explain_names_the_rows_of_both_sides_of_a_share(built: Path) -> None:
    found = explain(KENT_THEFT, built / "build")
    assert [behind.total for behind in found.rows] == [160, 400]
    assert [behind.count for behind in found.rows] == [4, 8]
    assert found.public == "published"


def test_an_unknown_figure_is_answered_with_the_nearest_one(built: Path) -> None:
    with pytest.raises(FullPictureError, match="Did you mean theft_of_all_pct/E23000032/financial:2024-25//"):
        explain("theft_of_all_pct/E23000032/financial:2024-26//", built / "build")


def test_the_public_edition_refuses_internal_tables(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fullpicture.programme.build as module

    def unprotected(tables: list[InternalTable], rule: Rule, *rest: object) -> Protected:
        return Protected(tuple(tables), Certificate(rule, (), (), {}))  # type: ignore[arg-type]

    before = contents(built / "build")
    monkeypatch.setattr(module, "protect", unprotected)
    with pytest.raises(NotProtected, match="the public edition takes public tables only"):
        build(built / "programme", built / "build")
    assert contents(built / "build") == before


KILLED = """
import os, signal, sys
from pathlib import Path
from fullpicture.programme import swap
from fullpicture.programme.build import build

stage = sys.argv[3]

def watch(name, detail):
    if name == stage:
        os.kill(os.getpid(), signal.SIGKILL)

if stage == "between the renames":
    swap._exchanged = lambda one, other: False
    rename = Path.rename
    def killing(self, target):
        done = rename(self, target)
        if str(target).endswith(".old-0"):
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    Path.rename = killing
if stage == "after the exchange":
    exchanged = swap._exchanged
    def killing(one, other):
        exchanged(one, other)
        os.kill(os.getpid(), signal.SIGKILL)
    swap._exchanged = killing
build(Path(sys.argv[1]), Path(sys.argv[2]), watch=watch)
"""


@pytest.mark.parametrize("stage", [*STAGES, "between the renames", "after the exchange"])
def test_a_killed_build_leaves_a_whole_edition(stage: str, built: Path, tmp_path: Path) -> None:
    """The old edition or the new one, complete; moved aside at worst, and put back by whatever runs next."""
    old, new = write_programme(tmp_path / "programme"), tmp_path / "other"
    build(old, tmp_path / "build")
    before = contents(tmp_path / "build")
    write_programme(new, crime=crime_csv().replace(",40\n", ",41\n"))
    build(new, tmp_path / "expected")
    command = [sys.executable, "-c", KILLED, str(new), str(tmp_path / "build"), stage]
    assert subprocess.run(command, check=False).returncode == -9
    from fullpicture.programme.swap import recover

    recover(tmp_path / "build")
    assert contents(tmp_path / "build") in (before, contents(tmp_path / "expected"))
    build(new, tmp_path / "build")
    assert contents(tmp_path / "build") == contents(tmp_path / "expected")
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".build.")} == {".build.cache"}
