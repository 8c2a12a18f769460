"""Transcripts as a programme takes them in: turns of participants, under the pseudonyms of a study's key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from fullpicture.collect.answers import Answers
from fullpicture.collect.layouts import FORCE_LEVELS
from fullpicture.collect.source import TRANSCRIPTS, Source
from fullpicture.collect.transcripts import Pseudonyms, read_transcript, said_by_participants
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused
from fullpicture.core.problem import Problem

_COLUMNS = ("file", "id", "text", "question", "group", "role", "area_code", "period_kind", "period")


def collect_interviews(
    source: Source,
    register: Register,
    dimensions: Iterable[str],
    files: Mapping[str, Path],
    key: Mapping[str, str],
) -> Answers:
    """Reads the turns of a source's transcripts as answers, each with the id that the key gives it.

    Rows in are participants' turns and lines that nobody says; interviewers' turns are no rows.

    Args:
        key: what names of files and of speakers are called; a build adds nothing to it.

    Raises:
        SourceRefused: a file cannot be read, the key does not know a file or speaker, or the area is none.
    """
    place = _place(source, register, dimensions)
    codes = {name: code for name, code in key.items() if code.startswith("T")}
    people = {name: code for name, code in key.items() if name not in codes}
    pseudonyms = Pseudonyms(people, source.interviewers)
    rows, places = list[tuple[str, ...]](), list[int]()
    problems, refused = list[Problem](), Counter[str]()
    for name, path in files.items():
        transcript = read_transcript(path, source.reading.encoding)
        code = codes.pop(transcript.file, "")
        said = said_by_participants(transcript, code, pseudonyms)
        if not code or len(pseudonyms.key) > len(people):
            mend = f"Take it in with fullpicture transcripts --key {source.key}, then code the new turns."
            raise SourceRefused(name, "the key does not know this file, or a speaker in it.", mend)
        places += [one.row for one in said]
        rows += [(code, one.id, one.text, place[0], one.speaker, *place[1:]) for one in said]
        problems += transcript.problems
        refused.update(transcript.refused)
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    texts = {
        name: pa.array(list(column), pa.string()) for name, column in zip(_COLUMNS, columns, strict=True)
    }
    table = pa.table({"row": pa.array(places, pa.int64()), **texts})
    return Answers(table, len(rows) + refused.total(), dict(refused), tuple(problems))


def _place(source: Source, register: Register, dimensions: Iterable[str]) -> tuple[str, ...]:
    """Question, role, area and period, which all turns of a source share."""
    area = source.area if source.area in register else register.find(source.area, FORCE_LEVELS)
    area = area or register.find(source.area)
    if area is None:
        raise SourceRefused(
            f"[source.{source.id}] area", "this is no area of the register.", "Write a force's name or code."
        )
    unknown = sorted(set(dimensions) - {*_COLUMNS, "theme"})
    if unknown:
        what = f"turns of {TRANSCRIPTS} have no {', '.join(unknown)}."
        raise SourceRefused(f"[source.{source.id}]", what, "Break them down by role, or by nothing.")
    assert source.period is not None, "a source of transcripts without a period is refused when it is loaded"
    return (next(iter(source.questions), ""), source.role, area, source.period.kind, source.period.name)
