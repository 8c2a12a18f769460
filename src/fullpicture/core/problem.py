"""What is wrong in delivered data, as rows a force or an analyst can act on; never an exception."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["refuse", "warn", "note"]

PROBLEM_COLUMNS = ("file", "sheet", "row", "column", "rule", "severity", "what", "mend")


class Problem(NamedTuple):
    """One line of `problems.csv` (design/contracts.md, "Problems").

    `row` is the file's own row number, 1 for its first line; None when the whole file is meant.
    `what` may quote codes; never names, free text, dates or identifiers.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    rule: str
    severity: Severity
    what: str
    mend: str
