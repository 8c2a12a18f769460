"""Primary cells: the counts that may not be known, and by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from fullpicture.core.area import LEVELS, POLICE_LEVELS
from fullpicture.core.areas import Register
from fullpicture.disclosure.counts import COUNT, DENOMINATOR, NUMERATOR, Counted, Counts, Place
from fullpicture.disclosure.rule import Rule, Rules

SMALL = "a count that it shows is small"
BASE = "it is a percentage of a base that is too small"
GROUP = "a whole group is in one category"
FORCES = "too few forces are behind it"

Missing = tuple[str, str, str]
"""Kind of period, period and area that nothing was delivered for."""


class Primaries:
    """Which counts of a set of tables the rules hide.

    `missing` says of each indicator for which areas nothing was delivered; without it, only figures by force
    tell how many forces are behind one of a wider area.
    """

    def __init__(
        self,
        counts: Counts,
        rules: Rules,
        register: Register,
        missing: Mapping[str, Collection[Missing]] | None = None,
    ) -> None:
        self.counts, self.register, self.missing = counts, register, missing
        self.rules = {indicator: rules.of(sources) for indicator, sources in counts.sources.items()}

    @cached_property
    def why(self) -> dict[Counted, str]:
        """Each such count, with the rule that hides it; the first where several do."""
        found: dict[Counted, str] = {}
        for indicator, rules in self.rules.items():
            for rule in rules:
                for counted, reason in self._by(indicator, rule):
                    found.setdefault(counted, reason)
        return found

    def threshold(self, indicator: str) -> int:
        """The greatest small count of an indicator."""
        return max(rule.threshold for rule in self.rules[indicator])

    def hides_zeros(self, indicator: str) -> bool:
        """Whether an indicator's zeros may not be known."""
        return any(rule.hide_zeros for rule in self.rules[indicator])

    def _by(self, indicator: str, rule: Rule) -> Iterator[tuple[Counted, str]]:
        sides = {
            side: self.counts.by_side.get((indicator, side), {}) for side in (COUNT, NUMERATOR, DENOMINATOR)
        }
        for side, places in sides.items():
            small = (place for place, count in places.items() if rule.is_small(count))
            yield from ((Counted(indicator, side, place), SMALL) for place in small)
        if rule.smallest_base:
            yield from ((one, BASE) for one in self._small_bases(indicator, rule.smallest_base))
        if rule.whole_groups:
            yield from ((one, GROUP) for one in self._whole_groups(indicator))
        if rule.fewest_forces:
            for side, at in sides.items():
                few = (place for place in at if self._is_of_few(indicator, place, rule))
                yield from ((Counted(indicator, side, place), FORCES) for place in few)

    def _small_bases(self, indicator: str, least: int) -> Iterator[Counted]:
        """Percentages of too few: whoever knows the numerator and the base would know the percentage."""
        if self.counts.descriptions[indicator].unit != "%":
            return
        bases = self.counts.by_side.get((indicator, DENOMINATOR), {})
        for place in self.counts.by_side.get((indicator, NUMERATOR), {}):
            if 0 < bases.get(place, 0) < least:
                yield Counted(indicator, NUMERATOR, place)

    def _whole_groups(self, indicator: str) -> Iterator[Counted]:
        """Of a group that is all in one category, every category; of shares, those of nobody and of all."""
        if self.counts.is_share(indicator):
            bases = self.counts.by_side.get((indicator, DENOMINATOR), {})
            for place, count in self.counts.by_side.get((indicator, NUMERATOR), {}).items():
                if bases.get(place, 0) > 0 and count in (0, bases[place]):
                    yield Counted(indicator, NUMERATOR, place)
        rows: dict[Place, dict[Place, int]] = defaultdict(dict)
        for place, count in self.counts.by_side.get((indicator, COUNT), {}).items():
            if place.breakdown:
                rows[_row_of(place)][place] = count
        for row in rows.values():
            if len(row) > 1 and sum(count > 0 for count in row.values()) == 1:
                yield from (Counted(indicator, COUNT, place) for place in row)

    def _is_of_few(self, indicator: str, place: Place, rule: Rule) -> bool:
        is_wider = place.level in LEVELS[: LEVELS.index(POLICE_LEVELS[0])]
        behind = self._forces_behind(indicator, place) if is_wider else None
        return behind is not None and behind < rule.fewest_forces

    def _forces_behind(self, indicator: str, place: Place) -> int | None:
        """Forces of an area that count something there, as figures by force tell; else that delivered."""
        below = [
            self.register.area(code) for code in self.register.below(place.area) if code in self.register
        ]
        forces = [area for area in below if area.level in POLICE_LEVELS]
        at = [place._replace(area=area.code, level=area.level) for area in forces]
        told = [self.counts.sides[indicator, one] for one in at if (indicator, one) in self.counts.sides]
        if told:
            return sum(self.counts.values[sides[0]] > 0 for sides in told)
        if self.missing is None:
            return None
        missing = self.missing.get(indicator, ())
        return sum((place.kind, place.period, area.code) not in missing for area in forces)


def _row_of(place: Place) -> Place:
    """The group that a category splits: of a cross-tabulation, the first of its names stays."""
    first = "|".join(place.category.split("|")[:-1])
    return place._replace(category=first)
