"""Every quantity that a sentence states, in digits or in words, by a grammar of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fullpicture.publish.review.number_words import (
    MANY,
    ONES,
    PARTS,
    PERCENT,
    SCALES,
    SIGNS,
    TENS,
    Token,
    cardinal,
    multiple,
    number,
    tokens,
)

Kind = Literal["number", "percent", "part", "times", "many", "majority"]
Said = tuple[int, Kind, float | None]
"""Where a quantity ends, its kind and its value."""
_FEW = 10
_COUNTED_WORDS = """
crime crimes offence offences case cases incident incidents victim victims suspect suspects perpetrator
perpetrators offender offenders child children girl girls boy boys woman women man men person people adult
adults teenager teenagers force forces region regions area areas police report reports record records rape
rapes assault assaults image images charge charges investigation investigations day days week weeks month
months point points survivor survivors abuser abusers pupil pupils respondent respondents
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
_ENDS = (
    "of",
    "and",
    "or",
    "in",
    "to",
    "by",
    "for",
    "with",
    "from",
    "is",
    "are",
    "was",
    "were",
    "the",
    ",",
    ".",
)
_CAME_TO = ("by", "reached", "totalled", "totaled", "numbered", "averaged")
_MOSTLY = ("majority", "minority", "mostly", "overwhelmingly", "predominantly")
_SOME = ("small", "tiny", "large", "huge", "sizeable", "sizable", "significant", "substantial", "growing")
_PORTIONS = ("fraction", "proportion", "share", "number", "part", "percentage", "minority", "majority")
_ALL = ("all", "every", "everyone", "everybody", "none", "nobody")
_NOT_ALONE = ("first", "second", "latter", "other", "third", "final", "last", "every")


