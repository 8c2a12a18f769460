"""What each rule asks for, in a line, wherever it is asked."""

from __future__ import annotations

from fullpicture.collect.reading.refusals import ROW_RULES
from fullpicture.collect.returns.unread import TITLES
from fullpicture.collect.rules import RULES

_FILE = {
    "FILE-001": "A file can be read as its source says",
    "FILE-002": "A file that was in a return is in it the next time",
}


def title_of(rule: str) -> str:
    """A rule's title; its code where it has none."""
    if rule in RULES:
        return RULES[rule].title
    return {**ROW_RULES, **TITLES, **_FILE}.get(rule, rule)
