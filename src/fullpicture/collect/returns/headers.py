"""Finds columns and compares texts as people read them: case, punctuation and any kind of space aside."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from fullpicture.collect.returns.mapping import FieldMap
from fullpicture.core.errors import SourceRefused

_MANGLED = re.compile("Ã¢â‚¬(?:â€œ|â„¢|Å“|.{1,2})|Ã¢Â€Â.?|â€.?|â\x80.?|ÔÇ.|‚Ä.|Â(?=[\\W_]|$)|ï»¿")
"""What a dash, a quotation mark or a hard space becomes when UTF-8 is read as something else."""
_SIGNED = re.compile(r"[-<>]=?[0-9]")
_SIGNS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """The forgiving form of a header or a code: lower case, no accents, one space for all that is no letter
    or digit. A sign right before a number stays ("-1" is not "1"), and so does a text of signs only.

    Examples:
        >>> plain("Vic...Age.at.Offence.Committed") == plain("Vic - Age at\xa0Offence Committed")
        True
        >>> plain("i. Complete â€“ no suspect (OC18)"), plain("-1"), plain(" - "), plain("\xa0")
        ('i complete no suspect oc18', '-1', '-', '')
    """
    spaced = _MANGLED.sub(" ", text)
    parts = unicodedata.normalize("NFKD", spaced.casefold())
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign)).strip()
    words = _SIGNS.sub(" ", letters).strip()
    if not words:
        return letters
    return letters[0] + words if _SIGNED.match(letters) else words


def nearest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known text that is spelt most like this one, None where none is near."""
    by_plain = {plain(one): one for one in known}
    near = difflib.get_close_matches(plain(text), list(by_plain), n=1, cutoff=cutoff)
    return by_plain[near[0]] if near else None


def fits(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern says, `*` standing for any part, both in their forgiving form.

    Examples:
        >>> fits("*outcome*grouped", "X...Outcome.grouped"), fits("rape", "Rape of a female")
        (True, False)
    """
    parts = [re.escape(plain(part)) for part in pattern.split("*")]
    return re.fullmatch(" ?.*? ?".join(parts) if len(parts) > 1 else parts[0], plain(text)) is not None


@dataclass(frozen=True)
class Headers:
    """The headers of a file, to be asked for by name, place or pattern; `lacking` says what was not found."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, headers: Iterable[str]) -> Headers:
        """The headers as delivered; `row`, the row's own number, is none of them."""
        return cls(tuple(header for header in headers if header != "row"))

    @cached_property
    def _by_plain(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(plain(name), []).append(name)
        return found

    def named(self, text: str) -> list[str]:
        """The headers that read the same as the text: one where all is well."""
        return self._by_plain.get(plain(text), [])

    def wanted(self, field: FieldMap) -> list[tuple[str, list[str]]]:
        """What a field asks for, in words, each with the headers that answer it."""
        if field.at:
            return [(f"column {field.at}", list(self.names[field.at - 1 : field.at]))]
        if field.like:
            return [(f'"{field.like}"', [name for name in self.names if fits(field.like, name)])]
        asked = (field.born,) if field.born else field.headers
        return [(f'"{text}"', self.named(text)) for text in asked]

    def lacking(self, asked: str, found: Sequence[str]) -> str:
        """Why what was asked for is not one column, with the nearest header, or both of two."""
        if len(found) > 1:
            both = " and ".join(f'"{name}"' for name in found)
            return f"{asked} could be {both}; say which by its place (at = ...)"
        near = nearest(asked, self.names, 0.5)
        return f"there is no {asked}" + (f' (the nearest is "{near}")' if near else "")


def refused(file: str, wrong: Sequence[str]) -> SourceRefused:
    """The refusal of a file whose columns are not those of its mapping, with all that is wrong."""
    mend = "Mend the mapping ([source.<id>.field]), or ask the force for the columns."
    return SourceRefused(file, f"{'; '.join(wrong)}.", mend)
