"""Texts of a column against the shipped lists of a field: what is known, by which list, and what is near."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fullpicture.collect.returns import codelists
from fullpicture.collect.returns.headers import nearest, plain
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.returns.record import FIELDS, Field
from fullpicture.collect.returns.values import Reader, reader_of

_BRACKETS = re.compile(r"\(([^()]*)\)")
_NUMBERED = re.compile(r"^\s*(?:\w|\d\d|IC ?\d)\s*[.):-]+\s*|^\s*\d+\s+")
_LEADING = re.compile(r"\s*0?(\d{1,2})\s*[.):\s-]")
_PARTS = re.compile(r"\s+[-–]\s+|[/;:,]")
_WORTH_A_LIST = 0.02
"""Share of rows that a further list must explain to be proposed."""


@dataclass(frozen=True)
class CodeText:
    """A text of a code column, in how many rows it is, and what it means; `means` "" where no list has it.

    `maybe` is what such a text may mean: a part of it is known, or a known text is spelt nearly like it.
    """

    text: str
    rows: int
    means: str = ""
    maybe: str = ""
    why: str = ""


@dataclass(frozen=True)
class Known:
    """How much of a column shipped lists explain (0 to 1, by rows), and which lists that takes."""

    share: float = 0.0
    lists: tuple[str, ...] = ()


def known_texts(field: Field, texts: Mapping[str, int]) -> Known:
    """The fewest lists that explain the most rows of a field's column; a state is an explanation too."""
    total, chosen = max(1, sum(texts.values())), []
    left = _unread(field, (), texts)
    while left:
        rest = {name: _unread(field, (name,), left) for name in lists_of(field) if name not in chosen}
        best = min(rest, key=lambda name: sum(rest[name].values()), default="")
        if not best or sum(left.values()) - sum(rest[best].values()) < _WORTH_A_LIST * total:
            break
        chosen.append(best)
        left = rest[best]
    return Known(1 - sum(left.values()) / total, tuple(chosen) or lists_of(field)[:1])


def meanings(field: Field, texts: Mapping[str, int], lists: tuple[str, ...]) -> tuple[CodeText, ...]:
    """Each text with what the lists say it means, or with what it may mean where they say nothing."""
    reader = _reader(field, lists)
    values = [codelists.values_of(name) for name in lists_of(field)]
    known = {text: value for one in (*values, _canonical(field)) for text, value in one.items()}
    found = []
    for text, rows in texts.items():
        read = reader(text)
        if read.state == "unusable":
            found.append(CodeText(text, rows, "", *_maybe(text, known)))
        else:
            found.append(CodeText(text, rows, str(read.value or read.state)))
    return tuple(found)


@cache
def lists_of(field: Field) -> tuple[str, ...]:
    """The shipped lists of a field: its own by name, and those that begin with it (`outcome-prose`)."""
    own = "flag" if field.kind == "flag" else field.code_list
    others = {other.code_list for other in FIELDS} - {own}
    names = [name for name in codelists.names() if name == own or name.startswith(f"{own}-")]
    return tuple(name for name in names if name not in others)


def _unread(field: Field, lists: tuple[str, ...], texts: Mapping[str, int]) -> dict[str, int]:
    """Texts that mean nothing with these lists, with their rows."""
    reader = _reader(field, lists)
    return {text: rows for text, rows in texts.items() if reader(text).state == "unusable"}


def _reader(field: Field, lists: tuple[str, ...]) -> Reader:
    """What reads the field once it is mapped: the same that `fullpicture check` uses."""
    one = FieldMap(field.name, uses=lists)
    return reader_of(one, ReturnMapping("draft", "", "crime", (one,)))


@cache
def _canonical(field: Field) -> dict[str, str]:
    own = "flag" if field.kind == "flag" else field.code_list
    return {plain(value): value for value in codelists.canonical(own)}


def _maybe(text: str, known: Mapping[str, str]) -> tuple[str, str]:
    """What an unknown text may mean, and why: by its brackets, itself without its number, its halves."""
    inside = _BRACKETS.findall(text)
    outside = _NUMBERED.sub("", _BRACKETS.sub(" ", text))
    for part in (*reversed(inside), outside, *_PARTS.split(outside)):
        if len(plain(part)) > 1 and (value := known.get(plain(part))):
            return value, "a part of the text is known"
    if (number := _LEADING.match(text)) and (value := known.get(number[1])):
        return value, "its number is known"
    near = nearest(outside, known, 0.75)
    return (known[near], f'it is spelt nearly like "{near}"') if near else ("", "")
