"""What a header says: its words as concepts, and how well they fit each field.

Both lists are data: `words.csv` has the words that forces use for a concept, `headers.csv` the concepts that
a header of a field has.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NOISE = frozenset({"noise"})
_LEAST_EXPLAINED = 0.5
"""How much of a header that says more than a field's words is taken off the field's points."""


@dataclass(frozen=True)
class _Pattern:
    """One line of `headers.csv`: concepts that must, may and must not be in a header of a field."""

    field: str
    needs: frozenset[str]
    helps: frozenset[str]
    without: frozenset[str]
    points: float


def words_of(header: str) -> list[str]:
    """The words of a header, whatever stands between them; `CrimeURN` is two.

    Examples:
        >>> words_of("Vic...Age.at.Offence.Committed"), words_of("CrimeURN"), words_of("ONS_GROUP")
        (['vic', 'age', 'at', 'offence', 'committed'], ['crime', 'urn'], ['ons', 'group'])
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", header)).casefold()
    return re.findall(r"[a-z0-9]+", plain)


def concepts_of(header: str) -> list[frozenset[str]]:
    """For each word or phrase of a header that says something, the concepts it may stand for; none for most.

    Examples:
        >>> [sorted(one) for one in concepts_of("Susp - date of birth")]
        [['suspect'], ['born']]
    """
    words, found, place = words_of(header), [], 0
    known, longest = _concepts()
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in known:
                found += [known[phrase]] if known[phrase] != _NOISE else []
                place += length
                break
        else:
            found += [frozenset()] if not words[place].isdigit() else []
            place += 1
    return found


def header_points(header: str) -> dict[str, float]:
    """Each field that the header's words fit, with how well, 0 to 1.

    A header that has the words of a field and no others fits it best.

    Examples:
        >>> header_points("Victim - Sex")
        {'victim_sex': 1.0}
    """
    said = concepts_of(header)
    present = frozenset().union(*said)
    points: dict[str, float] = {}
    for pattern in _patterns():
        if pattern.needs <= present and not pattern.without & present:
            meant = pattern.needs | pattern.helps
            explained = sum(bool(one & meant) for one in said) / len(said)
            fit = pattern.points * (1 - _LEAST_EXPLAINED * (1 - explained))
            points[pattern.field] = max(points.get(pattern.field, 0.0), round(fit, 3))
    return points


@cache
def _concepts() -> tuple[dict[str, frozenset[str]], int]:
    known: dict[str, frozenset[str]] = {}
    for row in _rows("words.csv"):
        for phrase in row["words"].split("|"):
            known[phrase] = known.get(phrase, frozenset()) | {row["concept"]}
    return known, max(len(phrase.split()) for phrase in known)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            row["field"],
            frozenset(row["needs"].split()),
            frozenset(row["helps"].split()),
            frozenset(row["without"].split()),
            float(row["points"]) / 100,
        )
        for row in _rows("headers.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("fullpicture.collect.returns.proposing") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
