"""Checks returns of forces, each by itself: read, mapped, asked every rule; what to mend, as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import read
from fullpicture.collect.reading.refusals import ROW_RULES
from fullpicture.collect.returns.mapped import map_rows
from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.collect.returns.propose import propose
from fullpicture.collect.returns.proposing.file import open_return
from fullpicture.collect.returns.record import BY_NAME
from fullpicture.collect.returns.unread import TITLES
from fullpicture.collect.rules import RULES
from fullpicture.collect.rules.earlier import Earlier, Kept, kind_of, read_of
from fullpicture.collect.rules.returned import check_files
from fullpicture.collect.rules.rule import Context
from fullpicture.collect.source import Reading
from fullpicture.core.errors import Mistake, SourceRefused
from fullpicture.core.problem import Problem
from fullpicture.publish.check_workbook import (
    EMPTY,
    NOT_SHOWN,
    CheckBook,
    RuleWords,
    write_check_workbook,
)

_KEY = b"fullpicture check"
"""References are hashed here only to be compared within one run; the hashes are never kept or shown."""
_LEAST_FIELDS = 3


@dataclass(frozen=True)
class Terms:
    """Against what returns are checked.

    Args:
        as_of: days after it are in the future.
        first_day, last_day: the period that the returns are for, where one was asked for.
        police_force: the force's area code where no mapping says it.
    """

    as_of: date
    first_day: date | None = None
    last_day: date | None = None
    police_force: str = ""


@dataclass(frozen=True)
class CheckedReturn:
    """What was found in one return. Rows in = kept + the sum of `refused`; `mistake` where it cannot be read.

    `values` has, for each problem, the text of the cell meant, for the force's own workbook and nothing else.
    `is_drafted` says that no mapping was given, so that it was checked with one that nobody has read; without
    a mapping at all the file does not look like a return, and only its rows were read. `undecided` is how
    many lines of its mapping are still marked to be checked.
    """

    path: Path
    rows_in: int = 0
    rows_kept: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    values: tuple[str, ...] = ()
    mapping: ReturnMapping | None = None
    is_drafted: bool = False
    assumed: tuple[str, ...] = ()
    mistake: Mistake | None = None
    undecided: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether the return, or any row of it but an empty one, is refused."""
        return self.mistake is not None or any(problem.severity == "refuse" for problem in self.problems)


Told = dict[str, list[Kept]]
"""What each force has delivered so far: rows kept, of the columns that later returns are compared with."""


def check_return(
    path: Path, mapping: ReturnMapping | None, terms: Terms, told: Told | None = None
) -> CheckedReturn:
    """Reads one return, maps it and asks it every rule; without a mapping, one is drafted from the file.

    Args:
        told: by files checked before; what this one tells is added to it.
    """
    found = CheckedReturn(path, mapping=mapping, is_drafted=mapping is None)
    try:
        if mapping is None:
            opened = open_return(path, Reading())
            found = replace(found, assumed=opened.assumed)
            proposal = propose(opened.delivered)
            if len(proposal.fields) < _LEAST_FIELDS:
                return _only_read(found, opened.delivered)
            delivered = opened.delivered
            mapping = proposal.mapping("draft", terms.police_force, opened.reading)
        else:
            delivered = read(path, mapping.reading)
        return _checked(found, delivered, mapping, terms, {} if told is None else told)
    except SourceRefused as refused:
        return replace(found, mistake=refused.mistake)


def check_returns(
    paths: Sequence[Path], mappings_of: Callable[[Path], Sequence[ReturnMapping]], terms: Terms
) -> list[CheckedReturn]:
    """Checks each return by itself, each mapped sheet of a workbook too: a bad one does not stop the others.

    Crimes come first, so that victims and suspects of crimes that no file has are found; and so is what a
    force has in two files.
    """
    told: Told = {}
    asked = [(path, mapping) for path in paths for mapping in mappings_of(path) or (None,)]
    order = sorted(range(len(asked)), key=lambda place: _is_of_people(asked[place][1]))
    found = {place: check_return(*asked[place], terms, told) for place in order}
    return [found[place] for place in range(len(asked))]


