"""Checks of comparisons: like with like, in coverage, kind of period, counting unit and measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from fullpicture.core.figure import Figure
from fullpicture.publish.report.document import Citation
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.directions import change_claims
from fullpicture.publish.review.evidence import implied, stated
from fullpicture.publish.review.reviewed import Edition, Reviewed, Statement

_COMPARES = re.compile(
    r"(?i)\b(?:than|compar(?:e|ed|es|ing|ison)|against|versus|vs|up from|down from|outnumber\w*"
    r"|exceed\w*|whereas|as (?:many|much|high|low|likely|often|common) as|relative to|in contrast"
    r"|contrasted?|ahead of|behind|while in|outstrip\w*|overt(?:ook|ak\w+)|higher|lower|fewer)\b"
)
_ALL_AREAS = ("country", "")


@check("REV-010", "Compared on the same areas", "A change from 42 to 44 forces is not a change in crime.")
def other_coverage(reviewed: Reviewed) -> Iterator[Found]:
    """One measure in two periods that stand on different areas."""
    for edition, _, statement in reviewed.statements():
        for one, other in _compared(edition, statement):
            if one.indicator != other.indicator or one.period == other.period:
                continue
            now, before = _missing(edition, one), _missing(edition, other)
            if now != before and one.area_level in _ALL_AREAS:
                without = ", ".join(sorted(now ^ before))
                what = f"{one.when.label} and {other.when.label} do not have the same areas ({without})."
                mend = 'Use {{ change("...") }}, which compares the areas in both.'
                yield Found(statement.where, what, mend)


def _missing(edition: Edition, figure: Figure) -> frozenset[str]:
    return edition.missing.get((figure.indicator, figure.period_kind, figure.period), frozenset())


def _compared(edition: Edition, statement: Statement) -> list[tuple[Figure, Figure]]:
    """Pairs of figures that a statement sets against each other, itself or by a word of change."""
    figures = [_figure(one) for _, one in statement.cited]
    shown = [one for one in figures if one is not None]
    found: list[tuple[Figure, Figure]] = []
    if _COMPARES.search(statement.typed) or change_claims(statement.text):
        found += [pair for pair in combinations(shown, 2) if pair[0].id != pair[1].id]
    if change_claims(statement.text):
        changes = stated(edition, statement) or implied(edition, statement)
        typed = [one for one in changes if one.sides and not _is_change(edition, statement)]
        found += [(one.sides[1], one.sides[0]) for one in typed if one.sides]
    return list(dict.fromkeys(found))


def _is_change(edition: Edition, statement: Statement) -> bool:
    """Whether a figure of change is cited: it is taken on the areas that both periods have."""
    described = (edition.describe(one.figure_id.partition("/")[0]) for _, one in statement.cited)
    return any(one is not None and one.changes for one in described)


def _figure(citation: Citation) -> Figure | None:
    figure = citation.figure
    return figure if citation.claim == "value" and figure is not None and figure.value is not None else None


@check(
    "REV-011", "Compared over the same time", "A part of a year, or another kind of year, is not comparable."
)
def other_periods(reviewed: Reviewed) -> Iterator[Found]:
    """Figures of periods of different length or place in the year, set against each other."""
    for edition, _, statement in reviewed.statements():
        for one, other in _compared(edition, statement):
            reason = one.when.why_not_comparable(other.when)
            if reason and one.period_kind != "as-at" and other.period_kind != "as-at":
                yield Found(statement.where, f"{reason}.", "Compare periods of the same days.")


@check("REV-012", "Compared in the same unit", "Crimes, victims and suspects are counted differently.")
def other_units(reviewed: Reviewed) -> Iterator[Found]:
    """Counts of different things, or numbers in different units, set against each other."""
    for edition, _, statement in reviewed.statements():
        if not _COMPARES.search(statement.typed):
            continue
        for one, other in _compared(edition, statement):
            if one.indicator == other.indicator or _of_change(edition, one) or _of_change(edition, other):
                continue
            units = [_unit(edition, figure) for figure in (one, other)]
            if units[0] != units[1] and all(units):
                what = f"{one.indicator} is in {units[0]} and {other.indicator} in {units[1]}."
                yield Found(
                    statement.where, what, "Compare what is counted in one way, or say so in two sentences."
                )


def _of_change(edition: Edition, figure: Figure) -> bool:
    described = edition.describe(figure.indicator)
    return described is not None and bool(described.changes)


def _unit(edition: Edition, figure: Figure) -> str:
    described = edition.describe(figure.indicator)
    counted = described.counting_unit if described else ""
    return f"{figure.unit} of {counted}s" if counted else ""
