"""Rows that cannot be read: all counted, the first thousand of each rule listed."""

from __future__ import annotations

from collections import Counter

from fullpicture.collect.reading.limits import PROBLEMS_LISTED
from fullpicture.collect.reading.records import Record, Unreadable
from fullpicture.core.problem import Problem, Severity

ROW_RULES = {
    "ROW-001": "A row has fewer cells than the header",
    "ROW-002": "A row has more cells than the header",
    "ROW-003": "A row is empty",
    "ROW-004": "A quotation mark is not closed where its cell ends",
    "ROW-005": "A cell is too long",
    "ROW-006": "A row has a NUL character in it",
}
"""Rules under which a row is refused before anything is known of what it means."""


class Refusals:
    """The refused rows of one file or sheet."""

    def __init__(self, file: str, sheet: str) -> None:
        self.counts: Counter[str] = Counter()
        self.widths: Counter[int] = Counter()
        self._file, self._sheet = file, sheet
        self._listed: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One for each row, up to the limit, then one for each rule that has more."""
        over = [rule for rule, count in self.counts.items() if count > PROBLEMS_LISTED]
        return (*self._listed, *map(self._rest, over))

    def unreadable(self, line: Unreadable) -> None:
        """A line that cannot be split into cells."""
        self._add(line.row, line.rule, "refuse", line.what, line.mend)

    def empty(self, first: int, count: int) -> None:
        """Rows of no cells, or of empty ones, with data below them."""
        for row in range(first, first + min(count, PROBLEMS_LISTED)):
            self._add(row, "ROW-003", "note", "The row is empty.", "Nothing is lost; delete it if you like.")
        self.counts["ROW-003"] += max(0, count - PROBLEMS_LISTED)

    def ragged(self, record: Record, width: int) -> None:
        """A row that has more or fewer cells than the header."""
        found = len(record.cells)
        self.widths[found] += 1
        rule, mend = ("ROW-001", _TOO_FEW) if found < width else ("ROW-002", _TOO_MANY)
        what = f"The row has {_cells(found)} where the header has {width:,}."
        if record.last > record.row:
            what += f" It runs over lines {record.row} to {record.last}: a quotation mark may be missing."
        self._add(record.row, rule, "refuse", what, mend)

    def _add(self, row: int, rule: str, severity: Severity, what: str, mend: str) -> None:
        self.counts[rule] += 1
        if self.counts[rule] <= PROBLEMS_LISTED:
            self._listed.append(Problem(self._file, self._sheet, row, "", rule, severity, what, mend))

    def _rest(self, rule: str) -> Problem:
        severity: Severity = "note" if rule == "ROW-003" else "refuse"
        what = f"{self.counts[rule] - PROBLEMS_LISTED:,} more rows are refused for the same reason."
        mend = "Mend the rows listed and check again; one cause is likely."
        return Problem(self._file, self._sheet, None, "", rule, severity, what, mend)


_TOO_FEW = (
    "Fill in the missing cells. If these are notes under the table, say how many rows of them: footer_rows."
)
_TOO_MANY = "Put a cell that has a separator in it in quotation marks, and delete separators at the end."


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count:,} cells"
