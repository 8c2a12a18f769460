"""From texts to vectors: words, parts of words, and what is known besides the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from fullpicture.core.errors import EngineMissing

BESIDE = 0.3
"""How much a column besides the text (the question) weighs against the text, whose vectors have length 1."""


@dataclass(frozen=True)
class Answers:
    """Texts with what is known besides them; `beside` has a column's value of each for every text."""

    texts: Sequence[str]
    beside: Sequence[Sequence[str]] = ()

    def some(self, at: Sequence[int]) -> Answers:
        """The answers with these numbers."""
        beside = [[column[number] for number in at] for column in self.beside]
        return Answers([self.texts[number] for number in at], beside)


class Vectors:
    """TF-IDF of words and pairs of words, of parts of words (3 to 5 letters), and columns besides.

    Frequencies count as 1 + ln(tf), weights as ln((1 + n) / (1 + df)) + 1, and each of the two vectors has
    length 1 (Salton and Buckley 1988, Information Processing and Management 24(5), 513-523).
    """

    def __init__(self, answers: Answers) -> None:
        text = _library()
        few = len(answers.texts) < 500
        shared = {"sublinear_tf": True, "strip_accents": "unicode", "dtype": np.float32}
        self._words = text.TfidfVectorizer(
            ngram_range=(1, 2), min_df=1 if few else 2, token_pattern=r"(?u)\b\w+\b", **shared
        )
        self._parts = text.TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=1 if few else 2, **shared
        )
        self._words.fit(answers.texts)
        self._parts.fit(answers.texts)
        self._known = [{value: at for at, value in enumerate(sorted(set(one)))} for one in answers.beside]

    def of(self, answers: Answers) -> csr_matrix:
        """A row for each answer, a column for each feature; values never seen before count for nothing."""
        parts = [self._words.transform(answers.texts), self._parts.transform(answers.texts)]
        for known, column in zip(self._known, answers.beside, strict=True):
            rows = [row for row, value in enumerate(column) if value in known]
            columns = [known[column[row]] for row in rows]
            cells = np.full(len(rows), BESIDE, dtype=np.float32)
            parts.append(csr_matrix((cells, (rows, columns)), shape=(len(column), len(known))))
        return hstack(parts).tocsr()

    @property
    def beside(self) -> int:
        """How many of the last columns are not of the text."""
        return sum(map(len, self._known))


def _library() -> Any:
    try:
        from sklearn.feature_extraction import text
    except ImportError:
        raise EngineMissing(
            "themes need scikit-learn, which is not installed. Run: pip install 'fullpicture[themes]'"
        ) from None
    return text
