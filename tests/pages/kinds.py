"""Which of many pages are worth a browser's time: those that are not like another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^>]*)?)>")
_NAME = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_TELLING = ("class", "role", "type", "scope", "tabindex")
"""Attributes whose value tells what an element is; of the others, only whether they are there."""
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)


@cache
def text_of(page: Path) -> str:
    """A page's HTML, read once."""
    return page.read_text(encoding="utf-8")


def distinct(pages: Sequence[Path]) -> list[Path]:
    """One of each set of pages that show the same: two editions often do, but for their frame."""
    return list({_shown(page): page for page in reversed(pages)}.values())


def _shown(page: Path) -> tuple[str, str]:
    found = _MAIN.search(text_of(page))
    return page.name, found[0] if found else text_of(page)


def kinds(pages: Sequence[Path]) -> list[Path]:
    """Of pages with the same set of elements, the first and the largest."""
    groups: dict[frozenset[str], list[Path]] = {}
    for page in pages:
        groups.setdefault(elements(text_of(page)), []).append(page)
    both = [(alike[0], max(alike, key=lambda page: len(text_of(page)))) for alike in groups.values()]
    return list(dict.fromkeys(page for pair in both for page in pair))


def elements(html: str) -> frozenset[str]:
    """What elements there are, each with its classes, its roles and the names of its other attributes.

    Examples:
        >>> sorted(elements('<p class="note" id="a">A <a href="b">b</a></p><p id="c" class="note">'))
        ['a href', 'p class=note id']
    """
    return frozenset(_told(tag, given) for tag, given in set(_TAG.findall(html)))


def _told(tag: str, given: str) -> str:
    said = [f"{name}={value}" if name in _TELLING else name for name, value in _NAME.findall(given)]
    return " ".join([tag, *sorted(said)])
