"""Checks of change: a rise or fall that the figures do not show, extremes that are none, words too strong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fullpicture.core.figure import Figure
from fullpicture.publish.report.citing import says_unknown
from fullpicture.publish.report.document import Citation
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.directions import Claim, change_claims
from fullpicture.publish.review.evidence import Evidence, beneath, implied, stated
from fullpicture.publish.review.reviewed import Edition, Reviewed, Statement

STRONG, MILD, STEADY = 0.2, 0.1, 0.05
"""Relative changes: a strong word needs a fifth, a mild one a tenth at most, "stable" a twentieth at most."""
_MEND = 'Say what the figures say, as {{ words_of_change("...") }} does.'
_RECORDED = re.compile(
    r"(?i)\b(?:crimes?|offences?|offending|victims?|victimisation|suspects?|perpetrators?|offenders?|abuse"
    r"|exploitation|rapes?|assaults?|images?|reports?|reporting|cases?|incidents?|charges?|numbers?|volumes?"
    r"|rates?|shares?|proportions?|totals?|levels?|figures?|trends?|withdrawals?|outcomes?|demand|harm|grooming"
    r"|children|girls|boys|recording)\b"
)


@check(
    "REV-006",
    "A rise or a fall is one",
    "A title that claims a rise where the interval includes none misleads.",
)
def wrong_way(reviewed: Reviewed) -> Iterator[Found]:
    """Words of change that the figures beside or below them do not bear out."""
    for edition, _, statement in reviewed.statements():
        for claim in _direct(change_claims(statement.text)):
            evidence = _evidence(edition, statement, claim)
            if not evidence:
                if _needs_figure(edition, statement, claim):
                    what = f'"{claim.word}" claims a change, and no figure here shows one.'
                    yield Found(statement.where, what, _MEND)
            elif not any(_bears_out(one, claim, statement) for one in evidence):
                what = f'"{claim.word}" is said of a change {evidence[0].said}.'
                yield Found(statement.where, what, _MEND)


def _direct(found: list[Claim]) -> list[Claim]:
    return [one for one in found if one.what in ("rise", "fall", "none")]


def _evidence(edition: Edition, statement: Statement, claim: Claim) -> list[Evidence]:
    """The changes that a word may be about: the cited one nearest to it; of a heading any below it."""
    cited = stated(edition, statement)
    if cited:
        near = min(cited, key=lambda one: abs(one.place - claim.start))
        return [one for one in cited if one.place == near.place]
    found = implied(edition, statement)
    if found:
        near = min(found, key=lambda one: abs(one.place - claim.start))
        return [near]
    return beneath(edition, statement.near) if not statement.cited else []


def _bears_out(one: Evidence, claim: Claim, statement: Statement) -> bool:
    way = one.way
    if claim.what == "none":
        small = one.ratio is not None and abs(one.ratio - 1) <= STEADY
        return (way == "none" or small) != claim.is_denied
    if one.includes_none and statement.kind == "sentence" and not _is_typed(statement, claim):
        way = "rise" if one.now > one.before else "fall"
    return (way == claim.what) != claim.is_denied


def _is_typed(statement: Statement, claim: Claim) -> bool:
    """Whether the author wrote the word, and no figure brought it."""
    return statement.typed[claim.start : claim.start + len(claim.word)] == claim.word


def _needs_figure(edition: Edition, statement: Statement, claim: Claim) -> bool:
    """Whether a text without a change claims one of what is recorded, and does not only suppose it."""
    if claim.is_supposed or claim.is_denied or any(one.is_withheld for _, one in statement.cited):
        return False
    words = set(re.findall(r"[a-z]{4,}", statement.text.casefold()))
    return claim.strength == "strong" or bool(_RECORDED.search(statement.text) or words & edition.subjects)


@check(
    "REV-007",
    "Words for the size of a change fit it",
    '"Surged" said of three per cent alarms; "slight" of thirty hides.',
)
def too_strong(reviewed: Reviewed) -> Iterator[Found]:
    """Strong words for a small change, mild words for a large one."""
    for edition, _, statement in reviewed.statements():
        for claim in _direct(change_claims(statement.text)):
            sizes = [abs(e.ratio - 1) for e in _evidence(edition, statement, claim) if e.ratio is not None]
            if not claim.strength or not sizes or claim.what == "none" or claim.is_denied:
                continue
            is_wrong = max(sizes) < STRONG if claim.strength == "strong" else min(sizes) > MILD
            if is_wrong:
                what = f'"{claim.word}" is a {claim.strength} word for a change of {100 * sizes[0]:.1f}%.'
                yield Found(statement.where, what, "Give the size, and leave the word out.")


@check("REV-008", "A record is one", '"The highest since" is checked against every period there is.')
def no_record(reviewed: Reviewed) -> Iterator[Found]:
    """Highest and lowest in a series that are not, or that no series can show."""
    for edition, _, statement in reviewed.statements():
        for claim in change_claims(statement.text):
            if claim.what not in ("highest", "lowest") or claim.is_denied:
                continue
            cited = [one for _, one in statement.cited] or list(statement.near)
            figures = [one.figure for one in cited if _has_value(one) and one.figure]
            verdicts = [_of_series(edition, figure, claim, statement.text) for figure in figures]
            if not figures and not claim.is_supposed:
                what = f'"{claim.word}" claims a record, and no figure here shows one.'
                yield Found(statement.where, what, _MEND)
            elif verdicts and all(verdicts):
                yield Found(statement.where, f'"{claim.word}": {verdicts[0]}', _MEND)


def _has_value(citation: Citation) -> bool:
    return citation.claim == "value" and citation.number is not None


def _of_series(edition: Edition, figure: Figure, claim: Claim, text: str) -> str:
    """Why a figure is no such record; "" where it is."""
    series = _series(edition, figure)
    since = re.search(r"(?i)\bsince\s+(?:\w+\s+){0,4}?((?:19|20)\d\d)", text[claim.start :])
    if since:
        year = int(since.group(1))
        if min(one.when.last_day.year for one in series) > year:
            return f"there is no figure for {year}."
        series = [one for one in series if one.when.last_day.year >= year]
    if len(series) < 2:
        return "there is only one period."
    values = [one.value or 0.0 for one in series]
    end = max(values) if claim.what == "highest" else min(values)
    return "" if figure.value == end else f"another period has {end:,.10g}, this one {figure.value:,.10g}."


def _series(edition: Edition, figure: Figure) -> list[Figure]:
    """The figure in every period that is not later."""
    found = []
    when = figure.when
    for years in range(60):
        one = edition.at(figure, when.shifted(-years).name)
        if one is not None and one.value is not None:
            found.append(one)
    return found


_MOST = re.compile(
    r"(?i)\b(?P<most>most (?:common|frequent|often|likely|prevalent)|commonest|highest|largest"
    r"|biggest|greatest|worst|leading|predominant|main)\b"
    r"|\b(?P<least>least (?:common|frequent|often|likely)|lowest|smallest|fewest|rarest)\b"
)


@check("REV-009", "What is called the most is", "A wrong ranking is the first thing that is quoted.")
def not_the_most(reviewed: Reviewed) -> Iterator[Found]:
    """Categories and areas called the most, or the least, that are not."""
    for edition, _, statement in reviewed.statements():
        records = [one.start for one in change_claims(statement.text) if one.what in ("highest", "lowest")]
        for found in _MOST.finditer(statement.typed):
            if any(abs(found.start() - place) < 3 for place in records):
                continue
            figures = [figure for _, one in statement.cited if (figure := _ranked(one))]
            if figures and not any(_is_end(edition, figure, bool(found["most"])) for figure in figures):
                what = f'"{found.group()}" is said of {figures[0].id}, which is not.'
                yield Found(
                    statement.where, what, 'Let {{ most("...") }} or {{ least("...") }} say which it is.'
                )


def _ranked(citation: Citation) -> Figure | None:
    """A figure that stands among others: a category, or an area below a country."""
    figure = citation.figure
    if figure is None or figure.value is None or citation.claim not in ("value", "share"):
        return None
    return figure if figure.category or figure.area_level != "country" else None


def _is_end(edition: Edition, figure: Figure, most: bool) -> bool:
    """Whether it has the highest (or lowest) value of its categories, of its areas, or of its periods."""
    for peers in (_categories(edition, figure), _areas(edition, figure), _series(edition, figure)):
        values = [one.value for one in peers if one.value is not None]
        if len(values) > 1 and figure.value == (max(values) if most else min(values)):
            return True
    return False


def _categories(edition: Edition, figure: Figure) -> list[Figure]:
    wanted = figure._replace(category="").id
    return [
        one
        for one in edition.figures.values()
        if figure.breakdown
        and one.indicator == figure.indicator
        and one._replace(category="").id == wanted
        and not says_unknown(one.category)
    ]


def _areas(edition: Edition, figure: Figure) -> list[Figure]:
    return [
        one
        for one in edition.figures.values()
        if one.indicator == figure.indicator
        and (one.area_level, one.period, one.breakdown, one.category)
        == (figure.area_level, figure.period, figure.breakdown, figure.category)
    ]
