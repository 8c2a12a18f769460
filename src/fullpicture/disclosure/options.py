"""What a table of figures would lose under other rules, by other methods, and with less in it.

Each is worked out for the table by itself and by one order of the suppressor: a quick answer for whoever
decides, not a protection. What is published is what protect() makes of all tables together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from fullpicture.core.area import LEVELS
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.disclosure.counts import Counts, place_of
from fullpicture.disclosure.figure_tables import FigureTables, linked_figures
from fullpicture.disclosure.linked import Mask
from fullpicture.disclosure.prices import usual_prices
from fullpicture.disclosure.primary import Primaries
from fullpicture.disclosure.ranges import widen
from fullpicture.disclosure.repair import dearness
from fullpicture.disclosure.rounding import round_to
from fullpicture.disclosure.rule import Rule, Rules
from fullpicture.disclosure.shown import Hiding
from fullpicture.disclosure.suppress import Suppression, in_order
from fullpicture.disclosure.task import Task

_THRESHOLDS = (4, 9, 19)
_MOST_CELLS = 1000
"""Cells up to which ranges and rounding are worked out: beyond, an answer takes too long to wait for."""
_MOST_MERGED = 3


class Option(NamedTuple):
    """One way to publish a table.

    `shown` figures say what they are exactly, `hidden` ones nothing, `changed` ones something near it, and
    those `left_out` are no part of the table; `value` is the share of all that is counted that is in hidden
    and left out figures. `back` is how many figures are shown that are hidden by the rule as it is.
    """

    what: str
    shown: int
    hidden: int
    changed: int
    left_out: int
    value: float
    back: int = 0


@dataclass(frozen=True)
class _Table:
    """A table by itself, under a rule."""

    description: Description
    figures: Sequence[Figure]
    rule: Rule
    register: Register

    def linked(self) -> tuple[Counts, FigureTables]:
        counts = Counts([(self.description, self.figures)])
        primaries = Primaries(counts, Rules(self.rule), self.register)
        return counts, linked_figures(counts, self.register, primaries)

    def hidden(self, mode: str = "exact") -> frozenset[str]:
        """The ids of figures that are hidden."""
        counts, linked = self.linked()
        if not len(linked.tables):
            return frozenset(figure.id for figure in self.figures if figure.value is not None)
        found = _suppressed(linked)
        if mode == "range":
            cost = linked.cost(dearness(linked))
            found = widen(linked.tables, found, self.rule.threshold, cost)
        why = Hiding(counts, linked, ()).why(found.hidden)
        return frozenset(counts.figures[id_].id for id_ in why)

    def rounded(self) -> frozenset[str] | None:
        """The ids of figures that rounding would change, or None where it finds no answer."""
        counts, linked = self.linked()
        done = round_to(linked.tables, self.rule.threshold + 1)
        if done is None:
            return None
        moved: Mask = (done.counts != linked.tables.counts) & ~linked.is_public
        return frozenset(
            counts.figures[id_].id
            for id_, sides in counts.sides.items()
            if any(moved[linked.cells[side]] for side in sides)
        )


def _suppressed(linked: FigureTables) -> Suppression:
    cost = linked.cost(dearness(linked))
    task = Task(linked.tables, linked.primary, cost, True)
    found = in_order(task, usual_prices(task))
    return replace(found, hidden=found.hidden | linked.is_rest)


def options_of(
    description: Description, figures: Sequence[Figure], rule: Rule, register: Register
) -> list[Option]:
    """The table by itself as the rule has it, then each other way to publish it."""
    table = _Table(description, figures, rule, register)
    now = table.hidden()
    found = [_option("This table by itself", table, now, now)]
    for what, other in _rules(rule):
        found.append(_option(what, table, replace(table, rule=other).hidden(), now))
    if len(figures) <= _MOST_CELLS:
        what = f"Every small count can still be all of 1 to {rule.threshold}"
        found.append(_option(what, table, table.hidden("range"), now))
        changed = table.rounded()
        if changed is not None:
            what = f"Rounded to {rule.threshold + 1}s: nothing hidden"
            found.append(_option(what, table, frozenset(), now, changed))
    for what, fewer in (*_without(figures), *_merged(figures)):
        kept = replace(table, figures=fewer)
        found.append(_option(what, table, kept.hidden(), now, left=kept.figures))
    return found


def _option(
    what: str,
    table: _Table,
    hidden: frozenset[str],
    now: frozenset[str],
    changed: frozenset[str] = frozenset(),
    left: Sequence[Figure] | None = None,
) -> Option:
    worth = {figure.id: worth_of(figure) for figure in table.figures}
    there = worth.keys() if left is None else {figure.id for figure in left} & worth.keys()
    gone = worth.keys() - there
    lost = sum(worth[id_] for id_ in worth if id_ in hidden or id_ in gone)
    everything = sum(worth.values())
    exact = there - hidden - changed
    return Option(
        what,
        len(exact),
        len(hidden & there),
        len(changed & there),
        len(gone),
        lost / everything if everything else 0.0,
        len(exact & now),
    )


def worth_of(figure: Figure) -> float:
    """What a figure counts."""
    count = figure.value if figure.unit == "count" else figure.numerator
    return max(count or 0.0, 0.0)


def _rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with other thresholds, and without each of what it asks beyond one."""
    for threshold in _THRESHOLDS:
        if threshold != rule.threshold:
            yield f"With a threshold of {threshold}", replace(rule, threshold=threshold)
    if not rule.hide_zeros:
        yield "With zeros hidden too", replace(rule, hide_zeros=True)
    if rule.smallest_base:
        yield "Without a smallest base", replace(rule, smallest_base=0)
    if rule.whole_groups:
        yield "Without the rule of whole groups", replace(rule, whole_groups=False)
    if rule.fewest_forces:
        yield "Without the rule of fewest forces", replace(rule, fewest_forces=0)


