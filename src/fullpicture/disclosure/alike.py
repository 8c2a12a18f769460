"""Which counts of different indicators are one and the same, and which lie in which: declared, or seen.

A rate's numerator is the count that it follows; the crimes of one kind are a category of all crimes. Nobody
has to declare it: two series that agree wherever both are known are taken for the same, and of two series out
of one source one that is never above the other is taken to lie in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fullpicture.core.period import Period
from fullpicture.disclosure.counts import COUNT, DENOMINATOR, NUMERATOR, Counted, Counts, Place
from fullpicture.disclosure.linked import Floats, Mask
from fullpicture.disclosure.sums import Sum

Pair = tuple[Counted, Counted]
Key = tuple[str, ...]


class Series(NamedTuple):
    """One side of an indicator at one level and kind of period, in one category or in all of them."""

    indicator: str
    side: str
    category: str


@dataclass(frozen=True)
class Sheet:
    """Series side by side: one row for each, a column for each area and period (and category)."""

    series: Sequence[Series]
    counted: dict[tuple[int, int], Counted]
    counts: Floats

    @classmethod
    def of(cls, cells: dict[tuple[Series, Key], tuple[Counted, int]]) -> Sheet:
        rows = {series: place for place, series in enumerate(dict.fromkeys(series for series, _ in cells))}
        columns = {key: place for place, key in enumerate(dict.fromkeys(key for _, key in cells))}
        counts = np.full((len(rows), len(columns)), np.nan)
        counted = {}
        for (series, key), (what, count) in cells.items():
            counts[rows[series], columns[key]] = count
            counted[rows[series], columns[key]] = what
        return cls(list(rows), counted, counts)

    def agreeing(self) -> Iterator[tuple[int, int]]:
        """Pairs of rows that are the same wherever both are known, and not only in that there is nothing."""
        unknown = np.isnan(self.counts)
        for row in range(len(self.series) - 1):
            others = self.counts[row + 1 :]
            equal = others == self.counts[row]
            agrees = (equal | unknown[row] | unknown[row + 1 :]).all(axis=1)
            agrees &= (equal & (others > 0)).any(axis=1)
            yield from ((row, row + 1 + int(other)) for other in np.flatnonzero(agrees))

    def leaving(self, most: int) -> Iterator[tuple[int, int, Mask]]:
        """A row, one that it is never above, and where it leaves 1 to `most` of that one."""
        unknown = np.isnan(self.counts)
        for row in range(len(self.series)):
            left = self.counts - self.counts[row]
            little = (left > 0) & (left <= most)
            within = ((left >= 0) | unknown | unknown[row]).all(axis=1) & little.any(axis=1)
            yield from ((row, int(whole), little[whole]) for whole in np.flatnonzero(within))


def same(counts: Counts) -> Iterator[Pair]:
    """Counts that are the same, whatever they are called."""
    for sheet in _sheets(counts, lambda place: (place.level, place.kind), lambda place: ()):
        for one, other in sheet.agreeing():
            for column in range(sheet.counts.shape[1]):
                if (one, column) in sheet.counted and (other, column) in sheet.counted:
                    yield sheet.counted[one, column], sheet.counted[other, column]


def nested(counts: Counts, most: int) -> Iterator[Sum]:
    """Counts that lie in others: shares, declared nesting and following, and what is seen to be within.

    What is only seen is of use where it leaves 1 to `most`: the rest of a count without another is a count,
    too.
    """
    for indicator, description in counts.descriptions.items():
        if counts.is_share(indicator) and not description.unit.startswith("per "):
            yield from _each_in(counts, (indicator, NUMERATOR), (indicator, DENOMINATOR))
        for above in description.within:
            yield from _each_in(counts, (indicator, COUNT), (above, COUNT))
        for followed in description.follows:
            for side in (COUNT, NUMERATOR, DENOMINATOR):
                yield from _each_in(counts, (indicator, side), (followed, COUNT))
    yield from _together(counts)
    yield from _seen(counts, most)


def _each_in(counts: Counts, part: tuple[str, str], whole: tuple[str, str]) -> Iterator[Sum]:
    wholes = counts.by_side.get(whole, {})
    for place, count in counts.by_side.get(part, {}).items():
        at = _at(counts, part, place)
        if at in wholes and count <= wholes[at]:
            yield Sum(Counted(*whole, at), (Counted(*part, place),), is_whole=False)


def _at(counts: Counts, side: tuple[str, str], place: Place) -> Place:
    """The base of a change is a count of the year before."""
    if side[1] != DENOMINATOR or not counts.descriptions[side[0]].changes:
        return place
    return place._replace(period=Period(place.kind, place.period).shifted(-1).name)  # type: ignore[arg-type]


def _together(counts: Counts) -> Iterator[Sum]:
    """All indicators nested in one, where together they are never above it."""
    inner: dict[str, list[str]] = defaultdict(list)
    for indicator, description in counts.descriptions.items():
        for above in description.within:
            inner[above].append(indicator)
    for above, indicators in inner.items():
        found = []
        for place, whole in counts.by_side.get((above, COUNT), {}).items():
            parts = tuple(Counted(name, COUNT, place) for name in indicators)
            parts = tuple(part for part in parts if part in counts.values)
            found.append((Sum(Counted(above, COUNT, place), parts, is_whole=False), whole))
        if all(sum(counts.values[part] for part in each.parts) <= whole for each, whole in found):
            yield from (each for each, _ in found if len(each.parts) > 1)


def _seen(counts: Counts, most: int) -> Iterator[Sum]:
    """Of series out of one source those that are never above another, where they leave little."""
    changes = {indicator for indicator, text in counts.descriptions.items() if text.changes}
    for sheet in _sheets(
        counts, lambda place: (place.level, place.kind, place.breakdown), lambda place: (place.category,)
    ):
        for part, whole, little in sheet.leaving(most):
            names = {sheet.series[part].indicator, sheet.series[whole].indicator}
            if names & changes or not set.intersection(*(counts.sources[name] for name in names)):
                continue
            for column in np.flatnonzero(little).tolist():
                total, inner = sheet.counted[whole, column], sheet.counted[part, column]
                yield Sum(total, (inner,), is_whole=False)


def _sheets(counts: Counts, beside: Callable[[Place], Key], more: Callable[[Place], Key]) -> Iterator[Sheet]:
    """Series by what they have in common; a category is a series of its own, or `more` of each column."""
    cells: dict[Key, dict[tuple[Series, Key], tuple[Counted, int]]] = defaultdict(dict)
    for counted, count in counts.values.items():
        place = _at(counts, counted[:2], counted.place)
        own = "" if more(place) else f"{place.breakdown}/{place.category}"
        key = (place.area, place.period, *more(place))
        cells[beside(place)][Series(counted.indicator, counted.side, own), key] = counted, count
    yield from map(Sheet.of, cells.values())
