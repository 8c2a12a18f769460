"""What of a file a mapping could not read: one problem per column and text, with how many rows it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fullpicture.collect.returns.naming import could_name
from fullpicture.collect.returns.texts import Texts
from fullpicture.core.problem import Problem, Severity

MOST_LISTED = 100
"""Texts listed for one column and rule; of the others one line says how many they are."""
_LONGEST_QUOTED = 40
_LEAST_ROWS_QUOTED = 3

MENDS: Mapping[str, tuple[Severity, str]] = {
    "SEL-001": ("note", "Nothing to do: the mapping's where and leave_out choose the rows."),
    "DUP-010": ("refuse", "Nothing to do where the mark is right: the crime is counted once."),
    "MAP-001": ("warn", "Write a value of the list, or add this text to the field's codes."),
    "MAP-002": ("warn", "Mend the formula, or say in the mapping's missing what its error stands for."),
    "MAP-003": ("warn", "Write the day as the mapping's date_order says, with a year of four digits."),
    "MAP-004": ("warn", "Write a whole number, or leave the cell empty."),
    "MAP-005": ("note", "Nothing to do, unless one of them holds a field: then map it."),
    "MAP-006": ("warn", "Send the reference as text: a spreadsheet has shortened it to a rounded number."),
    "MAP-007": ("note", "Nothing to do, if it is a code of the Home Office: it is kept as written."),
    "MAP-008": ("warn", "Write a mark of the force's, or add this one to keep or drop; the row is counted."),
}
"""How bad each is, and how to mend it."""

TITLES: Mapping[str, str] = {
    "SEL-001": "The mapping chooses which rows are read",
    "DUP-010": "A row that the force marks as a duplicate is counted once",
    "MAP-001": "A text is a value of its list",
    "MAP-002": "A cell is not an error of a spreadsheet",
    "MAP-003": "A date can be read in the order that the mapping states",
    "MAP-004": "A number is a whole number within its bounds",
    "MAP-005": "Every column is mapped, or left out on purpose",
    "MAP-006": "A reference is delivered as text",
    "MAP-007": "An offence code is on the list of offences",
    "MAP-008": "A mark of duplicates is one that the mapping knows",
}
"""What each asks for, in a line."""


@dataclass(frozen=True)
class Fault:
    """Why a distinct text cannot be used, and under which rule."""

    rule: str
    why: str = ""


@dataclass
class Unread:
    """What is found in one file; `refused` counts rows by rule."""

    file: str
    sheet: str
    problems: list[Problem] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, rule: str, rows: Sequence[int], column: str, what: str) -> None:
        """One problem for rows, which are all named by the first and their number."""
        more = "" if len(rows) < 2 else f" ({len(rows):,} rows, this is the first)"
        self.say(rule, rows[0] if len(rows) else None, column, f"{what}{more}.")

    def say(self, rule: str, row: int | None, column: str, what: str) -> None:
        """One problem, in words that are complete."""
        severity, mend = MENDS[rule]
        self.problems.append(Problem(self.file, self.sheet, row, column, rule, severity, what, mend))

    def refuse(self, rule: str, rows: Sequence[int], column: str, what: str) -> None:
        """Refuses rows under a rule."""
        if len(rows):
            self.refused[rule] += len(rows)
            self.add(rule, rows, column, what)

    def texts(
        self,
        texts: Texts,
        rows: npt.NDArray[np.int64],
        faults: Mapping[int, Fault],
        said: Callable[[str, int, Fault], str],
    ) -> None:
        """One problem per distinct text that cannot be used; `said` puts it in words.

        Args:
            rows: the file's own number of each row.
            faults: by the place of the text among the distinct ones.
        """
        by_rule: dict[str, list[int]] = {}
        for place, fault in faults.items():
            if texts.counts[place]:
                by_rule.setdefault(fault.rule, []).append(place)
        for rule, places in by_rule.items():
            places.sort(key=lambda place: -int(texts.counts[place]))
            for place in places[:MOST_LISTED]:
                count, row = int(texts.counts[place]), int(rows[texts.first[place]])
                more = "" if count == 1 else f" ({count:,} rows, this is the first)"
                self.say(
                    rule, row, texts.header, said(texts.distinct[place], count, faults[place]) + more + "."
                )
            if others := places[MOST_LISTED:]:
                count = int(texts.counts[others].sum())
                what = f"{len(others):,} more texts of this column cannot be used ({count:,} rows)."
                self.say(rule, None, texts.header, what)


def quotable(text: str, count: int, near: str | None) -> bool:
    """Whether a text may be quoted: short, nobody's name, and of a list by its repetition or its likeness."""
    is_of_list = near is not None or (count >= _LEAST_ROWS_QUOTED and not could_name(text))
    return len(text) <= _LONGEST_QUOTED and is_of_list
