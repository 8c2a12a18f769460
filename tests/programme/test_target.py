"""A build is written to a place of its own: never over somebody's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fullpicture.core.errors import UsageError
from fullpicture.programme.build import build
from tests.programme.folders import write_programme


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("mine", "there is something else in this folder"),
        ("programme", "the programme or its data are here"),
        ("programme/data", "the programme or its data are here"),
        ("programme/data/new", "within the data folder"),
        (".", "the programme or its data are here"),
        ("file", "this is a file"),
        ("file/new", "nothing can be written here"),
        ("link", "there is something else in this folder"),
    ],
)
def test_nothing_that_is_not_a_build_is_replaced(target: str, said: str, tmp_path: Path) -> None:
    write_programme(tmp_path / "programme")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work")
    (tmp_path / "file").write_text("a file")
    os.symlink(tmp_path / "mine", tmp_path / "link")
    before = files(tmp_path)
    with pytest.raises(UsageError, match=said):
        build(tmp_path / "programme", tmp_path / target)
    assert files(tmp_path) == before


def test_a_build_goes_to_a_new_or_empty_folder_and_over_an_earlier_build(tmp_path: Path) -> None:
    write_programme(tmp_path / "programme")
    (tmp_path / "empty").mkdir()
    for target in ("empty", "new/deep", "new/deep"):
        build(tmp_path / "programme", tmp_path / target)
        assert (tmp_path / target / "run.json").exists()


def test_a_build_within_the_programme_folder_is_in_order(tmp_path: Path) -> None:
    write_programme(tmp_path / "programme")
    build(tmp_path / "programme", tmp_path / "programme" / "build")
    assert (tmp_path / "programme" / "build" / "public" / "index.html").exists()
