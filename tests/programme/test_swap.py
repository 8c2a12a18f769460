"""One edition takes the place of another in one step, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.programme import swap


def edition(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


def test_the_new_edition_stands_where_the_old_one_stood(tmp_path: Path) -> None:
    target = edition(tmp_path / "site", "old")
    fresh = swap.beside(target)
    (fresh / "index.html").write_text("new")
    swap.swap_in(fresh, target)
    assert (target / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_edition_needs_no_old_one(tmp_path: Path) -> None:
    fresh = swap.beside(tmp_path / "deep" / "site")
    swap.swap_in(fresh, tmp_path / "deep" / "site")
    assert (tmp_path / "deep" / "site").is_dir()


def test_without_an_exchange_the_old_edition_is_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    target = edition(tmp_path / "site", "old")
    swap.swap_in(edition(tmp_path / "fresh", "new"), target)
    assert (target / "index.html").read_text() == "new"


def test_an_old_edition_left_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    edition(tmp_path / ".site.old-0", "old")
    edition(tmp_path / ".site.new-999999999", "half")
    swap.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
