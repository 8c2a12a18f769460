"""The words that show a theme: for every answer that is given one, a part of the answer, letter by letter."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"(?<=[.!?;\n])\s+|\s+[-–—]\s+|,\s+(?=but\b|and\b|however\b|although\b)", re.IGNORECASE)
LONGEST = 200
"""Letters of a part; a longer one is cut at a space, because a span should be read at a glance."""


class Part(NamedTuple):
    """Characters `start` to `end` (the first after it) of a text."""

    start: int
    end: int


def parts_of(text: str) -> list[Part]:
    """The sentences and clauses of a text, without the spaces around them; every text with a letter has one.

    Examples:
        >>> parts_of("Kind staff. Waited ages, but fine!")
        [Part(start=0, end=11), Part(start=12, end=23), Part(start=25, end=34)]
    """
    found, start = [], 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        found += _cut(text, start, end)
        start = match.end() if match else end
    return found


def _cut(text: str, start: int, end: int) -> list[Part]:
    """A part without the spaces around it, in pieces where it is too long."""
    found = []
    while start < end:
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            stop = space if space > start else start + LONGEST
        piece = text[start:stop]
        first = start + len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip())
        if last > first:
            found.append(Part(first, last))
        start = stop
    return found