@dataclass(frozen=True)
class Quantity:
    """A quantity as said: where, what kind, and its value; a part is 0-1, a percentage 0-100.

    `value` is None where no single one is meant ("dozens of").
    """

    text: str
    start: int
    end: int
    kind: Kind
    value: float | None = None


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order.

    Words for small numbers count where something is counted ("three victims"), not in "the two measures".

    Examples:
        >>> [(one.kind, one.value) for one in quantities("Three quarters, doubled, 75 per cent.")]
        [('part', 0.75), ('times', 2.0), ('percent', 75.0)]
        >>> quantities("The two measures differ; one of them counts crimes.")
        []
    """
    words = tokens(text)
    return [
        Quantity(
            text[words[first].start : words[last - 1].end], words[first].start, words[last - 1].end, *what
        )
        for first, last, what in _found(words)
    ]


def _found(words: list[Token]) -> Iterator[tuple[int, int, tuple[Kind, float | None]]]:
    at = 0
    while at < len(words):
        found = _at(words, at)
        if found is None:
            at += 1
        else:
            end, kind, value = found
            yield at, end, (kind, value)
            at = end


def _at(words: list[Token], at: int) -> Said | None:
    """The quantity that begins at a word: where it ends, its kind and its value."""
    word = words[at].word
    if (most := _majority(words, at)) is not None:
        return most, "majority", 0.5
    if word in MANY and (word != "tens" or _word(words, at + 1) == "of"):
        return at + 1, "many", MANY[word]
    times = multiple(word)
    if times is not None and not (
        word == "double" and _word(words, at + 1) in ("check", "count", "counted", "-")
    ):
        return at + 1, "times", times
    if word == "every" and (_word(words, at + 1) in ("other", "second") or _word(words, at + 1) in PARTS):
        return (at + 2, "part", 1 / PARTS.get(_word(words, at + 1), 2.0)) if _counts(words, at + 2) else None
    return _part_alone(words, at) or _number(words, at)


def _majority(words: list[Token], at: int) -> int | None:
    """Where words for a large or a small part end: "the majority", "most victims", "nearly all"."""
    word, after = words[at].word, _word(words, at + 1)
    if word in _MOSTLY:
        return at + 1
    if word in _SOME and after in _PORTIONS and _word(words, at + 2) == "of":
        return at + 2
    if word == "most" and (after in _COUNTED or (after == "of" and _counts(words, at + 1))):
        return at + 1
    if word in ("nearly", "almost", "virtually", "practically") and after in _ALL:
        return at + 2
    if (word in ("hardly", "scarcely", "barely") and after == "any") or (word, after) == ("very", "few"):
        return at + 2
    is_share = (word == "bulk" and after == "of") or (word == "lion" and _word(words, at + 3) == "share")
    return at + (2 if word == "bulk" else 4) if is_share else None


def _part_alone(words: list[Token], at: int) -> Said | None:
    """ "half", "a third", "quarter of", "half a million", "¾"."""
    word, before, after = words[at].word, _word(words, at - 1), _word(words, at + 1)
    if word in SIGNS:
        return at + 1, "part", SIGNS[word]
    if word == "half" and after in ("a", "an") and _word(words, at + 2) in (*SCALES, "dozen"):
        return at + 3, "number", SCALES.get(_word(words, at + 2), 12.0) / 2
    if word == "half" and before not in _NOT_ALONE:
        return None if after == "-" else (at + 1, "part", 0.5)
    if word in PARTS and after == "of" and before not in (*_NOT_ALONE, "the", "each", "fourth"):
        return at + 1, "part", 1 / PARTS[word]
    if word in ("a", "an") and after in PARTS and _word(words, at + 2) not in ("party", "-", "year", "time"):
        return at + 2, "part", 1 / PARTS[after]
    return None


def _number(words: list[Token], at: int) -> Said | None:
    found = cardinal(words, at)
    if found is None:
        return None
    value, end = found
    after = end + 1 if _word(words, end) == "-" else end
    following = _word(words, after)
    if following in PERCENT or (following, _word(words, after + 1)) == ("per", "cent"):
        return after + (1 if following in PERCENT else 2), "percent", value
    if following in PARTS and _is_a_part(words, at, after):
        return after + 1, "part", value / PARTS[following]
    if following in ("times", "fold", "x"):
        return after + 1, "times", value
    if following in ("dozen", "score"):
        return after + 1, "number", value * {"dozen": 12, "score": 20}[following]
    return _ratio(words, value, end) or _plain(words, at, end, value)


def _is_a_part(words: list[Token], at: int, after: int) -> bool:
    """ "two thirds", "1 third"; not "2024 third quarter" nor "one second"."""
    value = number(words[at])
    return value is not None and 0 < value < PARTS[words[after].word]


def _ratio(words: list[Token], value: float, end: int) -> Said | None:
    """ "one in five", "9 out of every ten", "3/4"."""
    after = end + (_word(words, end) in _COUNTED)
    if _word(words, after) == "out" and _word(words, after + 1) == "of":
        after += 2
    elif _word(words, after) in ("in", "/"):
        after += 1
    else:
        return None
    after += _word(words, after) in ("every", "each")
    of = cardinal(words, after) if after < len(words) else None
    if of is None or not 0 < value < of[0] <= 1000:
        return None
    return of[1], "part", value / of[0]


def _plain(words: list[Token], at: int, end: int, value: float) -> Said | None:
    """A number by itself; in words only where it is large or something is counted."""
    if words[at].text[0].isdigit() or words[at].word not in (*ONES, *TENS) or value > _FEW:
        return end, "number", value
    if _word(words, end) == "to" and _word(words, end + 1) in ("one", "1"):
        return end + 2, "times", value
    is_said = value != 1 and (_counts(words, end) or _follows_change(words, at))
    return (end, "number", value) if is_said else None


def _counts(words: list[Token], at: int) -> bool:
    """Whether what is counted follows, after two words at most: "three of the girl victims"."""
    if _word(words, at) == "of":
        at += 2 if _word(words, at + 1) in ("the", "these", "those", "all", "our") else 1
    for place in (at, at + 1, at + 2):
        if _word(words, place) in _COUNTED:
            return True
        if _word(words, place) in _ENDS:
            return False
    return False


def _follows_change(words: list[Token], at: int) -> bool:
    """Whether a number is what something changed by, or came to: "fell by six", "a factor of four"."""
    before = (_word(words, at - 2), _word(words, at - 1))
    return before[1] in _CAME_TO or before in (("factor", "of"), ("there", "were"), ("total", "of"))


def _word(words: list[Token], at: int) -> str:
    return words[at].word if 0 <= at < len(words) else ""
