"""An edition's figures grouped once, for its pages to look up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from fullpicture.core.areas import LEVELS, Area
from fullpicture.core.figure import Figure
from fullpicture.publish.figures_by import Series
from fullpicture.publish.publication import Publication, Section

Named = tuple[str, str]
"""An area's code and name."""


class Grouped:
    """Series by indicator, and the areas that have figures, coarse levels first."""

    def __init__(self, publication: Publication) -> None:
        self.publication, self.register = publication, publication.register
        self.series = {table.description.indicator: Series(table) for table in publication.tables}
        codes = {code for series in self.series.values() for code in series.by_area}
        areas = [self.register.area(code) for code in codes]
        self.areas = sorted(areas, key=lambda area: (LEVELS.index(area.level), area.name, area.code))

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

    def sections(self, area: str = "") -> Iterable[tuple[Section, list[Series]]]:
        """The programme's sections with their series, those that an area has figures of where one is named.

        A change on the year before is no series of its own here: the rows of what it changes say it.
        """
        for section in self.publication.sections:
            found = [self.series[id_] for id_ in section.indicators if id_ in self.series]
            found = [series for series in found if not series.description.changes]
            yield section, [series for series in found if not area or area in series.by_area]

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
        """The widest area that has figures: what the home page speaks of."""
        return min(
            self.areas, key=lambda area: (len(self.register.above(area.code)), area.code), default=None
        )

    def top(self, series: Series) -> Named:
        """The widest area that has a value in a series' latest period."""
        found = [area for area in self.areas if series.at(area.code, series.latest)]
        found.sort(key=lambda area: (len(self.register.above(area.code)), area.code))
        known = [area for area in found if value_of(series.at(area.code, series.latest)) is not None] or found
        return (known[0].code, known[0].name) if known else ("", "")


def value_of(figure: Figure | None) -> float | None:
    """A figure's value; None where there is no figure."""
    return figure.value if figure else None


def called(area: Area) -> str:
    """An area's name, with its end where its code has one: two areas of one name are told apart by it."""
    return f"{area.name} (to {area.valid_to.day} {area.valid_to:%B %Y})" if area.valid_to else area.name


def names(areas: Sequence[Area]) -> list[Named]:
    """Areas as code and name."""
    return [(area.code, area.name) for area in areas]
