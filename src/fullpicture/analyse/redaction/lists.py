"""The word lists that come with the package: names, and the signs by which names are known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Names:
    """First names that are nothing else, those that are also words, and family names; all in lower case."""

    first: frozenset[str]
    words: frozenset[str]
    family: frozenset[str]

    @classmethod
    @cache
    def shipped(cls) -> Names:
        """The lists that come with the package."""
        first, words = _names("forenames.txt").split("= words:")
        also_words = frozenset(words.split())
        return cls(
            frozenset(first.split()) - also_words, also_words, frozenset(_names("surnames.txt").split())
        )


@cache
def signs() -> dict[str, frozenset[str]]:
    """`signs.toml`: words in lower case by what they are a sign of."""
    return {sign: frozenset(words.split()) for sign, words in tomllib.loads(_text("signs.toml")).items()}


def _names(name: str) -> str:
    return "\n".join(line for line in _text(name).splitlines() if not line.startswith("#"))


def _text(name: str) -> str:
    return (files("fullpicture.analyse.redaction") / name).read_text(encoding="utf-8")
