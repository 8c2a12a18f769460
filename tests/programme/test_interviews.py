"""Transcripts are a source of a programme: their turns are themed, counted by person and quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.load import load
from fullpicture.programme.sources import read_voices
from fullpicture.programme.transcribing import Study, import_transcripts
from tests.programme.test_voices import KENT, figures
from tests.programme.voices import PROGRAMME, SHARES, write_rows, write_voices

SOURCE = """
[source.voices]
title = "Interviews with victims"
layout = "transcripts"
files = ["interviews/*.txt"]
key = "key.csv"
interviewers = ["Dr Ward"]
role = "victim"
area = "Kent"
period = "2024"
period_kinds = ["calendar"]
questions = { worse = "What could have been done better?" }
codebook = "victims"
coded = ["one.csv"]
owner = "Tests"
purpose = "To test"
retained_until = "2030-01-01"
"""
PEOPLE = 12


def _folder(folder: Path, **texts: str) -> Path:
    """A dozen interviews; every second person says twice that they waited."""
    shares = SHARES.replace('"region", "police force area"', '"police force area"')
    write_voices(folder, programme=PROGRAMME, shares=shares, source=texts.get("source", SOURCE))
    interviews = folder / "data" / "interviews"
    interviews.mkdir()
    for one in range(PEOPLE):
        said = "We waited for hours." if one % 2 else "PC Brannock was kind."
        name = f"Zadie Quill{chr(97 + one)}"
        text = f"Interview\nDr Ward: How was it?\n{name}: {said}\nDr Ward: Go on.\n{name}: {said}\n"
        (interviews / f"{one:02}.txt").write_text(text, encoding="utf-8")
    files, key = sorted(interviews.iterdir()), folder / "data" / "key.csv"
    import_transcripts(files, Study(("Dr Ward",), "victim"), folder / "said.csv", key)
    coded = [
        (f"T{one + 1:02}-{turn}", "waiting" if one % 2 else "kindness")
        for one in range(PEOPLE)
        for turn in ("002", "004")
    ]
    write_rows(folder / "data" / "one.csv", ("id", "themes"), coded)
    return folder


def test_turns_of_transcripts_are_counted_by_person_as_answers_are(tmp_path: Path) -> None:
    built = build(_folder(tmp_path / "folder"), tmp_path / "out")
    kent = figures(built.folder / "internal", "worse_waiting_pct")[KENT, ""]
    assert (kent["numerator"], kent["denominator"], kent["value"]) == ("6", "12", "50")
    printed = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in (built.folder / "public").rglob("*")
        if path.is_file()
    )
    assert "Zadie" not in printed
    assert "Brannock" not in printed


def test_the_turns_of_a_programme_are_those_of_the_command(tmp_path: Path) -> None:
    programme = load(_folder(tmp_path))
    voices = read_voices(programme, programme.sources["voices"])
    lines = (tmp_path / "said.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = voices.answers.table.select(["id", "text", "group", "role", "file"]).to_pylist()
    assert [",".join(row.values()) for row in rows] == lines
    assert voices.answers.rows_in == len(rows) + PEOPLE
    assert dict(voices.answers.refused) == {"TRN-001": PEOPLE}
    assert [one.rule for one in voices.problems] == []


def test_a_speaker_whom_the_key_does_not_know_is_not_guessed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "folder")
    with (folder / "data/interviews/03.txt").open("a", encoding="utf-8") as file:
        file.write("Quentin Marsh: Me too.\n")
    with pytest.raises(ProgrammeRefused, match=r"interviews/03\.txt.*key does not know.*key\.csv") as refused:
        build(folder, tmp_path / "out")
    assert "Quentin" not in str(refused.value)


def test_what_a_source_of_transcripts_lacks_is_said_at_once(tmp_path: Path) -> None:
    source = SOURCE.replace('key = "key.csv"\n', "").replace('area = "Kent"\n', "")
    with pytest.raises(ProgrammeRefused) as refused:
        load(_folder(tmp_path, source=source))
    assert {one.where.rsplit(" ", 1)[-1] for one in refused.value.mistakes} == {"key", "area"}
