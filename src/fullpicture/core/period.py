"""Periods of official statistics, compared by their days, whatever they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

PeriodKind = Literal[
    "calendar", "financial", "financial-part", "financial-quarter", "academic", "reporting", "as-at"
]

_YEAR = re.compile(r"(\d{4})")
_SPAN = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-(\d{2})Q([1-4])")
_PART = re.compile(r"(\d{4})-(\d{2})Q([1-4])-Q([1-4])")
_SHAPES: dict[str, tuple[re.Pattern[str], str]] = {
    "calendar": (_YEAR, "2024"),
    "reporting": (_YEAR, "2025"),
    "financial": (_SPAN, "2024-25"),
    "academic": (_SPAN, "2024-25"),
    "financial-quarter": (_QUARTER, "2024-25Q1"),
    "financial-part": (_PART, "2025-26Q1-Q3"),
    "as-at": (re.compile(r"\d{4}-\d{2}-\d{2}"), "2025-03-31"),
}


@dataclass(frozen=True)
class Period:
    """A kind and a name as written in `figures.csv` (design/contracts.md, "Periods").

    Raises:
        ValueError: the name does not have the shape of its kind; the message shows one that has.

    Examples:
        >>> Period("reporting", "2025").is_comparable_with(Period("financial", "2024-25"))
        True
    """

    kind: PeriodKind
    name: str

    def __post_init__(self) -> None:
        if self.kind not in _SHAPES:
            raise ValueError(f'"{self.kind}" is not a kind of period. Use one of {", ".join(_SHAPES)}.')
        shape, example = _SHAPES[self.kind]
        match = shape.fullmatch(self.name)
        if not match:
            raise ValueError(f'"{self.name}" is not a {self.kind} period. Write it as {example}.')
        if match.re.groups > 1 and (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f'"{self.name}" does not span one year. Write it as {example}.')
        if self.kind == "financial-part" and int(match[3]) > int(match[4]):
            raise ValueError(f'"{self.name}" ends before it starts. Write it as {example}.')
        if self.kind == "as-at" and not _is_a_day(self.name):
            raise ValueError(f'"{self.name}" is not a day of the calendar. Write it as {example}.')

    @classmethod
    def holding(cls, kind: PeriodKind, day: date) -> Period:
        """The period of a kind that a day lies in; a part of a year has no such day.

        Examples:
            >>> Period.holding("financial-quarter", date(2025, 2, 1)).name
            '2024-25Q4'
        """
        year = day.year if day.month >= 4 else day.year - 1
        span = f"{year:04d}-{(year + 1) % 100:02d}"
        school = day.year if day.month >= 9 else day.year - 1
        names = {
            "calendar": f"{day.year:04d}",
            "financial": span,
            "financial-quarter": f"{span}Q{(day.month - 4) % 12 // 3 + 1}",
            "academic": f"{school:04d}-{(school + 1) % 100:02d}",
            "reporting": f"{year + 1:04d}",
            "as-at": day.isoformat(),
        }
        return cls(kind, names[kind])

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        if self.kind == "as-at":
            day = date.fromisoformat(self.name)
            return day, day
        year = int(self.name[:4])
        if self.kind == "calendar":
            return date(year, 1, 1), date(year, 12, 31)
        if self.kind == "reporting":
            return date(year - 1, 4, 1), date(year, 3, 31)
        if self.kind == "academic":
            return date(year, 9, 1), date(year + 1, 8, 31)
        first, last = self._quarters
        return _quarter_start(year, first), _quarter_start(year, last + 1) - timedelta(days=1)

    @property
    def _quarters(self) -> tuple[int, int]:
        """First and last quarter of a financial period."""
        if self.kind == "financial":
            return 1, 4
        found = re.findall(r"Q([1-4])", self.name)
        return int(found[0]), int(found[-1])

    @property
    def first_day(self) -> date:
        """The first day covered."""
        return self.days[0]

    @property
    def last_day(self) -> date:
        """The last day covered; earlier and later mean this day."""
        return self.days[1]

    def is_comparable_with(self, other: Period) -> bool:
        """Whether the days have one length and place in the year (a leap day aside), whatever the kind."""
        return _place(self) == _place(other)

    def why_not_comparable(self, other: Period) -> str | None:
        """The reason a change between the two is refused, or None where it is allowed."""
        if self.is_comparable_with(other):
            return None
        return f"{self.label} and {other.label} do not cover the same part of a year"

    def shifted(self, years: int) -> Period:
        """The same period so many years later (earlier if negative); as-at keeps its day of the year."""
        if self.kind == "as-at":
            moved = f"{self.first_day.year + years:04d}{self.name[4:]}"
            return Period("as-at", moved if _is_a_day(moved) else moved.replace("-02-29", "-02-28"))
        year = int(self.name[:4]) + years
        span = f"{year:04d}-{(year + 1) % 100:02d}"
        return Period(self.kind, f"{year:04d}" if len(self.name) == 4 else span + self.name[7:])

    @property
    def financial_year(self) -> Period:
        """The financial year (April to March) in which the period ends."""
        last = self.last_day
        year = last.year if last.month >= 4 else last.year - 1
        return Period("financial", f"{year:04d}-{(year + 1) % 100:02d}")

    @property
    def label(self) -> str:
        """As people read it: "year to 31 March 2025", "April to June 2024"."""
        first, last = self.days
        if self.kind == "as-at":
            return f"at {last.day} {last:%B %Y}"
        if self.kind == "calendar":
            return self.name
        if self.kind == "reporting":
            return f"year to 31 March {self.name}"
        if self.kind in ("financial", "academic"):
            return f"{self.name} ({first:%B} {first.year} to {last:%B} {last.year})"
        if first.year != last.year:
            return f"{first:%B %Y} to {last:%B %Y}"
        return f"{first:%B} to {last:%B %Y}"

    @property
    def short_label(self) -> str:
        """For an axis or a column: "2024-25", "Q1 2024-25", "Mar 2025"."""
        if self.kind == "reporting":
            return f"Mar {self.name}"
        if self.kind == "financial-quarter":
            return f"{self.name[7:]} {self.name[:7]}"
        if self.kind == "financial-part":
            return f"{self.name[7:]} {self.name[:7]}"
        return self.name


def _quarter_start(year: int, quarter: int) -> date:
    """First day of a quarter of the financial year that starts in `year`; quarter 5 starts the next one."""
    month = 4 + 3 * (quarter - 1)
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _place(period: Period) -> tuple[str, str, bool]:
    """Where in the year the days lie; a state at 29 February counts as at 28 February."""
    first, last = (f"{day:%m-%d}".replace("02-29", "02-28") for day in period.days)
    return first, last, period.kind == "as-at"


def _is_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
