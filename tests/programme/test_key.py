"""A key that is lost or another one never makes all records new in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.key import programme_key
from tests.programme.returns import write_returns

GIVEN = "a key of the tests, long enough"


def refused(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(ProgrammeRefused) as error:
        programme_key(folder)
    (mistake,) = error.value.mistakes
    return mistake.where, mistake.what, mistake.mend


def test_the_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    key = programme_key(tmp_path)
    assert programme_key(tmp_path) == key
    assert len(key) == 64
    assert (tmp_path / "state" / "key").stat().st_mode & 0o077 == 0
    kept = (tmp_path / "state" / "vintages" / "key-fingerprint").read_text(encoding="ascii")
    assert kept not in key.decode()


def test_a_lost_key_is_refused_and_no_new_one_is_made(tmp_path: Path) -> None:
    folder = write_returns(tmp_path / "programme")
    build(folder, tmp_path / "build")
    path, lines = folder / "state" / "key", (folder / "state" / "vintages.jsonl").read_bytes()
    text = path.read_bytes()
    path.unlink()
    with pytest.raises(ProgrammeRefused, match="state/key: the key is gone with which the vintages here"):
        build(folder, tmp_path / "build")
    assert not path.exists()
    assert (folder / "state" / "vintages.jsonl").read_bytes() == lines
    path.write_bytes(text)
    build(folder, tmp_path / "build")


@pytest.mark.parametrize("where", ["state/key", "FULLPICTURE_KEY"])
def test_another_key_is_refused_with_what_to_do(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme_key(tmp_path)
    if where == "state/key":
        (tmp_path / "state" / "key").write_text(GIVEN, encoding="ascii")
    else:
        monkeypatch.setenv("FULLPICTURE_KEY", GIVEN)
    said = refused(tmp_path)
    assert said[:2] == (
        where,
        "this is not the key with which the vintages here were made. Every reference would be another.",
    )
    assert "Put it back from a copy" in said[2]
    (tmp_path / "state" / "vintages" / "key-fingerprint").unlink()
    assert programme_key(tmp_path) == GIVEN.encode()


@pytest.mark.parametrize("text", ["short", "x" * 65])
def test_a_key_that_is_no_key_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FULLPICTURE_KEY", text)
    assert "fewer than 16 characters, or more than 64" in refused(tmp_path)[1]
