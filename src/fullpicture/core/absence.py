"""Why a figure has no value: typed, ordered, never a number and never an empty string."""

from __future__ import annotations

from enum import StrEnum


class Absence(StrEnum):
    """A reason for a missing value, in the symbols of the UK statistics guidance on shorthand.

    The value is the symbol as written in files; people read it in square brackets (`in_brackets`).
    Source: Analysis Function, "Using symbols and shorthand in statistical publications".
    """

    SUPPRESSED = "c"
    LOW_RELIABILITY = "u"
    NOT_AVAILABLE = "x"
    ROUNDS_TO_ZERO = "low"
    NOT_APPLICABLE = "z"

    @property
    def in_brackets(self) -> str:
        """The symbol where people read: `[c]`."""
        return f"[{self.value}]"

    @property
    def meaning(self) -> str:
        """What the symbol says, in words for a legend."""
        return _MEANINGS[self]


_MEANINGS = {
    Absence.SUPPRESSED: "suppressed to protect people",
    Absence.LOW_RELIABILITY: "low reliability",
    Absence.NOT_AVAILABLE: "not available",
    Absence.ROUNDS_TO_ZERO: "rounds to zero but is not zero",
    Absence.NOT_APPLICABLE: "not applicable",
}

PRECEDENCE: tuple[Absence, ...] = (
    Absence.SUPPRESSED,
    Absence.LOW_RELIABILITY,
    Absence.NOT_AVAILABLE,
    Absence.ROUNDS_TO_ZERO,
    Absence.NOT_APPLICABLE,
)
"""Which absence wins when two meet, strongest first."""

SYMBOLS: dict[str, Absence] = {
    **{absence.value: absence for absence in Absence},
    **{absence.in_brackets: absence for absence in Absence},
    "k": Absence.ROUNDS_TO_ZERO,
    "[k]": Absence.ROUNDS_TO_ZERO,
}
"""Symbols met in published files; `k` is the newer spelling of `low`."""


def strongest(*absences: Absence | None) -> Absence | None:
    """The absence that wins when several meet, or None where every value is present.

    Examples:
        >>> strongest(Absence.NOT_AVAILABLE, Absence.SUPPRESSED, None)
        <Absence.SUPPRESSED: 'c'>
    """
    present = {absence for absence in absences if absence is not None}
    return next((absence for absence in PRECEDENCE if absence in present), None)
