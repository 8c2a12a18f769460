"""In which order cells are given up: by what they lose, less where they help in many places at once.

An equation is *needy* where the primaries alone do not protect each other in it: it holds one, or only
tight ones, or one beside a single tight one. A cell that lies in several needy equations saves others from
being hidden, and one that lies in equations without need makes more cells necessary there. The two
constants were chosen on seeded tables (`benchmarks/disclosure_tables.py`): against the order by count alone
they hide 5 to 10% fewer cells. Orders guided by the relaxation, and changed a little by chance (always the
same chance), hide up to another 6% fewer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fullpicture.disclosure.linked import Floats, LinkedTables, Mask
from fullpicture.disclosure.relaxation import shares
from fullpicture.disclosure.task import Task

_HELP = 0.7
_HARM = 0.2
_ROUNDS = 3
_WORK = 60_000
_MOST_TRIES = 12
_LARGEST = 30_000
"""Cells above which one order has to do: each takes seconds."""
_LUCK = 0.6
_MARGIN = 1.1


def usual_prices(task: Task) -> Floats:
    """What hiding each cell costs, changed by how much it helps."""
    equations = task.tables.equations
    primaries = _in_each(task.tables, task.primary)
    loose = _in_each(task.tables, task.primary & ~task.is_tight)
    needy = (primaries > 0) & ((loose == 0) | ((loose == 1) & (primaries - loose < 2)))
    helps = np.bincount(equations.cells, needy[equations.rows].astype(np.float64), len(task.tables))
    harms = np.bincount(equations.cells, minlength=len(task.tables)) - helps
    changed: Floats = task.cost * (1 + helps) ** -_HELP * (1 + _HARM * harms)
    return changed


def guided(task: Task, price: Floats) -> Floats:
    """How much of each cell the relaxation hides, on average over its rounds; nothing in huge tables."""
    if len(task.tables) > _LARGEST:
        return np.zeros(len(task.tables))
    found = [share for share, _ in shares(task, price, _ROUNDS)]
    return np.mean(found, axis=0) if found else np.zeros(len(task.tables))


def lucky_prices(price: Floats, share: Floats) -> Iterator[Floats]:
    """Lower prices for what the relaxation hides; then the same, changed by chance, again and again."""
    if not share.any():
        return
    yield price * (_MARGIN - share)
    chance = np.random.default_rng(0)
    for _ in range(min(_MOST_TRIES, _WORK // len(price))):
        yield price * (_MARGIN - share) * np.exp(chance.normal(0.0, _LUCK, len(price)))


def _in_each(tables: LinkedTables, cells: Mask) -> Floats:
    equations = tables.equations
    found = np.bincount(equations.rows[cells[equations.cells]], minlength=len(equations))
    return found.astype(np.float64)
