"""Which breakdowns are withheld: whole ones, so that nothing is left to subtract from.

The intruder knows everything published in this set of tables, adds and subtracts it, and knows this method.
A unit (an indicator, a level of area, a kind of period, a breakdown) is withheld as a whole where any of its
cells is small, and with it whatever could rebuild it. docs/disclosure.md says it in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fullpicture.core.areas import LEVELS, Register
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description


@dataclass(frozen=True)
class Rule:
    """Counts of 1 to `threshold` are hidden; zeros too where `hide_zeros`."""

    threshold: int = 9
    hide_zeros: bool = False

    def is_small(self, count: float | None) -> bool:
        """Whether a count may not be shown; a correction below zero counts by its size."""
        if count is None:
            return False
        return (0 < abs(count) <= self.threshold) or (self.hide_zeros and count == 0)

    def is_small_difference(self, difference: float) -> bool:
        """Whether what is left after subtracting one published count from another may not be known."""
        return 0.5 <= abs(difference) <= self.threshold + 0.5


class Unit(NamedTuple):
    """What is withheld or published as a whole."""

    indicator: str
    level: str
    kind: str
    breakdown: str


Withheld = dict[Unit, str]
"""Units withheld, each with the reason, in words that give no value away."""

_FINER_KINDS: Mapping[str, tuple[str, ...]] = {
    "calendar": ("financial-quarter",),
    "financial": ("financial-part", "financial-quarter"),
    "reporting": ("financial-part", "financial-quarter"),
    "academic": ("financial-quarter",),
    "financial-part": ("financial-quarter",),
}


def unit_of(figure: Figure) -> Unit:
    """The unit that a figure belongs to."""
    return Unit(figure.indicator, figure.area_level, figure.period_kind, figure.breakdown)


def withheld_units(
    tables: Sequence[tuple[Description, Sequence[Figure]]], rule: Rule, register: Register
) -> Withheld:
    """Every unit to withhold from a set of tables that are published together."""
    cells = _Cells(tables)
    withheld: Withheld = {}
    for description, figures in tables:
        for figure in figures:
            if any(rule.is_small(count) for count in counts_of(description, figure)):
                withheld.setdefault(unit_of(figure), "a cell of it is small")
    withheld |= {unit: why for unit, why in _small_differences(cells, rule) if unit not in withheld}
    _spread(cells, withheld)
    for unit, why in _small_remainders(cells, rule, register):
        withheld.setdefault(unit, why)
    _follow(cells, withheld)
    return withheld


def counts_of(description: Description, figure: Figure) -> Iterable[float | None]:
    """The counts that a figure shows or lets be worked out: its own, its two sides, and their difference."""
    if description.unit == "count":
        yield figure.value
    yield figure.numerator
    yield figure.denominator
    if description.proportion and figure.numerator is not None and figure.denominator is not None:
        yield figure.denominator - figure.numerator


class _Cells:
    """Figures by unit and by place, for looking up what stands beside and above a cell."""

    def __init__(self, tables: Sequence[tuple[Description, Sequence[Figure]]]) -> None:
        self.descriptions = {description.indicator: description for description, _ in tables}
        self.units: dict[Unit, list[Figure]] = defaultdict(list)
        for _, figures in tables:
            for figure in figures:
                self.units[unit_of(figure)].append(figure)

    def counts(self, unit: Unit) -> dict[tuple[str, str, str], float]:
        """The unit's counts by area, period and category; nothing where the indicator is no count."""
        description = self.descriptions[unit.indicator]
        if description.unit != "count":
            return {}
        return {(f.area_code, f.period, f.category): f.value for f in self.units[unit] if f.value is not None}


