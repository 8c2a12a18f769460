"""Which units are parts of which: finer areas, finer periods, finer breakdowns, nested indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from fullpicture.core.area import LEVELS
from fullpicture.core.areas import Register
from fullpicture.disclosure.cells import COMPLEMENT, Cells, Unit

_KINDS_WITHIN: Mapping[str, tuple[str, ...]] = {
    "calendar": ("financial-quarter",),
    "financial": ("financial-part", "financial-quarter", "reporting"),
    "reporting": ("financial-part", "financial-quarter", "financial"),
    "academic": ("financial-quarter",),
    "financial-part": ("financial-quarter",),
}
"""Kinds of period of which others are made; a reporting year and a financial year are the same days."""
_FINEST_KIND_FIRST = ("financial-quarter", "financial-part")


class Nesting:
    """The order of a set's units from whole to part, for one register of areas."""

    def __init__(self, cells: Cells, register: Register) -> None:
        self.cells, self.register = cells, register
        self._areas: dict[str, set[str]] = {}
        self._known_below: dict[str, frozenset[str]] = {}
        for unit, counts in cells.units.items():
            at_level = self._areas.setdefault(unit.level, set())
            at_level.update(area for series in counts.values() for area, _, _ in series)

    def ways_to_cover(self, area: str, shown: Collection[str]) -> Iterator[list[str]]:
        """Areas shown that lie in one without overlap: coarsest first, finest first, and of each level."""
        members = [member for member in self._members[area] if member in shown]
        ways = [self._apart(members), self._apart(reversed(members))]
        for level in dict.fromkeys(self._level_of[member] for member in members):
            ways.append([member for member in members if self._level_of[member] == level])
        for place, way in enumerate(ways):
            if way and way not in ways[:place]:
                yield way

    def _apart(self, members: Iterable[str]) -> list[str]:
        """Of areas in this order those that share nothing with one before them."""
        chosen: list[str] = []
        taken: set[str] = set()
        for member in members:
            covers = {member, *self._codes_below(member)}
            if not covers & taken:
                chosen.append(member)
                taken |= covers
        return sorted(chosen)

    def is_part(self, unit: Unit, whole: Unit, finer_places: bool = True) -> bool:
        """Whether the unit splits what the whole holds; with `finer_places` off, only at the same level."""
        if unit == whole:
            return False
        same = unit.indicator == whole.indicator
        within = same or whole.indicator in self.cells.descriptions[unit.indicator].within
        in_time = unit.kind == whole.kind or unit.kind in _KINDS_WITHIN.get(whole.kind, ())
        at_place = unit.level == whole.level or (finer_places and unit.level in self._below[whole.level])
        return within and in_time and at_place and unit.dimensions >= whole.dimensions

    def sides(self, unit: Unit, published: Iterable[Unit]) -> list[Unit]:
        """The published units next above a withheld one, from each side that it can be approached from."""
        above = [other for other in published if self.is_part(unit, other)]
        return [one for one in above if not any(self._is_between(other, one) for other in above)]

    def _is_between(self, unit: Unit, whole: Unit) -> bool:
        return self.is_part(unit, whole) and not self.is_part(whole, unit)

    def has_complement(self, unit: Unit) -> bool:
        """Whether the unit's shares bound its counts from another side: what is no part of them."""
        is_rate = self.cells.descriptions[unit.indicator].unit.startswith("per ")
        return COMPLEMENT in self.cells.counts(unit) and not is_rate

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        present = [area for level in LEVELS for area in sorted(self._areas.get(level, ()))]
        return {area: [other for other in present if other in self._codes_below(area)] for area in present}

    def _codes_below(self, area: str) -> frozenset[str]:
        """Codes of every area in one, of whatever level, as an overlap may lie below what is shown."""
        if area not in self._known_below:
            levels = LEVELS if area in self.register else ()
            codes = (code for level in levels for code in self.register.base_members(area, level))
            self._known_below[area] = frozenset(codes)
        return self._known_below[area]

    @cached_property
    def _level_of(self) -> dict[str, str]:
        return {area: level for level, areas in self._areas.items() for area in areas}

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        return {
            level: {self._level_of[member] for area in areas for member in self._members[area]} - {level}
            for level, areas in self._areas.items()
        }


def to_give_up(unit: Unit, sides: Iterable[Unit]) -> Unit:
    """Of the sides of a withheld unit the one that readers miss least; the choice never looks at the counts.

    Figures of the same indicator go before those it is nested in; then quarters before years,
    cross-tabulations before breakdowns before totals, and finer places before coarser ones.
    """

    def rank(side: Unit) -> tuple[bool, bool, int, int, Unit]:
        is_other = side.indicator != unit.indicator
        is_year = side.kind not in _FINEST_KIND_FIRST
        return is_other, is_year, -len(side.dimensions), -LEVELS.index(side.level), side

    return min(sides, key=rank)
