"""The places that have a page: which are above, below and beside each, and which are its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fullpicture.core.areas import LEVELS, Area, Register
from fullpicture.core.comparison import Comparison
from fullpicture.core.digest import fingerprint
from fullpicture.publish.figures_by import Series, value_of

MOST_CHARTS = 24
"""An area with more indicators than this has its lines in the tables alone."""
Named = tuple[str, str]
"""An area's code and name."""


@dataclass(frozen=True)
class Places:
    """The areas of which something is known, coarse levels first.

    `held` is how many series have a total of each; `neighbours` are those of an area, closest first, where it
    has some; `compared` are the areas of which any comparison is known; `charted` those with few enough
    indicators for a chart of each.
    """

    register: Register
    areas: Sequence[Area]
    held: Mapping[str, int]
    neighbours: Mapping[str, tuple[str, ...]]
    compared: frozenset[str]
    charted: frozenset[str]

    @classmethod
    def of(
        cls,
        register: Register,
        every: Collection[Series],
        shown: Iterable[Series],
        facts: Sequence[Comparison],
    ) -> Places:
        """The places of every series and of what is compared of them; `shown` are the series of sections."""
        codes = {code for each in every for code in each.areas}
        codes |= {fact.area_code for fact in facts if fact.value is not None}
        areas = [register.area(code) for code in codes]
        drawn = Counter(code for each in shown for code in each.areas_with_totals)
        return cls(
            register,
            sorted(areas, key=lambda area: (LEVELS.index(area.level), area.name, area.code)),
            Counter(code for each in every for code in each.areas_with_totals),
            {fact.area_code: tuple(fact.neighbours.split("|")) for fact in facts if fact.neighbours},
            frozenset(fact.area_code for fact in facts),
            frozenset(code for code, count in drawn.items() if count <= MOST_CHARTS),
        )

    @cached_property
    def digest(self) -> str:
        """A short name for everything that the pages of a series say of places."""
        codes = [area.code for area in self.areas]
        sets = [sorted(codes) for codes in (self.compared, self.charted)]
        widest = self.widest.code if self.widest else ""
        return fingerprint(self.register.areas, codes, widest, sorted(self.neighbours.items()), sets)

    @cached_property
    def known(self) -> frozenset[str]:
        """Codes of the areas that have a page."""
        return frozenset(area.code for area in self.areas)

    @cached_property
    def levels(self) -> list[tuple[str, list[Area]]]:
        """The areas by level."""
        found: dict[str, list[Area]] = {}
        for area in self.areas:
            found.setdefault(area.level, []).append(area)
        return list(found.items())

    def above(self, area: str) -> list[Area]:
        """The areas above one that have a page, nearest first."""
        return [self.register.area(code) for code in self.register.above(area) if code in self.known]

    def below(self, area: str) -> list[Area]:
        """The areas next below one, its members among them."""
        members = self.register.area(area).members
        return [
            each
            for each in self.areas
            if self.register.above(each.code)[:1] == (area,) or each.code in members
        ]

    @cached_property
    def widest(self) -> Area | None:
        """The area with figures of most series, the widest of several: what the home page speaks of."""
        return min(
            self.areas, key=lambda area: (-self.held[area.code], self._depth(area), area.code), default=None
        )

    def beside(self, area: str) -> list[Area]:
        """What an area's figures stand beside: the area next above it, and the widest."""
        above = self.above(area)
        return above[:1] + [each for each in above[1:] if each is self.widest]

    def nearest(self, area: str) -> list[Area]:
        """An area's statistical neighbours, closest first."""
        return [self.register.area(code) for code in self.neighbours.get(area, ())]

    def top(self, series: Series) -> Named:
        """The widest area that has a value in a series' latest period."""
        found = [area for area in self.areas if series.at(area.code, series.latest)]
        found.sort(key=lambda area: (self._depth(area), area.code))
        known = [area for area in found if value_of(series.at(area.code, series.latest)) is not None] or found
        return (known[0].code, known[0].name) if known else ("", "")

    def _depth(self, area: Area) -> int:
        return len(self.register.above(area.code))


def called(area: Area) -> str:
    """An area's name, with its end where its code has one: two areas of one name are told apart by it."""
    return f"{area.name} (to {area.valid_to.day} {area.valid_to:%B %Y})" if area.valid_to else area.name


def names(areas: Sequence[Area]) -> list[Named]:
    """Areas as code and name."""
    return [(area.code, area.name) for area in areas]
