"""Which breakdowns are withheld: whole ones, so that nothing is left to subtract from.

The intruder knows everything published in this set of tables, adds and subtracts it, and knows this method.
A unit (an indicator, a level of area, a kind of period, a breakdown) is withheld as a whole where any of its
cells is small, and with it whatever could rebuild it. Zeros are published and known to be zeros. For a
threshold of 2 or more every small count keeps at least two possible values; docs/disclosure.md says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fullpicture.core.areas import Register
from fullpicture.disclosure.cells import COUNT, DENOMINATOR, NUMERATOR, Cells, Rule, Series, Tables, Unit
from fullpicture.disclosure.nesting import Nesting, to_give_up
from fullpicture.disclosure.remainders import Finding, small_remainders

Withheld = dict[Unit, str]
"""Units withheld, each with the reason, in words that give no value away."""

_MOST_SIDES = 2


def withheld_units(
    tables: Tables, rule: Rule, register: Register, official: Collection[str] = ()
) -> Withheld:
    """Every unit to withhold from a set of tables that are published together.

    Args:
        tables: descriptions with figures, of everything that is published.
        official: indicators that are public already: known to everybody, never withheld.
    """
    return _Withholding(Cells(tables, official), rule, register).run()


class _Withholding:
    """Withholds one unit after another until nothing published gives a small count away."""

    def __init__(self, cells: Cells, rule: Rule, register: Register) -> None:
        self.cells, self.rule, self.nesting = cells, rule, Nesting(cells, register)
        self.withheld: Withheld = {}
        self._whole_places: set[Unit] = set()

    def run(self) -> Withheld:
        self._add_all(self._small())
        while self._spread() or self._add_all(self._remainders()) or self._add_all(self._third_sides()):
            pass
        return self.withheld

    @property
    def published(self) -> list[Unit]:
        return [unit for unit in self.cells.units if unit not in self.withheld]

    def _add_all(self, findings: Iterator[Finding]) -> bool:
        """Withholds the units found; true where one of them was not withheld before, or less far down."""
        return any([self._add(finding) for finding in list(findings)])

    def _add(self, finding: Finding) -> bool:
        unit = finding.unit
        is_new = unit not in self.withheld or (finding.finer_places and unit not in self._whole_places)
        if unit.indicator in self.cells.official or not is_new:
            return False
        self.withheld.setdefault(unit, finding.why)
        if finding.finer_places:
            self._whole_places.add(unit)
        return True

    def _small(self) -> Iterator[Finding]:
        for unit, counts in self.cells.units.items():
            if unit in self.cells.unchecked:
                yield Finding(unit, "the counts behind it are not known, so that nobody can check it")
            if any(self.rule.is_small(count) for series in counts.values() for count in series.values()):
                yield Finding(unit, "a cell of it is small")

    def _spread(self) -> bool:
        """Withholds the parts of what is withheld, and rates, shares and changes of it."""
        grew = False
        while self._add_all(self._parts()) or self._add_all(self._followers()):
            grew = True
        return grew

    def _parts(self) -> Iterator[Finding]:
        for whole in self.withheld:
            down = whole in self._whole_places
            for unit in self.cells.units:
                if self.nesting.is_part(unit, whole, down):
                    name = f"{whole.indicator}, {whole.level}, {whole.kind}, {whole.breakdown or 'total'}"
                    yield Finding(unit, f"it is a part of {name}", down)

    def _followers(self) -> Iterator[Finding]:
        for hidden in self.withheld:
            down = hidden in self._whole_places
            for unit in self.published:
                if unit[1:3] == hidden[1:3] and self._follows(unit, hidden):
                    yield Finding(unit, f"it follows {hidden.indicator}", down)

    def _follows(self, unit: Unit, hidden: Unit) -> bool:
        """Whether a unit is declared to follow a withheld one, or is seen to show the same counts."""
        declared = hidden.indicator in self.cells.descriptions[unit.indicator].follows
        if declared and unit.breakdown == hidden.breakdown:
            return True
        if unit.indicator in (hidden.indicator, self.cells.descriptions[hidden.indicator].changes):
            return False
        shown = [part for series in self.cells.counts(unit).values() for part in _by_category(series)]
        kept = [part for series in self._hidden_counts(hidden) for part in _by_category(series)]
        return any(_is_same(one, other) for one in kept for other in shown)

    def _hidden_counts(self, unit: Unit) -> list[Series]:
        """A withheld unit's own counts; what a share is taken of only where that is small itself."""
        counts = self.cells.counts(unit)
        whole = counts.get(DENOMINATOR, {})
        hidden = [counts[name] for name in (COUNT, NUMERATOR) if name in counts]
        return [*hidden, whole] if any(map(self.rule.is_small, whole.values())) else hidden

    def _remainders(self) -> Iterator[Finding]:
        return small_remainders(self.nesting, self.rule, self.published)

    def _third_sides(self) -> Iterator[Finding]:
        """One side of each unit that can be approached from more than two: three pin single cells down."""
        published = self.published
        for unit in self.withheld:
            sides = self.nesting.sides(unit, published)
            ours = [side for side in sides if side.indicator not in self.cells.official]
            if ours and len(sides) + self.nesting.has_complement(unit) > _MOST_SIDES:
                yield Finding(to_give_up(unit, ours), f"a third side of {unit.indicator}, {unit.level}", True)


def _by_category(series: Series) -> list[dict[tuple[str, str], float]]:
    parts: dict[str, dict[tuple[str, str], float]] = {}
    for (area, period, category), count in series.items():
        parts.setdefault(category, {})[area, period] = count
    return list(parts.values())


def _is_same(one: dict[tuple[str, str], float], other: dict[tuple[str, str], float]) -> bool:
    """Whether two counts agree wherever both are known, and not only in that there is nothing."""
    common = one.keys() & other.keys()
    return all(one[key] == other[key] for key in common) and any(one[key] for key in common)
