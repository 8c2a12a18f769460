"""What is left of a published count without other published counts: one subtraction away from being known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from fullpicture.core.period import Period, PeriodKind
from fullpicture.disclosure.cells import COUNT, DENOMINATOR, NUMERATOR, Key, Rule, Series, Unit
from fullpicture.disclosure.nesting import Nesting

_SHOWN = (COUNT, NUMERATOR, DENOMINATOR)


class Finding(NamedTuple):
    """A unit to withhold, and why; `finer_places` says whether its parts at finer levels go with it."""

    unit: Unit
    why: str
    finer_places: bool = True


def small_remainders(nesting: Nesting, rule: Rule, published: Collection[Unit]) -> Iterator[Finding]:
    """Units that leave a small count when published figures are subtracted from each other."""
    beside: dict[str, list[Unit]] = defaultdict(list)
    for unit in published:
        beside[unit.indicator].append(unit)
    for unit in published:
        yield from _of_nested_indicators(nesting, rule, unit, published)
        yield from _of_what_it_follows(nesting, rule, unit, published)
        yield from _of_counts_within(nesting, rule, unit, published)
        if unit.indicator in nesting.cells.official:
            continue
        for other in beside[unit.indicator]:
            if other.dimensions < unit.dimensions and _is_like(other, unit, "breakdown"):
                yield from _of_categories(nesting, rule, unit, other)
            if _is_like(other, unit, "kind") and nesting.is_part(unit, other):
                yield from _of_periods(nesting, rule, unit, other)
        yield from _of_places(nesting, rule, unit, beside[unit.indicator])


def _is_like(one: Unit, other: Unit, but_for: str) -> bool:
    return one._replace(**{but_for: ""}) == other._replace(**{but_for: ""})


def _of_nested_indicators(
    nesting: Nesting, rule: Rule, unit: Unit, published: Collection[Unit]
) -> Iterator[Finding]:
    """What is left of an indicator without one nested in it, and without all nested in it together."""
    cells, whole = nesting.cells, nesting.cells.counts(unit).get(COUNT, {})
    named = [unit._replace(indicator=name) for name, text in cells.descriptions.items()
             if unit.indicator in text.within]  # fmt: skip
    parts = {part: cells.counts(part).get(COUNT, {}) for part in named if part in published}
    together = _summed((counts.items() for counts in parts.values()), lambda key: key)
    all_leave_little = len(parts) > 1 and _leaves_little(rule, whole, together)
    for part, counts in parts.items():
        hidden = unit if part.indicator in cells.official else part
        if all_leave_little or _leaves_little(rule, whole, counts):
            yield Finding(hidden, f"little is left of {unit.indicator} without what is nested in it")


def _of_what_it_follows(
    nesting: Nesting, rule: Rule, unit: Unit, published: Collection[Unit]
) -> Iterator[Finding]:
    """What is left of a count without the part of it that a share shows, or a change (its common areas)."""
    sides, description = nesting.cells.counts(unit), nesting.cells.descriptions[unit.indicator]
    for name in description.follows:
        followed = unit._replace(indicator=name)
        whole = nesting.cells.counts(followed).get(COUNT, {}) if followed in published else {}
        below = whole
        if name == description.changes:
            below = {
                (area, _a_year_later(unit, period), category): n
                for (area, period, category), n in whole.items()
            }
        if _leaves_little(rule, whole, sides.get(NUMERATOR, {})) or _leaves_little(
            rule, below, sides.get(DENOMINATOR, {})
        ):
            yield Finding(unit, f"little is left of {name} without the part that it shows")


def _a_year_later(unit: Unit, period: str) -> str:
    kind: PeriodKind = unit.kind  # type: ignore[assignment]
    return Period(kind, period).shifted(1).name


def _of_counts_within(
    nesting: Nesting, rule: Rule, unit: Unit, published: Collection[Unit]
) -> Iterator[Finding]:
    """What is left of a count without another that is within it, whichever side of an indicator each is.

    Nobody declares that the crimes whose victim's sex is known are among all crimes, or that those charged
    are among those charged or cautioned; it is taken for so where both come from one source and one is never
    above the other.
    """
    cells = nesting.cells
    if unit.indicator in cells.official or cells.descriptions[unit.indicator].changes:
        return
    for other in published:
        if other == unit or other[1:] != unit[1:] or not _share_a_source(nesting, unit, other):
            continue
        if cells.descriptions[other.indicator].changes:
            continue
        sides = (cells.counts(each) for each in (unit, other))
        parts, wholes = ([side[name] for name in _SHOWN if name in side] for side in sides)
        if any(
            _is_never_above(part, whole) and _leaves_little(rule, whole, part)
            for part in parts
            for whole in wholes
        ):
            yield Finding(unit, f"little is left of {other.indicator} without what it counts")


def _share_a_source(nesting: Nesting, one: Unit, other: Unit) -> bool:
    sources = nesting.cells.sources
    return bool(sources[one.indicator] & sources[other.indicator])


def _is_never_above(part: Series, whole: Series) -> bool:
    return all(n <= whole[key] for key, n in part.items() if key in whole)


def _of_categories(nesting: Nesting, rule: Rule, unit: Unit, whole: Unit) -> Iterator[Finding]:
    """What the categories of a breakdown leave of the total, or of the breakdown they split."""
    names, kept = unit.breakdown.split("|"), whole.dimensions
    places = [place for place, name in enumerate(names) if name in kept]

    def category_above(key: Key) -> Key:
        parts = key[2].split("|")
        return key[0], key[1], "|".join(parts[place] for place in places)

    if _sums_leave_little(nesting, rule, unit, whole, category_above):
        yield Finding(unit, f"its categories leave little of {whole.breakdown or 'the total'}")


def _of_periods(nesting: Nesting, rule: Rule, unit: Unit, whole: Unit) -> Iterator[Finding]:
    """What the quarters or the part of a year leave of it."""
    years = {period for series in nesting.cells.counts(whole).values() for _, period, _ in series}
    parts = {period for series in nesting.cells.counts(unit).values() for _, period, _ in series}
    within = {part: year for part in parts for year in years if _is_within(unit, part, whole, year)}

    def year_of(key: Key) -> Key:
        return key[0], within.get(key[1], ""), key[2]

    if _sums_leave_little(nesting, rule, unit, whole, year_of):
        yield Finding(unit, f"its periods leave little of the {whole.kind} ones")


def _is_within(unit: Unit, part: str, whole: Unit, year: str) -> bool:
    days, all_days = Period(unit.kind, part).days, Period(whole.kind, year).days  # type: ignore[arg-type]
    return all_days[0] <= days[0] and days[1] <= all_days[1]


def _of_places(nesting: Nesting, rule: Rule, unit: Unit, beside: Iterable[Unit]) -> Iterator[Finding]:
    """What the areas of finer levels leave of the areas they are in; the coarser figures are given up.

    All recording bodies without England and Wales are British Transport Police and the fraud bodies. The
    finer figures are not small themselves, so that the coarser one alone gives the remainder away.
    """
    finer = [other for other in beside if _is_like(other, unit, "level")]
    for name, whole in nesting.cells.counts(unit).items():
        shown: dict[str, Series] = defaultdict(dict)
        for other in finer:
            for key, count in nesting.cells.counts(other).get(name, {}).items():
                shown[key[0]][key] = count
        if any(
            _leaves_little(rule, whole, _moved(shown, members, area))
            for area in {key[0] for key in whole}
            for members in nesting.ways_to_cover(area, shown)
        ):
            yield Finding(unit, "little is left of it without the areas in it", finer_places=False)
            return


def _moved(shown: Mapping[str, Series], members: Iterable[str], area: str) -> Series:
    """The members' counts added up as if they were the area's."""
    return _summed((shown[member].items() for member in members), lambda key: (area, *key[1:]))


def _sums_leave_little(
    nesting: Nesting, rule: Rule, unit: Unit, whole: Unit, above: Callable[[Key], Key]
) -> bool:
    counts, wholes = nesting.cells.counts(unit), nesting.cells.counts(whole)
    return any(
        _leaves_little(rule, wholes[name], _summed([series.items()], above))
        for name, series in counts.items()
        if name in wholes
    )


def _summed(series: Iterable[Iterable[tuple[Key, float]]], above: Callable[[Key], Key]) -> Series:
    sums: Series = defaultdict(float)
    for cells in series:
        for key, count in cells:
            sums[above(key)] += count
    return sums


def _leaves_little(rule: Rule, whole: Series, part: Series) -> bool:
    return any(rule.is_small_remainder(whole[key] - count) for key, count in part.items() if key in whole)
