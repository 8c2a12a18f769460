"""What every writer of an edition reads: the tables with what a reader must be told about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import zip_longest
from typing import Literal

from fullpicture.core.areas import Register
from fullpicture.core.comparison import Comparisons
from fullpicture.core.errors import NotProtected
from fullpicture.core.joint import JointView
from fullpicture.core.problem import Problem
from fullpicture.core.table import InternalTable, PublicTable, SectionKind
from fullpicture.publish.questions import Question
from fullpicture.publish.report.document import Document

Edition = Literal["internal", "public"]


@dataclass(frozen=True)
class Domain:
    """A part of a section, with its indicators in order."""

    id: str
    title: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading of the site with the indicators under it; `note` is shown where there are none.

    `indicators` are all of them, those of the `domains` included. An outcome or enabler has its `number`
    among those of its kind from its place in the programme's file; no id contains it.
    """

    id: str
    title: str
    indicators: tuple[str, ...] = ()
    note: str = ""
    kind: SectionKind = ""
    number: int = 0
    domains: tuple[Domain, ...] = ()


@dataclass(frozen=True)
class SourceCount:
    """Rows of one source: rows in = rows kept + rows refused, by rule."""

    source: str
    rows_in: int
    rows_kept: int
    rows_refused: Mapping[str, int]


@dataclass(frozen=True)
class Publication:
    """One edition of a programme, ready to write.

    `findings` are what published files say against themselves. `rules` are what is hidden, in words, where
    there is more to say than the threshold.
    `has_returns` where pages of forces' returns are written beside it; never of the public edition.
    `comparisons`, `joint` and `reports` are made of these tables and nothing else.

    Raises:
        NotProtected: the public edition holds a table that `protect()` has not made.
    """

    edition: Edition
    title: str
    summary: str
    tables: Sequence[InternalTable] | Sequence[PublicTable]
    register: Register
    sections: tuple[Section, ...]
    headlines: tuple[str, ...]
    publisher: str
    contact: str
    published_on: str
    notice: str = ""
    licence: str = ""
    threshold: int = 9
    rules: Sequence[str] = ()
    purpose: str = ""
    principles: tuple[str, ...] = ()
    counts: tuple[SourceCount, ...] = ()
    findings: tuple[Problem, ...] = ()
    has_returns: bool = False
    questions: tuple[Question, ...] = ()
    comparisons: Comparisons = field(default_factory=Comparisons.none)
    joint: JointView = field(default_factory=JointView.none)
    reports: tuple[Document, ...] = ()

    def __post_init__(self) -> None:
        if self.edition == "public":
            if any(question.within is not None for question in self.questions):
                raise NotProtected(
                    "a question with words that nobody has released. Leave out what is within."
                )
            for table in self.tables:
                if not isinstance(table, PublicTable):
                    raise NotProtected(
                        f"{table.description.indicator}: the public edition takes public tables only. "
                        "Pass the internal table to fullpicture.protect()."
                    )

    @property
    def has_withheld(self) -> bool:
        """Whether there are pages that say what is withheld of its tables: of the internal edition alone."""
        ours = (one for one in self.tables if not all(note.published for note in one.description.sources))
        return self.edition == "internal" and any(True for _ in ours)

    @property
    def has_themes(self) -> bool:
        """Whether there are pages of open questions."""
        return bool(self.questions)

    def says_the_same_as(self, other: Publication) -> bool:
        """Whether all figures, comparisons and texts are those of the other edition, to the last bit.

        What an edition says of itself and of the rows that came in is left out, and its reports, which say
        which edition they are: no page of a figure or an area shows it.
        """
        own = ("edition", "counts", "has_returns", "tables", "comparisons", "joint", "reports")
        texts = [field.name for field in fields(self) if field.name not in own]
        return all(getattr(self, name) == getattr(other, name) for name in texts) and all(
            one == another for one, another in zip_longest(self._tables(), other._tables())
        )

    def _tables(self) -> Iterator[object]:
        """Everything that is in tables; Arrow compares them by their cells."""
        for table in self.tables:
            yield from (table.description, table.figures, table.coverage)
        yield from (self.comparisons.facts, self.comparisons.comparators, self.joint.themes, self.joint.rows)