def _small_differences(cells: _Cells, rule: Rule) -> Iterable[tuple[Unit, str]]:
    """Nested indicators and breakdowns whose remainder in what contains them is small."""
    for unit in cells.units:
        counts = cells.counts(unit)
        for parent in cells.descriptions[unit.indicator].within:
            above = cells.counts(unit._replace(indicator=parent)) if parent in cells.descriptions else {}
            if any(
                rule.is_small_difference(above[key] - count) for key, count in counts.items() if key in above
            ):
                yield unit, f"little is left of {parent} without it"
        if unit.breakdown and counts:
            whole = cells.counts(unit._replace(breakdown=""))
            sums: dict[tuple[str, str], float] = defaultdict(float)
            for (area, period, _), count in counts.items():
                sums[area, period] += count
            left = (whole[(*key, "")] - total for key, total in sums.items() if (*key, "") in whole)
            if any(rule.is_small_difference(difference) for difference in left):
                yield unit, "its categories leave little of the total"


def _small_remainders(cells: _Cells, rule: Rule, register: Register) -> Iterable[tuple[Unit, str]]:
    """Levels of area whose areas, less the areas of a finer level in them, leave little."""
    for unit in cells.units:
        coarse = cells.counts(unit)
        finer_levels = [
            each for each in cells.units if each._replace(level=unit.level) == unit and each != unit
        ]
        for finer in finer_levels:
            fine = cells.counts(finer)
            for (area, period, category), count in coarse.items():
                members = register.base_members(area, finer.level)
                parts = [fine[m, period, category] for m in members if (m, period, category) in fine]
                if parts and rule.is_small_difference(count - sum(parts)):
                    yield unit, f"little is left of it without the areas of level {finer.level}"
                    break


def _spread(cells: _Cells, withheld: Withheld) -> None:
    """Withholds what is nested in a withheld unit: finer areas, periods, breakdowns, indicators."""
    todo = list(withheld)
    while todo:
        unit = todo.pop()
        for other in cells.units:
            if other not in withheld and _is_nested(other, unit, cells.descriptions):
                withheld[other] = (
                    f"it is nested in {unit.indicator}, {unit.level}, {unit.breakdown or 'total'}"
                )
                todo.append(other)


def _is_nested(other: Unit, unit: Unit, descriptions: Mapping[str, Description]) -> bool:
    """Whether `other` splits what `unit` holds, or is a part of it."""
    same = other.indicator == unit.indicator
    is_part = unit.indicator in descriptions[other.indicator].within
    if not (same or is_part):
        return False
    is_finer_place = LEVELS.index(other.level) >= LEVELS.index(unit.level)
    is_finer_time = other.kind == unit.kind or other.kind in _FINER_KINDS.get(unit.kind, ())
    is_finer_split = set(filter(None, unit.breakdown.split("|"))) <= set(
        filter(None, other.breakdown.split("|"))
    )
    return is_finer_place and is_finer_time and is_finer_split


def _follow(cells: _Cells, withheld: Withheld) -> None:
    """Withholds rates, shares and changes of withheld counts: declared to follow, or seen to hold them."""
    todo = list(withheld)
    while todo:
        unit = todo.pop()
        for other in cells.units:
            if other in withheld or other.indicator == unit.indicator:
                continue
            if other._replace(indicator=unit.indicator) == unit and _follows(cells, other, unit):
                withheld[other] = f"it follows {unit.indicator}"
                todo.append(other)


def _follows(cells: _Cells, other: Unit, unit: Unit) -> bool:
    if unit.indicator in cells.descriptions[other.indicator].follows:
        return True
    counts = cells.counts(unit)
    return any(_holds(cells.units[other], counts, side) for side in (_numerator, _denominator))


def _numerator(figure: Figure) -> float | None:
    return figure.numerator


def _denominator(figure: Figure) -> float | None:
    return figure.denominator


def _holds(
    figures: Sequence[Figure],
    counts: Mapping[tuple[str, str, str], float],
    side: Callable[[Figure], float | None],
) -> bool:
    """Whether one side of a ratio is the withheld count, wherever both are known."""
    pairs = [
        (side(f), counts[f.area_code, f.period, f.category])
        for f in figures
        if side(f) is not None and (f.area_code, f.period, f.category) in counts
    ]
    return bool(pairs) and all(number == count for number, count in pairs)
