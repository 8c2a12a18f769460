"""The invented survey: answers of every theme, codes that mostly fit, details that lead to somebody."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fullpicture.analyse.redaction import Corpus, found_in
from fullpicture.demo import write_answers
from fullpicture.demo.answers import invented_answers, sayings
from fullpicture.demo.survey import write_survey
from fullpicture.programme.agreeing import codings
from fullpicture.programme.codebooks import read_codebook


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_there_are_as_many_answers_as_asked_for_and_the_same_ones(tmp_path: Path) -> None:
    for name in ("one.csv", "again.csv"):
        write_answers(tmp_path / name, answers=600)
    assert len(rows(tmp_path / "one.csv")) == 600
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()


def test_every_theme_stands_where_it_is_said_to_stand() -> None:
    themes = sayings()["theme"]
    said = invented_answers(300, ("Kent",), 1)
    assert {theme for one in said for theme in one.themes} == themes.keys()
    for one in said:
        for theme, (start, end) in one.themes.items():
            starts = [saying.split("{")[0][:12] for saying in themes[theme]["sayings"]]
            assert one.text[start:end].startswith(tuple(starts))


def test_what_leads_to_somebody_is_found() -> None:
    said = invented_answers(600, ("Kent",), 2)
    corpus = Corpus.of([one.text for one in said])
    leads = [one for one in said if one.leads_somewhere]
    assert len(leads) > 60
    assert [one.text for one in leads if not found_in(one.text, corpus)] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_survey(tmp_path, ["Kent", "Surrey"], 430, 3)
    return tmp_path


def test_two_coders_mostly_agree_and_the_machine_codes_everything(folder: Path) -> None:
    data = folder / "data" / "survey"
    first, second = codings(data / "coder-1.csv"), codings(data / "coder-2.csv")
    assert second.keys() < first.keys()
    differ = sum(first[id_] != themes for id_, themes in second.items())
    assert 0 < differ < 0.3 * len(second)
    answers, themes = rows(data / "answers.csv"), read_codebook(folder / "codebooks" / "survey.toml").in_use
    assert len(themes) == 8
    assert len(rows(data / "machine.csv")) == len(answers) * len(themes)
