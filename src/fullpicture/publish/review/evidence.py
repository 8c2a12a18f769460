"""What cited figures say of change: from when to when, which way, and whether an interval includes none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fullpicture.core.figure import Figure
from fullpicture.publish.report.document import Citation
from fullpicture.publish.review.directions import Way
from fullpicture.publish.review.reviewed import Edition, Statement
from fullpicture.publish.words import plain


@dataclass(frozen=True)
class Evidence:
    """A change that figures show: `relative` is by what share (0.1 is a tenth more), None where it is of
    percentage points alone; `lower` and `upper` are limits of the change where both figures have theirs;
    `place` is where in the text the citation stands."""

    place: int
    label: str
    before: float
    now: float
    lower: float | None
    upper: float | None
    sides: tuple[Figure, Figure] | None

    @property
    def way(self) -> Way:
        """Which way it went; none where nothing changed, or the interval includes no change."""
        if self.includes_none or self.now == self.before:
            return "none"
        return "rise" if self.now > self.before else "fall"

    @property
    def includes_none(self) -> bool:
        """Whether its interval includes no change."""
        return self.lower is not None and self.upper is not None and self.lower <= 0 <= self.upper

    @property
    def ratio(self) -> float | None:
        """How many times as much it is now."""
        return self.now / self.before if self.before > 0 else None

    @property
    def said(self) -> str:
        """For a message."""
        change = f"from {_plain(self.before)} to {_plain(self.now)}"
        if self.includes_none:
            assert self.lower is not None
            assert self.upper is not None
            limits = f"{_plain(self.lower)} to {_plain(self.upper)}"
            return f"{change}, and the interval of the change, {limits}, includes none"
        return change


def _plain(number: float) -> str:
    return plain(number, 0 if abs(number) >= 100 or number.is_integer() else 1)


def stated(edition: Edition, statement: Statement) -> list[Evidence]:
    """Changes that a statement cites itself: a change, a number of times, or one figure in two periods."""
    found = [one for place, citation in statement.cited for one in _of_citation(edition, place, citation)]
    return [*found, *_pairs(edition, statement.cited)]


def implied(edition: Edition, statement: Statement) -> list[Evidence]:
    """Changes of the figures that it cites on the year before, where it cites no change."""
    cited = [(place, one) for place, one in statement.cited if _has_value(one)]
    return [one for place, citation in cited for one in _on_year_before(edition, place, citation.figure)]


def beneath(edition: Edition, near: Sequence[Citation]) -> list[Evidence]:
    """Changes in what a heading heads: those cited, else from first to last and on the year before."""
    found = [one for citation in near for one in _of_citation(edition, 0, citation)]
    values = [one for one in near if _has_value(one)]
    if found or not values:
        return found
    first = values[0].figure
    assert first is not None
    series = sorted(
        (one.figure for one in values if one.figure and _same(one.figure, first)),
        key=lambda f: f.when.last_day,
    )
    ends = [(series[0], series[-1])] if series[0].period != series[-1].period else []
    return [
        *(one for before, now in ends if (one := between(0, before, now))),
        *_on_year_before(edition, 0, series[-1]),
    ]


def _has_value(citation: Citation) -> bool:
    return citation.claim == "value" and citation.figure is not None and citation.figure.value is not None


def _of_citation(edition: Edition, place: int, citation: Citation) -> Iterator[Evidence]:
    figure = citation.figure
    if figure is None or figure.value is None:
        return
    described = edition.describe(figure.indicator)
    if citation.claim == "times" and citation.against is not None:
        if (one := between(place, citation.against, figure)) is not None:
            yield one
    elif described is not None and described.changes:
        yield _of_change(edition, place, figure, described.changes)


def _of_change(edition: Edition, place: int, change: Figure, of: str) -> Evidence:
    """What a figure of change says; with an interval where its two figures have theirs."""
    now = edition.figures.get(change._replace(indicator=of).id)
    before = edition.at(now, now.when.shifted(-1).name) if now else None
    if now and before and now.value == change.numerator and before.value == change.denominator:
        found = between(place, before, now)
        if found is not None:
            return found
    sides = (change.denominator, change.numerator)
    start, end = (0.0, change.value or 0.0) if None in sides else sides
    return Evidence(place, change.id, start or 0.0, end or 0.0, change.lower, change.upper, None)


def _pairs(edition: Edition, cited: Iterable[tuple[int, Citation]]) -> Iterator[Evidence]:
    """One figure cited in two periods, from the earlier to the later."""
    values = [(place, one.figure) for place, one in cited if _has_value(one) and one.figure]
    for (place, one), (other_place, other) in pairwise(values):
        if _same(one, other) and one.id != other.id and one.when.last_day != other.when.last_day:
            before, now = sorted((one, other), key=lambda f: f.when.last_day)
            if (found := between(min(place, other_place), before, now)) is not None:
                yield found


def _same(one: Figure, other: Figure) -> bool:
    return (
        one._replace(period="", period_kind="calendar").id
        == other._replace(period="", period_kind="calendar").id
    )


def _on_year_before(edition: Edition, place: int, now: Figure | None) -> Iterator[Evidence]:
    if now is None or now.value is None:
        return
    before = edition.at(now, now.when.shifted(-1).name)
    if before is not None and (found := between(place, before, now)) is not None:
        yield found


def between(place: int, before: Figure, now: Figure) -> Evidence | None:
    """The change from one figure to another, or None where one of them has no value.

    Its interval is by the method of variance estimates recovered from the limits of each (Newcombe 1998,
    Statistics in Medicine 17, 873-890, method 10; Zou and Donner 2008, 27, 1693-1702).
    """
    if before.value is None or now.value is None:
        return None
    lower = upper = None
    if None not in (before.lower, before.upper, now.lower, now.upper):
        change = now.value - before.value
        lower = change - math.hypot(now.value - _float(now.lower), _float(before.upper) - before.value)
        upper = change + math.hypot(_float(now.upper) - now.value, before.value - _float(before.lower))
    return Evidence(place, now.id, before.value, now.value, lower, upper, (before, now))


def _float(number: float | None) -> float:
    assert number is not None
    return number
