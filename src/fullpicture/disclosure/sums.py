"""Which counts of an indicator add up to which: areas to wider ones, quarters to years, kinds to totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from fullpicture.core.area import LEVELS
from fullpicture.core.areas import Register
from fullpicture.core.period import Period
from fullpicture.disclosure.counts import Counted, Place


class Sum(NamedTuple):
    """A count and others that lie in it and share nothing; `is_whole` where they may be all of it."""

    total: Counted
    parts: tuple[Counted, ...]
    is_whole: bool = True


def sums_within(indicator: str, side: str, places: Iterable[Place], register: Register) -> Iterator[Sum]:
    """Every sum among the counts of one side of an indicator."""
    known = list(places)
    for total, parts in (*_over_areas(known, register), *_over_periods(known), *_over_categories(known)):
        yield Sum(Counted(indicator, side, total), tuple(Counted(indicator, side, part) for part in parts))


Split = tuple[Place, tuple[Place, ...]]


def _over_areas(places: Sequence[Place], register: Register) -> Iterator[Split]:
    """The areas in an area, without overlap: of each level, the widest first, and the finest first."""
    ways = _Ways(register)
    for beside in _grouped(places, lambda place: place._replace(area="", level="")):
        at = {place.area: place for place in beside}
        for area, members in ways.of(frozenset((place.area, place.level) for place in beside)):
            yield at[area], tuple(at[member] for member in members)


class _Ways:
    """How areas are made up of others, worked out once for each set of areas."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.of = cache(self._of)

    def _of(self, areas: frozenset[tuple[str, str]]) -> list[tuple[str, tuple[str, ...]]]:
        ordered = sorted(areas, key=lambda one: (LEVELS.index(one[1]), one[0]))
        below = {code: self._below(code) for code, _ in ordered}
        found = []
        for area, level in ordered:
            members = [one for one in ordered if one[0] in below[area] and one[1] != level]
            ways = [_apart(members, below), _apart(members[::-1], below)]
            ways += [tuple(code for code, at in members if at == each) for each in {at for _, at in members}]
            found += [(area, way) for way in dict.fromkeys(ways) if way]
        return found

    def _below(self, area: str) -> frozenset[str]:
        return self.register.below(area) if area in self.register else frozenset()


def _apart(members: Iterable[tuple[str, str]], below: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Of areas in this order those that share nothing with one before them."""
    chosen: list[str] = []
    taken: set[str] = set()
    for code, _ in members:
        covers = {code, *below[code]}
        if not covers & taken:
            chosen.append(code)
            taken |= covers
    return tuple(sorted(chosen))


def _over_periods(places: Sequence[Place]) -> Iterator[Split]:
    """The periods in a period: of each kind, and the longest first."""
    for beside in _grouped(places, lambda place: place._replace(kind="", period="")):
        at = {(place.kind, place.period): place for place in beside}
        for total, parts in _spans(frozenset(at)):
            yield at[total], tuple(at[part] for part in parts)


When = tuple[str, str]


@cache
def _spans(periods: frozenset[When]) -> list[tuple[When, tuple[When, ...]]]:
    days = {when: Period(*when).days for when in periods}  # type: ignore[arg-type]
    found = []
    for total, (first, last) in days.items():
        within = [
            when for when, (start, end) in days.items() if when != total and first <= start and end <= last
        ]
        within.sort(key=lambda when: (days[when][0] - days[when][1], days[when][0], when))
        for ways in (_disjoint(within, days), *(_disjoint([w for w in within if w[0] == kind], days)
                     for kind in {when[0] for when in within})):  # fmt: skip
            if ways and (total, ways) not in found:
                found.append((total, ways))
    return found


def _disjoint(periods: Iterable[When], days: Mapping[When, tuple[object, object]]) -> tuple[When, ...]:
    chosen: list[When] = []
    for when in periods:
        first, last = days[when]
        if all(last < days[other][0] or days[other][1] < first for other in chosen):  # type: ignore[operator]
            chosen.append(when)
    return tuple(sorted(chosen))


def _over_categories(places: Sequence[Place]) -> Iterator[Split]:
    """The categories of a breakdown: in the total, and in each category of the breakdowns that they split."""
    for beside in _grouped(places, lambda place: place._replace(breakdown="", category="")):
        at = {(place.breakdown, place.category): place for place in beside}
        names = {breakdown: tuple(filter(None, breakdown.split("|"))) for breakdown, _ in at}
        for fine, coarse in ((f, c) for f in names for c in names if set(names[c]) < set(names[f])):
            kept = [names[fine].index(name) for name in names[coarse]]
            parts: dict[str, list[Place]] = defaultdict(list)
            for (breakdown, category), place in at.items():
                if breakdown == fine:
                    codes = category.split("|")
                    parts["|".join(codes[each] for each in kept)].append(place)
            yield from (
                (at[coarse, above], tuple(found)) for above, found in parts.items() if (coarse, above) in at
            )


def _grouped(places: Iterable[Place], key: Callable[[Place], Place]) -> Iterable[list[Place]]:
    groups: dict[Place, list[Place]] = defaultdict(list)
    for place in places:
        groups[key(place)].append(place)
    return groups.values()
