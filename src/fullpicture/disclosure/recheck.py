"""Audits an edition again as published: knowing the internal figures, or from the public ones alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from fullpicture.core.areas import Register
from fullpicture.core.errors import Contradiction
from fullpicture.core.figure import Figure
from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.counts import COUNT, DENOMINATOR, NUMERATOR, Counted, Counts, Tables, place_of
from fullpicture.disclosure.figure_tables import equations_of, linked_figures, tables_of
from fullpicture.disclosure.primary import FORCES, Primaries
from fullpicture.disclosure.rule import Rules
from fullpicture.disclosure.sums import Sum, sums_within

_SHOWN = "this is shown, although {}."


class Leak(NamedTuple):
    """A count that can be worked out: where it is, and what is wrong; never the count."""

    where: str
    what: str


class Known(NamedTuple):
    """What is public whatever the rule says: official indicators, and figures (ids) with an exception.

    `beside` are figures that show the count of an excepted one.
    """

    official: Collection[str]
    excepted: Collection[str] = ()
    beside: Collection[str] = ()


def recheck(
    internal: Tables, shown: Collection[str], rules: Rules, register: Register, known: Known
) -> list[Leak]:
    """What can be worked out where just these figures (ids) are shown, by both intruders."""
    if all(description.indicator in known.official for description, _ in internal):
        return []
    counts = Counts(internal)
    excepted = {id_ for id_, figure in counts.figures.items() if figure.id in known.excepted}
    primaries = Primaries(counts, rules, register)
    linked = linked_figures(counts, register, primaries, known.official, excepted)
    seen = np.zeros(len(linked.tables), dtype=bool)
    for id_, sides in counts.sides.items():
        if counts.figures[id_].id in shown:
            seen[[linked.cells[side] for side in sides]] = True
    primary = linked.primary
    tables = linked.published(seen)
    audited = audit(tables, Asked(rules.threshold, "exact", primary), linked.tables.counts)
    names = linked.tables.codes[0]
    found = [
        Leak(names[cell], _SHOWN.format(linked.why[cell])) for cell in np.flatnonzero(primary & seen).tolist()
    ]
    found += [Leak(names[c], "this count can be worked out.") for c in audited.cells[audited.leaks].tolist()]
    alone = "this count can be worked out by the one person who is counted in another cell."
    return found + [Leak(names[told.told], alone) for told in audited.told]


def recheck_public(public: Tables, rules: Rules, register: Register, known: Known) -> list[Leak]:
    """What can be worked out from public figures alone, and small counts that are shown."""
    ours = [pair for pair in public if pair[0].indicator not in known.official]
    if not ours:
        return []
    counts, signed_for = Counts(ours), {*known.excepted, *known.beside}
    primaries = Primaries(counts, rules, register)
    found = [
        Leak(id_, _SHOWN.format(why))
        for counted, why in primaries.why.items()
        if not counts.is_population(counted)
        and why != FORCES
        and (id_ := counts.figures[counted.indicator, counted.place].id) not in signed_for
    ]
    cells = {counted: cell for cell, counted in enumerate([*counts.values, *_hidden(ours, counts)])}
    rows = [_row(one, cells) for one in _complete(counts, cells, register)]
    is_shown = np.array([counted in counts.values for counted in cells], dtype=bool)
    values = np.array([counts.values.get(counted, 0) for counted in cells], dtype=np.int64)
    least = np.array([float(counted.side == COUNT and not rules.may_hide_zeros) for counted in cells])
    tables = tables_of([counted.name for counted in cells], values, equations_of(rows), is_shown, least)
    try:
        audited = audit(tables, Asked(rules.threshold))
    except Contradiction as contradiction:
        return [*found, Leak("figures.csv", str(contradiction))]
    names = tables.codes[0]
    is_secret = (audited.low > 0) | rules.keeps_zeros
    leaks = audited.cells[audited.leaks & is_secret].tolist()
    return found + [Leak(names[cell], "this count can be worked out.") for cell in leaks]


def _hidden(tables: Tables, counts: Counts) -> Iterator[Counted]:
    """The counts that hidden figures would show."""
    for description, figures in tables:
        sides = [
            side
            for side in (COUNT, NUMERATOR, DENOMINATOR)
            if (description.indicator, side) in counts.by_side
        ]
        sides = sides or ([COUNT] if description.unit == "count" else [])
        yield from (
            Counted(description.indicator, side, place_of(f)) for f in _blank(figures) for side in sides
        )


def _blank(figures: Sequence[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.absence == "c"]


def _complete(counts: Counts, cells: Collection[Counted], register: Register) -> Iterator[Sum]:
    """Sums of the kinds that hold wherever everything in them is shown, as anybody would find out."""
    by_kind: dict[Hashable, list[Sum]] = defaultdict(list)
    by_side: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for counted in cells:
        by_side[counted.indicator, counted.side].append(counted)
    for (indicator, side), here in by_side.items():
        for found in sums_within(indicator, side, [each.place for each in here], register):
            by_kind[_kind(found)].append(found)
    for sums in by_kind.values():
        shown = [each for each in sums if all(one in counts.values for one in (each.total, *each.parts))]
        if shown and all(
            counts.values[each.total] == sum(counts.values[part] for part in each.parts) for each in shown
        ):
            yield from sums


def _kind(found: Sum) -> Hashable:
    """What sums have in common that hold together or not at all."""
    total = found.total.place
    parts = frozenset((part.place.level, part.place.kind, part.place.breakdown) for part in found.parts)
    return found.total[:2], (total.level, total.kind, total.breakdown), parts


def _row(found: Sum, cells: dict[Counted, int]) -> dict[int, int]:
    return {cells[found.total]: -1, **{cells[part]: 1 for part in found.parts}}
