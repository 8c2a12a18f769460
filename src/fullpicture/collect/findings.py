"""Rules that rows are refused or remarked under when a source is collected, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from fullpicture.core.problem import Problem, Severity

MOST_LISTED = 1_000
"""Problems listed for one rule in one file; counts go on beyond."""


@dataclass(frozen=True)
class Rule:
    """A rule's severity, and what to do about it."""

    severity: Severity
    mend: str


RULES = {
    "AREA-001": Rule("refuse", "Mend the area, or give it an alias in the programme's areas.csv."),
    "AREA-002": Rule("refuse", "Give the code of the area that this place was in at the time."),
    "AREA-003": Rule(
        "note",
        "Nothing to do: official figures for an area before it began or after it ended are kept as they are "
        "and are in no sum.",
    ),
    "AREA-004": Rule(
        "note",
        "Nothing to do: figures published for an area before it began or after it ended are counted here "
        "and left out, as the source declares.",
    ),
    "META-001": Rule("warn", "Write the meta file as the publisher's guide shows."),
    "META-002": Rule("warn", "Take the line out of the meta file, or send the column."),
    "META-003": Rule("warn", "Describe the column in the meta file: is it a filter or an indicator?"),
    "PER-001": Rule("refuse", "Write the period as the layout has it."),
    "NUM-001": Rule(
        "warn", "Write a number or a symbol of the source; until then the cell is not available."
    ),
    "CNT-001": Rule("note", "Nothing to do: a negative count corrects an earlier one and is kept."),
    "RSP-001": Rule("refuse", "Give every response an id of its own."),
    "RSP-002": Rule("refuse", "Give every response an id of its own; only the first was taken."),
    "RSP-003": Rule("note", "Nothing to do: a response without words is counted and left out."),
    "RSP-004": Rule("warn", "Write victim, witness, personnel, parent or organisation, or leave it empty."),
    "TRN-001": Rule("note", "Name the speaker with a colon; titles and notes can stay, they are left out."),
    "TRN-002": Rule("note", "Nothing to do: a turn without words is counted and left out."),
    "THM-001": Rule("warn", "Add the theme to the codebook, or mend the code; it was not counted."),
    "THM-002": Rule("warn", "Code these answers again; until then the new themes are not available."),
    "THM-003": Rule("warn", "See whether these are the codes of another file of answers."),
    "CNT-002": Rule("warn", "Ask the publisher which of the two is right; the value is shown as published."),
    "LAB-001": Rule("warn", "Do not repeat the labels; the trend shown here is worked out from the series."),
    "TAB-001": Rule("warn", "See whether one of the two reads the wrong column or file."),
    "TAB-002": Rule("warn", "See which of the two names is right, and send the other file."),
    "TXT-001": Rule("refuse", "Write the category without the sign: a spreadsheet takes it for a formula."),
    "SRC-001": Rule("note", "Put the file into the data folder; until then its figures are not available."),
    "SEL-001": Rule("note", "Nothing to do: the source's where and leave_out choose the rows."),
    "NBR-001": Rule("warn", "Mend the code, or give the area an alias in the programme's areas.csv."),
    "DUP-001": Rule("note", "Nothing to do: a row that is the same as an earlier one is counted once."),
    "DUP-002": Rule("refuse", "Two rows give different values for the same figure: send the right one."),
}


@dataclass
class Findings:
    """What is found in one file: problems, listed up to a bound, and rows refused by rule."""

    file: str
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    _listed: Counter[str] = field(default_factory=Counter)

    def add(self, rule: str, row: int | None, column: str, what: str) -> None:
        """Lists a problem; past the bound one line says that there are more."""
        self._listed[rule] += 1
        if self._listed[rule] > MOST_LISTED:
            return
        if self._listed[rule] == MOST_LISTED:
            row, what = None, "there are more rows with this problem; counts in run.json are complete."
        facts = RULES[rule]
        self.problems.append(
            Problem(self.file, self.sheet, row, column, rule, facts.severity, what, facts.mend)
        )

    def refuse(self, rule: str, rows: Sequence[int], column: str, what: str) -> None:
        """Refuses rows under a rule, with one problem that names the first and how many there are."""
        if rows:
            self.refused[rule] += len(rows)
            self.remark(rule, rows, column, what)

    def remark(self, rule: str, rows: Sequence[int], column: str, what: str) -> None:
        """Lists rows under a rule as one problem, and keeps them."""
        more = "" if len(rows) == 1 else f" ({len(rows):,} rows, this is the first)"
        self.add(rule, rows[0], column, what + more)
