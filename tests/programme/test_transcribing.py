"""`fullpicture transcripts`: turns under pseudonyms, and a key that only its owner can read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.transcripts import command
from fullpicture.collect.responses import ResponseColumns, read_responses
from fullpicture.core.errors import ProgrammeRefused


def _run(*words: object) -> str:
    done = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def _study(folder: Path) -> tuple[Path, Path]:
    (folder / "mary.txt").write_text("Interviewer: Well?\nMary Ellis: =I waited.\n", encoding="utf-8")
    (folder / "other.txt").write_text("Title\nZadie Quill: Me too.\nMary Ellis: Yes.\n", encoding="utf-8")
    return folder / "mary.txt", folder / "other.txt"


def test_turns_of_participants_are_answers_and_names_stay_in_the_key(tmp_path: Path) -> None:
    files, out, key = _study(tmp_path), tmp_path / "out.csv", tmp_path / "key.csv"
    output = _run(*files, "-o", out, "--key", key, "--role", "victim")
    read = read_responses(out, ResponseColumns("id", "text", group="group", role="role"))
    rows = [tuple(row.values()) for row in read.table.select(["id", "text", "group", "role"]).to_pylist()]
    assert rows == [
        ("T01-002", "'=I waited.", "Speaker 1", "victim"),
        ("T02-001", "Me too.", "Speaker 2", "victim"),
        ("T02-002", "Yes.", "Speaker 1", "victim"),
    ]
    assert "5 lines in = 4 in turns + 1 refused" in output
    assert "3 turns of 2 people; 1 of interviewers left out" in output
    assert not any(name in output + out.read_text(encoding="utf-8") for name in ("Ellis", "Zadie", "mary"))
    assert "waited" not in output
    assert key.stat().st_mode & 0o077 == 0


def test_a_second_import_knows_people_and_files_again(tmp_path: Path) -> None:
    files, out, key = _study(tmp_path), tmp_path / "out.csv", tmp_path / "key.csv"
    _run(files[1], "-o", out, "--key", key)
    _run(*files, "-o", out, "--key", key)
    with key.open(encoding="utf-8", newline="") as file:
        assert dict(csv.reader(file)) == {
            "named": "pseudonym",
            "other.txt": "T01",
            "mary.txt": "T02",
            "Zadie Quill": "Speaker 1",
            "Mary Ellis": "Speaker 2",
            "mary.txt: Interviewer": "Interviewer 1",
        }


def test_all_files_that_cannot_be_read_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf"):
        (tmp_path / name).write_text("nobody")
    with pytest.raises(ProgrammeRefused) as refused:
        _run(tmp_path / "a.txt", tmp_path / "b.pdf", "-o", tmp_path / "o.csv", "--key", tmp_path / "k.csv")
    assert len(refused.value.mistakes) == 2
    assert not (tmp_path / "o.csv").exists()


def test_a_key_that_is_none_is_not_written_over(tmp_path: Path) -> None:
    files, key = _study(tmp_path), tmp_path / "key.csv"
    key.write_text("something,else\n")
    with pytest.raises(ProgrammeRefused, match="no key of pseudonyms"):
        _run(*files, "-o", tmp_path / "o.csv", "--key", key)
    assert key.read_text() == "something,else\n"
