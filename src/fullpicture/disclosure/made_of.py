"""Which counts are made of some categories of another: the base "where known" is female and male.

Nobody declares it, but readers can tell from the definitions. A base less its numerator is then another
category, and all less the base are those not known. It is seen from the counts: one is taken to be made of
categories if it is their sum in every place, so that more may be taken for known than is, never less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from fullpicture.disclosure.counts import COUNT, Counted, Counts, Place
from fullpicture.disclosure.linked import Ints, Mask
from fullpicture.disclosure.sums import Sum

MOST_CATEGORIES = 14
"""Beyond that not every set of categories is tried: 16,384 of them take a few milliseconds."""
FEWEST_PLACES = 2
"""In one place alone, some set of categories adds up to nearly any number."""


def made_of(counts: Counts) -> Iterator[Sum]:
    """Counts, and sides of ratios, as sums of categories of a count out of the same source."""
    splits = _splits(counts)
    for (indicator, side), known in counts.by_side.items():
        if counts.descriptions[indicator].changes:
            continue
        whole = {place: count for place, count in known.items() if not place.breakdown}
        for (other, breakdown), at in splits.items():
            if (other, COUNT) != (indicator, side) and counts.sources[indicator] & counts.sources[other]:
                yield from _sums((indicator, side), whole, (other, breakdown, at))


def _splits(counts: Counts) -> Mapping[tuple[str, str], Mapping[Place, Mapping[str, int]]]:
    """The counts of each category of each single breakdown, by the place that they split."""
    found: dict[tuple[str, str], dict[Place, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for counted, count in counts.values.items():
        place = counted.place
        if counted.side == COUNT and place.breakdown and "|" not in place.breakdown:
            total = place._replace(breakdown="", category="")
            found[counted.indicator, place.breakdown][total][place.category] = count
    return found


def _sums(
    side: tuple[str, str],
    whole: Mapping[Place, int],
    split: tuple[str, str, Mapping[Place, Mapping[str, int]]],
) -> Iterator[Sum]:
    other, breakdown, at = split
    places = [place for place in whole if place in at]
    categories = sorted({category for place in places for category in at[place]})
    if len(places) < FEWEST_PLACES or not 2 < len(categories) <= MOST_CATEGORIES:
        return
    table = np.array([[at[place].get(category, 0) for category in categories] for place in places])
    for chosen in _adding_up(table, [whole[place] for place in places]):
        for place in places:
            parts = tuple(
                Counted(other, COUNT, place._replace(breakdown=breakdown, category=category))
                for category, is_in in zip(categories, chosen, strict=True)
                if is_in and category in at[place]
            )
            if len(parts) > 1:
                yield Sum(Counted(*side, place), parts)


def _adding_up(table: Ints, wanted: Sequence[int]) -> Iterator[Mask]:
    """Sets of two columns or more, though not all, whose sum is what is wanted in every row.

    Columns of nothing are in none of them.
    """
    sets = _sets(table.shape[1])
    sets = sets[~(sets & ~table.any(axis=0)).any(axis=1)]
    for row, sum_ in zip(table, wanted, strict=True):
        sets = sets[sets @ row == sum_]
    yield from sets


@cache
def _sets(columns: int) -> Mask:
    found: Mask = ((np.arange(2**columns)[:, None] >> np.arange(columns)) & 1).astype(bool)
    size = found.sum(axis=1)
    some: Mask = found[(size > 1) & (size < columns)]
    return some
