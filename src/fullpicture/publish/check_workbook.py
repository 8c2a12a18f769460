"""The workbook that goes back to a force: what to mend in its return, the mend that clears most rows first.

It keeps to the rules for statistics in spreadsheets (`workbook.py`): title in A1, one marked-up table a
sheet, no merged and no empty cells, symbols explained. Every cell is a text or a number: what a force wrote
is never a formula, neither here nor after somebody edits the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from fullpicture.core.problem import Problem, Severity

Cell = str | int
SEVERITIES: Mapping[Severity, str] = {
    "refuse": "Refused: the row is not in any figure until it is mended.",
    "warn": "Warning: the row is used; what is wrong in it may make a figure wrong.",
    "note": "Note: worth knowing; there may be nothing to mend.",
}
NOT_SHOWN, EMPTY, NONE = "[not shown]", "[empty]", "[none]"
_SYMBOLS = {
    NOT_SHOWN: "The cell could name a person or a case; look it up in your own file by its row.",
    EMPTY: "The cell is empty.",
    NONE: "No single row, column or cell is meant, or no row is listed.",
}
_OF_ROWS = re.compile(r"\(([\d,]+) (?:rows|records)(?:, this is the first)?\)")
_MORE = re.compile(r"^([\d,]+) more (?:rows|records)\b")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_VALUE, _FIRST_ROWS = 250, 5
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed day of making: the clock is never read."""


@dataclass(frozen=True)
class RuleWords:
    """A rule in words for a force: what must be so, and what to do where it is not."""

    code: str
    title: str
    severity: Severity
    mend: str


@dataclass(frozen=True)
class CheckBook:
    """What goes into the workbook: problems with the text of the cell that each means, in the same order.

    `rows` is how many rows each rule is broken by where that is known better than by counting problems.
    """

    title: str
    lines: Sequence[str]
    problems: Sequence[Problem]
    values: Sequence[str]
    rules: Sequence[RuleWords]
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mend:
    """All problems of one rule in one column: what one mend clears."""

    rule: str
    column: str
    severity: Severity
    rows: int
    what: str
    mend: str
    first_rows: tuple[int, ...]
    places: tuple[int, ...]


def rows_meant(problem: Problem) -> int:
    """How many rows a problem is about: one, unless its words say how many more there are.

    Examples:
        >>> rows_meant(Problem("f", "", None, "", "R", "warn", "2,000 more records break this rule.", ""))
        2000
    """
    match = _OF_ROWS.search(problem.what) or _MORE.search(problem.what)
    return int(match[1].replace(",", "")) if match else 1


def mends(problems: Sequence[Problem]) -> list[Mend]:
    """Problems by rule and column, the mend that clears most rows first, and notes after all others."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, problem in enumerate(problems):
        groups.setdefault((problem.rule, problem.column), []).append(place)
    found = [_mend([problems[place] for place in places], places) for places in groups.values()]
    return sorted(found, key=lambda one: (one.severity == "note", -one.rows, one.severity, one.rule))


def _mend(problems: Sequence[Problem], places: Sequence[int]) -> Mend:
    first = problems[0]
    rows = sorted({problem.row for problem in problems if problem.row is not None})
    number = sum(map(rows_meant, problems))
    what = first.what if len({problem.what for problem in problems}) == 1 else f"For example: {first.what}"
    return Mend(
        first.rule,
        first.column,
        first.severity,
        number,
        what,
        first.mend,
        tuple(rows[:_FIRST_ROWS]),
        tuple(places),
    )


def write_check_workbook(book: CheckBook, path: Path) -> None:
    """Writes the workbook: Summary, Problems, Rules, Notes."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    found = mends(book.problems)
    with xlsxwriter.Workbook(path, options) as file:
        file.set_properties({"title": book.title, "created": _CREATED})
        pages = _Pages(file)
        pages.add("Summary", [book.title, *book.lines], _SUMMARY, _summary_rows(found))
        told = "One line for each problem, in the order of the Summary. Row numbers are those of your file."
        pages.add("Problems", ["Problems", told], _PROBLEMS, _problem_rows(book, found))
        told = "What each rule asks for. A rule that is not listed here found nothing."
        pages.add("Rules", ["Rules", told], _RULES, _rule_rows(book, found))
        pages.add("Notes", ["Notes", "What symbols and words in this workbook mean."], _NOTES, _note_rows())


