"""Makes a document of a report's text and an edition's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.table import Description
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.answering import Answers
from fullpicture.publish.report.author import Author
from fullpicture.publish.report.charting import Funnel
from fullpicture.publish.report.citing import Cites, Defaults
from fullpicture.publish.report.desk import Appendix, Desk
from fullpicture.publish.report.document import (
    Correction,
    Document,
    Paragraph,
    Part,
    ReportChart,
    ReportTable,
    Section,
    Subheading,
)
from fullpicture.publish.report.lookup import Lookup
from fullpicture.publish.report.notes import Notes
from fullpicture.publish.report.reading import (
    CannotRead,
    DraftBlock,
    DraftSection,
    filled_in,
    line_of_mark,
    sections_of,
)


@dataclass(frozen=True)
class ReportText:
    """A report as written: `reports/<id>.md` of a programme folder; `first_line` is where its body begins."""

    id: str
    path: str
    title: str
    body: str
    first_line: int
    defaults: Defaults
    subtitle: str = ""
    version: str = "1.0"
    falls_away: bool = False
    corrections: tuple[Correction, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)


def document_of(text: ReportText, publication: Publication, funnel: Funnel) -> Document:
    """A report of an edition: of its tables and of nothing else.

    Args:
        funnel: makes the limits of a funnel chart.

    Raises:
        ProgrammeRefused: the text asks for what is not there; with every mistake in it.
    """
    lookup = Lookup(publication.tables, publication.register)
    author = Author(Cites(lookup, text.defaults), Desk(), text.falls_away, funnel)
    known = {**author.calls(), "edition": publication.edition, "latest": text.defaults.period, **text.says}
    try:
        filled = filled_in(text.body, text.first_line, text.path, known)
        drafts = sections_of(filled, text.path)
    except CannotRead as broken:
        raise ProgrammeRefused([broken.mistake]) from None
    mistakes = [
        Mistake(f"{text.path}:{line_of_mark(filled, item)}", error.what, error.mend)
        for item, error in author.desk.missing.items()
    ]
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return _Maker(text, publication, author, Notes(lookup)).document(drafts)


@dataclass
class _Maker:
    """Numbers tables and charts, then answers every sentence."""

    text: ReportText
    publication: Publication
    author: Author
    notes: Notes
    numbers: dict[str, str] = field(default_factory=dict)
    counts: dict[type, int] = field(default_factory=dict)
    placed: dict[int, tuple[Part, ...]] = field(default_factory=dict)

    def document(self, drafts: Sequence[DraftSection]) -> Document:
        for section in drafts:
            for block in section.blocks:
                self.placed[id(block)] = tuple(self._numbered(block))
        answers = Answers(self.author.desk.items, self.numbers, self.notes, self.text.path)
        answers.mistakes += self._standing_twice(drafts)
        sections = tuple(
            Section(
                number,
                answers.sentence(section.heading, marked=False),
                section.id,
                tuple(part for block in section.blocks for part in self._parts(block, answers)),
            )
            for number, section in enumerate(drafts, start=1)
        )
        if answers.mistakes:
            raise ProgrammeRefused(answers.mistakes)
        return self._whole(sections)

    def _standing_twice(self, drafts: Sequence[DraftSection]) -> Iterator[Mistake]:
        """Ids that lead to two places: no link and no `ref()` could tell them apart."""
        seen: dict[str, int] = {}
        for id_, line in self._ids(drafts):
            first = seen.setdefault(id_, line)
            if first != line:
                what = f'the id "{id_}" stands in line {first} already.'
                yield Mistake(f"{self.text.path}:{line}", what, "Give one of them another.")

    def _ids(self, drafts: Sequence[DraftSection]) -> Iterator[tuple[str, int]]:
        for section in drafts:
            yield section.id, section.heading.line
            for block in section.blocks:
                if block.level:
                    yield block.id, block.drafts[0].line
                for part in self.placed[id(block)]:
                    if isinstance(part, ReportTable | ReportChart):
                        yield part.id, part.source_line

    def _numbered(self, block: DraftBlock) -> Iterator[Part]:
        """The table or the chart that a block is, or the tables that belong where it stands."""
        items = [part for draft in block.drafts for part in draft.stretches]
        if len(items) != 1 or items[0].item is None:
            return
        found, line = self.author.desk.items[items[0].item], block.drafts[0].line
        if isinstance(found, ReportTable | ReportChart):
            yield self._with_number(found, line)
        elif isinstance(found, Appendix):
            yield from (self._with_number(table, line) for table in self.author.apart.values())

    def _with_number(self, part: ReportTable | ReportChart, line: int) -> Part:
        number = self.counts[type(part)] = self.counts.get(type(part), 0) + 1
        if isinstance(part, ReportChart):
            part = replace(part, table=self.author.instead.get(part.table, part.table))
        self.numbers[part.id] = f"{'table' if isinstance(part, ReportTable) else 'figure'} {number}"
        return replace(part, number=number, source_line=line)

    def _parts(self, block: DraftBlock, answers: Answers) -> Sequence[Part]:
        placed = self.placed[id(block)]
        if placed or _is_appendix(block, self.author.desk):
            return placed
        if block.level:
            return (Subheading(answers.sentence(block.drafts[0], marked=False), block.id),)
        sentences = tuple(
            found for draft in block.drafts if (found := answers.sentence(draft, marked=True)).runs
        )
        return (Paragraph(sentences, block.kind),) if sentences else ()  # type: ignore[arg-type]

    def _whole(self, sections: tuple[Section, ...]) -> Document:
        text, publication = self.text, self.publication
        edition = "" if publication.edition == "public" else " (internal)"
        named = f"{publication.publisher}, {text.title}{edition}, version {text.version}"
        return Document(
            id=text.id,
            title=text.title,
            subtitle=text.subtitle,
            edition=publication.edition,
            publisher=publication.publisher,
            contact=publication.contact,
            published_on=publication.published_on,
            version=text.version,
            source=text.path,
            sections=sections,
            notes=self.notes.all(),
            corrections=text.corrections,
            notice=publication.notice,
            licence=publication.licence,
            how_to_cite=f"{named}, {publication.published_on}.",
            threshold=publication.threshold,
            descriptions=_descriptions(sections, self.author.cites.lookup),
        )


def _is_appendix(block: DraftBlock, desk: Desk) -> bool:
    items = [part.item for draft in block.drafts for part in draft.stretches]
    return len(items) == 1 and items[0] is not None and isinstance(desk.items[items[0]], Appendix)


def _descriptions(sections: Sequence[Section], lookup: Lookup) -> dict[str, Description]:
    """What each cited indicator is."""
    empty = Document("", "", "", "public", "", "", "", "", "", tuple(sections))
    cited = sorted({citation.figure_id.partition("/")[0] for citation in empty.citations()})
    return {indicator: lookup.description(indicator) for indicator in cited}
