"""Subtitles (SRT and WebVTT): cues with times, each a line of what is said, some with who says it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from fullpicture.collect.transcripts.turns import Line, spoken

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:[a-z][^>]*|\d[\d:.]*)>", re.IGNORECASE)


def lines_of_cues(text: str) -> Iterator[Line]:
    """The words of every cue, one line each; notes, styles, numbers and times are none.

    A cue in which nobody is named goes on with what the one before says, as subtitles do.
    """
    rows, at = text.split("\n"), 0
    while at < len(rows):
        if not _TIMES.match(rows[at]):
            at += 1
            continue
        at += 1
        first = at
        while at < len(rows) and rows[at].strip() and not _TIMES.match(rows[at]):
            at += 1
        yield from _cue(first + 1, rows[first:at])


def _cue(row: int, rows: list[str]) -> Iterator[Line]:
    """The lines of one cue; a line with a voice, a name or a dash begins anew, others go on."""
    for number, line in enumerate(rows):
        pieces = _VOICE.split(line)
        if pieces[0].strip():
            yield Line(row + number, _plain(pieces[0]))
        for speaker, words in zip(pieces[1::2], pieces[2::2], strict=True):
            yield Line(row + number, _plain(words), html.unescape(speaker).strip())


def _plain(words: str) -> str:
    """Words without marks of style; a dash that stands for another speaker goes, where a name follows."""
    plain = html.unescape(_TAG.sub("", words)).strip()
    dashed = plain.removeprefix("-").removeprefix("–").strip()
    return dashed if spoken(dashed)[0] else plain
