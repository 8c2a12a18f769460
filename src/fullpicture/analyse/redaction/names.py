"""Names of people: by titles, by lists of first and family names, by what stands before them, by capitals.

No list of names is complete and many names are words; so a name that is a word needs a sign beside it, and
what a corpus usually writes small is a word where it stands large.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from fullpicture.analyse.redaction.lists import Names, signs
from fullpicture.analyse.redaction.span import Span

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MOST_WORDS = 4
"""Words that a name has at most."""
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\n\"“)(•-]|\.{2,})\s*$")
_OWNS = re.compile(r"['’]s$")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@\S+|https?://\S+|www\.\S+", re.IGNORECASE)
"""Names stand small in addresses, which says nothing of how the corpus writes them."""
_INTRODUCES = re.compile(
    r"\bnames?(?:\s+(?:is|was|are|were)|['’]s)\s+$|\b(?:called|named)\s+$"
    r"|\b(?:speak|speaks|speaking|spoke|spoken|talk|talked|talking)\s+(?:to|with)\s+$",
    re.IGNORECASE,
)
"""After these a word with a capital is a name, whatever it is."""


@dataclass(frozen=True)
class Capitals:
    """How often words of a corpus stand small, and how often large within a sentence; by lower case."""

    small: Counter[str]
    large: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Capitals:
        """Counts the words of a corpus."""
        small, large = Counter[str](), Counter[str]()
        for whole in texts:
            text = _ADDRESS.sub(" ", whole)
            for match in WORD.finditer(text):
                word = match[0]
                if word.islower():
                    small[word] += 1
                elif word[0].isupper() and not _begins_sentence(text, match.start()):
                    large[word.lower()] += 1
        return cls(small, large)

    def is_word(self, word: str) -> bool:
        """Whether the corpus writes it small more often than large: then it is no name for being large."""
        return self.small[word] > self.large[word]


def names_in(text: str, names: Names, capitals: Capitals) -> Iterator[Span]:
    """Names of people in a text, with the title of a civilian before them; ranks are left outside."""
    reader = _Reader(text, tuple(WORD.finditer(text)), names, capitals)
    at = 0
    while at < len(reader.words):
        end = reader.end_of_name(at)
        if end > at:
            begin = at - 1 if reader.has_title(at) else at
            yield Span(reader.words[begin].start(), reader.last_character(end - 1), "name")
        at = max(end, at + 1)


def listed_in(text: str, listed: Collection[str]) -> Iterator[Span]:
    """What is on a user's own list, whole words and case forgiven."""
    for entry in listed:
        for match in re.finditer(rf"(?<!\w){re.escape(entry)}(?!\w)", text, re.IGNORECASE):
            yield Span(match.start(), match.end(), "listed")


