"""Whether a text could name somebody: what may be shown is what is known, or cannot be a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fullpicture.collect.returns.codelists import names, values_of
from fullpicture.collect.returns.headers import plain

_WORD = re.compile(r"[^\W\d_]{3,}")
_DATE = re.compile(r"\d{1,4}[/.\- ]\d{1,2}[/.\- ]\d{1,4}(?:[T ].*)?")
_REFERENCE = re.compile(r"[A-Z]{0,4}[/\- ]?\d+(?:[/\-]\d+)+|\d{5,}", re.IGNORECASE)


def could_name(text: str) -> bool:
    """Whether a text of several words has one that is in none of the shipped lists.

    "No further action" is made of known words; "John Smith (uncle)" is not, however often it stands there.
    """
    words = [plain(word) for word in _WORD.findall(text)]
    return len(words) > 1 and not _vocabulary().issuperset(words)


def is_no_header(headers: Iterable[str]) -> bool:
    """Whether headers look like a row of data: one of them is a date or a reference."""
    return any(_DATE.fullmatch(text.strip()) or _REFERENCE.fullmatch(text.strip()) for text in headers)


@cache
def _vocabulary() -> frozenset[str]:
    known = {text for name in names() for pair in values_of(name).items() for text in pair}
    return frozenset(word for text in known for word in plain(text).split())
