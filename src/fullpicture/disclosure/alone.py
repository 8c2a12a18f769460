"""Who is the only one counted in a cell, and in which cells that is the same person."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from fullpicture.disclosure.linked import Ints, LinkedTables, Mask


def person_in(tables: LinkedTables, primary: Mask) -> Ints:
    """For each cell the number of the only person in it, or -1.

    Two primaries of 1 that add up to each other count the same person.
    """
    alone = primary & (tables.counts == 1)
    equations = tables.equations
    totals = equations.cells[equations.starts[:-1]][equations.rows]
    linked = alone[equations.cells] & alone[totals]
    ends = (totals[linked], equations.cells[linked])
    graph = coo_array((np.ones(int(linked.sum())), ends), shape=(len(tables),) * 2)
    _, person = connected_components(graph, directed=False)
    return np.where(alone, person, -1)


def persons(tables: LinkedTables, primary: Mask) -> list[Ints]:
    """The cells of each person who is alone somewhere."""
    person = person_in(tables, primary)
    cells = np.flatnonzero(person >= 0)
    cells = cells[np.argsort(person[cells], kind="stable")]
    return np.split(cells, np.flatnonzero(np.diff(person[cells])) + 1) if len(cells) else []
