"""Checks of numbers: typed ones, ones that are shown in two ways, and words for size that do not fit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fullpicture.publish.report.citing import number_of
from fullpicture.publish.report.document import Citation
from fullpicture.publish.report.rounding import said_of
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.evidence import Evidence, beneath, implied, stated
from fullpicture.publish.review.no_claim import claims
from fullpicture.publish.review.quantities import Quantity, quantities
from fullpicture.publish.review.reviewed import CITED, Edition, Reviewed, Statement

_CITE = 'Cite the figure by its name, as {{ figure("...") }}, or take the number out.'
_MORE = (
    "more than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards of|north of|just over|slightly over"
    "|well over|greater than|higher than|at least|no fewer than|no less than"
)
_LESS = (
    "nearly|almost|close to|approaching|just under|under|below|fewer than|less than|not quite|just short of"
    "|barely|just below|slightly under|at most|no more than|up to"
)
_BEFORE = re.compile(rf"(?i)(?:\b(?P<more>{_MORE})|\b(?P<less>{_LESS}))\s+(?:an?\s+|the\s+)?$")
_EQUAL = ("at least", "no fewer than", "no less than", "at most", "no more than", "up to")
_NEAR_TIMES = 0.1


@check("REV-001", "No number is typed", "A number typed by hand is not corrected when its figure is.")
def typed_numbers(reviewed: Reviewed) -> Iterator[Found]:
    """Quantities in prose and titles, in digits or words, that no cited figure shows."""
    for edition, _, statement in reviewed.statements():
        for one in claims(statement.typed, reviewed.defined(edition)):
            is_name = _is_in_a_name(one, statement)
            if not is_name and (one.kind != "majority" or not _has_share(statement)):
                yield Found(statement.where, f'"{one.text}" is not a number of any figure.', _CITE)
    for edition, document in reviewed.documents():
        for chart in document.charts:
            shown = {_digits(text) for text in (*chart.axis, *(one.shown_text for one in chart.cited))}
            where = f'{document.source}, {edition.name}, chart {chart.number} "{chart.title}"'
            for one in claims(chart.alt, reviewed.defined(edition)):
                is_known = _digits(one.text) in shown or _in_names(one, chart.cited)
                if not is_known and one.value != sum(not cited.is_withheld for cited in chart.cited):
                    yield Found(where, f'its description says "{one.text}", which it does not show.', _CITE)


def _digits(text: str) -> str:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return found.group().replace(",", "") if found else text


def _in_names(quantity: Quantity, cited: tuple[Citation, ...]) -> bool:
    """Whether it is part of a category's or an area's name, as "10-15"."""
    names = (f"{one.figure.category} {one.figure.area_name}" for one in cited if one.figure)
    return any(quantity.text in name for name in names)


def _is_in_a_name(quantity: Quantity, statement: Statement) -> bool:
    """Whether it is part of the name of a category or an area whose figure is cited, as "10-15"."""
    names = {
        name
        for _, one in statement.cited
        if one.figure
        for name in (one.figure.category, one.figure.area_name)
    }
    return any(
        found.start() <= quantity.start and quantity.end <= found.end()
        for name in names - {""}
        for found in re.finditer(re.escape(name), statement.text)
    )


def _has_share(statement: Statement) -> bool:
    return any(_percent(one) is not None for _, one in statement.cited)


def _percent(citation: Citation) -> float | None:
    is_share = citation.claim == "share" or (citation.figure is not None and citation.figure.unit == "%")
    return citation.number if is_share and citation.claim in ("share", "value") else None


@check(
    "REV-002",
    "A figure is shown as what it is",
    "A reader finds one number in the text and another in the data.",
)
def shown_otherwise(reviewed: Reviewed) -> Iterator[Found]:
    """Citations whose text is not their figure's number by its rounding rule."""
    for edition, document in reviewed.documents():
        for citation in document.citations():
            figure, described = citation.figure, edition.describe(citation.figure_id.partition("/")[0])
            if figure is None or citation.number is None or described is None:
                continue
            where = f"{document.source}, {edition.name}, {citation.figure_id}"
            if citation.claim not in ("areas in", "areas expected"):
                number = number_of(figure, citation.claim, citation.against)
                unit = {"share": "%", "base": "", "unknown": ""}.get(citation.claim, figure.unit)
                shown = said_of(figure._replace(unit=unit), number or 0.0, citation.rule, described)
                if number is None or shown != citation.shown_text:
                    what = f'"{citation.shown_text}" is shown, and the figure is "{shown}".'
                    yield Found(where, what, "Build the report again.")
            kept = edition.figures.get(figure.id)
            if kept is None or kept.value != figure.value:
                yield Found(where, "the edition's figures.csv has not this value.", "Build the report again.")


@check("REV-003", "One figure, one number", "Two numbers for one figure make readers doubt both.")
def two_numbers(reviewed: Reviewed) -> Iterator[Found]:
    """One figure that is shown as two numbers which are no roundings of each other."""
    shown: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for statement in _with_citations(reviewed):
        for _, citation in statement.cited:
            against = citation.against.id if citation.against else ""
            if not citation.is_withheld:
                known = shown[citation.figure_id, citation.claim, against]
                known.setdefault(citation.shown_text, statement.where)
    for (id_, _, _), texts in shown.items():
        said = list(texts)
        for other in said[1:]:
            if not _agree(said[0], other):
                what = f'{id_} is "{other}" here and "{said[0]}" in {texts[said[0]]}.'
                yield Found(texts[other], what, "Show it in one way.")


