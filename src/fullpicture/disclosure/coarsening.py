"""Coarsening by a stated plan: dimensions lose their finest level until nothing small is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fullpicture.disclosure.linked import Ints, LinkedTables, Mask
from fullpicture.disclosure.linking import link


@dataclass(frozen=True)
class Coarsened:
    """Which cells are left out, and the dimensions whose finest level went, in order."""

    left_out: Mask
    steps: tuple[str, ...]


def coarsen(tables: LinkedTables, small: Mask, plan: Sequence[str]) -> Coarsened:
    """Takes as many steps of the plan as there is something small to see; each takes one level of a
    dimension away.

    A dimension may stand in the plan as often as it has levels below its root.
    """
    left_out = np.zeros(len(tables), dtype=bool)
    steps: list[str] = []
    for dimension in plan:
        if not (small & ~left_out).any():
            break
        depth = _depths(tables, tables.dimensions.index(dimension))
        depth[left_out] = -1
        if depth.max(initial=0) > 0:
            left_out |= depth == depth.max()
            steps.append(dimension)
    return Coarsened(left_out, tuple(steps))


def only(tables: LinkedTables, cells: Ints) -> LinkedTables:
    """The tables of these cells alone: totals are the sums of the nearest parts among them."""
    fewer = link(
        tables.dimensions,
        tables.codes,
        tables.trees,
        tables.keys[cells],
        tables.counts[cells],
        tables.known[cells],
    )
    lower, upper = tables.lower[cells], tables.upper[cells]
    return LinkedTables(
        fewer.dimensions,
        fewer.codes,
        fewer.trees,
        fewer.keys,
        fewer.counts,
        fewer.known,
        fewer.equations,
        lower,
        upper,
    )


def _depths(tables: LinkedTables, dimension: int) -> Ints:
    """How far below a root the code of each cell is: the furthest, where there are several trees."""
    depth = np.zeros(len(tables.codes[dimension]), dtype=np.int64)
    for tree in tables.trees:
        if tree.dimension == dimension:
            above, steps = tree.parent.copy(), np.zeros_like(depth)
            while (above >= 0).any():
                steps += above >= 0
                above = np.where(above >= 0, tree.parent[above], -1)
            depth = np.maximum(depth, steps)
    return depth[tables.keys[:, dimension]]
