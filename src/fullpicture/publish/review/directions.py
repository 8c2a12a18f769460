"""What a text says of change: a rise, a fall, none, or an extreme, how strongly, and whether it is denied."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Way = Literal["rise", "fall", "none"]
Change = Literal["rise", "fall", "none", "highest", "lowest"]
_CITED = "\N{OBJECT REPLACEMENT CHARACTER}"
_KINDS: dict[str, tuple[Change, bool]] = {
    "highest": ("highest", False),
    "lowest": ("lowest", False),
    "none": ("none", False),
    "rise_strong": ("rise", True),
    "fall_strong": ("fall", True),
    "rise": ("rise", False),
    "fall": ("fall", False),
}
_STANDS_FOR = ("BE", "SINCE")


@dataclass(frozen=True)
class Claim:
    """A word for change: where, what it says, and how strongly ("strong", "mild" or ""); `is_denied` where
    the text says that it did not happen, `is_supposed` where it only might."""

    word: str
    start: int
    what: Change
    strength: Literal["strong", "mild", ""]
    is_denied: bool
    is_supposed: bool


@cache
def _lexicon() -> dict[str, re.Pattern[str]]:
    """Every list of words as one expression."""
    file = resources.files("fullpicture.publish.review") / "words_of_change.toml"
    lists: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {}
    for name, words in lists.items():
        said = "|".join(words)
        for other in _STANDS_FOR:
            said = said.replace(other, lists[other][0])
        said = said.replace("CITED", _CITED)
        found[name] = re.compile(rf"(?i)(?<![\w-])(?:{said})(?!\w|-\w)")
    return found


def change_claims(text: str) -> list[Claim]:
    """The words of change in a text, in order.

    Examples:
        >>> [(one.word, one.what, one.strength) for one in change_claims("Rape surged, theft fell slightly.")]
        [('surged', 'rise', 'strong'), ('fell', 'fall', 'mild')]
        >>> change_claims("Crimes that fell within the definition; victims declined to support action.")
        []
    """
    found: list[Claim] = []
    for name, (what, is_strong) in _KINDS.items():
        for one in _lexicon()[name].finditer(text):
            if not any(_overlap(one, other) for other in found):
                found.append(_claim(text, one, what, is_strong))
    return sorted(found, key=lambda one: one.start)


def _overlap(one: re.Match[str], other: Claim) -> bool:
    return one.start() < other.start + len(other.word) and other.start < one.end()


def _claim(text: str, found: re.Match[str], what: Change, is_strong: bool) -> Claim:
    words = _lexicon()
    clause_from = max(text.rfind(sign, 0, found.start()) for sign in ";:.!?") + 1
    before = text[clause_from : found.start()].split()
    after = text[found.start() :].split(",")[0].split(" but ")[0].split(" and ")[0].split()
    beside = " ".join([*before[-2:], *after[:5]])
    strength: Literal["strong", "mild", ""] = ""
    if is_strong or words["strong"].search(beside):
        strength = "strong"
    elif words["mild"].search(beside):
        strength = "mild"
    is_denied = bool(words["denied"].search(" ".join(before[-5:]))) and what != "none"
    later = re.split("[,;:]", text[found.end() :])[0].split()[:8]
    is_supposed = bool(
        words["supposed"].search(" ".join(before[-6:])) or words["modal"].search(" ".join(later))
    )
    return Claim(found.group(), found.start(), what, strength, is_denied, is_supposed)
