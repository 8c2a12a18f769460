"""What the pages of returns read: one report a force, and the masthead they stand under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fullpicture.core.problem import Severity
from fullpicture.publish.publication import Edition, Publication
from fullpicture.publish.report.document import Document

ReturnState = Literal["not requested", "requested", "received", "sent back", "accepted"]
Mark = Literal["", "gap", "up", "down"]


@dataclass(frozen=True)
class Masthead:
    """What stands above and below the pages; they are of the internal edition, and there is no public one."""

    title: str
    publisher: str
    published_on: str
    contact: str
    notice: str = ""
    licence: str = ""
    has_themes: bool = False
    reports: tuple[Document, ...] = ()

    @classmethod
    def of(cls, publication: Publication) -> Masthead:
        """The masthead of an edition.

        Raises:
            ValueError: the edition is public.
        """
        if publication.edition != "internal":
            raise ValueError("pages of returns show small counts: they are for the internal edition alone.")
        said = ["title", "publisher", "published_on", "contact", "notice", "licence", "has_themes", "reports"]
        return cls(**{name: getattr(publication, name) for name in said})

    @property
    def edition(self) -> Edition:
        return "internal"

    @property
    def has_returns(self) -> bool:
        return True


@dataclass(frozen=True)
class Refused:
    """Rows refused under one rule.

    `by_choice` where the mapping asks for it (the force's own marks of duplicates, rows of other offences),
    so that the force has nothing to mend.
    """

    rule: str
    title: str
    rows: int
    by_choice: bool = False


@dataclass(frozen=True)
class ToMend:
    """Problems that one mend clears: by rule and column, the most rows first."""

    rule: str
    title: str
    severity: Severity
    column: str
    mend: str
    rows: int


@dataclass(frozen=True)
class Month:
    """A month of the period: its crimes, the median of the force's other months, and what is odd about it."""

    first_day: date
    crimes: int
    usual: float
    mark: Mark = ""


@dataclass(frozen=True)
class FieldStates:
    """How many records have a value in a field, and why the others have none; they add up to `records`."""

    title: str
    records: int
    with_value: int
    unknown: int = 0
    not_recorded: int = 0
    not_applicable: int = 0
    unusable: int = 0
    not_delivered: int = 0

    @property
    def expected(self) -> int:
        """Records that should have a value: the field is sent and applies."""
        return self.records - self.not_applicable - self.not_delivered


@dataclass(frozen=True)
class Outcomes:
    """Crimes of the period, or of one month: old enough to be late, late among them, closed."""

    crimes: int
    old: int
    late: int
    closed: int
    median_days: float | None
    month: date | None = None


@dataclass(frozen=True)
class SharedFigure:
    """A figure that the force has been given already, with its unit, period and source in words."""

    title: str
    said: str
    where: str


@dataclass(frozen=True)
class Again:
    """A return that replaced an earlier one: how its rows differ from the rows before."""

    title: str
    on: date
    same: int
    new: int
    revised: int
    withdrawn: int


@dataclass(frozen=True)
class ForceReport:
    """One force's return, as its page and the national matrix show it.

    Only this force's own records are in it, and in `shared` what it has been given before: the report is what
    is sent. A force without a return has its state and nothing else.

    Args:
        counted: what `months` and `outcomes` count: `crimes`, or `records` where a return has no references.
        period: in words, as `April 2024 to March 2025`.
        outside: records before the period, after it, and on no day that is given.
        late_after: days after which an open crime is late.

    Raises:
        ValueError: rows in are not rows kept and refused.
    """

    code: str
    name: str
    state: ReturnState
    state_since: date | None = None
    due_on: date | None = None
    is_overdue: bool = False
    period: str = ""
    as_of: date | None = None
    files: tuple[str, ...] = ()
    counted: str = "crimes"
    rows_in: int = 0
    rows_kept: int = 0
    refused: tuple[Refused, ...] = ()
    mend: tuple[ToMend, ...] = ()
    months: tuple[Month, ...] = ()
    outside: tuple[int, int, int] = (0, 0, 0)
    fields: tuple[FieldStates, ...] = ()
    outcomes: Outcomes | None = None
    outcome_months: tuple[Outcomes, ...] = ()
    late_after: int = 90
    again: tuple[Again, ...] = ()
    shared: tuple[SharedFigure, ...] = ()

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + self.rows_refused:
            raise ValueError(f"{self.code}: rows in = rows kept + rows refused does not hold.")

    @property
    def rows_refused(self) -> int:
        return sum(one.rows for one in self.refused)

    @property
    def is_in(self) -> bool:
        """Whether there is a return to judge."""
        return self.rows_in > 0
