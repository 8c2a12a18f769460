"""The checks of the national matrix: what each asks of a return, and from where on it is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fullpicture.publish.force_report import ForceReport
from fullpicture.publish.words import plain

Level = Literal["fine", "look", "mend", "none"]
SIGNS: dict[Level, tuple[str, str]] = {
    "fine": ("✓", "fine"),
    "look": ("?", "to be looked at"),
    "mend": ("✗", "to be mended"),
    "none": ("–", "cannot be said"),
}
"""A sign and words for each level: never a colour alone."""


@dataclass(frozen=True)
class Check:
    """One column of the matrix.

    Args:
        title: its header; `anchor` is the part of a force's page that it leads to.
        asks: what it measures, in words.
        measure: the number, None where it cannot be said.
        unit: `%`, `per 100`, or the noun that is counted.
        look, mend: the number above which it is to be looked at, to be mended; None for never.
    """

    title: str
    anchor: str
    asks: str
    measure: Callable[[ForceReport], float | None]
    unit: str
    look: float
    mend: float | None

    def judged(self, report: ForceReport) -> tuple[Level, str]:
        """How a force stands, and the number in words."""
        found = self.measure(report) if report.is_in else None
        if found is None:
            return "none", "no return" if not report.is_in else "not known"
        level: Level = "mend" if self.mend is not None and found > self.mend else "look"
        return ("fine" if found <= self.look else level), self.said(found)

    def said(self, number: float) -> str:
        if not number:
            return "none"
        if self.unit == "%":
            return f"{_small(number)}%"
        if self.unit == "per 100":
            return f"{_small(number)} per 100"
        return f"{plain(number, 0)} {self.unit if number == 1 else self.unit + 's'}"

    @property
    def limits(self) -> str:
        """From where on, in words."""
        above = f"Above {self.said(self.look)} it is to be looked at"
        if self.look == 0:
            above = "Any is to be looked at"
        if self.mend is None:
            return f"{above}."
        if self.mend == self.look:
            return (
                "Any is to be mended."
                if self.look == 0
                else f"Above {self.said(self.look)} it is to be mended."
            )
        return f"{above}, above {self.said(self.mend)} mended."


def _small(number: float) -> str:
    return "under 0.1" if 0 < number < 0.05 else plain(number, 1)


def _refused(report: ForceReport) -> float | None:
    refused = sum(one.rows for one in report.refused if not one.by_choice)
    return _share(refused, report.rows_in)


def _problems(report: ForceReport) -> float | None:
    return _share(sum(one.rows for one in report.mend if one.severity == "warn"), report.rows_kept)


def _gaps(report: ForceReport) -> float | None:
    return sum(month.mark == "gap" for month in report.months) if report.months else None


def _jumps(report: ForceReport) -> float | None:
    return sum(month.mark in ("up", "down") for month in report.months) if report.months else None


def _outside(report: ForceReport) -> float | None:
    """Not known of a return that gives years and no days."""
    if not report.months:
        return None
    return _share(sum(report.outside), sum(month.crimes for month in report.months) + sum(report.outside))


def _not_sent(report: ForceReport) -> float | None:
    return sum(one.not_delivered == one.records for one in report.fields) if report.fields else None


def _no_value(report: ForceReport) -> float | None:
    expected = sum(one.expected for one in report.fields)
    return _share(expected - sum(one.with_value for one in report.fields), expected)


def _late(report: ForceReport) -> float | None:
    return _share(report.outcomes.late, report.outcomes.old) if report.outcomes else None


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


CHECKS = (
    Check("Refused", "rows", "Rows refused, of those sent; duplicates that the force marked itself are none.",
          _refused, "%", 1, 5),
    Check("Problems", "mend", "Problems to mend in rows that were kept, for each hundred of them.",
          _problems, "per 100", 1, 5),
    Check("Gaps", "odd", "Months of the period without a crime.", _gaps, "month", 0, 0),
    Check("Jumps", "odd", "Months with more than 3 times, or less than a third of, what others have.",
          _jumps, "month", 0, None),
    Check("Outside", "odd", "Crimes recorded outside the period, or on no day that is given.",
          _outside, "%", 0, 1),
    Check("Not sent", "fields", "Fields that the return has no column for.", _not_sent, "field", 0, None),
    Check("No value", "fields", "Values that are unknown, not recorded or unusable, in fields that are sent.",
          _no_value, "%", 10, 30),
    Check("Late", "outcomes-h", "Crimes without an outcome, of those recorded long enough ago.",
          _late, "%", 25, 50),
)  # fmt: skip
"""In the order of a force's page. The limits are ours, for comparing forces: no standard names any."""


def state_of(report: ForceReport) -> tuple[Level, str]:
    """How the return itself stands; an overdue one is to be mended whatever its state."""
    if report.is_overdue:
        return "mend", f"{report.state}, overdue"
    levels: dict[str, Level] = {"accepted": "fine", "received": "look", "sent back": "look"}
    return levels.get(report.state, "none"), report.state
