"""What a page of one open question shows besides figures: its themes, quotes, and how far coders agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class ThemeOf:
    """A theme of a question, with the indicator that says its share."""

    id: str
    name: str
    is_: str
    is_not: str
    indicator: str


@dataclass(frozen=True, order=True)
class Quote:
    """Words that a named person has released, as they were shown to them: masked, and leading nowhere."""

    theme: str
    text: str


@dataclass(frozen=True)
class Agreed:
    """How far two codings of a theme agree beyond chance: kappa with its 95% interval, over so many answers.

    `value` is None where both gave it to every answer or to none.
    """

    theme: str
    between: Literal["two people", "person and machine"]
    value: float | None
    lower: float | None
    upper: float | None
    answers: int


@dataclass(frozen=True)
class Overall:
    """Krippendorff's alpha over all themes of a question."""

    between: Literal["two people", "person and machine"]
    value: float | None
    lower: float | None
    upper: float | None
    answers: int


@dataclass(frozen=True)
class Candidate:
    """Words that show a theme, masked, and not released; `span` are their places in the answer.

    `masks` says what is masked: kind and places in the answer.
    """

    theme: str
    answer: str
    span: tuple[int, int]
    text: str
    masks: tuple[str, ...]


@dataclass(frozen=True)
class Lapsed:
    """A release that does not hold any more, and why."""

    theme: str
    answer: str
    by: str
    why: str


@dataclass(frozen=True)
class WithinQuestion:
    """What the internal edition alone shows of a question; nothing of it may be public.

    `next_to_code` are ids of answers of whose themes the machine is least sure, with the theme in doubt;
    `to_code_again` those to be coded again, by theme; `released_by` who released each quote.
    """

    source: str
    candidates: tuple[Candidate, ...] = ()
    next_to_code: tuple[tuple[str, str, float], ...] = ()
    to_code_again: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    released_by: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """One open question: its address, its wording, and what was said to it."""

    id: str
    wording: str
    asked_in: str
    codebook: str
    themes: tuple[ThemeOf, ...]
    by_machine: bool
    quotes: tuple[Quote, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    overall: tuple[Overall, ...] = ()
    within: WithinQuestion | None = field(default=None)
