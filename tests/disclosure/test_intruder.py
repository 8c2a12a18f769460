"""Two intruders against small tables: one who adds and subtracts, and one who also knows the method."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.disclosure import Rule
from fullpicture.disclosure.cells import unit_of
from fullpicture.disclosure.withhold import withheld_units
from tests.disclosure.test_protect import FORCES, LEVELS, PARTS, REGISTER
from tests.tables import BLANK, DESCRIPTION

Counts = tuple[int, ...]
CHILD = replace(DESCRIPTION, indicator="child", within=("crimes",))
YEAR = ("2024-25", "financial")


@dataclass(frozen=True)
class Shape:
    """A publication: every sum over forces, quarters, categories and nested indicators of some base cells."""

    forces: int
    regions: bool = False
    quarters: int = 1
    categories: int = 1
    nested: bool = False
    crossed: bool = False

    @property
    def base(self) -> list[tuple[int, ...]]:
        """Positions of the base cells: force, quarter, category, second category, nested or not."""
        second = 2 if self.crossed else 1
        sizes = (self.forces, self.quarters, self.categories, second, 1 + self.nested)
        return list(itertools.product(*map(range, sizes)))

    def cells(self) -> list[tuple[Figure, tuple[int, ...]]]:
        """Every figure with the places of the base cells that it adds up."""
        return _cells(self)

    def withheld(self, counts: Counts, rule: Rule) -> frozenset[object]:
        tables: dict[str, list[Figure]] = {"crimes": [], "child": []}
        for figure, parts in self.cells():
            tables[figure.indicator].append(figure._replace(value=float(sum(counts[p] for p in parts))))
        texts: tuple[tuple[str, Description], ...] = (("crimes", DESCRIPTION), ("child", CHILD))
        described = [(text, tables[name]) for name, text in texts if tables[name]]
        return frozenset(withheld_units(described, rule, REGISTER))


@cache
def _cells(shape: Shape) -> list[tuple[Figure, tuple[int, ...]]]:
    base = shape.base
    found = []
    for area, periods, split, child in itertools.product(
        _areas(shape), _periods(shape), _splits(shape), (False, True) if shape.nested else (False,)
    ):
        chosen = BLANK._replace(
            indicator="child" if child else "crimes",
            area_code=area[0],
            area_level=LEVELS[area[0]],
            period=periods[0][0],
            period_kind=periods[0][1],
            breakdown=split[0],
            category=split[1],
        )
        parts = tuple(
            place
            for place, (force, quarter, *kinds, rest) in enumerate(base)
            if force in area[1] and quarter in periods[1] and split[2](kinds) and not (child and rest)
        )
        found.append((chosen, parts))
    return found


def _areas(shape: Shape) -> list[tuple[str, Sequence[int]]]:
    names = FORCES[: shape.forces]
    above = ("N", "R1", "R2") if shape.regions else ("N",)
    places = [(area, [i for i, force in enumerate(names) if force in PARTS[area]]) for area in above]
    return [*places, *((force, [i]) for i, force in enumerate(names))]


def _periods(shape: Shape) -> list[tuple[tuple[str, str], Sequence[int]]]:
    year = [(YEAR, range(shape.quarters))]
    single = [((f"2024-25Q{q + 1}", "financial-quarter"), [q]) for q in range(shape.quarters)]
    return [*year, *single] if shape.quarters > 1 else year  # type: ignore[list-item]


def _splits(shape: Shape) -> list[tuple[str, str, Callable[[list[int]], bool]]]:
    splits: list[tuple[str, str, Callable[[list[int]], bool]]] = [("", "", lambda kinds: True)]
    if shape.categories > 1:
        for k in range(shape.categories):
            splits.append(("age", f"{k}", lambda kinds, k=k: kinds[0] == k))
    if shape.crossed:
        for m in range(2):
            splits.append(("sex", f"{m}", lambda kinds, m=m: kinds[1] == m))
        for k, m in itertools.product(range(shape.categories), range(2)):
            splits.append(("age|sex", f"{k}|{m}", lambda kinds, k=k, m=m: kinds == [k, m]))
    return splits


def consistent(sums: Sequence[tuple[tuple[int, ...], int]], start: Counts) -> Iterator[Counts]:
    """Tables that add up to what is published: those that differ from the true one in few cells first.

    The cells are filled in an order drawn anew for each call, so that each looks in another corner.
    """
    order = _CHANCE.sample(range(len(start)), len(start))
    left = [total for _, total in sums]
    within = [[number for number, (parts, _) in enumerate(sums) if place in parts] for place in order]
    last = [max((order.index(part) for part in parts), default=-1) for parts, _ in sums]
    most = max(start) + 3

    def fill(depth: int, counts: dict[int, int]) -> Iterator[Counts]:
        if depth == len(order):
            yield tuple(counts[place] for place in range(len(start)))
            return
        room = min((left[number] for number in within[depth]), default=most)
        least = max((left[number] for number in within[depth] if last[number] == depth), default=0)
        near = sorted(range(least, min(room, most) + 1), key=lambda count: abs(count - start[order[depth]]))
        for count in near:
            for number in within[depth]:
                left[number] -= count
            yield from fill(depth + 1, {**counts, order[depth]: count})
            for number in within[depth]:
                left[number] += count

    yield from fill(0, {})


_CHANCE = random.Random(2)


def known_exactly(shape: Shape, counts: Counts, rule: Rule, looks: int = 60, tries: int = 60) -> list[str]:
    """Small withheld figures with one possible value for an intruder who knows the method."""
    withheld = shape.withheld(counts, rule)
    shown, hidden = [], []
    for figure, parts in shape.cells():
        total = sum(counts[p] for p in parts)
        if unit_of(figure) not in withheld:
            shown.append((parts, total))
        elif rule.is_small(total):
            hidden.append((figure.id, parts, total))
    for _ in range(looks):
        for other in itertools.islice(consistent(shown, counts), tries):
            still = [cell for cell in hidden if sum(other[p] for p in cell[1]) == cell[2]]
            if len(still) < len(hidden) and shape.withheld(other, rule) == withheld:
                hidden = still
            if not hidden:
                return []
    return [cell[0] for cell in hidden]


RULE = Rule(threshold=2)
SMALL_SHAPES = {
    "forces in regions": Shape(forces=4, regions=True),
    "forces by category": Shape(forces=2, categories=2),
    "forces by quarter": Shape(forces=2, quarters=2),
    "forces and a nested indicator": Shape(forces=2, nested=True),
}
LARGER_SHAPES = {
    "forces by quarter and category": Shape(forces=2, quarters=2, categories=2),
    "forces by quarter with a nested indicator": Shape(forces=2, quarters=2, nested=True),
    "forces by category with a nested indicator": Shape(forces=2, categories=2, nested=True),
    "forces cross-tabulated": Shape(forces=2, categories=2, crossed=True),
    "regions by category": Shape(forces=4, regions=True, categories=2),
    "everything": Shape(forces=3, quarters=2, categories=2, nested=True),
}


@pytest.mark.parametrize("shape", SMALL_SHAPES.values(), ids=SMALL_SHAPES.keys())
def test_every_table_of_a_small_shape_keeps_two_values_for_each_small_count(shape: Shape) -> None:
    for counts in itertools.product(range(5), repeat=len(shape.base)):
        assert known_exactly(shape, counts, RULE) == [], counts


@pytest.mark.parametrize("shape", LARGER_SHAPES.values(), ids=LARGER_SHAPES.keys())
def test_tables_with_many_zeros_keep_two_values_for_each_small_count(shape: Shape) -> None:
    """Zeros are what pins single cells down: two in opposite corners of a cube are enough."""
    chance = random.Random(1)
    for _ in range(100):
        counts = tuple(chance.choice((0, 0, 0, 1, 2, 3, 5)) for _ in shape.base)
        assert known_exactly(shape, counts, RULE) == [], counts


def test_a_third_side_is_given_up_where_zeros_in_opposite_corners_would_tell() -> None:
    shape = Shape(forces=2, quarters=2, categories=2)
    withheld = shape.withheld((0, 8, 7, 1, 9, 9, 9, 0), RULE)
    kept = {
        (f.area_level, f.period_kind, f.breakdown) for f, _ in shape.cells() if unit_of(f) not in withheld
    }
    assert ("country", "financial-quarter", "age") not in kept
    assert {("country", "financial", "age"), ("police force area", "financial-quarter", "")} <= kept


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_small_count_is_a_sum_or_difference_of_published_ones(data: st.DataObject) -> None:
    shape = Shape(forces=4, regions=True, quarters=2, categories=2, nested=True)
    cell = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))
    counts = tuple(data.draw(st.lists(cell, min_size=len(shape.base), max_size=len(shape.base))))
    withheld = shape.withheld(counts, Rule())
    rows = [_row(parts, len(counts)) for f, parts in shape.cells() if unit_of(f) not in withheld]
    basis = Basis(rows)
    for f, parts in shape.cells():
        if unit_of(f) in withheld and Rule().is_small(sum(counts[p] for p in parts)):
            assert not basis.spans(_row(parts, len(counts))), f.id


def _row(parts: Sequence[int], size: int) -> list[Fraction]:
    return [Fraction(int(place in parts)) for place in range(size)]


class Basis:
    """The linear span of published sums, in exact arithmetic."""

    def __init__(self, rows: Sequence[list[Fraction]]) -> None:
        self._rows: dict[int, list[Fraction]] = {}
        for row in rows:
            rest = self._rest(row)
            lead = next((place for place, value in enumerate(rest) if value), None)
            if lead is not None:
                self._rows[lead] = [value / rest[lead] for value in rest]

    def spans(self, row: list[Fraction]) -> bool:
        return not any(self._rest(row))

    def _rest(self, row: list[Fraction]) -> list[Fraction]:
        for lead, other in self._rows.items():
            if row[lead]:
                row = [value - row[lead] * known for value, known in zip(row, other, strict=True)]
        return row
