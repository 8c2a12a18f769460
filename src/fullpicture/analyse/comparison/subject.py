"""What comparison must know of an indicator besides its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fullpicture.core.table import Polarity

ENGLAND = "E92000001"
COUNT = "count"


@dataclass(frozen=True)
class Subject:
    """An indicator as it is compared.

    `counts` says what its figures stand on: a `ratio` of two counts times `per`, one `count`, or nothing that
    is known. `rounded` is to what an authority's counts are rounded (0 where they are exact). `sums_areas` is
    true where areas above the `base_levels` are added up by us, so that coverage decides what is compared.
    """

    id: str
    unit: str
    polarity: Polarity = "none"
    per: float = 1
    proportion: bool = False
    counts: Literal["ratio", "count", ""] = ""
    rounded: int = 0
    sums_areas: bool = False
    base_levels: tuple[str, ...] = ("local authority",)

    @property
    def why_not_judged(self) -> str:
        """Why no value of it is better than another, "" where one is."""
        if COUNT in (self.unit, self.counts):
            return "Counts of areas of different size are not compared."
        if self.polarity not in ("high", "low"):
            return "The indicator has no direction of good."
        return ""

    @property
    def why_not_summed(self) -> str:
        """Why authorities are not added up to a police force area, "" where they are."""
        if not self.counts:
            return "Not added up: no counts of authorities are known."
        if self.rounded:
            return f"Not added up: counts of authorities are rounded to {self.rounded}."
        return ""
