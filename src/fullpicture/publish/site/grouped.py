"""An edition's figures and comparisons grouped once, for its pages to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparison, to_comparisons
from fullpicture.publish.figures_by import Series
from fullpicture.publish.kept import Kept
from fullpicture.publish.publication import Publication, Section
from fullpicture.publish.site.parts import Parts, parts_of
from fullpicture.publish.site.places import Places

What = Literal["home", "rows", "charts", "beside", "lines"]


class Grouped:
    """Series by indicator with what pages say of each, the places, and the comparisons of each area."""

    def __init__(self, publication: Publication, kept: Kept) -> None:
        self.publication = publication
        facts, comparators = publication.comparisons.facts, publication.comparisons.comparators
        self.series = {
            (id_ := table.description.indicator): Series(table, _only(facts, id_), _only(comparators, id_))
            for table in publication.tables
        }
        compared = to_comparisons(facts)
        self.facts_of = _by_area(compared)
        shown = (series for _, found in self.sections for series in found)
        self.places = Places.of(publication.register, self.series.values(), shown, compared)
        self._kept = kept

    def of(self, publication: Publication) -> Grouped:
        """The same groups for an edition that says the same (`Publication.says_the_same_as`)."""
        found = copy(self)
        found.publication = publication
        return found

    @cached_property
    def parts(self) -> Mapping[str, Parts]:
        """What each series says on pages of areas, on the home page and on its own."""
        return {id_: parts_of(series, self.places, self._kept) for id_, series in self.series.items()}

    def said(self, what: What, found: Iterable[Series], area: Area) -> dict[str, str]:
        """The parts of one kind of some series on an area's page, by indicator."""
        ids = [series.description.indicator for series in found]
        texts = {id_: getattr(self.parts[id_], what).get(area.code, "") for id_ in ids}
        return {id_: text for id_, text in texts.items() if text}

    @cached_property
    def joint(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of the multi-agency view of each police force area."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.publication.joint.rows.to_pylist():
            found.setdefault(row["police_area_code"], []).append(row)
        return found

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


def _only(table: pa.Table, indicator: str) -> pa.Table:
    return table.filter(pc.equal(table["indicator"], indicator))


def _by_area(facts: list[Comparison]) -> dict[str, list[Comparison]]:
    found: dict[str, list[Comparison]] = {}
    for fact in facts:
        found.setdefault(fact.area_code, []).append(fact)
    return found
