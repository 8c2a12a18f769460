"""Checks of what stands beside a figure: the year, the place, what is counted and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fullpicture.core.figure import Figure
from fullpicture.publish.report.document import Citation
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.reviewed import Edition, Reviewed, Statement

_YEAR = re.compile(
    r"(?i)\b(?:in|during|for|throughout)\s+(?:the\s+)?(?:(?:calendar|financial|reporting)?\s?year\s+)?"
    r"(?:(?:to|ending|ended)\s+)?(?:31\s+)?(?P<month>(?:March|December)\s+)?(?P<year>(?:19|20)\d\d)"
    r"(?:[/–-](?P<end>\d{2}|\d{4}))?\b"
)
_COUNTED = (
    ("crime", r"crimes?|offences?|incidents?"),
    ("victim", r"victims?|survivors?"),
    ("suspect", r"suspects?|perpetrators?|offenders?|abusers?"),
)
_OF = re.compile(
    r"(?i)^\s?(?:\(.*?\)\s?)?(?:(?:of|were|was|are|is)\s+)?"
    r"(?:(?:all|the|these|those|recorded|known|police-recorded|such|new)\s+)*(?P<noun>[a-z]+)\b"
)
_OF_BEFORE = re.compile(
    r"(?i)\b(?:of|among)\s+(?:(?:all|the|these|those|recorded|known)\s+)*(?P<noun>[a-z]+),?\s*$"
)
_SEXES = (
    ("female", r"female|girls?|women|woman|daughters?"),
    ("male", r"male|boys?|men|man|sons?"),
)


@check("REV-018", "The year is the figure's", "A number under another year's name is a wrong number.")
def other_year(reviewed: Reviewed) -> Iterator[Found]:
    """A year typed beside figures of which none is of that year."""
    for _, _, statement in reviewed.statements():
        figures = [
            one for _, citation in statement.cited for one in (citation.figure, citation.against) if one
        ]
        for found in _YEAR.finditer(statement.typed) if figures else ():
            if not any(_is_of(one, found) for one in figures):
                what = f'"{found.group()}" is said of figures of {figures[0].when.label}.'
                yield Found(
                    statement.where, what, "Let {{ period(...) }} say the year, or cite that year's figure."
                )


def _is_of(figure: Figure, said: re.Match[str]) -> bool:
    """Whether a year, or a span of two, is the figure's or the one before, which a change is from."""
    first, last = figure.when.first_day.year, figure.when.last_day.year
    years = {last} if said["month"] else {first} if said["end"] else {first, last}
    return int(said["year"]) in years | (
        {one - 1 for one in years} if "_change_" in figure.indicator else set()
    )


@check("REV-019", "The place is the figure's", "A number under another place's name is a wrong number.")
def other_place(reviewed: Reviewed) -> Iterator[Found]:
    """One area typed beside figures of which none is of it."""
    for edition, _, statement in reviewed.statements():
        codes = {f.area_code for _, c in statement.cited for f in (c.figure, c.against) if f}
        names = {f.area_name for _, c in statement.cited for f in (c.figure, c.against) if f}
        typed = _places(edition, statement.typed) if codes else []
        if typed and not any(edition.places[name] in codes for name in typed):
            what = f'"{typed[0]}" is named, and the figures are of {", ".join(sorted(names))}.'
            yield Found(statement.where, what, 'Cite the figure of that area: area = "...".')


def _places(edition: Edition, text: str) -> list[str]:
    """Areas that a text names, the longest names first, none within another."""
    found, rest = [], text
    for name in sorted(edition.places, key=len, reverse=True):
        if len(name) > 3 and re.search(rf"\b{re.escape(name)}\b", rest):
            found.append(name)
            rest = re.sub(rf"\b{re.escape(name)}\b", " ", rest)
    return found


