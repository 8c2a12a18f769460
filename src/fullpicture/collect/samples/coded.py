"""Reads what coders wrote, with every mistake at once; cases are named by their row, never by their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from fullpicture.collect.reading import read
from fullpicture.collect.samples.question import Question, Questions
from fullpicture.collect.samples.sheets import OWN, SAMPLE, Member
from fullpicture.collect.source import Reading
from fullpicture.core.errors import Mistake

Codings = dict[str, dict[str, frozenset[str]]]
"""For each reference the codes given to each question."""
_HOW = "Write one of {codes}."


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, with the number of each in the file."""

    name: str
    columns: Sequence[str]
    rows: Sequence[tuple[int, Mapping[str, str]]]


def read_sheet(path: Path) -> Sheet:
    """The cells of a sheet, as text.

    Raises:
        SourceRefused: it cannot be read.
    """
    table = read(path, Reading()).rows
    names = [name for name in table.column_names if name != "row"]
    cells = zip(*(table[name].to_pylist() for name in names), strict=True) if names else ()
    rows = [
        (number, dict(zip(names, map(_cell, row), strict=True))) for number, row in enumerate(cells, start=2)
    ]
    return Sheet(path.name, names, rows)


def _cell(text: str | None) -> str:
    """Without the apostrophe that kept a spreadsheet from running it."""
    return (text or "").strip().removeprefix("'")


def read_sample(folder: Path) -> list[Member]:
    """Who was drawn.

    Raises:
        SourceRefused: there is no sample.
    """
    rows = (row for _, row in read_sheet(folder / SAMPLE).rows)
    return [Member(row["reference"], row["stratum"], int(row["population"]), {}) for row in rows]


def codings(
    sheet: Sheet, id_: str, references: Sequence[str], questions: Questions, mistakes: list[Mistake]
) -> Codings:
    """What a coder's sheet says of each case; whatever is wrong with it is added to `mistakes`."""
    missing = [name for name in [*OWN, *(one.id for one in questions)] if name not in sheet.columns]
    if missing:
        mend = "Put the columns back as the sheet was drawn."
        mistakes.append(Mistake(sheet.name, f"there is no column {', '.join(missing)}.", mend))
        return {}
    others = sum(row["sample"] != id_ for _, row in sheet.rows)
    if others:
        what = f"{others:,} of {len(sheet.rows):,} rows are of another sample or codebook."
        mistakes.append(Mistake(sheet.name, what, "Code the sheet that was drawn with this sample."))
        return {}
    mistakes += [*_rows_amiss(sheet, references), *_cells_amiss(sheet, questions)]
    return {
        row["reference"]: {question.id: question.read(row[question.id]) for question in questions}
        for _, row in sheet.rows
    }


def _rows_amiss(sheet: Sheet, references: Sequence[str]) -> Iterator[Mistake]:
    """Cases that are missing, twice there or not of the sample."""
    wanted, seen = set(references), dict[str, int]()
    for number, row in sheet.rows:
        where, reference = f"{sheet.name}:{number}", row["reference"]
        if reference in seen:
            what = f"this case is in row {seen[reference]} already."
            yield Mistake(where, what, "Leave one of the two rows.")
        elif reference not in wanted:
            yield Mistake(where, "this case is not of the sample.", "Take the row out.")
        seen.setdefault(reference, number)
    lost = len(wanted - seen.keys())
    if lost:
        what = f"{lost:,} of {len(wanted):,} cases are missing."
        yield Mistake(sheet.name, what, "Put their rows back; write the code for not known where need be.")


def _cells_amiss(sheet: Sheet, questions: Questions) -> Iterator[Mistake]:
    for number, row in sheet.rows:
        for question in questions:
            mistake = cell_mistake(f"{sheet.name}:{number} {question.id}", question, row[question.id])
            if mistake:
                yield mistake


def cell_mistake(where: str, question: Question, cell: str) -> Mistake | None:
    """What is wrong with a cell: nothing in it, or no code of the question's."""
    codes = ", ".join(question.codes)
    if not cell:
        return Mistake(where, "this is not coded.", _HOW.format(codes=codes))
    if question.is_answer(cell):
        return None
    near = get_close_matches(cell.casefold(), question.codes, n=1)
    hint = f"Did you mean {near[0]}? Else write one of {codes}." if near else _HOW.format(codes=codes)
    return Mistake(where, "this is not a code of the question.", hint)
