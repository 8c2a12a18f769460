"""What is reviewed: both editions with their reports, figures, pages and what is certified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.report.document import (
    Citation,
    Document,
    Paragraph,
    ReportChart,
    ReportTable,
    Section,
    Sentence,
    Subheading,
)
from fullpicture.publish.review.no_claim import Definitions

Kind = Literal["sentence", "heading", "table title", "chart title"]
CITED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in a statement's `typed` where a citation begins."""
_QUOTED = 70


@dataclass(frozen=True)
class Statement:
    """Something a report says, and where.

    `typed` is `text` with a sign and blanks in place of what figures show, so that places agree; `near` are
    the citations by which a heading that cites nothing is judged: those of what it heads.
    """

    where: str
    kind: Kind
    text: str
    typed: str
    cited: tuple[tuple[int, Citation], ...]
    near: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class PageFacts:
    """What a check needs of a page: its anchors, where its links lead, and what has no alternative text."""

    path: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    without_text: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One edition. `missing` names the areas that an indicator lacks in a period, `certified` the tables of
    the certificate, `excepted` the figures that a named person has signed for, `files` all of its files."""

    name: Literal["internal", "public"]
    documents: tuple[Document, ...]
    figures: Mapping[str, Figure]
    descriptions: Mapping[str, Description]
    missing: Mapping[tuple[str, str, str], frozenset[str]]
    certified: frozenset[str]
    excepted: frozenset[str] = frozenset()
    pages: tuple[PageFacts, ...] = ()
    files: frozenset[str] = frozenset()

    def describe(self, indicator: str) -> Description | None:
        """What an indicator is."""
        found = self.descriptions.get(indicator)
        return found or next(
            (one.descriptions[indicator] for one in self.documents if indicator in one.descriptions), None
        )

    def at(self, figure: Figure, period: str) -> Figure | None:
        """The same figure in another period of its kind."""
        return self.figures.get(figure._replace(period=period).id)

    @cached_property
    def places(self) -> dict[str, str]:
        """The code of each area by its name."""
        return {figure.area_name: figure.area_code for figure in self.figures.values()}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Words that titles of indicators and names of categories have: what the figures are about."""
        titles = {described.title for described in self.descriptions.values()}
        names = titles | {figure.category for figure in self.figures.values()}
        found = {word for name in names for word in re.findall(r"[a-z]{4,}", name.casefold())}
        return frozenset(found - {"that", "with", "where", "share", "known", "from", "year", "change"})

    def statements(self) -> Iterator[tuple[Document, Statement]]:
        """All that its reports say, in order."""
        for document in self.documents:
            for text in filter(None, (document.title, document.subtitle)):
                where = f'{document.source}, {self.name}, title "{text}"'
                yield document, Statement(where, "heading", text, text, ())
            for section in document.sections:
                for statement in _of_section(self.name, document, section):
                    yield document, statement


@dataclass(frozen=True)
class Reviewed:
    """Both editions of a build; `broken` is what `fullpicture verify` says against them: where, and what."""

    editions: tuple[Edition, ...]
    broken: tuple[tuple[str, str], ...] = ()
    definitions: dict[int, Definitions] = field(default_factory=dict)

    def statements(self) -> Iterator[tuple[Edition, Document, Statement]]:
        """All that the reports of both editions say."""
        for edition in self.editions:
            for document, statement in edition.statements():
                yield edition, document, statement

    def documents(self) -> Iterator[tuple[Edition, Document]]:
        """Every report."""
        for edition in self.editions:
            for document in edition.documents:
                yield edition, document

    def defined(self, edition: Edition) -> Definitions:
        """What the indicators of an edition say of themselves."""
        key = id(edition)
        if key not in self.definitions:
            described = [one for document in edition.documents for one in document.descriptions.values()]
            self.definitions[key] = Definitions([*edition.descriptions.values(), *described])
        return self.definitions[key]


def _of_section(edition: str, document: Document, section: Section) -> Iterator[Statement]:
    below = tuple(citation for part in section.parts for citation in _citations(part))
    yield _said(_where(edition, document, section, section.heading), "heading", section.heading, below)
    for at, part in enumerate(section.parts):
        if isinstance(part, Subheading):
            near = tuple(_until_next(section, at + 1))
            yield _said(_where(edition, document, section, part.title), "heading", part.title, near)
        elif isinstance(part, Paragraph):
            for sentence in part.sentences:
                yield _said(_where(edition, document, section, sentence), "sentence", sentence, ())
        else:
            near = tuple(_citations(part))
            kind: Kind = "table title" if isinstance(part, ReportTable) else "chart title"
            yield Statement(
                part_place(edition, document, section, part), kind, part.title, part.title, (), near
            )


def _until_next(section: Section, first: int) -> Iterator[Citation]:
    for part in section.parts[first:]:
        if isinstance(part, Subheading):
            return
        yield from _citations(part)


def _citations(part: object) -> Iterator[Citation]:
    if isinstance(part, Paragraph):
        for sentence in part.sentences:
            yield from sentence.cited
    elif isinstance(part, ReportTable):
        yield from (one for row in part.cited for one in row if one)
    elif isinstance(part, ReportChart):
        yield from part.cited


def _said(where: str, kind: Kind, sentence: Sentence, near: tuple[Citation, ...]) -> Statement:
    text, typed, cited = "", "", list[tuple[int, Citation]]()
    for run in sentence.runs:
        if run.note:
            continue
        if run.citation:
            cited.append((len(text), run.citation))
            typed += (CITED + " " * len(run.text))[: len(run.text)]
        else:
            typed += run.text
        text += run.text
    return Statement(where, kind, text, typed, tuple(cited), near)


def _where(edition: str, document: Document, section: Section, sentence: Sentence) -> str:
    said = sentence.text.strip()
    quoted = said if len(said) <= _QUOTED else f"{said[:_QUOTED].rsplit(' ', 1)[0]} ..."
    return f'{_line(document, sentence.source_line)}, {edition}, section {section.number}, "{quoted}"'


def part_place(edition: str, document: Document, section: Section, part: ReportTable | ReportChart) -> str:
    """Where a table or a chart is."""
    kind = "table" if isinstance(part, ReportTable) else "chart"
    line = _line(document, part.source_line)
    return f'{line}, {edition}, section {section.number}, {kind} {part.number} "{part.title}"'


def _line(document: Document, number: int) -> str:
    return f"{document.source}:{number}" if number else document.source
