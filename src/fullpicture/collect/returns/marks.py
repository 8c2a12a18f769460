"""A force's own marks of duplicates: which rows they refuse, and which marks nobody has declared."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from fullpicture.collect.returns.headers import fits, nearest, plain
from fullpicture.collect.returns.mapping import DuplicateMark
from fullpicture.collect.returns.texts import Texts
from fullpicture.collect.returns.unread import Fault, quotable

ORIGINAL = frozenset(
    (
        "original",
        "originals",
        "first",
        "unique",
        "master",
        "no",
        "n",
        "false",
        "0",
        "not duplicate",
        "not a duplicate",
    )
)
COPY = frozenset(("duplicate", "duplicates", "dup", "copy", "yes", "y", "true", "1", "second", "repeat"))
"""How forces write that a row is the first of its kind, or is another one; in the forgiving form."""

_NUMBER = re.compile(r"0*[1-9][0-9]?(?:\.0+)?")
_NEARLY = 0.8
Flags = npt.NDArray[np.bool_]


def judged(texts: Texts, mark: DuplicateMark) -> tuple[Flags, dict[int, Fault]]:
    """Which distinct texts mark a duplicate, and which are no mark that is known.

    What is neither in `keep` nor in `drop` says nothing, and its row is kept. Where the mapping says only
    what to keep, the usual words for a duplicate are known as well, and so is the number of a repeat; where
    it says only what to drop, every other text is a mark to keep, unless it is nearly one to drop.
    """
    drops = np.zeros(len(texts.distinct), np.bool_)
    unknown: dict[int, Fault] = {}
    for place, text in enumerate(texts.distinct):
        if any(fits(pattern, text) for pattern in mark.keep):
            continue
        drops[place] = any(fits(pattern, text) for pattern in mark.drop) or _is_copy(text, mark)
        if not drops[place] and (mark.keep or nearest(text, mark.drop, _NEARLY)):
            unknown[place] = Fault("MAP-008")
    return drops, unknown


def _is_copy(text: str, mark: DuplicateMark) -> bool:
    return not mark.drop and (plain(text) in COPY or _NUMBER.fullmatch(text.strip()) is not None)


def said_of(mark: DuplicateMark) -> Callable[[str, int, Fault], str]:
    """Says which mark is not known, and the nearest that is."""
    known = (*mark.keep, *mark.drop)

    def said(text: str, count: int, _: Fault) -> str:
        near = nearest(text, known)
        if not text.strip():
            shown = "an empty cell"
        else:
            alike = nearest(text, known, _NEARLY)
            shown = f'"{text.strip()}"' if quotable(text.strip(), count, alike) else "this text"
        hint = f'; the nearest known is "{near}"' if near else ""
        return f"{shown} is no mark of duplicates that the mapping knows{hint}"

    return said
