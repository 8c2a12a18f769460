"""All figures that are published together as one set of linked cells, for an intruder to add and subtract."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fullpicture.core.areas import Register
from fullpicture.disclosure.alike import nested, same
from fullpicture.disclosure.counts import COUNT, Counted, Counts, Place
from fullpicture.disclosure.linked import Equations, Floats, Ints, LinkedTables, Mask
from fullpicture.disclosure.made_of import made_of
from fullpicture.disclosure.primary import SMALL, Primaries
from fullpicture.disclosure.sums import Sum, sums_within


@dataclass(frozen=True)
class FigureTables:
    """Linked cells, and which of them each count of a figure is.

    `is_rest` marks cells that no figure shows: what is left of a count without others, as the crimes of no
    named kind. `is_public` marks counts that everybody knows already. `is_plain` marks cells that some figure
    shows by themselves: where zeros are shown, such a cell is not hidden for being zero. `why` has the cells
    that a rule hides, each with the rule in words; what hidden counts are at least is in the tables.
    """

    tables: LinkedTables
    cells: dict[Counted, int]
    is_rest: Mask
    is_public: Mask
    is_plain: Mask
    why: Mapping[int, str]

    @property
    def primary(self) -> Mask:
        """Counts that may not be known, rests among them."""
        primary = np.zeros(len(self.tables), dtype=bool)
        primary[list(self.why)] = True
        return primary & ~self.is_public

    def published(self, shown: Mask) -> LinkedTables:
        """What everybody knows where these cells are shown: of what is hidden, how little it can be."""
        known = shown | self.is_public
        return self.tables.without(~known)

    def cost(self, dear: Floats) -> Floats:
        """What hiding a cell loses: nothing for a rest, and what everybody knows cannot be hidden."""
        cost: Floats = np.where(self.is_public, np.inf, np.where(self.is_rest, 0.0, dear))
        return cost


def linked_figures(
    counts: Counts,
    register: Register,
    primaries: Primaries,
    official: Iterable[str] = (),
    excepted: Collection[tuple[str, Place]] = (),
) -> FigureTables:
    """Cells and equations of all counts.

    Args:
        primaries: the counts that the rules hide.
        official: indicators that are public already.
        excepted: figures that are public because somebody has signed for it.
    """
    sums = [
        found
        for (indicator, side), places in counts.by_side.items()
        for found in sums_within(indicator, side, places, register)
    ]
    cells = _cells(counts, sums)
    values, is_public, is_plain = _marks(cells, counts, frozenset(official), excepted)
    thresholds, hide_zeros = _limits(cells, primaries, len(values))
    rows = _Rows(cells, values.tolist())
    for found in (*sums, *made_of(counts), *nested(counts, int(thresholds.max(initial=0)))):
        rows.add(found)
    rows.add_up_rests(register)
    names = _names(cells, len(values)) + rows.rest_names
    is_rest = np.arange(len(rows.counts)) >= len(values)
    values = np.array(rows.counts, dtype=np.int64)
    more = np.array([all(is_public[cell] for cell in beside) for beside in rows.beside_rest], dtype=bool)
    is_plain = np.concatenate([is_plain, np.zeros(len(more), dtype=bool)])
    is_never_zero = is_plain & (values > 0) & ~np.concatenate([hide_zeros, np.zeros(len(more), dtype=bool)])
    least = np.where(is_never_zero, 1.0, 0.0)
    return FigureTables(
        tables_of(names, values, rows.equations(), np.ones(len(values), dtype=bool), least),
        cells,
        is_rest,
        np.concatenate([is_public, more]),
        is_plain,
        {cells[one]: why for one, why in reversed(primaries.why.items())} | rows.small_rests(thresholds),
    )


def _marks(
    cells: dict[Counted, int],
    counts: Counts,
    official: frozenset[str],
    excepted: Collection[tuple[str, Place]],
) -> tuple[Ints, Mask, Mask]:
    """The count of each cell, whether everybody knows it, and whether a figure shows it by itself."""
    size = max(cells.values(), default=-1) + 1
    values = np.zeros(size, dtype=np.int64)
    is_public, is_plain = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for counted, cell in cells.items():
        values[cell] = counts.values[counted]
        is_excepted = (counted.indicator, counted.place) in excepted
        is_public[cell] |= counted.indicator in official or is_excepted or counts.is_population(counted)
        is_plain[cell] |= counted.side == COUNT
    return values, is_public, is_plain


def _limits(cells: dict[Counted, int], primaries: Primaries, size: int) -> tuple[Ints, Mask]:
    """The greatest small count of each cell, and whether a zero may not be known there."""
    thresholds, hide_zeros = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    for counted, cell in cells.items():
        thresholds[cell] = max(thresholds[cell], primaries.threshold(counted.indicator))
        hide_zeros[cell] |= primaries.hides_zeros(counted.indicator)
    return thresholds, hide_zeros


def _cells(counts: Counts, sums: Sequence[Sum]) -> dict[Counted, int]:
    """One number for all counts that are the same: seen to be, or sums of the same counts."""
    leader = {counted: counted for counted in counts.values}

    def lead(counted: Counted) -> Counted:
        while leader[counted] != counted:
            leader[counted] = leader[leader[counted]]
            counted = leader[counted]
        return counted

    for one, other in same(counts):
        leader[lead(one)] = lead(other)
    whole = [
        found
        for found in sums
        if counts.values[found.total] == sum(counts.values[part] for part in found.parts)
    ]
    changed = True
    while changed:
        changed, sum_of = False, dict[tuple[Counted, ...], Counted]()
        for found in whole:
            total = lead(found.total)
            other = lead(sum_of.setdefault(tuple(sorted(map(lead, found.parts))), total))
            if total != other:
                leader[total], changed = other, True
    numbers: dict[Counted, int] = {}
    return {counted: numbers.setdefault(lead(counted), len(numbers)) for counted in counts.values}


def _names(cells: dict[Counted, int], size: int) -> list[str]:
    names = [""] * size
    for counted, cell in cells.items():
        names[cell] = names[cell] or counted.name
    return names


class _Rows:
    """Sums as equations between cells; what a sum leaves is a cell of its own."""

    def __init__(self, cells: dict[Counted, int], counts: list[int]) -> None:
        self.cells, self.counts = cells, counts
        self.rest_names: list[str] = []
        self.beside_rest: list[tuple[int, ...]] = []
        self._rests: dict[tuple[int, tuple[int, ...]], int | None] = {}
        self._nested: dict[tuple[str, str], dict[Place, int]] = defaultdict(dict)
        self._splits: set[frozenset[Counted]] = set()
        self._rows: list[dict[int, int]] = []

    def add(self, found: Sum) -> None:
        """A sum, unless it is known or its parts are more than the whole (they overlap)."""
        total, parts = self.cells[found.total], tuple(sorted(self.cells[part] for part in found.parts))
        if found.is_whole:
            self._splits.add(frozenset(found.parts))
        rest = self.counts[total] - sum(self.counts[part] for part in parts)
        if total in parts or rest < 0:
            return
        if (total, parts) not in self._rests:
            self._rests[total, parts] = len(self.counts) if rest or not found.is_whole else None
            self._add(total, parts, rest, found)
        place = self._rests[total, parts]
        if not found.is_whole and place is not None:
            within = "+".join(f"{part.indicator}.{part.side}" for part in found.parts)
            self._nested[f"{found.total.indicator}.{found.total.side}", within][found.total.place] = place

    def _add(self, total: int, parts: tuple[int, ...], rest: int, found: Sum) -> None:
        row = {total: -1, **Counter(parts)}
        if rest or not found.is_whole:
            row[len(self.counts)] = 1
            self.counts.append(rest)
            self.rest_names.append(f"the rest of {found.total.name}")
            self.beside_rest.append((total, *parts))
        self._rows.append(row)

    def add_up_rests(self, register: Register) -> None:
        """What is left of a whole is what is left of its parts, where one indicator lies in another.

        Of all its parts: what is left of one that is not looked at may be nothing, but nobody knows that.
        """
        for names, cells in self._nested.items():
            indicator, side = names[0].rsplit(".", 1)
            for found in sums_within(*names, cells, register):
                if (
                    frozenset(Counted(indicator, side, part.place) for part in found.parts)
                    not in self._splits
                ):
                    continue
                total, parts = cells[found.total.place], tuple(cells[part.place] for part in found.parts)
                if total not in parts and self.counts[total] == sum(self.counts[part] for part in parts):
                    self._rows.append({total: -1, **Counter(parts)})

    def small_rests(self, thresholds: Ints) -> dict[int, str]:
        """What is left of a count is small by the rules of all that it is left of."""
        first = len(self.counts) - len(self.beside_rest)
        return {
            first + place: SMALL
            for place, beside in enumerate(self.beside_rest)
            if 0 < self.counts[first + place] <= thresholds[list(beside)].max(initial=0)
        }

    def equations(self) -> Equations:
        """All of them; of each the total comes first."""
        return equations_of(self._rows)


def equations_of(rows: Sequence[dict[int, int]]) -> Equations:
    """Rows of cells with their weights, each of which adds up to zero."""
    sizes = [len(row) for row in rows]
    return Equations(
        np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))]).astype(np.int64),
        np.array([cell for row in rows for cell in row], dtype=np.int64),
        np.array([weight for row in rows for weight in row.values()], dtype=np.int64),
        np.zeros(len(sizes), dtype=np.int64),
    )


def tables_of(
    names: Sequence[str], counts: Ints, equations: Equations, known: Mask, least: Floats
) -> LinkedTables:
    """Cells with a name each and no dimensions but that."""
    size = len(counts)
    places = np.arange(size, dtype=np.int64)[:, None]
    return LinkedTables(
        ("figure",), (tuple(names),), (), places, counts, known, equations, least, np.full(size, np.inf)
    )
