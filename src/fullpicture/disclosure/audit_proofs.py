"""How a hidden cell is worked out: the published cells that the proof rests on.

The smallest and the largest value of a cell are optima of two linear programmes; the equations with a price
in their dual solutions are the ones that are added and subtracted (Fischetti and Salazar 2001, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fullpicture.disclosure.audit_bounds import Unknowns
from fullpicture.disclosure.audit_tables import Programme
from fullpicture.disclosure.linked import Ints, LinkedTables


class Proofs:
    """Proofs of what can be worked out from one publication."""

    def __init__(self, published: LinkedTables) -> None:
        self.published = published
        self.unknowns = Unknowns.of(published)
        self.programme = Programme(self.unknowns)
        equations = published.equations
        hidden = ~published.known[equations.cells]
        self._rows = np.unique(equations.rows[hidden])
        self._place = {cell: place for place, cell in enumerate(self.unknowns.cells.tolist())}

    def rests_on(self, cell: int, held: Sequence[int] = (), truth: Ints | None = None) -> Ints:
        """Published cells without which this proof of a hidden cell's value would not hold.

        `held` are cells that the intruder knows besides, with the counts that `truth` has for them.
        """
        if truth is not None:
            known = np.zeros(len(self.unknowns), dtype=bool)
            known[[self._place[each] for each in held]] = True
            self.programme.hold(known, truth[self.unknowns.cells].astype(np.float64))
        weights = np.zeros(len(self.unknowns))
        weights[self._place[cell]] = 1.0
        used = np.unique(np.concatenate([self.programme.prices(way * weights) for way in (1.0, -1.0)]))
        return self._published_in(self._rows[used])

    def _published_in(self, rows: Ints) -> Ints:
        equations = self.published.equations
        cells = equations.cells[np.isin(equations.rows, rows)]
        found: Ints = np.unique(cells[self.published.known[cells]])
        return found
