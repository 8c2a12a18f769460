"""A nation is the same for the same seed, another for another, and as large as asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fullpicture.demo import write_nation


def _bytes(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def test_same_seed_same_bytes_another_seed_another_nation(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_nation(tmp_path / name, seed=seed, scale=0.01)
    one, again, other = (_bytes(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert set(one) == set(other)
    same = {name for name in one if one[name] == other[name]}
    assert not any(name.startswith(("data/returns", "truth")) for name in same)
    assert {name for name in one if name.startswith("sources")} <= same


def test_unknown_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Use one of small, medium, full"):
        write_nation(tmp_path, size="huge")


def test_every_page_will_say_that_the_nation_is_invented(tmp_path: Path) -> None:
    write_nation(tmp_path, scale=0.01)
    assert "Invented data: no person" in (tmp_path / "programme.toml").read_text(encoding="utf-8")
