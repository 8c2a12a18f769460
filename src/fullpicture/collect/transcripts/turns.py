"""From lines to turns: a line that begins with a speaker's name begins a turn, the lines after it go on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from fullpicture.collect.findings import Findings
from fullpicture.core.problem import Problem

TIME = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
_WORD = r"[A-Z0-9][\w.'’-]*"
_LABEL = rf"{_WORD}(?: {_WORD}){{0,3}}(?: \([^):]{{1,30}}\))?"
_GENERIC = (
    r"(?:interviewer|interviewee|interviewed|int|facilitator|moderator|researcher|respondent|participant|speaker|"
    r"person|victim|survivor|witness|parent|officer|voice|male|female|man|woman|[ipqrsvaf])"
)
_SPOKEN = re.compile(
    rf"(?:{TIME}\s*[-–]?\s*)?({_LABEL}|(?i:{_GENERIC}) ?\d{{0,3}})\s*(?:{TIME}\s*)?:(?!//)\s*(.*)"
)
_ALONE = re.compile(rf"({_LABEL})\s+{TIME}$")
_GENERIC_LABEL = re.compile(rf"{_GENERIC}[ -]?(?:\d{{1,3}}|[a-z])?", re.IGNORECASE)


class Line(NamedTuple):
    """A line or paragraph of a file: its number, the speaker where the file itself says who, its words."""

    row: int
    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Turn:
    """What one speaker says until another one does; `row` is where it begins in the file."""

    row: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Transcript:
    """The turns of a file; lines in = lines kept in turns + the sum of `refused`."""

    file: str
    turns: tuple[Turn, ...]
    lines_in: int
    refused: dict[str, int]
    problems: tuple[Problem, ...]


@dataclass
class _Open:
    """A turn that is being read."""

    row: int
    speaker: str
    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def is_generic(label: str) -> bool:
    """Whether a label names nobody ("Participant 2"): in another file it is somebody else."""
    return bool(_GENERIC_LABEL.fullmatch(label))


def turns_of(file: str, lines: Iterable[Line]) -> Transcript:
    """Joins lines into turns; what stands before the first speaker, and a turn without words, is refused."""
    found, opened, nobody, count = Findings(file), list[_Open](), list[int](), 0
    for line in lines:
        if not line.text.strip():
            continue
        count += 1
        speaker, words = (line.speaker, line.text) if line.speaker else spoken(line.text)
        if speaker and (not opened or opened[-1].speaker != speaker):
            opened.append(_Open(line.row, speaker))
        if opened:
            opened[-1].lines.append(line.row)
            opened[-1].words += [words.strip()] if words.strip() else []
        else:
            nobody.append(line.row)
    silent = [row for turn in opened if not turn.words for row in turn.lines]
    found.refuse("TRN-001", nobody, "", "nobody is named yet who says this")
    found.refuse("TRN-002", silent, "", "this turn has no words")
    turns = tuple(Turn(turn.row, turn.speaker, " ".join(turn.words)) for turn in opened if turn.words)
    return Transcript(file, turns, count, dict(found.refused), tuple(found.problems))


def spoken(text: str) -> tuple[str, str]:
    """The speaker that a line begins with, "" where none, and the words.

    Examples:
        >>> spoken("[00:01:02] Mary Ellis: I waited.")
        ('Mary Ellis', 'I waited.')
        >>> spoken("He told me: go away.")
        ('', 'He told me: go away.')
    """
    line = text.strip()
    if alone := _ALONE.fullmatch(line):
        return alone[1], ""
    match = _SPOKEN.fullmatch(line.replace("\n", " "))
    return (match[1].strip(), match[2]) if match else ("", line)
