"""Gives answers themes: from answers that people have coded, or from the codebook while there are few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fullpicture.analyse.themes.codebook import Theme
from fullpicture.analyse.themes.evidence import Part, best_part, parts_of
from fullpicture.analyse.themes.linear import FEWEST, Linear, fitted
from fullpicture.analyse.themes.thresholds import thresholds
from fullpicture.analyse.themes.vectors import Answers, Vectors

LIKE = 0.12
"""Likeness (a cosine) to a codebook's words from which an answer has a theme that nobody has coded yet."""
STEEP = 12.0
Tick = Callable[[int, int], None]
BATCH = 2_000
"""Answers that are scored at a time, so that memory does not grow with their number."""


class Assigned(NamedTuple):
    """One answer and theme: `score` is the probability, `span` the part of the answer that shows it most."""

    answer: int
    theme: str
    score: float
    assigned: bool
    span: Part


@dataclass(frozen=True)
class Coded:
    """Answers that people have coded: `has` says whether each (row) has each theme (column)."""

    answers: Answers
    has: NDArray[np.bool_]
    groups: Sequence[str]


@dataclass(frozen=True)
class Coder:
    """What has been learnt: a model of every theme with the log odds from which an answer is given it."""

    themes: tuple[Theme, ...]
    vectors: Vectors
    model: Linear
    least: NDArray[np.float64]

    @classmethod
    def from_codebook(cls, themes: Sequence[Theme], answers: Answers) -> Coder:
        """A coder that knows the codebook's words alone: an answer has the themes whose words it is like."""
        said = Answers([theme.words for theme in themes], [[""] * len(themes) for _ in answers.beside])
        both = [[*column, *[""] * len(themes)] for column in answers.beside]
        vectors = Vectors(Answers([*answers.texts, *said.texts], both))
        weights = vectors.of(said).T.toarray().astype(np.float64) / 2
        model = Linear(weights * STEEP, np.full(len(themes), -STEEP * LIKE))
        return cls(tuple(themes), vectors, model, np.zeros(len(themes)))

    @classmethod
    def from_coded(cls, themes: Sequence[Theme], coded: Coded) -> Coder:
        """A coder that has seen what people coded.

        A theme with fewer than three coded answers is known by its likeness to the codebook's words alone.
        """
        vectors = Vectors(coded.answers)
        seen = vectors.of(coded.answers)
        learnt = fitted(seen, coded.has, coded.groups)
        least = thresholds(learnt.unseen, coded.has)
        weights, constant = learnt.model.weights.copy(), learnt.model.constant.copy()
        few = np.flatnonzero(coded.has.sum(axis=0) < FEWEST)
        if len(few):
            blank = [[""] * len(few) for _ in coded.answers.beside]
            said = Answers([themes[int(at)].words for at in few], blank)
            weights[:, few] = vectors.of(said).T.toarray() / 2 * STEEP
            constant[few], least[few] = -STEEP * LIKE, 0.0
        return cls(tuple(themes), vectors, Linear(weights, constant), least)

    def assign(self, answers: Answers, tick: Tick = lambda _at, _of: None) -> Iterator[Assigned]:
        """Every answer with every theme, in their order; those that it is given have a span that shows it."""
        for start in range(0, len(answers.texts), BATCH):
            tick(start, len(answers.texts))
            some = answers.some(range(start, min(start + BATCH, len(answers.texts))))
            odds = self.model.log_odds(self.vectors.of(some))
            given = odds >= self.least
            spans = self._spans(some, given)
            for row, each in enumerate(odds):
                for at, theme in enumerate(self.themes):
                    span = spans.get((row, at), Part(0, 0))
                    yield Assigned(start + row, theme.id, _score(each[at]), bool(given[row, at]), span)

    def _spans(self, answers: Answers, given: NDArray[np.bool_]) -> dict[tuple[int, int], Part]:
        """For each answer and theme that it is given, its part with the highest score."""
        rows = [row for row in range(len(answers.texts)) if given[row].any()]
        parts = {row: parts_of(answers.texts[row]) for row in rows}
        several = [(row, part) for row in rows if len(parts[row]) > 1 for part in parts[row]]
        texts = [answers.texts[row][part.start : part.end] for row, part in several]
        beside = [[column[row] for row, _ in several] for column in answers.beside]
        odds = self.model.log_odds(self.vectors.of(Answers(texts, beside))) if texts else np.zeros((0, 0))
        found, at = dict[tuple[int, int], Part](), 0
        for row in rows:
            many = len(parts[row])
            scores = odds[at : at + many] if many > 1 else None
            at += many if many > 1 else 0
            for theme in np.flatnonzero(given[row]):
                one = parts[row][0] if scores is None else best_part(parts[row], scores[:, theme].tolist())
                found[row, int(theme)] = one
        return found


def to_code_next(coder: Coder, answers: Answers, many: int) -> list[int]:
    """The answers of whose themes the coder is least sure, the least sure first: code these next."""
    odds = coder.model.log_odds(coder.vectors.of(answers)) - coder.least
    doubt = np.abs(odds).min(axis=1)
    return [int(at) for at in np.argsort(doubt, kind="stable")[:many]]


def _score(log_odds: float) -> float:
    """The probability."""
    return float(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))
