"""`fullpicture transcripts`: what participants say, turn by turn, under pseudonyms with a key."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fullpicture.collect.transcripts import Pseudonyms, Transcript, read_transcript, said_by_participants
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused

HEADER = ("id", "text", "group", "role", "transcript")
_KEY = ("named", "pseudonym")


@dataclass(frozen=True)
class Study:
    """How a study's transcripts are taken in: who asks the questions, what the others are, the encoding."""

    interviewers: tuple[str, ...] = ()
    role: str = ""
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Transcribed:
    """What was read: transcripts, turns of participants, turns of interviewers, and people."""

    transcripts: tuple[Transcript, ...]
    answers: int
    questions: int
    people: int


def import_transcripts(paths: Sequence[Path], study: Study, to: Path, key: Path) -> Transcribed:
    """Writes `id,text,group,role,transcript`, a row for every turn of a participant.

    Args:
        key: where pseudonyms lead back to names of people and files; one that is there is added to, so that
            the same person has the same pseudonym again.

    Raises:
        ProgrammeRefused: files that cannot be read, all of them named; a key that is none.
    """
    transcripts = _read(paths, study.encoding)
    known = key_of(key)
    files = {name: code for name, code in known.items() if code.startswith("T")}
    pseudonyms = Pseudonyms(
        {name: code for name, code in known.items() if name not in files}, study.interviewers
    )
    answers = questions = 0
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for transcript in transcripts:
            free = max((int(code[1:]) for code in files.values()), default=0) + 1
            code = files.setdefault(transcript.file, f"T{free:02}")
            said = said_by_participants(transcript, code, pseudonyms)
            answers += len(said)
            questions += len(transcript.turns) - len(said)
            writer.writerows((one.id, one.text, one.speaker, study.role, code) for one in said)
    _write_key(key, {**files, **pseudonyms.key})
    people = sum(not code.startswith("Interviewer") for code in pseudonyms.key.values())
    return Transcribed(transcripts, answers, questions, people)


def _read(paths: Sequence[Path], encoding: str) -> tuple[Transcript, ...]:
    """Every file, or a refusal with all that is wrong with any of them."""
    found, mistakes = list[Transcript](), list[Mistake]()
    for path in paths:
        try:
            found.append(read_transcript(path, encoding))
        except SourceRefused as refused:
            mistakes.append(refused.mistake)
    names = [path.name for path in paths]
    for name in sorted({name for name in names if names.count(name) > 1}):
        mistakes.append(Mistake(name, "two files have this name.", "Give one of the two another name."))
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return tuple(found)


def key_of(path: Path) -> dict[str, str]:
    """What a key calls files and speakers; nothing where there is none yet."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or tuple(rows[0]) != _KEY or any(len(row) != 2 for row in rows):
        mend = "Name the file that this command wrote, or one that is not there yet."
        raise ProgrammeRefused([Mistake(path.name, "this is no key of pseudonyms.", mend)])
    return {name: code for name, code in rows[1:]}


def _write_key(path: Path, key: dict[str, str]) -> None:
    """All of it or nothing, for its owner alone."""
    fresh = path.with_name(f".{path.name}.new")
    opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_KEY)
        writer.writerows(key.items())
    fresh.replace(path)
