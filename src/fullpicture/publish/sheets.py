"""A sheet of a workbook: as cells, and as the text that both formats hold it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Cell = str | float


@dataclass(frozen=True)
class Sheet:
    """A sheet: lines of text from its first cell down, then one table below them."""

    name: str
    lines: Sequence[str]
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    decimals: int = 0


@dataclass(frozen=True)
class Printed:
    """A sheet whose `count` rows are text already: `ods` all of them, `xlsx` those between the `ends`.

    The ends are the first and the last row of the table, or one, or none where it has no more.
    """

    name: str
    lines: Sequence[str]
    headers: Sequence[str]
    decimals: int
    count: int
    ends: Sequence[Sequence[Cell]]
    xlsx: str
    ods: str


class Kept(Protocol):
    """Where texts are kept from one build to the next, by what they were made from."""

    def text(self, key: str) -> str | None:
        """What is kept, or None."""

    def keep(self, key: str, text: str) -> None:
        """Keeps a text."""


class Nothing:
    """Keeps nothing."""

    def text(self, key: str) -> str | None:
        """Nothing is kept."""
        return None

    def keep(self, key: str, text: str) -> None:
        """It is forgotten."""
