"""Gives answers themes: from answers that people have coded, or from the codebook while there are few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fullpicture.analyse.themes.codebook import Theme
from fullpicture.analyse.themes.evidence import Part, parts_of
from fullpicture.analyse.themes.linear import FEWEST, Linear, Rows, fitted, together
from fullpicture.analyse.themes.thresholds import Matrix, Thresholds, probability
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
    thresholds: Thresholds

    @classmethod
    def from_codebook(cls, themes: Sequence[Theme], answers: Answers) -> Coder:
        """A coder that knows the codebook's words alone: an answer has the themes whose words it is like."""
        words = [theme.words for theme in themes]
        both = [[*column, *[""] * len(themes)] for column in answers.beside]
        vectors = Vectors(Answers([*answers.texts, *words], both))
        model = Linear(_likeness(vectors, themes, answers), np.full(len(themes), -STEEP * LIKE))
        return cls(tuple(themes), vectors, model, Thresholds.at_zero(len(themes)))

    @classmethod
    def from_coded(cls, themes: Sequence[Theme], coded: Coded) -> Coder:
        """A coder that has seen what people coded.

        A theme with fewer than three coded answers is known by its likeness to the codebook's words alone.
        """
        vectors = Vectors(coded.answers)
        said = _likeness(vectors, themes, coded.answers)
        learnt = fitted(_rows(vectors, coded.answers), coded.has, coded.groups, said)
        known = Thresholds.learnt(learnt.unseen, coded.has)
        weights, constant = learnt.model.weights.copy(), learnt.model.constant.copy()
        few = coded.has.sum(axis=0) < FEWEST
        weights[:, few], constant[few] = said[:, few], -STEEP * LIKE
        known.least[few], known.given[few] = 0.0, np.nan
        return cls(tuple(themes), vectors, Linear(weights, constant), known)

    def assign(self, answers: Answers, tick: Tick = lambda _at, _of: None) -> Iterator[Assigned]:
        """Every answer with every theme, in their order; those that it is given have a span that shows it.

        The answers are one file: how many are given a theme is what they lead to expect together.
        """
        read = [self._read(answers, start, tick) for start in range(0, len(answers.texts), BATCH)]
        if not read:
            return
        odds, best = (np.concatenate(each) for each in zip(*read, strict=True))
        given, scores = odds >= self.thresholds.within(odds), probability(odds)
        given[[row for row, text in enumerate(answers.texts) if not text.strip()]] = False
        for row, text in enumerate(answers.texts):
            parts = parts_of(text) if given[row].any() else []
            for at, theme in enumerate(self.themes):
                span = parts[best[row, at]] if given[row, at] else Part(0, 0)
                yield Assigned(row, theme.id, float(scores[row, at]), bool(given[row, at]), span)

    def log_odds(self, answers: Answers) -> Matrix:
        """A row for each answer and a column for each theme."""
        rows = _rows(self.vectors, answers)
        return together(self.model.says(rows), rows.owner)

    def _read(self, answers: Answers, start: int, tick: Tick) -> tuple[Matrix, NDArray[np.int32]]:
        """Log odds of some answers, and for each theme the number of the part that says most of it."""
        tick(start, len(answers.texts))
        some = answers.some(range(start, min(start + BATCH, len(answers.texts))))
        rows = _rows(self.vectors, some)
        said = self.model.says(rows)
        best = np.zeros((len(some.texts), len(self.themes)), dtype=np.int32)
        for owner in np.unique(rows.owner):
            first, end = np.searchsorted(rows.owner, (owner, owner + 1))
            best[owner] = said.parts[first:end].argmax(axis=0)
        return together(said, rows.owner), best


def _likeness(vectors: Vectors, themes: Sequence[Theme], answers: Answers) -> Matrix:
    """What each feature adds to the log odds of each theme for being among the codebook's words of it."""
    said = Answers([theme.words for theme in themes], [[""] * len(themes) for _ in answers.beside])
    return np.asarray(vectors.of(said).T.toarray(), dtype=np.float64) / 2 * STEEP


def _rows(vectors: Vectors, answers: Answers) -> Rows:
    """Vectors of answers, and of the parts of those that have several."""
    parts = [parts_of(text) for text in answers.texts]
    several = [(row, part) for row, found in enumerate(parts) if len(found) > 1 for part in found]
    texts = [answers.texts[row][part.start : part.end] for row, part in several]
    beside = [[column[row] for row, _ in several] for column in answers.beside]
    owner = np.array([row for row, _ in several], dtype=int)
    whole = vectors.of(answers)
    return Rows(whole, vectors.of(Answers(texts, beside)) if texts else whole[:0], owner)


def to_code_next(coder: Coder, answers: Answers, many: int) -> list[int]:
    """The answers of whose themes the coder is least sure, the least sure first: code these next."""
    odds = coder.log_odds(answers)
    doubt = np.abs(odds - coder.thresholds.within(odds)).min(axis=1)
    return [int(at) for at in np.argsort(doubt, kind="stable")[:many]]
