"""Sentences of a block of Markdown: letters with their style, their line, and the calls among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token

from fullpicture.publish.report.desk import LINE, MARK

ITEM = "\ue000"
"""Stands for a call in the text of a block."""
_END = re.compile(rf'[.!?][)"\u201d\u2019]*\s+(?=[A-Z{ITEM}("\u201c\u2018])')
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|cf|vs|St|No|Dr|Mr|Mrs|Ms|approx)\.\s*$")


@dataclass(frozen=True)
class Style:
    """How letters are set."""

    strong: bool = False
    stressed: bool = False
    href: str = ""


@dataclass(frozen=True)
class Letter:
    """One letter, or a call by the number of its mark."""

    text: str
    style: Style
    line: int
    item: int | None = None


@dataclass(frozen=True)
class Stretch:
    """Letters of one style together, or one call."""

    text: str
    style: Style
    item: int | None = None


@dataclass(frozen=True)
class Draft:
    """A sentence whose calls are not yet answered, and the line on which it begins."""

    stretches: tuple[Stretch, ...]
    line: int


def drafts_of(inline: Token) -> list[Draft]:
    """The sentences of a block."""
    letters = _letters(inline)
    text = "".join(letter.text if letter.item is None else ITEM for letter in letters)
    starts, start = [0], 0
    for end in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : end.end()]):
            start = end.end()
            starts.append(start)
    parts = [letters[a:b] for a, b in zip(starts, [*starts[1:], len(letters)], strict=True)]
    return [_draft(part) for part in parts if "".join(letter.text for letter in part).strip() or _calls(part)]


def _calls(letters: Sequence[Letter]) -> bool:
    return any(letter.item is not None for letter in letters)


def _draft(letters: Sequence[Letter]) -> Draft:
    found = list(letters)
    while found and found[-1].item is None and found[-1].text.isspace():
        found.pop()
    while found and found[0].item is None and found[0].text.isspace():
        found.pop(0)
    stretches = []
    for (style, item), group in groupby(enumerate(found), key=_kind):
        at = "" if item is not None else "".join(letter.text for _, letter in group)
        stretches.append(Stretch(at, style, item))
    return Draft(tuple(stretches), found[0].line)


def _kind(pair: tuple[int, Letter]) -> tuple[Style, int | None]:
    return pair[1].style, pair[1].item


def _letters(inline: Token) -> list[Letter]:
    """Letters with their lines: a line's mark stands at its end."""
    found: list[Letter] = []
    unplaced = 0
    last = 0
    for text, style in _spans(inline.children or []):
        for part, line, item in _parts(text):
            if line is not None:
                found[unplaced:] = [Letter(one.text, one.style, line, one.item) for one in found[unplaced:]]
                unplaced, last = len(found), line
            elif item is not None:
                found.append(Letter("", style, last, item))
            else:
                found += [Letter(letter, style, last) for letter in part]
    return found


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[str, Style]]:
    strong = stressed = 0
    href = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            stressed += token.nesting
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            href = ""
        else:
            text = " " if token.type in ("softbreak", "hardbreak") else token.content
            yield text, Style(strong > 0, stressed > 0, href)


def _parts(text: str) -> Iterator[tuple[str, int | None, int | None]]:
    """Text, marks of lines and marks of calls, in turn."""
    at = 0
    marks = sorted([*LINE.finditer(text), *MARK.finditer(text)], key=lambda mark: mark.start())
    for mark in marks:
        if mark.start() > at:
            yield text[at : mark.start()], None, None
        is_line = mark.re is LINE
        yield "", int(mark[1]) if is_line else None, None if is_line else int(mark[1])
        at = mark.end()
    if at < len(text):
        yield text[at:], None, None
