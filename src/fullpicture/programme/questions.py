"""Open questions of a programme, ready for their pages: themes, released quotes, agreement, candidates."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.themes.agreement import Agreement, alpha_with_interval, kappa_with_interval
from fullpicture.core.figure import to_figures
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.programme.load import Programme
from fullpicture.programme.releases import FEWEST_LETTERS, Masking, Place, checked, has_theme
from fullpicture.programme.voices import Marks, Voices
from fullpicture.publish.publication import Edition
from fullpicture.publish.questions import (
    Agreed,
    Candidate,
    Lapsed,
    Overall,
    Question,
    Quote,
    ThemeOf,
    WithinQuestion,
)

MOST_CANDIDATES = 8
"""Candidates for quotes of a theme: those of which the machine is surest."""
MOST_NEXT = 20
FEWEST_CODED = 30
"""Answers coded twice, below which agreement is not published: few answers say whose they are."""
Between = Literal["two people", "person and machine"]
Said = TypeVar("Said", Agreed, Overall)
Tables = Sequence[InternalTable] | Sequence[PublicTable]


def questions_of(
    edition: Edition, programme: Programme, tables: Tables, voices: Mapping[str, Voices]
) -> tuple[Question, ...]:
    """The questions of which the edition shows any theme, in the order of sources and of their questions.

    A theme is in the public edition, and quotes of it are, where its share is shown there with more people
    behind it than the threshold.
    """
    found = []
    shown = _with_enough_people(tables, programme.form.threshold) if edition == "public" else set()
    for source, spoken in voices.items():
        masking = Masking(spoken)
        for key, wording in (spoken.source.questions or {"": spoken.source.title}).items():
            themes = tuple(_themes(programme, source, key, spoken))
            if edition == "public":
                themes = tuple(one for one in themes if one.indicator in shown)
            if themes:
                asked = Question(
                    f"{source}-{key}".strip("-").replace("_", "-"),
                    wording,
                    spoken.source.title,
                    f"{spoken.source.codebook}, version {spoken.codebook.version}",
                    themes,
                    bool(spoken.source.assigned),
                )
                found.append(_filled(asked, key, masking, programme, edition))
    return tuple(found)


def _themes(programme: Programme, source: str, question: str, voices: Voices) -> Iterator[ThemeOf]:
    """The themes of a question that an indicator says the share of, in the codebook's order."""
    said: dict[str, Indicator] = {}
    for one in programme.indicators.values():
        asked = one.main.where.get("question", ("",))
        if one.theme and one.main.source == source and asked == (question,):
            said.setdefault(one.theme, one)
    for theme in voices.codebook.in_use:
        if theme.id in said:
            yield ThemeOf(theme.id, theme.name, theme.is_, theme.is_not, said[theme.id].id)


def _with_enough_people(tables: Tables, threshold: int) -> set[str]:
    """Indicators of which a total is shown with more people than the threshold."""
    return {
        figure.indicator
        for table in tables
        for figure in to_figures(table.figures)
        if not figure.breakdown and figure.value is not None and (figure.numerator or 0) > threshold
    }


def _filled(
    question: Question, key: str, masking: Masking, programme: Programme, edition: Edition
) -> Question:
    voices = masking.voices
    table = voices.answers.table
    pairs = zip(table["id"].to_pylist(), table["question"].to_pylist(), strict=True)
    ids = [id_ for id_, asked in pairs if asked == key or not voices.source.questions]
    threshold = programme.form.threshold if edition == "public" else 0
    agreed, overall = _agreement(question, voices, ids, threshold)
    if edition == "public":
        agreed = [_rounded(one) for one in agreed if one.answers >= FEWEST_CODED]
        overall = [_rounded(one) for one in overall if one.answers >= FEWEST_CODED]
    known, themes = set(ids), {theme.id for theme in question.themes}
    releases = [
        (one, why)
        for one, why in checked(programme.folder, masking)
        if one.place.answer in known and one.place.theme in themes
    ]
    quotes = tuple(sorted({Quote(one.place.theme, one.text) for one, why in releases if not why}))
    question = replace(question, quotes=quotes, agreed=tuple(agreed), overall=tuple(overall))
    if edition == "public":
        return question
    lapsed = tuple(Lapsed(one.place.theme, one.place.answer, one.who, why) for one, why in releases if why)
    held = {one.place for one, why in releases if not why}
    by = tuple((one.place.theme, one.place.answer, one.who) for one, why in releases if not why)
    candidates = tuple(_candidates(question, masking, ids, held))
    again = tuple((theme, tuple(ids)) for theme, ids in voices.to_code_again.items())
    doubt = tuple(_in_doubt(question, voices, ids))
    within = WithinQuestion(voices.source.id, candidates, doubt, again, lapsed, by)
    return replace(question, within=within)


