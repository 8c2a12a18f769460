"""Protects magnitude tables: sums of contributions, of which the largest must not be estimated too closely.

Other cells are hidden until every sensitive cell keeps its interval, against outsiders and against whoever is
the only contributor to another cell; then the auditor has the last word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fullpicture.core.errors import Unprotectable
from fullpicture.disclosure.alone import persons
from fullpicture.disclosure.audit_magnitudes import Near, Span, audit_magnitudes
from fullpicture.disclosure.contributions import Contributions, Sensitivity, protection
from fullpicture.disclosure.linked import Floats, LinkedTables
from fullpicture.disclosure.protecting import Draft
from fullpicture.disclosure.ranges import reach
from fullpicture.disclosure.suppress import Suppression

_ROUNDS = 12
_LARGEST = 50_000
"""Cells are reckoned in a unit in which the largest is about this: programmes lose their footing above."""
_DEAREST = 1000.0


@dataclass(frozen=True)
class Magnitudes:
    """A protected magnitude table: what is hidden, and what the auditor found of every sensitive cell."""

    draft: Draft
    width: Floats
    spans: tuple[Span, ...]


def protect_magnitudes(
    tables: LinkedTables, given: Contributions, rule: Sensitivity, from_alone: bool = True
) -> Magnitudes:
    """Hides every sensitive cell, and others until nobody comes too near to one.

    Raises:
        TablesRefused: the contributions cannot be.
        Unprotectable: somebody still does; the cells are named.
    """
    given.refuse_wrong(tables)
    width = protection(tables, given, rule)
    found = _begun(tables, width)
    near: list[Near] = [Near(cell, ()) for cell in np.flatnonzero(width > 0).tolist()]
    for _ in range(_ROUNDS):
        found = _further(tables, found, width, near)
        alone = persons(replace(tables, counts=given.alone(tables)), found.hidden) if from_alone else []
        spans, near = audit_magnitudes(tables.without(found.hidden), tables.counts, width, alone)
        if not near:
            return Magnitudes(_draft(tables, found), width, tuple(spans))
    raise Unprotectable("suppress", sorted({tables.name(one.cell) for one in near}))


def _begun(tables: LinkedTables, width: Floats) -> Suppression:
    primary = width > 0
    itself = np.where(primary, np.arange(len(tables)), -1)
    nothing = np.zeros(len(tables), dtype=np.int64)
    return Suppression(primary | ~tables.known, primary, itself, nothing, nothing[:0])


def _further(tables: LinkedTables, found: Suppression, width: Floats, near: list[Near]) -> Suppression:
    """Hides more until each cell that somebody came too near to keeps its interval, whoever he is."""
    unit = max(1, int(tables.counts.max(initial=0)) // _LARGEST)
    scaled = replace(tables, counts=tables.counts // unit)
    cost = 1.0 + _DEAREST * tables.counts / max(1, int(tables.counts.max(initial=0)))
    for held in dict.fromkeys(one.held for one in near):
        cells = np.array([one.cell for one in near if one.held == held], dtype=np.int64)
        up = np.ceil(width[cells] / unit).astype(np.int64)
        is_held = np.zeros(len(tables), dtype=bool)
        is_held[list(held)] = True
        found = reach(scaled, found, (cells, (up, -np.minimum(up, scaled.counts[cells]))), cost, is_held)
    return found


def _draft(tables: LinkedTables, found: Suppression) -> Draft:
    published, nothing = tables.without(found.hidden), np.zeros(len(tables), dtype=bool)
    return Draft(
        "suppress", tables, found.primary, published, published.counts, published.known, nothing,
        found.protects, found.unproven,
    )  # fmt: skip
