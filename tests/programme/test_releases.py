"""Quotes: public only while a named person's release stands, masked as shown, and of what has not changed."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.themes import command
from fullpicture.core.errors import NotProtected, UsageError
from fullpicture.programme.build import build
from fullpicture.programme.state import State
from fullpicture.programme.usage import uses
from fullpicture.publish.questions import Question, WithinQuestion
from tests.programme.voices import CODEBOOK, Row, answers, write_voices

MASKED = "PC [name] was kind, her number is [phone]."
QUOTED = "The quoll Zyxqvort waited with us for hours"
PLANTED = ("Zyxqvort", "Brannock", "07700 900123", "Qandeel", "XK19 ZZQ", "Nothing to say about it")
"""Rare strings of the texts: a word, names, a number, a registration mark, and words without a theme."""


def planted() -> list[Row]:
    """Answers of which some have rare words, names and numbers in them."""
    rows = answers()
    rows[0] = ("a0", f"{QUOTED}. Qandeel Mirza said XK19 ZZQ was the car.", *rows[0][2:])
    rows[2] = ("a2", "We waited for hours. Zyxqvort.", *rows[2][2:])
    return rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_voices(tmp_path / "folder")


def run(*words: str, yes: str = "y\n") -> Result:
    done = CliRunner().invoke(command, list(words), input=yes)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def release(
    folder: Path, answer: str = "a1", theme: str = "kindness", *more: str, yes: str = "y\n"
) -> Result:
    by = ("--by", "A. Researcher", "--reason", "for the report")
    return run("release", str(folder), answer, "--theme", theme, *by, *more, yes=yes)


def public_text(folder: Path) -> str:
    """Every text of the public edition, those packed in workbooks among them."""
    built = build(folder, folder.parent / "out").folder / "public"
    parts = [part for path in sorted(built.rglob("*")) if path.is_file() for part in parts_of(path)]
    return "\n".join(part.decode("utf-8", "ignore") for part in parts)


def parts_of(path: Path) -> list[bytes]:
    """A file's bytes, or those of the files packed in a workbook."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in packed.namelist()]


def page(folder: Path, edition: str) -> str:
    path = folder.parent / "out" / edition / "themes" / "voices-worse.html"
    return path.read_text(encoding="utf-8")


def test_words_are_public_once_a_named_person_releases_them(folder: Path) -> None:
    assert MASKED not in public_text(folder)
    done = release(folder)
    assert MASKED in done.output
    assert "name 3-11" in done.output
    assert MASKED in public_text(folder)
    assert "A. Researcher" not in page(folder, "public")
    assert "answer a1: A. Researcher" in page(folder, "internal")
    assert [use.kind for use in uses(State(folder))] == ["consultation", "disclosure"]


def test_whoever_says_no_releases_nothing(folder: Path) -> None:
    assert "Not released" in release(folder, yes="n\n").output
    assert MASKED not in public_text(folder)


def test_what_is_withdrawn_is_not_public_any_more(folder: Path) -> None:
    release(folder)
    by = ("--by", "A. Researcher", "--reason", "asked for")
    assert "Withdrawn: 1 release" in run("withdraw", str(folder), "a1", "--theme", "kindness", *by).output
    assert MASKED not in public_text(folder)
    with pytest.raises(UsageError, match="no release of this answer"):
        run("withdraw", str(folder), "a1", "--theme", "kindness", *by)


def test_a_changed_answer_ends_its_release(folder: Path) -> None:
    release(folder)
    path = folder / "data" / "answers.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('a1,"PC Brannock was kind', 'a1,"PC Brannock was kindly', 1), encoding="utf-8"
    )
    assert MASKED not in public_text(folder)
    assert "the answer has changed since" in page(folder, "internal")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Whether people were kind.", "Whether officers were kind.", "something else of the theme"),
        ('name = "Kindness"', 'name = "Kind people"', "something else of the theme"),
    ],
)
def test_a_changed_codebook_ends_a_release(folder: Path, before: str, after: str, why: str) -> None:
    release(folder)
    (folder / "codebooks" / "victims.toml").write_text(CODEBOOK.replace(before, after), encoding="utf-8")
    assert MASKED not in public_text(folder)
    assert why in page(folder, "internal")


def test_a_release_ends_when_the_answer_loses_its_theme(folder: Path) -> None:
    release(folder)
    path = folder / "data" / "one.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("a1,kindness", "a1,", 1), encoding="utf-8")
    assert MASKED not in public_text(folder)
    assert "the answer has the theme no more" in page(folder, "internal")


def test_only_words_that_show_the_theme_can_be_released(folder: Path) -> None:
    with pytest.raises(UsageError, match="neither coder nor machine gave this answer waiting"):
        release(folder, "a1", "waiting")
    with pytest.raises(UsageError, match="no answer of this id"):
        release(folder, "zz", "kindness", "--span", "0:20")
    with pytest.raises(UsageError, match="the answer has places 0 to"):
        release(folder, "a1", "kindness", "--span", "0:900")
    with pytest.raises(UsageError, match="Did you mean kindness"):
        release(folder, "a1", "kindnes")


def test_a_span_that_cuts_a_name_in_two_still_masks_all_of_it(folder: Path) -> None:
    done = release(folder, "a1", "kindness", "--span", "6:20")
    assert "[name] was kind" in done.output
    assert "nnock" not in done.output


def test_a_theme_of_too_few_people_has_no_quotes(tmp_path: Path) -> None:
    kind = [row for row in answers() if "kind" in row[1]]
    rows = [row for row in answers() if row not in kind[3:]]
    folder = write_voices(tmp_path / "folder", rows)
    release(folder, "a1")
    assert MASKED not in public_text(folder)
    assert "Kindness" not in page(folder, "public")


def test_nothing_unreleased_leaves_the_programme(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = write_voices(tmp_path / "folder", planted(), audited=20)
    before = public_text(folder)
    done = release(folder, "a0", "waiting", "--span", f"0:{len(QUOTED)}", "--yes")
    after = public_text(folder)
    printed = capfd.readouterr()
    state = "".join(p.read_text(encoding="utf-8") for p in (folder / "state").glob("uses.jsonl"))
    said = done.output + printed.out + printed.err + state
    assert [word for word in PLANTED if word in before + said] == []
    assert QUOTED in after
    assert [word for word in PLANTED[1:] if word in after] == []
    assert after.count("Zyxqvort") == after.count(QUOTED)


def test_nothing_public_leads_back_to_an_answer(folder: Path) -> None:
    for answer in ("a1", "a5", "a9"):
        release(folder, answer)
    public_text(folder)
    shown = page(folder, "public")
    assert shown.count(MASKED) == 1
    for row in csv.reader((folder / "data" / "answers.csv").read_text(encoding="utf-8").splitlines()):
        assert f">{row[0]}<" not in shown
        assert f"answer {row[0]}" not in shown.lower()
    assert "For coders" not in shown


def test_a_question_with_unreleased_words_is_refused_by_the_public_edition(folder: Path) -> None:
    from dataclasses import replace

    from fullpicture.programme.cache import Cache
    from fullpicture.programme.editions import publication
    from fullpicture.programme.load import load
    from fullpicture.programme.sources import take_in
    from fullpicture.programme.usage import Collector

    programme, cache = load(folder), Cache(folder.parent / "cache")
    intake = take_in(programme, cache, Collector.by_login(), lambda _: None)
    ready = publication("public", programme, [], intake, cache)
    asked = Question("q", "Why?", "Survey", "victims", (), False, within=WithinQuestion("voices"))
    with pytest.raises(NotProtected, match="nobody has released"):
        replace(ready, questions=(asked,))
