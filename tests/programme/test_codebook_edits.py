"""Edits of a codebook: written down, versioned, and what was coded before carried over or coded again."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.themes import command
from fullpicture.core.errors import UsageError
from fullpicture.programme.build import build
from fullpicture.programme.codebook_edits import edits
from fullpicture.programme.codebooks import read_codebook
from tests.programme.test_voices import KENT, figures
from tests.programme.voices import write_voices

BY = ("--by", "A. Researcher", "--reason", "two coders could not tell them apart")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_voices(tmp_path / "folder")


def edit(folder: Path, what: str, theme: str, *more: str) -> Result:
    done = CliRunner().invoke(command, ["edit", what, str(folder), "victims", theme, *more, *BY])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_a_merged_theme_carries_over(folder: Path) -> None:
    assert "version 2" in edit(folder, "merge", "kindness", "--into", "waiting").output
    book = read_codebook(folder / "codebooks" / "victims.toml")
    assert (book.version, book.now("kindness"), book.now("Kindness")) == (2, "waiting", "waiting")
    for name in ("indicators/voices.toml", "programme.toml"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        text = text.replace('each.theme.kindness = { label = "Kindness" }\n', "")
        path.write_text(text.replace(', "worse_kindness_pct"', ""), encoding="utf-8")
    kent = figures(build(folder, folder.parent / "out").folder / "internal", "worse_waiting_pct")[KENT, ""]
    # 40 by the machine's waiting, 16 by its kindness, 4 by both.
    assert int(kent["numerator"]) == 52


def test_a_split_theme_is_to_be_coded_again(folder: Path) -> None:
    for name in ("indicators/voices.toml", "programme.toml"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        text = text.replace('each.theme.waiting = { label = "Waiting" }\n', "")
        path.write_text(text.replace('"worse_waiting_pct", ', ""), encoding="utf-8")
    done = edit(folder, "split", "waiting", "--into", "call=The call", "--into", "visit=The visit")
    assert "voices: 48 answers are to be coded again." in done.output
    build(folder, folder.parent / "out")
    page = (folder.parent / "out/internal/themes/voices-worse.html").read_text(encoding="utf-8")
    assert "To be coded again" in page
    assert "version 2" in page


def test_every_edit_is_in_the_log_with_who_and_why(folder: Path) -> None:
    edit(folder, "rename", "waiting", "--to", "Time")
    path = folder / "codebooks" / "victims.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed by hand\n", encoding="utf-8")
    edit(folder, "retire", "kindness")
    first, second = edits(folder)
    assert (first.what, first.theme, first.into, first.version) == ("rename", "waiting", ("Time",), 2)
    assert (first.who, first.why) == ("A. Researcher", "two coders could not tell them apart")
    assert (first.by_hand, second.by_hand, second.version) == (False, True, 3)
    book = read_codebook(path)
    assert book.now("Waiting") == book.now("Time") == "waiting"
    assert book.now("kindness") is None
    assert [theme.is_ for theme in book.themes] == ["Time until somebody came.", "Whether people were kind."]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("merge", "kindness", "--into", "kindness"), "cannot be merged into itself"),
        (("merge", "kind", "--into", "waiting"), "Themes in use: waiting, kindness"),
        (("split", "waiting", "--into", "one=One"), "two others at least"),
        (("rename", "waiting", "--to", "Kindness"), "the name of another theme"),
    ],
)
def test_what_does_not_fit_changes_nothing(folder: Path, words: tuple[str, ...], said: str) -> None:
    before = (folder / "codebooks" / "victims.toml").read_bytes()
    with pytest.raises(UsageError, match=said):
        edit(folder, *words)
    assert (folder / "codebooks" / "victims.toml").read_bytes() == before
    assert edits(folder) == ()
