"""Releases of quotes: words become public when a named person says so, masked as they were shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from fullpicture.analyse.redaction import Corpus, Span, found_in, masked
from fullpicture.core.errors import UsageError
from fullpicture.programme.state import Log, State
from fullpicture.programme.toml import nearest_hint
from fullpicture.programme.usage import Account, Records, log
from fullpicture.programme.voices import Voices

PUBLIC = "the public edition"
FEWEST_LETTERS = 10
"""A shorter quote says nothing by itself."""


class Place(NamedTuple):
    """Some words of an answer, and the theme that they show."""

    answer: str
    theme: str
    start: int
    end: int


@dataclass(frozen=True)
class Shown:
    """Words as they would be public, and what in them is masked."""

    place: Place
    text: str
    spans: tuple[Span, ...]

    @property
    def masks(self) -> tuple[str, ...]:
        """What is masked, kind and places within the answer: nothing of the words themselves."""
        return tuple(f"{one.kind.replace('_', ' ')} {one.start}-{one.end}" for one in self.spans)


@dataclass(frozen=True)
class Released:
    """A line of `state/releases.jsonl`: the words as released, and what they stand on."""

    source: str
    place: Place
    text: str
    masks: tuple[str, ...]
    answer_sha256: str
    theme_sha256: str
    who: str
    at: datetime
    why: str
    event: Literal["released"] = "released"


@dataclass(frozen=True)
class Withdrawn:
    """A line that takes back every release of an answer's words for a theme."""

    source: str
    answer: str
    theme: str
    who: str
    at: datetime
    why: str
    event: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True)
class Masking:
    """Masks words of a source's answers; how it writes names is learnt of all of them."""

    voices: Voices

    @cached_property
    def _corpus(self) -> Corpus:
        return Corpus.of(self.voices.texts.values())

    def shown(self, place: Place) -> Shown:
        """Words of an answer as they would be public: what is found in the whole answer is masked in them.

        Raises:
            UsageError: there is no such answer, it has not the theme, or the places are not within it.
        """
        text = self.voices.texts.get(place.answer)
        if text is None:
            raise UsageError(f"{place.answer}: source {self.voices.source.id} has no answer of this id.")
        _check_theme(self.voices, place)
        if not 0 <= place.start < place.end <= len(text):
            raise UsageError(f"--span {place.start}:{place.end}: the answer has places 0 to {len(text)}.")
        if place.end - place.start < FEWEST_LETTERS:
            raise UsageError(
                f"--span: a quote has {FEWEST_LETTERS} letters at least. Take more of the answer."
            )
        inside = [
            Span(max(one.start, place.start), min(one.end, place.end), one.kind)
            for one in found_in(text, self._corpus)
            if one.start < place.end and place.start < one.end
        ]
        moved = [Span(one.start - place.start, one.end - place.start, one.kind) for one in inside]
        words = masked(text[place.start : place.end], moved)
        return Shown(place, " ".join(words.split()), tuple(inside))

    def place(self, answer: str, theme: str, span: tuple[int, int] | None) -> Place:
        """The words named, or those by which the machine gave the theme, or the whole answer."""
        id_ = self.voices.codebook.now(theme)
        if id_ is None:
            known = [one.id for one in self.voices.codebook.in_use]
            raise UsageError(f'--theme: "{theme}" is no theme in use. {nearest_hint(theme, known)}')
        given = self.voices.machine.get((answer, id_))
        whole = (0, len(self.voices.texts.get(answer, "")))
        found = (given.start, given.end) if given and given.end > given.start else whole
        return Place(answer, id_, *(span or found))


def _check_theme(voices: Voices, place: Place) -> None:
    if not has_theme(voices, place.answer, place.theme):
        raise UsageError(f"{place.answer}: neither coder nor machine gave this answer {place.theme}.")


def has_theme(voices: Voices, answer: str, theme: str) -> bool:
    """Whether the first coder gave the theme, or the machine where no coder has read the answer."""
    marks = voices.first if answer in voices.first else voices.marks
    return theme in marks.get(answer, frozenset())


def release(folder: Path, voices: Voices, shown: Shown, by: Account) -> Released:
    """Writes a release down, first in the log of use; the text is the one that was shown."""
    state, id_ = State(folder), voices.source.id
    log(state, "disclosure", [Records(id_, rows=1)], by, to=[PUBLIC])
    stands = (_answer_sha256(voices, shown.place), _theme_sha256(voices, shown.place))
    one = Released(id_, shown.place, shown.text, shown.masks, *stands, by.who, by.at, by.why)
    _log(state).add([one])
    return one


def withdraw(folder: Path, source: str, answer: str, theme: str, by: Account) -> int:
    """Takes back the releases of an answer's words for a theme; says how many there were.

    Raises:
        UsageError: there is none.
    """
    state = State(folder)
    with state.locked():
        held = [one for one in standing(folder, source) if one.place[:2] == (answer, theme)]
        if not held:
            raise UsageError(f"{answer}: no release of this answer for {theme} stands.")
        _log(state).add([Withdrawn(source, answer, theme, by.who, by.at, by.why)])
    return len(held)


def standing(folder: Path, source: str) -> list[Released]:
    """Releases of a source that nobody has withdrawn; the last of the same words."""
    found: dict[Place, Released] = {}
    for line in _log(State(folder)).read():
        if line.source != source:
            continue
        if isinstance(line, Released):
            found[line.place] = line
        else:
            gone = (line.answer, line.theme)
            found = {place: one for place, one in found.items() if place[:2] != gone}
    return list(found.values())


def checked(folder: Path, masking: Masking) -> Iterator[tuple[Released, str]]:
    """Every standing release with why it does not hold any more, "" where it does."""
    for one in standing(folder, masking.voices.source.id):
        yield one, _why_not(one, masking)


def _why_not(one: Released, masking: Masking) -> str:
    voices = masking.voices
    if one.place.answer not in voices.texts:
        return "the answer is not here any more"
    if one.answer_sha256 != _answer_sha256(voices, one.place):
        return "the answer has changed since"
    if one.theme_sha256 != _theme_sha256(voices, one.place):
        return "the codebook says something else of the theme since"
    if not has_theme(voices, one.place.answer, one.place.theme):
        return "the answer has the theme no more"
    if masking.shown(one.place).text != one.text:
        return "other words would be masked now"
    return ""


def _answer_sha256(voices: Voices, place: Place) -> str:
    return hashlib.sha256(voices.texts[place.answer].encode()).hexdigest()


def _theme_sha256(voices: Voices, place: Place) -> str:
    """Of all that the codebook says of a theme in use; "" of one that is not."""
    said: Iterable[str] = (repr(theme) for theme in voices.codebook.in_use if theme.id == place.theme)
    text = next(iter(said), "")
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _log(state: State) -> Log[Released | Withdrawn]:
    return Log(state, "releases", Released | Withdrawn)