def _without(figures: Sequence[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    """The table without one of its levels of area, of its breakdowns, or of the parts of its years."""
    levels = sorted({figure.area_level for figure in figures}, key=LEVELS.index)
    for level in levels[1:]:
        yield f"Without figures by {level}", [one for one in figures if one.area_level != level]
    for breakdown in sorted({figure.breakdown for figure in figures} - {""}):
        words = breakdown.replace("_", " ").replace("|", " and ")
        yield f"Without the breakdown by {words}", [one for one in figures if one.breakdown != breakdown]
    kinds = {figure.period_kind for figure in figures}
    for kind in sorted(kinds & {"financial-quarter", "financial-part"} if len(kinds) > 1 else ()):
        yield f"Without {kind.replace('-', ' ')}s", [one for one in figures if one.period_kind != kind]


def _merged(figures: Sequence[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    """The table of counts with the smallest categories of a breakdown merged into one."""
    for breakdown in sorted({one.breakdown for one in figures if one.unit == "count"} - {""}):
        total: dict[str, float] = defaultdict(float)
        for one in figures:
            if one.breakdown == breakdown:
                total[one.category] += one.value or 0.0
        smallest = sorted(total, key=lambda category: (total[category], category))
        if "|" in breakdown:
            continue
        for many in range(2, min(_MOST_MERGED, len(smallest) - 1) + 1):
            names = smallest[:many]
            yield f"{' and '.join(names)} as one", list(_merge(figures, breakdown, names))


def _merge(figures: Sequence[Figure], breakdown: str, names: Sequence[str]) -> Iterator[Figure]:
    together: dict[object, Figure] = {}
    for one in figures:
        if one.breakdown != breakdown or one.category not in names:
            yield one
            continue
        merged = one._replace(category=" and ".join(names), note="", remark="")
        key = place_of(merged)
        before = together.get(key)
        together[key] = merged if before is None else merged._replace(value=_sum(before.value, merged.value))
    yield from together.values()


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
