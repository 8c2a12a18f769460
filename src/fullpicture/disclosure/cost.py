"""In which order cells are given up: by what they lose, less where they help in many places at once.

An equation is *needy* where the primaries alone do not protect each other in it: it holds one, or only
tight ones, or one beside a single tight one. A cell that lies in several needy equations saves others from
being hidden, and one that lies in equations without need makes more cells necessary there. The two
constants were chosen on seeded tables (`benchmarks/disclosure_tables.py`): against the order by count alone
they hide 5 to 10% fewer cells.
"""

from __future__ import annotations

import numpy as np

from fullpicture.disclosure.linked import Floats, LinkedTables, Mask

_HELP = 0.7
_HARM = 0.2


def in_use(tables: LinkedTables, cost: Floats, primary: Mask, is_tight: Mask) -> Floats:
    """What hiding each cell costs, changed by how much it helps."""
    equations = tables.equations
    primaries = _in_each(tables, primary)
    loose = _in_each(tables, primary & ~is_tight)
    needy = (primaries > 0) & ((loose == 0) | ((loose == 1) & (primaries - loose < 2)))
    helps = np.bincount(equations.cells, needy[equations.rows].astype(np.float64), len(tables))
    harms = np.bincount(equations.cells, minlength=len(tables)) - helps
    changed: Floats = cost * (1 + helps) ** -_HELP * (1 + _HARM * harms)
    return changed


def _in_each(tables: LinkedTables, cells: Mask) -> Floats:
    equations = tables.equations
    found = np.bincount(equations.rows[cells[equations.cells]], minlength=len(equations))
    return found.astype(np.float64)