_SUMMARY = {
    "Rule": 10,
    "Severity": 10,
    "Rows": 9,
    "Column": 24,
    "What is wrong": 60,
    "How to mend": 60,
    "First rows": 28,
}
_PROBLEMS = {
    "Sheet": 14,
    "Row": 9,
    "Column": 24,
    "Value": 28,
    "Rule": 10,
    "Severity": 10,
    "What is wrong": 60,
    "How to mend": 60,
}
"""Headers with the width of their column."""
_RULES = {"Rule": 10, "What must be so": 60, "Severity": 10, "Rows": 9, "How to mend": 60}
_NOTES = {"Symbol or word": 18, "Meaning": 90}


def _summary_rows(found: Sequence[Mend]) -> Iterator[Sequence[Cell]]:
    for one in found:
        rows = ", ".join(map(str, one.first_rows)) or NONE
        yield one.rule, one.severity, one.rows, one.column or NONE, one.what, one.mend, rows
    if not found:
        yield NONE, NONE, 0, NONE, "Nothing is wrong.", "There is nothing to mend.", NONE


def _problem_rows(book: CheckBook, found: Sequence[Mend]) -> Iterator[Sequence[Cell]]:
    for one in found:
        for place in one.places:
            problem = book.problems[place]
            yield (
                problem.sheet or NONE,
                NONE if problem.row is None else problem.row,
                problem.column or NONE,
                _short(book.values[place]) or NONE,
                problem.rule,
                problem.severity,
                problem.what,
                problem.mend or NONE,
            )
    if not found:
        yield NONE, NONE, NONE, NONE, NONE, NONE, "Nothing is wrong.", "There is nothing to mend."


def _rule_rows(book: CheckBook, found: Sequence[Mend]) -> Iterator[Sequence[Cell]]:
    counted: dict[str, int] = {}
    for one in found:
        counted[one.rule] = counted.get(one.rule, 0) + one.rows
    words = {rule.code: rule for rule in book.rules}
    for code in sorted(counted):
        rule = words.get(code) or _unnamed(code, found)
        yield code, rule.title, rule.severity, book.rows.get(code, counted[code]), rule.mend or NONE
    if not counted:
        yield NONE, "No rule found anything.", NONE, 0, "There is nothing to mend."


def _unnamed(code: str, found: Sequence[Mend]) -> RuleWords:
    one = next(each for each in found if each.rule == code)
    return RuleWords(code, one.what, one.severity, one.mend)


def _note_rows() -> Iterator[Sequence[Cell]]:
    yield from _SYMBOLS.items()
    yield from SEVERITIES.items()


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


class _Pages:
    """Sheets of a workbook, each with its title, lines and one table."""

    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self._file, self._count = file, 0
        self._bold = file.add_format({"bold": True, "font_size": 14})
        self._text = file.add_format({"quote_prefix": True})

    def add(
        self, name: str, lines: Sequence[str], headers: Mapping[str, int], rows: Iterator[Sequence[Cell]]
    ) -> None:
        """A sheet; headers come with the width of their column."""
        self._count += 1
        page = self._file.add_worksheet(name)
        for row, line in enumerate(lines):
            page.write_string(row, 0, line, self._bold if row == 0 else None)
        first = last = len(lines)
        for last, cells in enumerate(rows, start=first + 1):
            for column, cell in enumerate(cells):
                self._write(page, last, column, cell)
        look = {
            "name": f"table_{self._count}",
            "columns": [{"header": header} for header in headers],
            "style": "Table Style Light 1",
        }
        page.add_table(first, 0, last, len(headers) - 1, look)
        for column, width in enumerate(headers.values()):
            page.set_column(column, column, width)
        page.freeze_panes(first + 1, 0)

    def _write(self, page: Any, row: int, column: int, cell: Cell) -> None:
        """A text is a text; one that could become a formula when its cell is edited is marked as text."""
        if isinstance(cell, int):
            page.write_number(row, column, cell)
        else:
            page.write_string(row, column, cell, self._text if cell.startswith(_FORMULA_LIKE) else None)
