"""How English says numbers: cardinals, parts, multiples, and words for many."""

from __future__ import annotations

import re
from typing import NamedTuple

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = {word: float(number) for number, word in enumerate(_ONES.split())}
TENS = {word: 10.0 * number for number, word in enumerate(_TENS.split(), start=2)} | {"fourty": 40.0}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6, "bn": 1e9, "mn": 1e6,
}  # fmt: skip
PARTS = {
    word: float(number)
    for number, words in enumerate(
        (
            "half halves", "third thirds", "quarter quarters fourth fourths", "fifth fifths", "sixth sixths",
            "seventh sevenths", "eighth eighths", "ninth ninths", "tenth tenths",
        ),
        start=2,
    )
    for word in words.split()
} | {"twentieth": 20.0, "hundredth": 100.0, "twentieths": 20.0, "hundredths": 100.0}  # fmt: skip
SIGNS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅒": 1 / 10,
}  # fmt: skip
PERCENT = ("%", "percent", "pc", "pct", "percentage")
_MULTIPLES = (
    (r"twice|doubl(?:e|ed|es|ing)|two-?fold", 2.0),
    (r"thrice|tripl(?:e|ed|es|ing)|trebl(?:e|ed|es|ing)", 3.0),
    (r"quadrupl(?:e|ed|es|ing)", 4.0),
    (r"quintupl(?:e|ed|es|ing)", 5.0),
    (r"sextupl(?:e|ed|es|ing)", 6.0),
    (r"septupl(?:e|ed|es|ing)", 7.0),
    (r"octupl(?:e|ed|es|ing)", 8.0),
    (r"halv(?:e|ed|es|ing)", 0.5),
)
MANY = {"dozen": 12.0, "dozens": None, "hundreds": None, "thousands": None, "millions": None, "tens": None,
        "scores": None, "handful": None, "umpteen": None, "myriad": None, "countless": None}  # fmt: skip
_WHOLE = ("hundred", "thousand", "million", "billion")
_TOKEN = re.compile(r"\d[\d,\u00a0\u202f]*\d(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|%|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞⅒]|\S")


class Token(NamedTuple):
    """A word, a number in digits, or a sign, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """In small letters."""
        return self.text.casefold()


def tokens(text: str) -> list[Token]:
    """The words, numbers and signs of a text; a hyphen is a sign of its own."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def multiple(word: str) -> float | None:
    """How many times as much a word says: "doubled" is 2.

    Examples:
        >>> multiple("quadrupled"), multiple("doubt")
        (4.0, None)
    """
    if word.endswith("fold"):
        said = word.removesuffix("fold")
        return ONES.get(said, TENS.get(said, SCALES.get(said)))
    return next((times for pattern, times in _MULTIPLES if re.fullmatch(pattern, word)), None)


def number(token: Token) -> float | None:
    """What digits say, or a word for a number below a hundred."""
    if token.text[0].isdigit():
        digits = re.sub(r"[,\u00a0\u202f]", "", token.text)
        return float(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else None
    return SIGNS.get(token.text, ONES.get(token.word, TENS.get(token.word)))


def cardinal(words: list[Token], at: int) -> tuple[float, int] | None:
    """The number that begins at a place and where it ends: "a hundred and seven thousand" is 107,000.

    Examples:
        >>> cardinal(tokens("one hundred and seven thousand crimes"), 0)
        (107000.0, 5)
    """
    start, total, current, seen = at, 0.0, 0.0, False
    if (
        words[at].word in ("a", "an")
        and at + 1 < len(words)
        and words[at + 1].word in ("hundred", "thousand")
    ):
        at, current, seen = at + 1, 1.0, True
    while at < len(words):
        word = words[at].word
        value = number(words[at])
        if word in SCALES and seen and (len(word) > 2 or words[at - 1].text[0].isdigit()):
            current, total = _scaled(current, total, SCALES[word])
        elif value is not None and (not seen or _continues(words, at)):
            current, seen = current + value, True
        elif not (word in ("and", "-") and seen and _goes_on(words, at)):
            break
        at += 1
    if not seen or at == start:
        return None
    if [word.word for word in words[at : at + 3]] != ["and", "a", "half"]:
        return total + current, at
    scale = SCALES.get(words[at + 3].word) if at + 3 < len(words) else None
    return (total + current + 0.5) * (scale or 1), at + 3 + (scale is not None)


def _scaled(current: float, total: float, scale: float) -> tuple[float, float]:
    if scale == 100:
        return (current or 1) * 100, total
    return 0.0, total + (current or 1) * scale


def _continues(words: list[Token], at: int) -> bool:
    """Whether a number goes on with this word: "twenty three", "hundred and five", never "two three"."""
    before = words[at - 1].word
    if before in ("-", "and"):
        before = words[at - 2].word
    if words[at].text[0].isdigit():
        return False
    return before in SCALES or (before in TENS and words[at].word in ONES)


def _goes_on(words: list[Token], at: int) -> bool:
    """Whether "and" or a hyphen stands within one number."""
    if at + 1 >= len(words):
        return False
    after, before = words[at + 1].word, words[at - 1].word
    if words[at].word == "-":
        return (before in TENS and after in ONES) or after in SCALES
    return before in ("hundred", "thousand", "million") and (after in ONES or after in TENS)
