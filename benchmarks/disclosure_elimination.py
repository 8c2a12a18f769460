"""Suppression by elimination as GaussSuppression does it, restated by us, to compare what is lost.

The manual of GaussSuppression (Langsrud 2024) says: cells are published the largest first, each unless a
primary would lie in the span of what is published; and, for counts, no sum of ones alone may. The same seen
from the hidden cells: all are hidden, and shown the largest first, each unless a primary would be in no
circuit any more, or ones would not move independently. It is not that program: its choices between equal
counts, and what it takes for a sum of ones, may differ. It leaves out whoever is alone in a cell.
"""

from __future__ import annotations

import numpy as np

from fullpicture.disclosure.given_away import all_circuits
from fullpicture.disclosure.linked import LinkedTables, Mask
from fullpicture.disclosure.modular import Sparse
from fullpicture.disclosure.task import Task
from fullpicture.disclosure.thinning import Worth, thin


def by_elimination(tables: LinkedTables, primary: Mask) -> Mask:
    """The cells that are hidden besides the primaries."""
    cost = tables.counts.astype(np.float64)
    task = Task(tables, primary, cost, from_alone=False)
    found = all_circuits(task, task.may, cost)
    is_kept = task.is_tight[found.owner]
    largest_first = np.lexsort((np.arange(len(cost)), cost))[::-1]
    may_show = largest_first[(task.may & ~primary)[largest_first]]
    need = (primary & task.may).astype(np.int64)
    worth = Worth(is_kept, np.ones(len(found.owner), dtype=np.int64))
    hidden, _ = thin(_with_cells_in_order(found.vectors), worth, need, may_show)
    others: Mask = hidden & ~primary
    return others


def _with_cells_in_order(circuits: Sparse) -> Sparse:
    owner = np.repeat(np.arange(len(circuits.starts) - 1), np.diff(circuits.starts))
    order = np.lexsort((circuits.entries, owner))
    return Sparse(circuits.starts, circuits.entries[order], circuits.weights[order])
