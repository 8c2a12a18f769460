"""Invented reports of forces' returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from fullpicture.core.areas import Register
from fullpicture.publish.force_report import (
    FieldStates,
    ForceReport,
    Masthead,
    Month,
    Outcomes,
    Refused,
    SharedFigure,
    ToMend,
)

MASTHEAD = Masthead(
    title="Invented nation: response to vulnerability",
    publisher="Invented Office",
    published_on="2025-06-01",
    contact="statistics@example.org",
    notice="Invented figures.",
)
COUNTS = (210, 190, 0, 205, 900, 200, 195, 220, 208, 30, 199, 187)
MARKS = {2: "gap", 4: "up", 9: "down"}


def _months() -> tuple[Month, ...]:
    found = [
        Month(date(2024 + (at + 3) // 12, (at + 3) % 12 + 1, 1), n, 200.0, MARKS.get(at, ""))  # type: ignore[arg-type]
        for at, n in enumerate(COUNTS)
    ]
    return tuple(found)


def kent(**other: Any) -> ForceReport:
    """A return with something of everything wrong with it."""
    days = [month.first_day for month in _months()]
    given = ForceReport(
        code="E23000032",
        name="Kent",
        state="received",
        state_since=date(2025, 5, 2),
        due_on=date(2025, 4, 30),
        period="April 2024 to March 2025",
        as_of=date(2025, 4, 15),
        files=("kent 2024.csv",),
        rows_in=3000,
        rows_kept=2760,
        refused=(
            Refused("DUP-010", "A row that the force marked as a duplicate is not sent", 40, by_choice=True),
            Refused("DAT-001", "A crime is not recorded in the future", 200),
        ),
        mend=(
            ToMend("DAT-001", "A crime is not recorded in the future", "refuse", "Created Date",
                   "Write the day on which it was recorded.", 200),
            ToMend("MAP-001", "A text is one of the known values", "warn", "Vic - <sex>",
                   "Write female or male, or say what the text means.", 44),
            ToMend("MAP-005", "Every column is mapped", "note", "", "Nothing to do.", 3000),
        ),
        months=_months(),
        outside=(3, 0, 12),
        fields=(
            FieldStates("Offence code", 2760, 2760),
            FieldStates("Victim's age", 2760, 1500, 700, 300, 100, 160),
            FieldStates("Victim's sex", 2760, 2759, unusable=1),
            FieldStates("Online", 2760, 0, not_delivered=2760),
        ),
        outcomes=Outcomes(2744, 2000, 700, 1500, 41.0),
        outcome_months=tuple(
            Outcomes(n, n if at < 9 else 0, n // (3 + at), n // 2, 40.0 + at if n else None, month=days[at])
            for at, n in enumerate(COUNTS)
        ),
        shared=(SharedFigure("CSAE crimes recorded", "2,744", "Kent, April 2024 to March 2025, own return"),),
    )  # fmt: skip
    return replace(given, **other)


def clean(code: str, name: str) -> ForceReport:
    """A return that leaves nothing to mend."""
    months = tuple(Month(month.first_day, 100, 100.0) for month in _months())
    fields = (FieldStates("Offence code", 1200, 1200),)
    return ForceReport(
        code, name, "accepted", rows_in=1200, rows_kept=1200, months=months, fields=fields,
        outcomes=Outcomes(1200, 900, 90, 1000, 12.0),
    )  # fmt: skip


def nation() -> list[ForceReport]:
    """All 43 forces: Kent as above, Gwent without a return, a few in between, the rest clean."""
    forces = [area for area in Register.shipped().areas if area.code.startswith(("E23", "W15"))]
    found = []
    for at, area in enumerate(forces):
        report = (
            replace(kent(), code=area.code, name=area.name) if at % 5 == 0 else clean(area.code, area.name)
        )
        if area.code == "W15000002":
            report = ForceReport(area.code, area.name, "requested", due_on=date(2025, 4, 30), is_overdue=True)
        found.append(kent() if area.code == "E23000032" else report)
    return found
