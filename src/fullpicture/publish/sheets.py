"""A sheet of a workbook: as cells, and as the text that both formats hold it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