@dataclass(frozen=True)
class _Reader:
    """One text with its words; words are named by their number."""

    text: str
    words: tuple[re.Match[str], ...]
    names: Names
    capitals: Capitals

    def end_of_name(self, at: int) -> int:
        """The number of the word after a name that begins here, or `at` where none does."""
        if not self._is_name(at) and not self._is_initial(at):
            return at
        end = at + 2 if self._is_initial(at) or self._low(at) in signs()["particles"] else at + 1
        while end < len(self.words) and end - at < MOST_WORDS and self._is_family_name(end):
            end += 1
        return end

    def has_title(self, at: int) -> bool:
        """Whether a title such as Mr or Dr stands before a word."""
        return self._before(at) in signs()["titles"] - {"doctor"}

    def last_character(self, at: int) -> int:
        """Where a word ends, without the ending of what somebody owns."""
        return self.words[at].end() - (2 if _OWNS.search(self.words[at][0]) else 0)

    def _is_name(self, at: int) -> bool:
        low, before, known = self._low(at), self._before(at), self.names
        if _stem(low) in signs()["no_names"] and low not in known.words:
            return False
        if before in signs()["titles"] | signs()["ranks"]:
            is_particle = low in signs()["particles"] and self._after(at)[:1].isupper()
            return self._is_large(at) or is_particle or low in known.first | known.family
        if self._is_introduced(at):
            return True
        if low in known.words:
            return self._is_meant_as_name(at)
        if low in known.first:
            return len(low) > 2 or self._is_large(at)
        if "-" in low and self._is_large(at) and any(part in known.first for part in low.split("-")):
            return True
        is_said = before in signs()["relations"] and not self.capitals.is_word(low)
        return self._is_large(at) and (low in known.family or is_said)

    def _is_introduced(self, at: int) -> bool:
        """Whether somebody says that a name follows, and a word with a capital does that is no place's."""
        after = self._after(at)
        is_place = after.lower() in signs()["places"] or (
            after[:1].isupper() and after.lower() in signs()["no_names"]
        )
        before = self.text[max(0, self.words[at].start() - 20) : self.words[at].start()]
        is_word = self.capitals.is_word(self._low(at))
        return self._is_large(at) and not is_word and not is_place and bool(_INTRODUCES.search(before))

    def _is_initial(self, at: int) -> bool:
        """Whether a letter with a point stands before a word with a capital: J. Pemberton."""
        if (
            at + 1 == len(self.words)
            or self._low(at) in "ai"
            or not re.fullmatch(r"[A-Z]", self.words[at][0])
        ):
            return False
        is_word = self._low(at + 1) in signs()["no_names"] or self.capitals.is_word(self._low(at + 1))
        has_point = self._between(at) in (".", ". ")
        return has_point and self._is_large(at + 1) and len(self._low(at + 1)) > 2 and not is_word

    def _is_meant_as_name(self, at: int) -> bool:
        """Whether a name that is also a word is a name here, by what stands beside it."""
        low, before, after = self._low(at), self._before(at), self._after(at)
        is_date = before in signs()["before_months"] or self._is_beside_number(at)
        if low in signs()["months"] and is_date:
            return False
        if not self.words[at][0][0].isupper():
            return before in signs()["relations"] | signs()["cues"] and after.lower() in signs()["after"]
        if not _begins_sentence(self.text, self.words[at].start()):
            return before in signs()["relations"] | signs()["cues"] or not self._follows_place(before)
        names_follow = after[:1].isupper() and after.lower() not in signs()["no_names"]
        return names_follow or after.lower() in signs()["after"]

    def _is_beside_number(self, at: int) -> bool:
        """Whether a day or a year stands beside a word."""
        start, end = self.words[at].span()
        is_day = re.search(r"\d(?:st|nd|rd|th)?(?:\s+of)?\s*$", self.text[max(0, start - 10) : start])
        return bool(is_day or re.match(r"\s*\d", self.text[end:]))

    def _follows_place(self, before: str) -> bool:
        """Whether the word before is large and no first name: "Grampian Ward" is a place."""
        return before not in self.names.first and self.capitals.large[before] > self.capitals.small[before]

    def _is_family_name(self, at: int) -> bool:
        """Whether a word goes on with a name: it is large or listed, and only a space stands between."""
        if self._between(at - 1).strip(" \xa0"):
            return False
        low = self._low(at)
        is_word = _stem(low) in signs()["no_names"] or self.capitals.is_word(low)
        is_listed = low in self.names.family | self.names.words
        return (self._is_large(at) and (is_listed or not is_word)) or low in self.names.family

    def _low(self, at: int) -> str:
        return _OWNS.sub("", self.words[at][0].lower())

    def _is_large(self, at: int) -> bool:
        """Whether a word has a capital and is not all capitals, as abbreviations are."""
        word = self.words[at][0]
        return word[0].isupper() and (len(word) == 1 or not word.isupper())

    def _before(self, at: int) -> str:
        """The word before in lower case, "" where more than a space or the point of a title lies between."""
        return self.words[at - 1][0].lower() if at and not self._between(at - 1).strip(" \xa0.,:") else ""

    def _after(self, at: int) -> str:
        follows = at + 1 < len(self.words) and not self._between(at).strip(" \xa0.,:")
        return self.words[at + 1][0] if follows else ""

    def _between(self, at: int) -> str:
        return self.text[self.words[at].end() : self.words[at + 1].start()]


def _stem(word: str) -> str:
    """A word without what is joined to it: `i` of `i've`."""
    return re.split(r"['’]", word)[0]


def _begins_sentence(text: str, start: int) -> bool:
    return start == 0 or bool(_SENTENCE_END.search(text[max(0, start - 4) : start]))
