"""What a suppression is asked for: which cells to protect, which may be hidden besides, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask
from fullpicture.disclosure.modular import Sparse, columns

ENOUGH = 2
"""Two circuits of tight cells, or one of another: who knows one tight cell still does not know the rest."""


@dataclass(frozen=True)
class Task:
    """Linked tables, their primaries, and what hiding each cell loses; infinite for one that must be shown.

    `from_alone`: whether who is alone in a cell must not learn another primary.
    """

    tables: LinkedTables
    primary: Mask
    cost: Floats
    from_alone: bool

    @cached_property
    def is_tight(self) -> Mask:
        """Cells that stand at a bound, also for whoever knows that he is one of those counted."""
        counts, lower = self.tables.counts, self.tables.lower
        is_low = counts <= np.maximum(lower, np.minimum(counts, 1))
        return np.asarray(is_low | (counts >= self.tables.upper))

    @cached_property
    def may(self) -> Mask:
        """Cells that are hidden, or may be; those that nobody knows protect nothing."""
        others = (self.tables.counts > 0) & ~self.is_tight & np.isfinite(self.cost)
        return np.asarray(self.tables.known & (self.primary | others))

    @cached_property
    def need(self) -> Ints:
        """For each cell what its circuits must be worth together; tight cells have their own."""
        loose = self.primary & self.may & ~self.is_tight
        return np.where(loose, ENOUGH if self.from_alone else 1, 0)

    @cached_property
    def columns(self) -> Sparse:
        """The equations of each cell."""
        return columns(self.tables.equations, len(self.tables))

    def only(self, cells: Mask) -> Task:
        """The same where no other cells may be hidden."""
        return replace(self, cost=np.where(cells, self.cost, np.inf))

    def by(self, price: Floats, cells: Mask) -> Ints:
        """These cells in the order in which they are taken: primaries, others by price, tight ones last."""
        chosen = np.flatnonzero(cells)
        others = ~self.primary[chosen]
        return chosen[np.lexsort((chosen, price[chosen], others, self.is_tight[chosen]))]

    def loss(self, hidden: Mask) -> float:
        """What hiding these cells loses, apart from the primaries."""
        return float(self.cost[hidden & ~self.primary & self.tables.known].sum())