def _is_of_people(mapping: ReturnMapping | None) -> bool:
    return mapping is not None and kind_of(mapping.unit) != "crime"


def write_check(checked: CheckedReturn, to: Path) -> None:
    """Writes the workbook that goes back to the force."""
    refused = sum(checked.refused.values())
    lines = [
        f"{checked.rows_in:,} rows in = {checked.rows_kept:,} kept + {refused:,} refused.",
        "The mend that clears most rows comes first. Every problem with its row is on the sheet Problems.",
    ]
    if checked.is_drafted:
        lines.append("It was checked with a mapping drafted from the file itself, which nobody has read.")
    write_check_workbook(
        CheckBook(
            f"What to mend in {checked.path.name}",
            lines,
            checked.problems,
            checked.values,
            rules_in_words(checked.problems),
            checked.refused,
        ),
        to,
    )


def rules_in_words(problems: Iterable[Problem]) -> list[RuleWords]:
    """Each rule that found something: what must be so, and how to mend it."""
    firsts: dict[str, Problem] = {}
    for problem in problems:
        firsts.setdefault(problem.rule, problem)
    return [
        RuleWords(
            code, _title(code, first), first.severity, RULES[code].mend if code in RULES else first.mend
        )
        for code, first in firsts.items()
    ]


def _title(code: str, first: Problem) -> str:
    if code in RULES:
        return RULES[code].title
    return TITLES.get(code) or ROW_RULES.get(code) or first.what


def _only_read(found: CheckedReturn, delivered: Delivered) -> CheckedReturn:
    return replace(
        found,
        rows_in=delivered.rows_in,
        rows_kept=delivered.rows.num_rows,
        refused=dict(delivered.refused),
        problems=delivered.problems,
        values=("",) * len(delivered.problems),
    )


def _checked(
    found: CheckedReturn, delivered: Delivered, mapping: ReturnMapping, terms: Terms, told: Told
) -> CheckedReturn:
    mapped = map_rows(delivered, mapping, _KEY)
    before = told.setdefault(mapping.police_force, []) if mapping.police_force else []
    days = (terms.as_of, terms.first_day, terms.last_day)
    earlier = Earlier.of(mapping.unit, before)
    context = Context(delivered.file, delivered.sheet, *days, mapping.unit, earlier=earlier)
    checked = check_files([mapped], context)
    before.append((mapping.unit, checked.kept.select(read_of(checked.kept.column_names))))
    return replace(
        found,
        rows_in=delivered.rows_in,
        rows_kept=checked.kept.num_rows,
        refused=checked.refused,
        problems=checked.problems,
        values=cell_texts(delivered, mapped.places, checked.problems),
        mapping=mapping,
    )


Columns = Mapping[str, tuple[str, ...]]
"""The delivered columns that each field is made of."""


def cell_texts(delivered: Delivered, places: Columns, problems: Sequence[Problem]) -> tuple[str, ...]:
    """For each problem of one cell, its text as delivered, which its own force may see.

    What could name a person or a case is not shown, nor is any cell of a column that is not mapped.
    """
    shown = {column for name, columns in places.items() if not _is_identifying(name) for column in columns}
    shown -= {column for name, columns in places.items() if _is_identifying(name) for column in columns}
    names = set(delivered.rows.column_names)
    texts = ["" if problem.column not in names else NOT_SHOWN for problem in problems]
    of_column: dict[str, list[int]] = {}
    for place, problem in enumerate(problems):
        if problem.row is None:
            texts[place] = ""
        elif problem.column in shown:
            of_column.setdefault(problem.column, []).append(place)
    numbers = delivered.rows["row"].to_numpy()
    for column, asked in of_column.items():
        wanted = [problems[place].row or 0 for place in asked]
        rows = np.searchsorted(numbers, wanted)
        cells = delivered.rows[column].take(pa.array(np.minimum(rows, len(numbers) - 1))).to_pylist()
        for place, text in zip(asked, cells, strict=True):
            texts[place] = text or EMPTY
    return tuple(texts)


def _is_identifying(name: str) -> bool:
    return BY_NAME[name].identifying
