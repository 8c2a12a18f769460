"""The document: what a report says, sentence by sentence, with the figures that each part stands on.

A report's text and a table of figures make one `Document`. Every form (page, PDF, workbook, CSV) is written
from it and from nothing else, so that a number is the same wherever it is printed; checks before sign-off
read it as well, instead of pages. A form shows `Sentence.runs`, a check reads `Sentence.text` and
`Sentence.cited`: any number of the text that no citation shows was typed by hand.

    for where, sentence in document.sentences():
        typed = numbers_in(sentence.text_outside_citations)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description

Edition = Literal["internal", "public"]
Claim = Literal["value", "times", "share", "base", "unknown", "lower", "upper", "areas in", "areas expected"]
"""Which number of its figure a citation shows: its value, how many times it is another (`against`), its share
of another in per cent, its denominator, how many of another it leaves out, the limits of its interval, or how
many areas are in it and should be."""


@dataclass(frozen=True)
class Citation:
    """A figure where it is printed.

    `shown_text` is what a reader sees ("8,204 crimes", "nearly a third"), made of `number` by `rule` as
    `rounding.said` makes it. `against` is the other figure where two are compared. `figure` is None where
    there is none of that id, `number` is None where it is withheld, refused or
    not known, and then `why` says so.
    """

    figure_id: str
    figure: Figure | None
    number: float | None
    shown_text: str
    rule: str
    claim: Claim = "value"
    against: Figure | None = None
    why: str = ""

    @property
    def is_withheld(self) -> bool:
        """Whether there is no number to show."""
        return self.number is None


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence: plain, strong or stressed text, a link, a citation, or the mark of a note."""

    text: str
    strong: bool = False
    stressed: bool = False
    href: str = ""
    citation: Citation | None = None
    note: int = 0


@dataclass(frozen=True)
class Sentence:
    """One sentence; `source_line` is its line in `Document.source`, first line 1."""

    runs: tuple[Run, ...]
    source_line: int

    @property
    def text(self) -> str:
        """All of it as a reader sees it, without marks of notes."""
        return "".join(run.text for run in self.runs if not run.note)

    @property
    def text_outside_citations(self) -> str:
        """What was typed: the text without what figures show, each of which leaves a space."""
        return "".join(" " if run.citation else run.text for run in self.runs if not run.note)

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The figures it stands on, in order."""
        return tuple(run.citation for run in self.runs if run.citation)


@dataclass(frozen=True)
class Paragraph:
    """Sentences together; `kind` is how they are set: a paragraph, an item of a list, or a warning."""

    sentences: tuple[Sentence, ...]
    kind: Literal["text", "item", "caveat"] = "text"


@dataclass(frozen=True)
class Subheading:
    """A heading within a section; it may cite figures as a sentence does."""

    title: Sentence
    id: str


@dataclass(frozen=True)
class ReportTable:
    """A numbered table. `rows` are cells as printed, the first of each row its header.

    `cited` has a row of citations for each row, None where a cell is no figure.
    """

    number: int
    title: str
    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cited: tuple[tuple[Citation | None, ...], ...]
    notes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    source_line: int = 0


@dataclass(frozen=True)
class ReportChart:
    """A numbered chart: `alt` says it to those who do not see it, `axis` are the numbers along its axes.

    The table that gives its numbers is `table`, by id.
    """

    number: int
    title: str
    id: str
    alt: str
    svg: str
    cited: tuple[Citation, ...]
    axis: tuple[str, ...] = ()
    table: str = ""
    notes: tuple[str, ...] = ()
    source_line: int = 0


Part = Paragraph | Subheading | ReportTable | ReportChart


@dataclass(frozen=True)
class Section:
    """A numbered section; its `heading` may cite figures, `title` is what the contents print."""

    number: int
    heading: Sentence
    id: str
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        """The heading as text."""
        return self.heading.text


@dataclass(frozen=True)
class Note:
    """A note at the end of the report, by the number that marks it: coverage, caveat, rounding."""

    number: int
    text: str


@dataclass(frozen=True)
class Correction:
    """What was put right after a version was issued."""

    on: str
    what: str


@dataclass(frozen=True)
class Document:
    """A report of one edition. `source` is its text's path in the programme folder; dates are ISO dates.

    `descriptions` say what each cited indicator is, by id.
    """

    id: str
    title: str
    subtitle: str
    edition: Edition
    publisher: str
    contact: str
    published_on: str
    version: str
    source: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notice: str = ""
    licence: str = ""
    how_to_cite: str = ""
    threshold: int = 9
    descriptions: Mapping[str, Description] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[Section, Part]]:
        """Every part with its section, in order."""
        for section in self.sections:
            for part in section.parts:
                yield section, part

    def sentences(self) -> Iterator[tuple[Section, Sentence]]:
        """Every sentence with its section, headings included, in order."""
        for section in self.sections:
            yield section, section.heading
            for part in section.parts:
                yield from ((section, sentence) for sentence in _sentences(part))

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """The numbered tables."""
        return tuple(part for _, part in self.parts() if isinstance(part, ReportTable))

    @property
    def charts(self) -> tuple[ReportChart, ...]:
        """The numbered charts."""
        return tuple(part for _, part in self.parts() if isinstance(part, ReportChart))

    def citations(self) -> Iterator[Citation]:
        """Every figure that is printed anywhere, as often as it is."""
        for _, sentence in self.sentences():
            yield from sentence.cited
        for table in self.tables:
            yield from (one for row in table.cited for one in row if one)
        for chart in self.charts:
            yield from chart.cited


def _sentences(part: Part) -> Sequence[Sentence]:
    if isinstance(part, Paragraph):
        return part.sentences
    return (part.title,) if isinstance(part, Subheading) else ()
