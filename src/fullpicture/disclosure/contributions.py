"""What stands behind the cells of a magnitude table, and which cells that makes sensitive.

The rules are those of Hundepool et al. (2012), "Statistical Disclosure Control", section 4.2: with x the
cell, x1 and x2 its two largest contributions,

- p%: x - x1 - x2 < p/100 x1, as the second largest could then estimate the largest to within p%;
- (n, k) dominance: the n largest together are more than k% of x;
- fewest contributors: there are fewer.

A sensitive cell keeps an interval that is so wide on either side that the rule would hold for its ends: for
p% it is p/100 x1 - (x - x1 - x2), for dominance 100/k times the n largest less x (the same, section 4.2); for
fewest contributors there is no formula, and it is `FEW` of the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fullpicture.core.errors import Mistake, TablesRefused
from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask

FEW = 0.1
"""The share of a cell of too few contributors by which nobody may come nearer, on either side."""


@dataclass(frozen=True)
class Sensitivity:
    """What makes a magnitude sensitive; nothing is asked where a part is None."""

    p_percent: float | None = None
    dominance: tuple[int, float] | None = None
    fewest: int | None = None

    @property
    def words(self) -> str:
        """As a certificate says it."""
        said = []
        if self.p_percent is not None:
            said.append(
                f"no contribution may be estimated to within {self.p_percent:g}% by the second largest"
            )
        if self.dominance is not None:
            n, k = self.dominance
            said.append(f"the {n} largest may not be more than {k:g}% of a cell")
        if self.fewest is not None:
            said.append(f"{self.fewest} contributors at least are behind a cell")
        return "; ".join(said)

    def as_json(self) -> dict[str, Any]:
        """As a certificate holds it."""
        dominance = None if self.dominance is None else list(self.dominance)
        return {"p_percent": self.p_percent, "dominance": dominance, "fewest": self.fewest}


@dataclass(frozen=True)
class Contributions:
    """Of each cell the largest and the second largest contribution and how many there are; -1: not said."""

    largest: Ints
    second: Ints
    number: Ints

    def alone(self, tables: LinkedTables) -> Ints:
        """How many contribute, as far as it is said; one, where the largest contribution is all of a cell."""
        is_all = (self.number < 0) & (self.largest == tables.counts) & (tables.counts > 0)
        return np.where(is_all, 1, self.number)

    def refuse_wrong(self, tables: LinkedTables) -> None:
        """Refuses contributions that cannot be: all of them are named.

        Raises:
            TablesRefused: a part is more than its cell, the second is above the largest, or a cell of one
                contributor is not the largest contribution.
        """
        there = tables.known & (tables.counts > 0)
        both = np.maximum(self.largest, 0) + np.maximum(self.second, 0)
        wrong = {
            "the largest contributions are more than the cell.": both > tables.counts,
            "the second largest contribution is above the largest.": (self.largest >= 0)
            & (self.second > self.largest),
            "there is one contributor, and the largest contribution is not the cell.": (self.number == 1)
            & (self.largest >= 0)
            & (self.largest != tables.counts),
            "there is no contributor, and the cell is not zero.": self.number == 0,
        }
        mistakes = [
            Mistake(tables.name(cell), what, "Correct the columns of contributions.")
            for what, cells in wrong.items()
            for cell in np.flatnonzero(cells & there).tolist()
        ]
        if mistakes:
            raise TablesRefused(mistakes)


def protection(tables: LinkedTables, given: Contributions, rule: Sensitivity) -> Floats:
    """How far nobody may come near each cell, on either side: nothing where it is not sensitive."""
    x, first, second = tables.counts.astype(np.float64), given.largest, np.maximum(given.second, 0)
    most = np.zeros(len(tables))
    if rule.p_percent is not None:
        most = np.maximum(most, rule.p_percent / 100 * first - (x - first - second))
    if rule.dominance is not None:
        n, k = rule.dominance
        most = np.maximum(most, (first + (second if n > 1 else 0)) * (100 / k) - x)
    if rule.fewest is not None:
        few: Mask = (given.number < rule.fewest) & (x > 0)
        most = np.maximum(most, np.where(few, FEW * x, 0.0))
    return np.where(tables.known & (x > 0), np.maximum(most, 0.0), 0.0)
