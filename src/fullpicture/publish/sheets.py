"""A sheet of a workbook: as cells, and as the text that both formats hold it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fullpicture.publish.packed import Packed

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
    """A sheet whose `count` rows are compressed: `ods` has all of them, `xlsx` those after the `first`."""

    name: str
    lines: Sequence[str]
    headers: Sequence[str]
    decimals: int
    count: int
    first: Sequence[Cell]
    xlsx: Packed
    ods: Packed


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
