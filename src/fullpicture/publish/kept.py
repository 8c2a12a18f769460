"""What is kept from one build to the next: bytes by what they were made from, and texts as bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Protocol

Texts = Mapping[str, str]


class Kept(Protocol):
    """What is kept from one build to the next, by what it was made from."""

    def get(self, key: str) -> bytes | None:
        """What is kept, or None."""

    def keep(self, key: str, made: bytes) -> None:
        """Keeps what was made."""


class Nothing:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """Nothing is kept."""
        return None

    def keep(self, key: str, made: bytes) -> None:
        """It is forgotten."""


def as_bytes(groups: Mapping[str, Texts]) -> bytes:
    """Groups of texts as bytes: a line of JSON with their lengths, then all of them, compressed.

    Examples:
        >>> from_bytes(as_bytes({"rows": {"E1": "Kent", "E2": ""}, "lines": {}}))
        {'rows': {'E1': 'Kent', 'E2': ''}, 'lines': {}}
    """
    lengths = {group: {key: len(text) for key, text in texts.items()} for group, texts in groups.items()}
    whole = [json.dumps(lengths), "\n", *(text for texts in groups.values() for text in texts.values())]
    return zlib.compress("".join(whole).encode(), 1)


def from_bytes(kept: bytes) -> dict[str, dict[str, str]]:
    """The groups of texts that bytes are of."""
    text = zlib.decompress(kept).decode()
    start = text.index("\n") + 1
    found: dict[str, dict[str, str]] = {}
    for group, lengths in json.loads(text[:start]).items():
        own = found[group] = {}
        for key, length in lengths.items():
            own[key] = text[start : start + length]
            start += length
    return found