def _candidates(
    question: Question, masking: Masking, ids: Sequence[str], held: set[Place]
) -> Iterator[Candidate]:
    """For each theme the words of which the machine is surest, masked, surest first."""
    voices = masking.voices
    for theme in question.themes:
        given = [id_ for id_ in ids if has_theme(voices, id_, theme.id)]
        given.sort(key=lambda id_: (-_score(voices, id_, theme.id), id_))
        many, seen = 0, set[str]()
        for id_ in given:
            place = masking.place(id_, theme.id, None)
            if place in held or place.end - place.start < FEWEST_LETTERS or many == MOST_CANDIDATES:
                continue
            shown = masking.shown(place)
            if shown.text in seen:
                continue
            seen.add(shown.text)
            many += 1
            yield Candidate(theme.id, id_, (place.start, place.end), shown.text, shown.masks)


def _score(voices: Voices, answer: str, theme: str) -> float:
    given = voices.machine.get((answer, theme))
    return given.score if given else 0.0


def _in_doubt(question: Question, voices: Voices, ids: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """The answers that nobody has read and of whose themes the machine is least sure: nearest to a half."""
    doubts = []
    for id_ in ids:
        if id_ in voices.first:
            continue
        scores = [(abs(_score(voices, id_, one.id) - 0.5), one.id) for one in question.themes]
        nearest = min(scores, default=None)
        if nearest and (id_, nearest[1]) in voices.machine:
            doubts.append((nearest[0], id_, nearest[1]))
    for _, id_, theme in sorted(doubts)[:MOST_NEXT]:
        yield id_, theme, _score(voices, id_, theme)


def _agreement(
    question: Question, voices: Voices, ids: Sequence[str], threshold: int
) -> tuple[list[Agreed], list[Overall]]:
    """Kappa of each theme and alpha over all, but for those that stand on a count of 1 to the threshold."""
    pairs: list[tuple[Between, Marks, Marks]] = []
    if len(voices.people) > 1:
        pairs.append(("two people", voices.people[0], voices.people[1]))
    if voices.source.assigned and voices.people:
        pairs.append(("person and machine", voices.first, voices.machine_marks))
    agreed, overall = list[Agreed](), list[Overall]()
    for between, one, other in pairs:
        both = [id_ for id_ in ids if id_ in one and id_ in other]
        if not both:
            continue
        every: defaultdict[int, list[bool]] = defaultdict(list)
        for theme in question.themes:
            first, second = ([theme.id in marks[id_] for id_ in both] for marks in (one, other))
            if not _is_small(first, second, threshold):
                kappa = kappa_with_interval(first, second)
                agreed.append(Agreed(theme.id, between, *_numbers(kappa), len(both)))
            every[0] += first
            every[1] += second
        if not _is_small(every[0], every[1], threshold):
            alpha = alpha_with_interval([every[0], every[1]])
            overall.append(Overall(between, *_numbers(alpha), len(both)))
    return agreed, overall


def _is_small(first: Sequence[bool], second: Sequence[bool], threshold: int) -> bool:
    """Whether both, one alone or neither of two coders gave a theme to 1 to so many answers.

    With the number of answers, kappa to two decimals leaves few tables of four counts that fit.
    """
    return any(0 < count <= threshold for count in Counter(zip(first, second, strict=True)).values())


def _numbers(found: Agreement) -> tuple[float | None, float | None, float | None]:
    value, lower, upper = (None if math.isnan(number) else number for number in found[:3])
    return value, lower, upper


def _rounded(one: Said) -> Said:
    return replace(one, value=_two(one.value), lower=_two(one.lower), upper=_two(one.upper))


def _two(number: float | None) -> float | None:
    return None if number is None else round(number, 2)
