"""The counts that figures show, themselves or as one side of a ratio; what shows no count is derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description

COUNT, NUMERATOR, DENOMINATOR = "count", "numerator", "denominator"
_WHOLE = 1e-9

Tables = Sequence[tuple[Description, Sequence[Figure]]]


class Place(NamedTuple):
    """Where a figure stands within its indicator."""

    area: str
    level: str
    kind: str
    period: str
    breakdown: str
    category: str


class Counted(NamedTuple):
    """What is counted: one side of an indicator's figures, at one place."""

    indicator: str
    side: str
    place: Place

    @property
    def name(self) -> str:
        """The id of the figure, and which side of it."""
        area, _, kind, period, breakdown, category = self.place
        return f"{self.indicator}/{area}/{kind}:{period}/{breakdown}/{category} ({self.side})"


def place_of(figure: Figure) -> Place:
    """Where a figure stands."""
    return Place(
        figure.area_code,
        figure.area_level,
        figure.period_kind,
        figure.period,
        figure.breakdown,
        figure.category,
    )


class Counts:
    """All counts of a set of tables, by what is counted, and the sides of each figure that has any.

    `uncounted` names the sides whose numbers are no counts (a sum of days, a rate of two periods, a net
    correction below zero): figures that show them cannot be checked.
    """

    def __init__(self, tables: Tables) -> None:
        self.descriptions: Mapping[str, Description] = {text.indicator: text for text, _ in tables}
        self.figures: dict[tuple[str, Place], Figure] = {}
        self.sides: dict[tuple[str, Place], tuple[Counted, ...]] = {}
        self.values: dict[Counted, int] = {}
        self.uncounted: set[tuple[str, str]] = set()
        for description, figures in tables:
            self._add(description, figures)

    @cached_property
    def by_side(self) -> dict[tuple[str, str], dict[Place, int]]:
        """The counts of each side of each indicator."""
        found: dict[tuple[str, str], dict[Place, int]] = defaultdict(dict)
        for counted, count in self.values.items():
            found[counted.indicator, counted.side][counted.place] = count
        return dict(found)

    @cached_property
    def sources(self) -> dict[str, set[str]]:
        """The sources of each indicator's figures."""
        found: dict[str, set[str]] = {indicator: set() for indicator in self.descriptions}
        for (indicator, _), figure in self.figures.items():
            found[indicator].update(figure.source.split())
        return found

    def is_share(self, indicator: str) -> bool:
        """Whether an indicator's numerator is a part of its denominator: declared, or never above it."""
        description = self.descriptions[indicator]
        if description.proportion or description.changes:
            return description.proportion
        below = self.by_side.get((indicator, NUMERATOR), {})
        whole = self.by_side.get((indicator, DENOMINATOR), {})
        return bool(below) and all(count <= whole[place] for place, count in below.items() if place in whole)

    def is_population(self, counted: Counted) -> bool:
        """Whether a count is what a rate is taken of, out of a published source: everybody knows it."""
        description = self.descriptions[counted.indicator]
        is_rate = counted.side == DENOMINATOR and description.unit.startswith("per ")
        return is_rate and any(note.published for note in description.sources)

    def _add(self, description: Description, figures: Iterable[Figure]) -> None:
        shown: dict[str, dict[Place, float]] = defaultdict(dict)
        for figure in figures:
            place = place_of(figure)
            self.figures[description.indicator, place] = figure
            for side, count in _sides(figure, description.unit):
                shown[side][place] = count
        for side, counts in shown.items():
            if all(map(_is_count, counts.values())) and not self._compares_measures(description):
                self._take(description.indicator, side, counts)
            else:
                self.uncounted.add((description.indicator, side))

    def _compares_measures(self, description: Description) -> bool:
        """Whether the sides are a rate in two periods, as in the change of a rate."""
        changed = self.descriptions.get(description.changes)
        return changed is not None and changed.unit != "count"

    def _take(self, indicator: str, side: str, counts: Mapping[Place, float]) -> None:
        for place, count in counts.items():
            counted = Counted(indicator, side, place)
            self.values[counted] = round(count)
            self.sides[indicator, place] = (*self.sides.get((indicator, place), ()), counted)


def _sides(figure: Figure, unit: str) -> Iterable[tuple[str, float]]:
    if unit == "count" and figure.value is not None:
        yield COUNT, figure.value
    if figure.numerator is not None and not (unit == "count" and figure.numerator == figure.value):
        yield NUMERATOR, figure.numerator
    if figure.denominator is not None:
        yield DENOMINATOR, figure.denominator


def _is_count(number: float) -> bool:
    return number >= 0 and abs(number - round(number)) < _WHOLE
