"""Rows that cannot be read: all counted, the first thousand of each rule listed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from fullpicture.collect.reading.limits import PROBLEMS_LISTED
from fullpicture.collect.reading.records import Record, Unreadable
from fullpicture.core.problem import Problem, Severity

Numbers = npt.NDArray[np.int64]

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

    def ragged_record(self, record: Record, width: int) -> None:
        """A row that has more or fewer cells than the header."""
        runs_over = ""
        if record.last > record.row:
            runs_over = f" It runs over lines {record.row} to {record.last}: a quotation mark may be missing."
        self._ragged(record.row, len(record.cells), width, runs_over)

    def ragged(self, rows: Numbers, found: Numbers, width: int) -> None:
        """Rows, each on one line, with how many cells each has."""
        too_few = found < width
        listed = [
            np.flatnonzero(is_so)[: max(0, PROBLEMS_LISTED - self.counts[rule])]
            for rule, is_so in (("ROW-001", too_few), ("ROW-002", ~too_few))
        ]
        for place in np.sort(np.concatenate(listed)):
            self._ragged(int(rows[place]), int(found[place]), width)
        for rule, is_so, ones in zip(("ROW-001", "ROW-002"), (too_few, ~too_few), listed, strict=True):
            if more := int(is_so.sum()) - len(ones):
                self.counts[rule] += more
        rest = np.delete(found, np.concatenate(listed))
        widths, counts = np.unique(rest, return_counts=True)
        self.widths.update(dict(zip(widths.tolist(), counts.tolist(), strict=True)))

    def _ragged(self, row: int, found: int, width: int, runs_over: str = "") -> None:
        self.widths[found] += 1
        rule, mend = ("ROW-001", _TOO_FEW) if found < width else ("ROW-002", _TOO_MANY)
        what = f"The row has {_cells(found)} where the header has {width:,}.{runs_over}"
        self._add(row, rule, "refuse", what, mend)

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
