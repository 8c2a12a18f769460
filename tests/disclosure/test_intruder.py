"""An intruder who knows where each base cell is in all that is published, and asks for each hidden one."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.table import InternalTable
from fullpicture.disclosure import Rule, protect
from tests.disclosure.test_protect import FORCES, LEVELS, PARTS, REGISTER
from tests.tables import BLANK, table_of

Counts = tuple[int, ...]
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

    def tables(self, counts: Counts) -> list[InternalTable]:
        """All figures of the publication."""
        rows: dict[str, list[Figure]] = {"crimes": [], "child": []}
        for figure, parts in self.cells():
            rows[figure.indicator].append(figure._replace(value=float(sum(counts[p] for p in parts))))
        within = {"crimes": (), "child": ("crimes",)}
        return [table_of(f, indicator=name, within=within[name]) for name, f in rows.items() if f]


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


def known_exactly(shape: Shape, counts: Counts, rule: Rule) -> list[str]:
    """Small figures that have one value in every table of base counts that fits what is shown.

    The intruder sets up equations from the base cells alone, and knows that a hidden figure is at least 1.
    """
    public = protect(shape.tables(counts), rule, REGISTER).tables
    shown = {figure.id: figure.value for table in public for figure in to_figures(table.figures)}
    rows = [(figure.id, _row(parts, len(counts))) for figure, parts in shape.cells()]
    seen = [(row, shown[id_]) for id_, row in rows if shown[id_] is not None]
    hidden = [(id_, row) for id_, row in rows if shown[id_] is None]
    small = [(id_, row) for id_, row in hidden if 0 < row @ np.array(counts) <= rule.threshold]
    assert all(shown[id_] is None for id_, row in rows if 0 < row @ np.array(counts) <= rule.threshold)
    return [id_ for id_, row in small if _width(row, seen, [other for _, other in hidden]) < 1 - 1e-6]


def _row(parts: Sequence[int], size: int) -> np.ndarray:
    return np.isin(np.arange(size), parts).astype(float)


def _width(row: np.ndarray, seen: Sequence[tuple[np.ndarray, float]], hidden: Sequence[np.ndarray]) -> float:
    """How far apart the smallest and the largest value of a sum of base cells are."""
    equal = {"A_eq": [r for r, _ in seen], "b_eq": [n for _, n in seen]} if seen else {}
    ends = [
        linprog(way * row, A_ub=[-r for r in hidden], b_ub=[-1.0] * len(hidden), method="highs", **equal)
        for way in (1, -1)
    ]
    assert all(end.status in (0, 3) for end in ends)
    return np.inf if any(end.status == 3 for end in ends) else float(-ends[1].fun - ends[0].fun)


RULE = Rule(threshold=2)
SHAPES = {
    "forces in regions": Shape(forces=4, regions=True),
    "forces by category": Shape(forces=2, categories=2),
    "forces by quarter": Shape(forces=2, quarters=2),
    "forces and a nested indicator": Shape(forces=2, nested=True),
    "forces by quarter and category": Shape(forces=2, quarters=2, categories=2),
    "forces by quarter with a nested indicator": Shape(forces=2, quarters=2, nested=True),
    "forces by category with a nested indicator": Shape(forces=2, categories=2, nested=True),
    "forces cross-tabulated": Shape(forces=2, categories=2, crossed=True),
    "regions by category": Shape(forces=4, regions=True, categories=2),
    "everything": Shape(forces=3, quarters=2, categories=2, nested=True),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_tables_with_many_zeros_keep_two_values_for_each_small_count(shape: Shape) -> None:
    """Zeros are what pins single cells down: two in opposite corners of a cube are enough."""
    chance = random.Random(1)
    for _ in range(6):
        counts = tuple(chance.choice((0, 0, 0, 1, 2, 3, 5, 12)) for _ in shape.base)
        assert known_exactly(shape, counts, RULE) == [], counts


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_no_small_count_of_a_large_set_can_be_worked_out(data: st.DataObject) -> None:
    shape = Shape(forces=4, regions=True, quarters=2, categories=2, nested=True)
    cell = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 80))
    counts = tuple(data.draw(st.lists(cell, min_size=len(shape.base), max_size=len(shape.base))))
    assert known_exactly(shape, counts, Rule()) == []
