"""Hides more cells until the auditor finds nothing: the cheapest that the proof of each finding rests on.

Whatever chose the cells to hide, this has the last word: nothing is published that the auditor has not
passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from fullpicture.core.errors import NotPublishable
from fullpicture.disclosure.audit import Asked, Audit, audit
from fullpicture.disclosure.audit_proofs import Proofs
from fullpicture.disclosure.figure_tables import FigureTables
from fullpicture.disclosure.linked import Floats, Ints, Mask
from fullpicture.disclosure.rule import Rules

_MOST_ROUNDS = 200


@dataclass(frozen=True)
class Safe:
    """Cells to hide; `protects` names for each of them a cell that it protects (itself where it is small)."""

    hidden: Mask
    protects: Ints
    audited: Audit


def repaired(linked: FigureTables, rules: Rules, hidden: Mask, protects: Ints, dear: Floats) -> Safe:
    """Adds cells to `hidden` until neither intruder can work out a small count.

    Args:
        hidden: where to begin: at least every small count, and every rest.
        protects: for each hidden cell one that it protects.
        dear: what it costs to hide each cell.

    Raises:
        NotPublishable: no cell is left to hide.
    """
    hidden, protects = hidden.copy(), protects.copy()
    ours = ~linked.is_rest & ~linked.is_public
    for _ in range(_MOST_ROUNDS):
        audited = audited_cells(linked, rules, hidden)
        proofs = Proofs(linked.published(~hidden))
        for cell, rests_on in _proven(audited, proofs, linked.tables.counts):
            shown = _worth_hiding(rests_on[ours[rests_on]], linked, rules)
            if not len(shown):
                raise NotPublishable(_why_not(linked, cell))
            if not hidden[shown].any():
                chosen = shown[np.lexsort((shown, dear[shown]))[0]]
                hidden[chosen], protects[chosen] = True, cell
        if not audited.leaks.any() and not audited.told:
            return _without_idle(linked, rules, hidden, protects, audited)
    raise NotPublishable("the set of tables cannot be made safe by hiding cells; publish less of it.")


def _why_not(linked: FigureTables, cell: int) -> str:
    """Which count stands in the way, and what to change."""
    indicators = sorted({what.indicator for what, at in linked.cells.items() if at == cell})
    where = f" ({', '.join(indicators)})" if indicators else ""
    return (
        f"{linked.tables.name(cell)}{where}: this count must not be known, and nothing is left to hide that "
        "could protect it: what gives it away is public already. Publish the indicator at fewer levels of "
        "area or with fewer breakdowns, or do not call the source published that gives it away."
    )


def _without_idle(linked: FigureTables, rules: Rules, hidden: Mask, protects: Ints, audited: Audit) -> Safe:
    """Shows again what is no secret: a hidden cell that is not small and that everybody can work out."""
    known = (audited.least == audited.most) & ~audited.matters
    idle = audited.cells[known & ~linked.is_rest[audited.cells]]
    if not len(idle):
        return Safe(hidden, protects, audited)
    fewer = hidden.copy()
    fewer[idle] = False
    again = audited_cells(linked, rules, fewer)
    is_safe = not again.leaks.any() and not again.told
    return Safe(fewer, protects, again) if is_safe else Safe(hidden, protects, audited)


def _worth_hiding(cells: Ints, linked: FigureTables, rules: Rules) -> Ints:
    """Cells with a count; a zero, which everybody knows while zeros show, only if there is nothing else."""
    counted = cells[(linked.tables.counts[cells] > 0) | rules.hide_zeros]
    return counted if len(counted) else cells


def _proven(audited: Audit, proofs: Proofs, truth: Ints) -> Iterator[tuple[int, Ints]]:
    """Each cell that somebody can work out, with the published cells that the proof rests on."""
    leaks = audited.cells[audited.leaks].tolist()
    if leaks:
        yield from ((cell, proofs.rests_on(cell)) for cell in leaks)
        return
    for told in audited.told:
        yield told.told, proofs.rests_on(told.told, told.holds, truth)


def audited_cells(linked: FigureTables, rules: Rules, hidden: Mask) -> Audit:
    """What both intruders can work out where these cells are hidden."""
    published = linked.published(~hidden)
    asked = Asked(rules.threshold, "exact", linked.primary)
    return audit(published, asked, linked.tables.counts)


def dearness(linked: FigureTables, headlines: Iterable[int] = ()) -> Floats:
    """What hiding a cell costs: what it counts, more where several figures or a headline show it."""
    shown_by = np.bincount(
        np.array(list(linked.cells.values()), dtype=np.int64), minlength=len(linked.tables)
    )
    dear: Floats = np.log1p(linked.tables.counts) * (1.0 + shown_by)
    dear[list(headlines)] *= 10.0
    return dear
