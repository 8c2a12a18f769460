"""A build on what an earlier one kept has the bytes of a build from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fullpicture.programme.build import build
from tests.programme.folders import INDICATORS, PROGRAMME, SOURCES, crime_csv, write_programme
from tests.programme.test_build import contents
from tests.programme.test_comparisons import JOINT, NEIGHBOURS

CHANGED = {
    "a title": ("indicators", "Crimes recorded", "Crimes & offences recorded"),
    "a definition": ("indicators", 'decimals = 1', 'decimals = 1\ndefinition = "Of every 100 crimes."'),
    "decimals": ("indicators", "decimals = 1", "decimals = 2"),
    "which way is better": ("indicators", 'polarity = "low"', 'polarity = "high"'),
    "what is counted": ("indicators", 'offence_group = "Theft"', 'offence_group = "Robbery"'),
    "places": ("indicators", '["country", "region", "police force area"]', '["region", "police force area"]'),
    "neighbours": ("near", "Kent,Surrey,close", "Kent,Hampshire,close"),
    "sections": ("programme", '"crimes", "theft_of_all_pct"', '"theft_of_all_pct"'),
    "cells": ("crime", "2024/25,1,Kent,Theft,40", "2024/25,1,Kent,Theft,90"),
    "one cell that is small": ("crime", "2024/25,1,Kent,Theft,40", "2024/25,1,Kent,Theft,3"),
}  # fmt: skip
OFFICIAL = 'published = true\npublisher = "Tests"\nurl = "https://example.org"\nlicence = "OGL"\n'
FILES = {
    "programme": PROGRAMME + JOINT,
    "sources": SOURCES + NEIGHBOURS,
    "indicators": INDICATORS + 'polarity = "low"\n',
    "crime": crime_csv(),
    "near": "force,near 1,how 1,near 2,how 2\nKent,Surrey,close,Sussex,far\nSurrey,Sussex,close,Kent,far\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    write_programme(folder, **files)
    (folder / "data" / "near.csv").write_text(files["near"], encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["official", "not yet official"])
def before(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """A programme whose editions say the same, or one whose public edition hides small counts; built."""
    stated = f"[source.crime]\n{OFFICIAL if request.param == 'official' else ''}"
    files = FILES | {"sources": FILES["sources"].replace("[source.crime]\n", stated)}
    folder = tmp_path_factory.mktemp("before")
    build(write(folder / "programme", files), folder / "build")
    return folder, files


@pytest.mark.parametrize("what", CHANGED)
def test_what_changed_is_made_again_and_all_else_is_as_from_nothing(
    what: str, before: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    (folder, files), (name, old, new) = before, CHANGED[what]
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    assert old in files[name]
    write(tmp_path / "programme", files | {name: files[name].replace(old, new)})
    build(tmp_path / "programme", tmp_path / "build")
    build(tmp_path / "programme", tmp_path / "from-nothing")
    assert contents(tmp_path / "build") == contents(tmp_path / "from-nothing")


def test_a_build_of_which_nothing_changed_keeps_what_the_next_one_can_use(
    before: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    shutil.copytree(before[0], tmp_path, dirs_exist_ok=True)
    kept = sorted(path.name for path in (tmp_path / ".build.cache").glob("*.bin"))
    build(tmp_path / "programme", tmp_path / "build")
    assert sorted(path.name for path in (tmp_path / ".build.cache").glob("*.bin")) == kept != []
