"""An edition's figures grouped once, for its pages to look up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from functools import cached_property
from typing import Any

from fullpicture.core.areas import LEVELS, Area
from fullpicture.core.comparison import Comparison, to_comparisons
from fullpicture.core.figure import Figure
from fullpicture.publish.figures_by import Series, year_before
from fullpicture.publish.publication import Publication, Section

Named = tuple[str, str]
"""An area's code and name."""


class Grouped:
    """Series by indicator, the areas of which something is known, coarse levels first, and comparisons.

    `facts` are the comparisons by indicator and area; `sums` what a police force area's authorities have
    together, by indicator, area and period.
    """

    def __init__(self, publication: Publication) -> None:
        self.publication, self.register = publication, publication.register
        self.series = {table.description.indicator: Series(table) for table in publication.tables}
        facts = to_comparisons(publication.comparisons.facts)
        self.facts = {(fact.indicator, fact.area_code): fact for fact in facts}
        self.sums = _sums(publication)
        codes = {code for series in self.series.values() for code in series.by_area}
        codes |= {fact.area_code for fact in facts if fact.value is not None}
        areas = [self.register.area(code) for code in codes]
        self.areas = sorted(areas, key=lambda area: (LEVELS.index(area.level), area.name, area.code))

    def of(self, publication: Publication) -> Grouped:
        """The same groups for an edition that says the same (`Publication.says_the_same_as`)."""
        found = copy(self)
        found.publication = publication
        return found

    @cached_property
    def facts_of(self) -> dict[str, list[Comparison]]:
        """The comparisons of each area."""
        found: dict[str, list[Comparison]] = {}
        for fact in self.facts.values():
            found.setdefault(fact.area_code, []).append(fact)
        return found

    @cached_property
    def joint(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of the multi-agency view of each police force area."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.publication.joint.rows.to_pylist():
            found.setdefault(row["police_area_code"], []).append(row)
        return found

    @cached_property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Of each area its statistical neighbours, closest first; only of areas that have some."""
        return {
            fact.area_code: tuple(fact.neighbours.split("|"))
            for fact in self.facts.values()
            if fact.neighbours
        }

    def line(self, series: Series, area: str) -> list[float | None]:
        """An area's values in all periods of a series, its authorities' together where it has none."""
        figures = series.totals.get(area)
        if figures is None:
            sums = self.sums.get((series.description.indicator, area), {})
            return [sums.get(period) for period in series.periods]
        return [value_of(figures.get(period)) for period in series.periods]

    def sum_before(self, series: Series, figure: Figure) -> float | None:
        """What an area's authorities had together a year before a figure."""
        sums = self.sums.get((figure.indicator, figure.area_code), {})
        return sums.get(year_before(figure.period_kind, figure.period))

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

    @cached_property
    def sections(self) -> list[tuple[Section, list[Series]]]:
        """The programme's sections with their series.

        A change on the year before is no series of its own here: the rows of what it changes say it.
        """
        return [
            (section, [self.series[id_] for id_ in section.indicators if self._is_shown(id_)])
            for section in self.publication.sections
        ]

    def _is_shown(self, indicator: str) -> bool:
        return indicator in self.series and not self.series[indicator].description.changes

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
        held = Counter(code for series in self.series.values() for code in series.totals)
        return min(
            self.areas, key=lambda area: (-held[area.code], self._depth(area), area.code), default=None
        )

    def beside(self, area: str) -> list[Area]:
        """What an area's figures stand beside: the area next above it, and the widest."""
        above = self.above(area)
        return above[:1] + [each for each in above[1:] if each is self.widest]

    def _depth(self, area: Area) -> int:
        return len(self.register.above(area.code))

    def top(self, series: Series) -> Named:
        """The widest area that has a value in a series' latest period."""
        found = [area for area in self.areas if series.at(area.code, series.latest)]
        found.sort(key=lambda area: (self._depth(area), area.code))
        known = [area for area in found if value_of(series.at(area.code, series.latest)) is not None] or found
        return (known[0].code, known[0].name) if known else ("", "")


def _sums(publication: Publication) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    table = publication.comparisons.comparators
    columns = [
        table[name].to_pylist() for name in ("indicator", "area_code", "period", "comparator", "value")
    ]
    for indicator, area, period, comparator, value in zip(*columns, strict=True):
        if comparator == "sum of authorities":
            found.setdefault((indicator, area), {})[period] = value
    return found


def value_of(figure: Figure | None) -> float | None:
    """A figure's value; None where there is no figure."""
    return figure.value if figure else None


def called(area: Area) -> str:
    """An area's name, with its end where its code has one: two areas of one name are told apart by it."""
    return f"{area.name} (to {area.valid_to.day} {area.valid_to:%B %Y})" if area.valid_to else area.name


def names(areas: Sequence[Area]) -> list[Named]:
    """Areas as code and name."""
    return [(area.code, area.name) for area in areas]
