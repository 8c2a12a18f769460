"""Answers that say the same as an earlier one: letter for letter, or nearly, as letters of a campaign do."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONG = 20
"""Words from which an answer can be nearly the same as another; short ones are alike by chance."""
RUN = 4
"""Words in a row that are compared."""
SHARED = 0.7
"""The share of the shorter answer's runs of words that the longer one has."""
BANDS, ROWS = 32, 3
"""Of hashes by which answers meet that share half of their runs or more (Broder 1997, SEQUENCES, 21-29)."""
_PRIME = np.uint64(4_294_967_291)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Repeats:
    """For each answer the number of the first that says the same, its own where none does, and whether the
    two are the same but for capitals, spaces and signs."""

    first: NDArray[np.int_]
    exactly: NDArray[np.bool_]


def repeats_of(texts: Sequence[str]) -> Repeats:
    """Finds answers that repeat an earlier one; an answer without words repeats nothing.

    Examples:
        >>> repeats_of(["Close the shop!", "I wait.", "close the shop"]).first.tolist()
        [0, 1, 0]
    """
    first, seen = np.arange(len(texts)), dict[str, int]()
    words = [_WORD.findall(text.casefold()) for text in texts]
    for at, said in enumerate(words):
        if said:
            first[at] = seen.setdefault(" ".join(said), at)
    exactly = first != np.arange(len(texts))
    runs = {at: _runs(words[at]) for at in np.flatnonzero(~exactly).tolist() if len(words[at]) >= LONG}
    nearly = _nearly(runs)
    leader = np.array([nearly.get(int(at), int(at)) for at in first], dtype=int)
    return Repeats(leader, exactly & (leader == first))


def _runs(words: Sequence[str]) -> NDArray[np.uint64]:
    """Every run of words, as a number."""
    codes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    size = len(codes) - RUN + 1
    found = np.zeros(size, dtype=np.uint64)
    for place in range(RUN):
        found = (found * np.uint64(1_000_003) + codes[place : place + size]) % _PRIME
    return np.unique(found)


def _nearly(runs: dict[int, NDArray[np.uint64]]) -> dict[int, int]:
    """The first answer for each that shares enough with it; those that meet in no band are not compared."""
    generator = np.random.default_rng(1)
    factors = generator.integers(1, 2**31, BANDS * ROWS, dtype=np.uint64)[:, None]
    shifts = generator.integers(0, 2**31, BANDS * ROWS, dtype=np.uint64)[:, None]
    met, leader = dict[tuple[int, bytes], list[int]](), dict[int, int]()
    for at, own in runs.items():
        least = ((factors * own[None, :] + shifts) % _PRIME).min(axis=1).reshape(BANDS, ROWS)
        keys = [(band, row.tobytes()) for band, row in enumerate(least)]
        others = sorted({other for key in keys for other in met.get(key, ())})
        alike = next((other for other in others if _shares(own, runs[other])), at)
        leader[at] = alike
        if alike == at:
            for key in keys:
                met.setdefault(key, []).append(at)
    return leader


def _shares(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= SHARED * min(len(one), len(other))
