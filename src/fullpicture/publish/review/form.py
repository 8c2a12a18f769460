"""Checks of form: what is withheld is not discussed, nothing is left to be filled in, links lead on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from fullpicture.publish.report.document import Document, ReportTable
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.directions import change_claims
from fullpicture.publish.review.no_claim import claims
from fullpicture.publish.review.reviewed import Edition, Reviewed

_LEFT = re.compile(
    r"(?i)\b(?:tbc|tbd|todo|to do:|fixme|lorem ipsum|placeholder)\b|\bX{2,}\b"
    r"|\[(?:insert|add|check|name|date|figure|number)\b[^\]]*\]|\?{2,}|\{\{|\}\}|\{%|\bnan\b|<<|>>|_{4,}"
)
_HOW_MANY = re.compile(r"(?i)\b(?:few|small number|handful|many|most|highest|lowest|rare|rarely)\b")
_FEWEST_WORDS = 3


@check("REV-023", "What is withheld is not discussed", "Words about a hidden number give it away.")
def discussed(reviewed: Reviewed) -> Iterator[Found]:
    """Sentences that cite a withheld figure and still say how it went or how large it is."""
    for edition, _, statement in reviewed.statements():
        withheld = [one for _, one in statement.cited if one.is_withheld]
        if not withheld:
            continue
        said = [one.word for one in change_claims(statement.typed)]
        said += [one.text for one in claims(statement.typed, reviewed.defined(edition))]
        said += _HOW_MANY.findall(statement.typed)
        if said:
            what = f'{withheld[0].figure_id} is withheld, and "{said[0]}" is said of it.'
            yield Found(statement.where, what, 'Let the sentence fall away: withheld = "drop".')


@check("REV-024", "Nothing is left to be filled in", '"XX%" has been printed before.')
def left_over(reviewed: Reviewed) -> Iterator[Found]:
    """Placeholders, open calls and words of computers in what readers see."""
    for _, _, statement in reviewed.statements():
        for found in _LEFT.finditer(statement.text):
            yield Found(statement.where, f'"{found.group()}" was left over.', "Fill it in, or take it out.")


@check("REV-025", "Every chart has a description", "Who does not see a chart reads its description.")
def alternatives(reviewed: Reviewed) -> Iterator[Found]:
    """Charts without a description, or with one that only repeats the title."""
    for edition, document in reviewed.documents():
        for chart in document.charts:
            where = f'{document.source}, {edition.name}, chart {chart.number} "{chart.title}"'
            said = chart.alt.strip().rstrip(".")
            is_title = said.casefold() == chart.title.strip().rstrip(".").casefold()
            if len(said.split()) < _FEWEST_WORDS or is_title:
                yield Found(where, "it has no description.", "Say in words what the chart shows.")
    for edition in reviewed.editions:
        for page in edition.pages:
            for what in page.without_text:
                yield Found(f"{edition.name}/{page.path}", f"{what} has no alternative text.", "Give it one.")


@check("REV-026", "Links lead somewhere", "A link to a page that is not there is a promise broken.")
def links(reviewed: Reviewed) -> Iterator[Found]:
    """Links of pages to files or places that are not in the edition."""
    for edition in reviewed.editions:
        anchors = {page.path: page.anchors for page in edition.pages}
        for page in edition.pages:
            for link in page.links:
                what = _broken(edition, page.path, link, anchors)
                if what:
                    yield Found(f"{edition.name}/{page.path}", f'"{link}" {what}.', "Mend the address.")


def _broken(edition: Edition, path: str, link: str, anchors: dict[str, frozenset[str]]) -> str:
    """What is wrong with a link; what is outside the edition is not looked for, only how it is written."""
    if re.match(r"(?i)(?:mailto|tel|data):", link):
        return ""
    if re.match(r"(?i)[a-z]+:", link) or link.startswith("//"):
        is_address = re.match(r"(?i)https?://[\w-]+(\.[\w-]+)+(?:[:/?#]|$)", link)
        return "" if is_address else "is no address of the web"
    target, _, anchor = link.partition("#")
    file = _joined(path, target.partition("?")[0]) if target else path
    if file not in edition.files:
        return "leads to a file that is not there"
    is_there = not anchor or file not in anchors or anchor in anchors[file]
    return "" if is_there else "leads to a place that is not on the page"


def _joined(path: str, link: str) -> str:
    parts = path.split("/")[:-1]
    for part in unquote(link).split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    found = "/".join(parts)
    return f"{found}/index.html".lstrip("/") if link.endswith("/") else found


@check("REV-027", "Every public table is in the certificate", "What is not certified has not been protected.")
def certified(reviewed: Reviewed) -> Iterator[Found]:
    """Measures of the public edition, and of its reports, that the certificate does not name."""
    for edition in reviewed.editions:
        if edition.name != "public":
            continue
        for indicator in sorted(
            {figure.indicator for figure in edition.figures.values()} - edition.certified
        ):
            yield Found("public/figures.csv", f"{indicator} is not in the certificate.", "Build again.")
        for document in edition.documents:
            cited = {one.figure_id.partition("/")[0] for one in document.citations()}
            for indicator in sorted(cited - edition.certified):
                where = f"{document.source}, public"
                yield Found(where, f"{indicator} is cited and not in the certificate.", "Build again.")
    for where, what in reviewed.broken:
        yield Found(where, what, "Build again, and publish only what that writes.")


@check(
    "REV-028", "Notes and sections are whole", "A mark without a note, or a heading without a text, is a gap."
)
def gaps(reviewed: Reviewed) -> Iterator[Found]:
    """Marks of notes that are not there, notes twice, tables without rows, and sections without anything."""
    for edition, document in reviewed.documents():
        where = f"{document.source}, {edition.name}"
        numbers = Counter(note.number for note in document.notes)
        for number in sorted(_marks(document) - numbers.keys()):
            yield Found(where, f"note {number} is marked and not there.", "Build the report again.")
        for number in sorted(one for one, many in numbers.items() if many > 1):
            yield Found(where, f"there are two notes {number}.", "Build the report again.")
        for section in document.sections:
            if not section.parts:
                what = "it has a heading and nothing else."
                yield Found(
                    f'{where}, section {section.number} "{section.title}"', what, "Say why it is empty."
                )
        for table in document.tables:
            if _is_uneven(table):
                what = "its rows do not have as many cells as it has columns, or there are none."
                yield Found(f'{where}, table {table.number} "{table.title}"', what, "Build the report again.")


def _marks(document: Document) -> set[int]:
    return {run.note for _, sentence in document.sentences() for run in sentence.runs if run.note}


def _is_uneven(table: ReportTable) -> bool:
    return not table.rows or any(len(row) != len(table.columns) for row in table.rows)
