"""A release as readers find it: its version, its permanent address, who signed for it, what it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Issue:
    """One version that was released; `correction` says what was wrong in the version before and is now right.

    `summary`, `keywords`, `first_day`, `last_day`, `places` and `files` are what a catalogue is told of it.
    """

    version: str
    title: str
    summary: str
    publisher: str
    contact: str
    licence: str
    published_on: date
    released_at: datetime
    signed_by: str
    checks: int
    waived: tuple[str, ...]
    sha256: str
    correction: str = ""
    keywords: tuple[str, ...] = ()
    first_day: str = ""
    last_day: str = ""
    places: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Announced:
    """A day on which something will be released, announced before; `moved` says from when and why."""

    on: date
    what: str
    moved: str = ""


@dataclass(frozen=True)
class Series:
    """All releases of a programme, latest first, with the days announced, under one web address."""

    title: str
    publisher: str
    address: str
    issues: Sequence[Issue]
    calendar: Sequence[Announced]

    def address_of(self, issue: Issue, path: str = "") -> str:
        """The permanent address of a version, or of a file of it."""
        return f"{self.address.rstrip('/')}/{issue.version}/{path}"
