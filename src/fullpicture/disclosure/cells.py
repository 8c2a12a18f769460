"""The counts that a set of tables shows, by unit: what an intruder has to add and subtract with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description

Key = tuple[str, str, str]
"""Area, period and category of a cell within its unit."""
Series = dict[Key, float]
Tables = Sequence[tuple[Description, Sequence[Figure]]]

COUNT, NUMERATOR, DENOMINATOR, COMPLEMENT = "count", "numerator", "denominator", "complement"


@dataclass(frozen=True)
class Rule:
    """Counts of 1 to `threshold` are hidden; zeros too where `hide_zeros`."""

    threshold: int = 9
    hide_zeros: bool = False

    def is_small(self, count: float) -> bool:
        """Whether a count may not be shown; a correction below zero counts by its size."""
        return (0 < abs(count) <= self.threshold) or (self.hide_zeros and count == 0)

    def is_small_remainder(self, left: float) -> bool:
        """Whether what is left of one count without others may not be known; sums are not exact."""
        return 0 < abs(round(left)) <= self.threshold


class Unit(NamedTuple):
    """What is withheld or published as a whole."""

    indicator: str
    level: str
    kind: str
    breakdown: str

    @property
    def dimensions(self) -> frozenset[str]:
        """What it is broken down by: none for totals, two names for a cross-tabulation."""
        return frozenset(filter(None, self.breakdown.split("|")))


def unit_of(figure: Figure) -> Unit:
    """The unit that a figure belongs to."""
    return Unit(figure.indicator, figure.area_level, figure.period_kind, figure.breakdown)


class Cells:
    """Counts of every unit: its own, or the two sides of a ratio and what the one leaves of the other."""

    def __init__(self, tables: Tables, official: Collection[str] = ()) -> None:
        self.descriptions = {description.indicator: description for description, _ in tables}
        self.official = frozenset(official)
        self.units: dict[Unit, dict[str, Series]] = {}
        self.unchecked: set[Unit] = set()
        self.sources: dict[str, frozenset[str]] = {}
        for description, figures in tables:
            self._add(description, figures)

    def counts(self, unit: Unit) -> Mapping[str, Series]:
        """The unit's counts by what they are; nothing where it is not in the set."""
        return self.units.get(unit, {})

    def _add(self, description: Description, figures: Sequence[Figure]) -> None:
        by_unit: dict[Unit, list[Figure]] = defaultdict(list)
        for figure in figures:
            by_unit[unit_of(figure)].append(figure)
        self.sources[description.indicator] = frozenset(
            source for text in {figure.source for figure in figures} for source in text.split()
        )
        compares_measures = self._compares_measures(description)
        is_share = description.proportion or _never_above(figures)
        follows = any(indicator in self.descriptions for indicator in description.follows)
        for unit, rows in by_unit.items():
            self.units[unit] = {} if compares_measures else _counts(rows, description.unit, is_share)
            if description.unit != "count" and not follows and any(map(_has_no_counts, rows)):
                self.unchecked.add(unit)

    def _compares_measures(self, description: Description) -> bool:
        """Whether the sides are no counts but a rate of two periods, as in the change of a rate."""
        changed = self.descriptions.get(description.changes)
        return changed is not None and changed.unit != "count"


def _counts(rows: Sequence[Figure], measure: str, is_share: bool) -> dict[str, Series]:
    keyed = [((row.area_code, row.period, row.category), row) for row in rows]
    series = {
        NUMERATOR: {key: row.numerator for key, row in keyed if row.numerator is not None},
        DENOMINATOR: {key: row.denominator for key, row in keyed if row.denominator is not None},
    }
    if measure == "count":
        series[COUNT] = {key: row.value for key, row in keyed if row.value is not None}
        if series[NUMERATOR] == series[COUNT]:
            del series[NUMERATOR]
    if is_share:
        below = series.get(NUMERATOR, {})
        whole = series[DENOMINATOR]
        series[COMPLEMENT] = {key: whole[key] - part for key, part in below.items() if key in whole}
    return {name: found for name, found in series.items() if found}


def _has_no_counts(figure: Figure) -> bool:
    return figure.value is not None and figure.numerator is None and figure.denominator is None


def _never_above(figures: Sequence[Figure]) -> bool:
    """Whether the figures are shares, said or not: a part that is never more than its whole."""
    sides = [(f.numerator, f.denominator) for f in figures]
    known = [(part, whole) for part, whole in sides if part is not None and whole is not None]
    return bool(known) and all(0 <= part <= whole for part, whole in known)