@check("REV-020", "What is counted is named rightly", "52% of suspects is not 52% of crimes.")
def other_counted(reviewed: Reviewed) -> Iterator[Found]:
    """Crimes, victims or suspects typed beside a figure, or over a table, that counts something else."""
    for edition, _, statement in reviewed.statements():
        if statement.kind in ("table title", "chart title"):
            yield from _title_of_others(edition, statement)
        for place, citation in statement.cited:
            described = edition.describe(citation.figure_id.partition("/")[0])
            counted = described.counting_unit if described else ""
            is_change = described is not None and bool(described.changes)
            noun = _noun(statement.typed, place, citation.shown_text)
            is_other = counted in ("crime", "victim", "suspect") and noun not in ("", counted)
            if citation.claim in ("value", "share") and is_other and not is_change:
                what = f'"{citation.shown_text}" counts {counted}s, and is said to be of {noun}s.'
                yield Found(statement.where, what, "Name what the figure counts, or cite another.")


def _title_of_others(edition: Edition, statement: Statement) -> Iterator[Found]:
    """A title that names crimes, victims or suspects alone, over figures that count others alone."""
    named = {unit for unit, words in _COUNTED if re.search(rf"(?i)\b(?:{words})\b", statement.text)}
    described = [edition.describe(one.figure_id.partition("/")[0]) for one in statement.near]
    units = {one.counting_unit for one in described if one}
    known = {"crime", "victim", "suspect"}
    if len(named) == 1 and units and units <= known and not units & named:
        what = f"it is said to be of {named.pop()}s, and its figures count {'s and '.join(sorted(units))}s."
        yield Found(statement.where, what, "Name what the figures count, or show others.")


def _noun(typed: str, place: int, shown: str) -> str:
    """What is typed right before or after a figure that brings no word of its own: crime, victim, suspect."""
    if re.search("[a-z]$", shown):
        return ""
    before, after = _OF_BEFORE.search(typed[:place]), _OF.match(typed[place + len(shown) :])
    words = [found["noun"] for found in (before, after) if found]
    known = (unit for word in words for unit, nouns in _COUNTED if re.fullmatch(rf"(?i){nouns}", word))
    return next(known, "")


@check("REV-021", "The sex named is the figure's", "A share of girls under the name of boys is its opposite.")
def other_sex(reviewed: Reviewed) -> Iterator[Found]:
    """Girls or boys typed beside a figure of the others alone."""
    for edition, _, statement in reviewed.statements():
        typed = [sex for sex, words in _SEXES if re.search(rf"(?i)\b(?:{words})\b", statement.typed)]
        figures = [sex for _, one in statement.cited if (sex := _sex(edition, one))]
        if len(typed) == 1 and figures and typed[0] not in figures:
            what = f"{typed[0]} people are named, and the figure is of {figures[0]} ones."
            yield Found(statement.where, what, "Name whom the figure counts, or cite another.")


def _sex(edition: Edition, citation: Citation) -> str:
    """The one sex that a figure is of; "" where it is of both or says nothing of it."""
    described = edition.describe(citation.figure_id.partition("/")[0])
    words = f"{citation.figure.category if citation.figure else ''} {described.title if described else ''}"
    found = [sex for sex, said in _SEXES if re.search(rf"(?i)\b(?:{said})\b", words)]
    return found[0] if len(found) == 1 else ""


@check("REV-022", "No single case is told", "The youngest suspect's age is about one child.")
def single_case(reviewed: Reviewed) -> Iterator[Found]:
    """In the public edition, what is true of one person only, unless a named person signed for its figure."""
    for edition, _, statement in reviewed.statements():
        found = _SINGLE.search(statement.text)
        if found and edition.name == "public" and not _is_excepted(edition, statement):
            what = f'"{found.group()}" tells of a single case.'
            yield Found(statement.where, what, "Take it out, or have a named person sign for the figure.")


_CHILD = "victim|suspect|child|girl|boy|baby|infant|toddler"
_WHO = rf"(?:{_CHILD}|case|perpetrator|offender|man|woman|person|force|crime|offence)"
_SINGLE = re.compile(
    rf"(?i)\b(?:youngest|oldest|eldest|as young as|as old as|the (?:only|sole|lone) {_WHO}"
    rf"|(?:just|only|a single|a lone|a sole) (?:one )?{_WHO}\b"
    rf"|one (?:\w+[- ]?(?:year[- ]old )?)?(?:{_CHILD})\b(?! in| out))"
)


def _is_excepted(edition: Edition, statement: Statement) -> bool:
    return any(one.figure_id in edition.excepted for _, one in statement.cited)