def _with_citations(reviewed: Reviewed) -> Iterator[Statement]:
    return (statement for _, _, statement in reviewed.statements() if statement.cited)


def _agree(one: str, other: str) -> bool:
    """Whether two texts of a number may be the same number, each to its own precision."""
    first, second = ([*quantities(text)] for text in (one, other))
    if not first or not second or first[0].value is None or second[0].value is None:
        return True
    a, b = ((one[0].value or 0.0) * (100 if one[0].kind == "part" else 1) for one in (first, second))
    return abs(a - b) <= max(_precision(first[0]), _precision(second[0]))


def _precision(quantity: Quantity) -> float:
    """Half of the last place that is shown: trailing zeros of a count are not."""
    if quantity.kind == "part":
        return 2.5
    if quantity.kind == "times":
        return (quantity.value or 0) * _NEAR_TIMES
    digits = _digits(quantity.text)
    if "." in digits:
        return 0.5 * 10.0 ** -len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if len(digits) > 2 else 0
    return 0.5 * 10.0**zeros


@check(
    "REV-004",
    "Words for size fit the value",
    '"Nearly quadruple" and "more than five times" are not both true.',
)
def words_for_size(reviewed: Reviewed) -> Iterator[Found]:
    """ "Nearly" before more, "more than" before less, majorities below half, multiples that are others."""
    for edition, _, statement in reviewed.statements():
        for place, citation in statement.cited:
            found = _BEFORE.search(statement.typed[:place])
            if found and (what := _misfit(found, citation)):
                yield Found(
                    statement.where, what, "Let words for size come from the value, or take them out."
                )
        yield from _multiples(edition, statement)
        yield from _majorities(statement)


def _misfit(found: re.Match[str], citation: Citation) -> str:
    shown = quantities(citation.shown_text)
    if citation.number is None or len(shown) != 1 or shown[0].value is None:
        return ""
    number, said = citation.number, shown[0].value * (100 if shown[0].kind == "part" else 1)
    words = found.group().strip()
    exact = abs(number - said) < 1e-9 and (found["more"] or found["less"]).lower() in _EQUAL
    is_wrong = number <= said if found["more"] else number >= said
    if is_wrong and not exact and citation.claim != "times":
        return f'"{words} {citation.shown_text}" is said of {number:,.10g}.'
    return ""


def _multiples(edition: Edition, statement: Statement) -> Iterator[Found]:
    """Typed multiples beside a change that is another."""
    for one in quantities(statement.typed):
        if one.kind != "times" or one.value is None:
            continue
        evidence = (
            stated(edition, statement) or implied(edition, statement) or beneath(edition, statement.near)
        )
        ratios = [each.ratio for each in evidence if each.ratio is not None]
        if ratios and not any(_is_multiple(one.value, ratio) for ratio in ratios):
            what = f'"{one.text}" is said of a change {_nearest(evidence).said}, {ratios[0]:.2f} times.'
            yield Found(statement.where, what, 'Let the words come from {{ times("...") }}.')


def _is_multiple(said: float, ratio: float) -> bool:
    return any(abs(value - ratio) <= _NEAR_TIMES * ratio for value in (said, 1 / said if said else 0))


def _nearest(evidence: list[Evidence]) -> Evidence:
    return next(one for one in evidence if one.ratio is not None)


_MOST = re.compile(
    r"(?i)\b(?P<more>(?:vast |large |clear |overwhelming )?majority|most(?= of| were| are| crimes| victims"
    r"| suspects| offences| cases| children))\b|\b(?P<less>(?:small |tiny )?minority)\b"
)


def _majorities(statement: Statement) -> Iterator[Found]:
    shares = [number for _, one in statement.cited if (number := _percent(one)) is not None]
    for found in _MOST.finditer(statement.typed) if shares else ():
        is_true = any(number > 50 if found["more"] else number < 50 for number in shares)
        if not is_true:
            shown = " and ".join(f"{number:.4g}%" for number in shares)
            yield Found(statement.where, f'"{found.group()}" is said of {shown}.', "Mend the words.")


@check(
    "REV-005",
    "A unit is said once, and is the figure's",
    '"6 percentage points" and "6 per cent" are not the same.',
)
def units(reviewed: Reviewed) -> Iterator[Found]:
    """A unit typed after a figure that shows another."""
    for _, _, statement in reviewed.statements():
        for place, citation in statement.cited:
            after = statement.typed[place + len(citation.shown_text) :]
            typed = re.match(r"\s?(%|per ?cent\b|percentage points?\b|pc\b|pct\b)", after)
            unit = citation.figure.unit if citation.figure else ""
            if typed and not citation.is_withheld and statement.typed[place : place + 1] == CITED:
                what = f'"{typed.group(1)}" is typed after "{citation.shown_text}", whose unit is "{unit}".'
                yield Found(statement.where, what, "Take the unit out: the figure brings its own.")
