"""`fullpicture sample draw`: cases drawn for two coders, with a record of why; and what both then said."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from fullpicture.analyse.sampling import stratified_sample
from fullpicture.collect.layouts import headers_for
from fullpicture.collect.reading import read
from fullpicture.collect.samples.coded import codings, read_sample, read_sheet
from fullpicture.collect.samples.deciding import Coded
from fullpicture.collect.samples.question import Questions
from fullpicture.collect.samples.sheets import CODERS, SAMPLE, Member, sample_id, write_sheets
from fullpicture.collect.source import Reading, Source
from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.sample_codebook import read_questions
from fullpicture.programme.state import Log, State
from fullpicture.programme.usage import Account

_CODEBOOK = "codebook"
ALL = "all"
"""The one stratum where nothing is said to draw by."""


@dataclass(frozen=True)
class Draw:
    """What to draw from: a file's column of references, what to draw by, what coders are shown, how many."""

    file: Path
    id: str
    by: tuple[str, ...]
    show: tuple[str, ...]
    size: int
    seed: int


@dataclass(frozen=True)
class SampleEvent:
    """One line of `state/samples.jsonl`: a sample was drawn, or its disagreements were decided."""

    what: Literal["drawn", "decided"]
    sample: str
    who: str
    at: datetime
    why: str
    folder: str
    source: str = ""
    sha256: str = ""
    by: tuple[str, ...] = ()
    size: int = 0
    of: int = 0
    seed: int = 0


def draw(asked: Draw, codebook: Path, to: Path, account: Account) -> SampleEvent:
    """Draws a sample into the folder `to` with a sheet for each coder, and records why.

    Raises:
        UsageError: there is a sample there already, or the size is too small for so many strata.
        SourceRefused: the file cannot be read or lacks columns.
        ProgrammeRefused: mistakes in the codebook, or references that are empty or not unique.
    """
    if (to / SAMPLE).exists():
        raise UsageError(f"{to}: there is a sample here, and it is never drawn again. Name another folder.")
    questions = read_questions(codebook)
    members, of = _members(asked)
    to.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(codebook, to / f"{_CODEBOOK}{codebook.suffix}")
    id_ = write_sheets(to, members, questions, asked.seed)
    event = SampleEvent(
        "drawn", id_, account.who, account.at, account.why, to.name, asked.file.name,
        sha256_of(asked.file), asked.by, len(members), of, asked.seed,
    )  # fmt: skip
    log_of(to).add([event])
    return event


def _members(asked: Draw) -> tuple[list[Member], int]:
    rows = read(asked.file, Reading()).rows
    wanted, name = (asked.id, *asked.by, *asked.show), asked.file.name
    places = headers_for(Source("", "", "sheet", (name,)), wanted, rows.column_names, name)
    cells = {
        name: [text.strip().removeprefix("'") for text in rows[places[name]].to_pylist()] for name in wanted
    }
    _check_references(cells[asked.id], asked)
    strata, shown = defaultdict(list), {}
    for at, reference in enumerate(cells[asked.id]):
        stratum = " / ".join(cells[name][at] or "not said" for name in asked.by) or ALL
        strata[stratum].append(reference)
        shown[reference] = {name: cells[name][at] for name in asked.show}
    try:
        drawn = stratified_sample(strata, asked.size, asked.seed)
    except ValueError as error:
        mend = f"Draw by fewer columns than {', '.join(asked.by)}, or more cases."
        raise UsageError(f"--size: {error} {mend}") from None
    return [
        Member(one.reference, one.stratum, len(strata[one.stratum]), shown[one.reference]) for one in drawn
    ], len(shown)


def _check_references(references: Sequence[str], asked: Draw) -> None:
    empty, twice = references.count(""), len(references) - len(set(references))
    mistakes = []
    if empty:
        mend = "Give every row one, or take it out."
        mistakes.append(Mistake(asked.file.name, f"{empty:,} rows have no {asked.id}.", mend))
    if twice > max(empty - 1, 0):
        mend = "Draw from a file with one row for each case."
        mistakes.append(
            Mistake(asked.file.name, f"{twice:,} rows repeat the {asked.id} of another row.", mend)
        )
    if mistakes:
        raise ProgrammeRefused(mistakes)


def coded(folder: Path) -> Coded:
    """A sample with both coders' sheets.

    Raises:
        SourceRefused: a file of it is missing.
        ProgrammeRefused: every mistake in both sheets.
    """
    members, questions = read_sample(folder), questions_of(folder)
    id_ = sample_id(members, questions)
    references = [one.reference for one in members]
    mistakes: list[Mistake] = []
    sheets = [read_sheet(folder / name) for name in CODERS]
    first, second = (codings(sheet, id_, references, questions, mistakes) for sheet in sheets)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return Coded(id_, members, questions, first, second)


def questions_of(folder: Path) -> Questions:
    """The codebook that the sample was drawn with.

    Raises:
        UsageError: there is none: this is not the folder of a sample.
    """
    path = next(iter(sorted(folder.glob(f"{_CODEBOOK}.*"))), None)
    if path is None:
        raise UsageError(f"{folder}: there is no sample here. Draw one with fullpicture sample draw.")
    return read_questions(path)


def log_of(folder: Path) -> Log[SampleEvent]:
    """The record of samples: in the programme folder that the sample lies in, else beside the sample."""
    above = (folder.resolve(), *folder.resolve().parents)
    home = next((one for one in above if (one / "programme.toml").exists()), folder)
    return Log(State(home), "samples", SampleEvent)
