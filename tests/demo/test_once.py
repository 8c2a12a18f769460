"""The demo's programme folder is there to be changed: what somebody changed in it is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.demo import once


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the nation: two files that follow from the seed."""

    def write(folder: Path, *, seed: int, size: str) -> None:
        (folder / "data").mkdir(parents=True)
        (folder / "programme.toml").write_text(f"seed = {seed}", encoding="utf-8")
        (folder / "data" / "a.csv").write_text(size, encoding="utf-8")

    monkeypatch.setattr(once, "write_nation", write)


def test_it_is_written_once(tmp_path: Path) -> None:
    folder = tmp_path / "nation"
    assert [once.write_once(folder, 1, "small") for _ in range(3)] == [
        "written",
        "there already",
        "there already",
    ]


def test_another_seed_or_size_is_another_nation(tmp_path: Path) -> None:
    folder = tmp_path / "nation"
    once.write_once(folder, 1, "small")
    assert once.write_once(folder, 2, "small") == "written"
    assert once.write_once(folder, 2, "medium") == "written"
    assert (folder / "programme.toml").read_text(encoding="utf-8") == "seed = 2"


@pytest.mark.parametrize("seed", [1, 2])
def test_what_somebody_changed_is_left_as_it_is(seed: int, tmp_path: Path) -> None:
    folder = tmp_path / "nation"
    once.write_once(folder, 1, "small")
    (folder / "programme.toml").write_text("seed = 9", encoding="utf-8")
    assert once.write_once(folder, seed, "small") == "changed by you"
    assert (folder / "programme.toml").read_text(encoding="utf-8") == "seed = 9"


def test_a_folder_of_somebody_elses_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "nation").mkdir()
    (tmp_path / "nation" / "thesis.txt").write_text("mine", encoding="utf-8")
    assert once.write_once(tmp_path / "nation", 1, "small") == "changed by you"
    assert [path.name for path in (tmp_path / "nation").iterdir()] == ["thesis.txt"]
