"""How a source is declared: where its files are, how they are read, and what their columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fullpicture.collect.returns.record import Unit
from fullpicture.core.period import Period, PeriodKind

CellFormat = Literal["years:months"]
Layout = Literal[
    "tidy",
    "fingertips",
    "home-office-crime",
    "home-office-outcomes",
    "sheet",
    "return",
    "neighbours",
    "responses",
    "transcripts",
]
RESPONSES, TRANSCRIPTS = "responses", "transcripts"


@dataclass(frozen=True)
class Blank:
    """Cells to be read as an absence, with the reason; `where` names columns and their values."""

    where: Mapping[str, tuple[str, ...]]
    absence: str
    why: str


@dataclass(frozen=True)
class NotSupplied:
    """Why a source's files are not here, and the latest period that they would have."""

    why: str
    period: Period


@dataclass(frozen=True)
class Reading:
    """How a delivered file is read; nothing here is guessed from the file's content.

    `header_row` is the file's own row number of the header (rows above it are the preamble); `footer_rows`
    is how many rows at the end are not data; `separator` "" means comma for .csv and tab for .tsv.
    """

    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8"
    separator: str = ""
    header_row: int = 1
    footer_rows: int = 0
    sheet: str = ""


@dataclass(frozen=True)
class Source:
    """One source of a programme (`sources/*.toml`; every key is explained in docs/settings.md).

    `files` are relative to the data folder. `columns` says what a layout's columns are called in these files:
    `{ police_force = "Force", crimes = "n" }`, several names where files differ. `where` keeps rows by value
    and `leave_out` drops them; what they drop is counted as refused under a rule. `symbols` adds to
    `core.absence.SYMBOLS`; `empty` is what an empty cell means. `state_on` ("06-30") says that a
    year in these files is a state on that day of it. `covers` is the area whose parts the
    source should have, `base_levels` the levels of those parts;
    `rounded` says to what counts are rounded, by level of area. `joins` names the returns that a national
    record is made of, and `unit` what one row of it is. `formats` says how the numbers of a column are
    written where they are no plain numbers. `not_supplied` stands in for the files while none of them is
    there. `reason` is the column that says why a cell is empty; `labels` names columns
    that say something of a series ("trend"), to be held against it; `before_birth` says whether figures that
    are published for an area before it began, or after it ended, are kept. Of answers to open questions
    `questions` has the wording of each by what stands in its column, `codebook` names what they were coded
    by, `coded` the files of people's codes (the one that counts first), `assigned` the machine's.
    Of transcripts `key` is the file of pseudonyms, `interviewers` who asks, `role` what the others are and
    `area` where they live.
    """

    id: str
    title: str
    layout: Layout
    files: tuple[str, ...]
    reading: Reading = field(default_factory=Reading)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: Period | None = None
    period_kinds: tuple[PeriodKind, ...] = ()
    state_on: str = ""
    reason: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    before_birth: Literal["keep", "drop"] = "keep"
    not_supplied: NotSupplied | None = None
    formats: Mapping[str, CellFormat] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    empty: str = "x"
    blank: tuple[Blank, ...] = ()
    rounded: Mapping[str, int] = field(default_factory=dict)
    covers: str = ""
    base_levels: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    unit: Unit = "crime"
    published: bool = False
    publisher: str = ""
    url: str = ""
    licence: str = ""
    caveat: str = ""
    next_update: str = ""
    owner: str = ""
    purpose: str = ""
    retained_until: str = ""
    codebook: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    coded: tuple[str, ...] = ()
    assigned: str = ""
    key: str = ""
    interviewers: tuple[str, ...] = ()
    role: str = ""
    area: str = ""

    @property
    def has_words(self) -> bool:
        """Whether it holds what people said or wrote, to be given themes."""
        return self.layout in (RESPONSES, TRANSCRIPTS)
