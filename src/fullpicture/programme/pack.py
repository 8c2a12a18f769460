"""What is sent to a force: its page and the check workbooks of its files, and nothing of any other force."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused, UsageError
from fullpicture.core.problem import Problem
from fullpicture.programme.cache import Cache
from fullpicture.programme.files import files_of
from fullpicture.programme.force_reports import force_reports
from fullpicture.programme.inside import again
from fullpicture.programme.load import Programme
from fullpicture.programme.quality import measured
from fullpicture.programme.receiving import UNREADABLE, Received, Reception
from fullpicture.programme.return_check import (
    CheckedReturn,
    Terms,
    check_returns,
    rules_in_words,
    write_check,
)
from fullpicture.programme.returns import Return
from fullpicture.programme.revised_figures import revisions_of
from fullpicture.programme.sources import Intake
from fullpicture.programme.swap import beside, swap_in
from fullpicture.programme.usage import Account, Collector, Records, using
from fullpicture.programme.vintages import Store
from fullpicture.publish.check_workbook import CheckBook, write_check_workbook
from fullpicture.publish.force_pages import force_page
from fullpicture.publish.force_report import ForceReport, Masthead, SharedFigure

PAGE = "return.html"


@dataclass(frozen=True)
class Pack:
    """What was written: its files, and how many records of the force are named in them, by row."""

    force: str
    files: tuple[str, ...]
    records: int


def write_pack(
    programme: Programme, police_force: str, to: Path, by: Account, shared: Sequence[SharedFigure] = ()
) -> Pack:
    """Writes a force's pack into a new folder, once the disclosure is in the log of use.

    Everything in it is made anew from the force's own files as they are now in the data folder; no file and
    no record of another force is opened.

    Args:
        police_force: the code of the force's area.
        shared: figures that the force has been given before (`shared_figures`).

    Raises:
        UsageError: the folder is in use, or this force is not asked for a return.
        ProgrammeRefused: one of the force's files is of another force as well; the log cannot be written.
    """
    _check_folder(to, programme)
    own = {
        id_: one for id_, one in programme.returns.sources.items() if one.mapping.police_force == police_force
    }
    _check_files(programme, own)
    alone = replace(programme, returns=replace(programme.returns, sources=own))
    received, report = _report(alone, police_force, by)
    checked = _checked(alone)
    names = _names(checked, programme.data)
    used = [_records(alone, one, checked) for one in received.values()]
    with using(Store(programme.folder).state, "disclosure", used, by, to=[report.name]):
        fresh = beside(to)
        try:
            page = force_page(replace(report, shared=tuple(shared)), _masthead(programme), standalone=True)
            (fresh / PAGE).write_text(page, encoding="utf-8")
            for name, one in zip(names, checked, strict=True):
                _write(one, fresh / name, received)
            swap_in(fresh, to)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return Pack(report.name, (PAGE, *names), sum(one.rows for one in used))


def _check_folder(to: Path, programme: Programme) -> None:
    """A pack has a folder to itself: what lies beside it could be another force's."""
    mend = "Name a new folder with --to."
    if to.is_file() or (to.is_dir() and any(to.iterdir())):
        raise UsageError(f"{to}: there is something here already. {mend}")
    if to.resolve().is_relative_to(programme.data.resolve()):
        raise UsageError(f"{to}: this is within the data folder, which is never changed. {mend}")


def _check_files(programme: Programme, own: Mapping[str, Return]) -> None:
    """Problems of a file name its rows, whosever they are; so none may be of two forces."""
    ours = {path.resolve() for one in own.values() for path in _files(one, programme.data).values()}
    mistakes = []
    for id_, other in programme.returns.sources.items():
        if id_ not in own:
            both = [name for name, path in _files(other, programme.data).items() if path.resolve() in ours]
            what = "this file is of another force as well, whose rows would be in the pack."
            mistakes += [
                Mistake(name, what, "Deliver each force's rows in a file of its own.") for name in both
            ]
    if mistakes:
        raise ProgrammeRefused(list(dict.fromkeys(mistakes)))


def _files(source: Return, data: Path) -> dict[str, Path]:
    """The source's files that are there."""
    try:
        found = files_of(source.files, data)
    except SourceRefused:
        return {}
    return {name: path for name, path in found.items() if path.is_file()}


def _report(alone: Programme, police_force: str, by: Account) -> tuple[dict[str, Received], ForceReport]:
    """The force's returns as read now, kept nowhere, and what its page says of them."""
    with tempfile.TemporaryDirectory() as nowhere:
        reception = Reception.of(alone.returns, Path(nowhere), alone.data, Collector(by.who, by.at, by.why))
        received = reception.receive_all(lambda _: None)
        quality = measured(
            replace(alone, folder=Path(nowhere)), list(received.values()), Cache(Path(nowhere) / "cache")
        )
    reports = {one.code: one for one in force_reports(alone, Intake({}, received), quality)}
    if police_force not in reports:
        name = alone.register.area(police_force).name
        raise UsageError(f"--force {name}: this force is not asked for a return in this programme.")
    as_built = {id_: one for id_, one in received.items() if _vintage(alone, one)}
    told = again(police_force, as_built, revisions_of(alone.folder))
    return received, replace(reports[police_force], again=told)


def _vintage(alone: Programme, one: Received) -> str:
    """The id of the vintage that the same files are in the last build; "" where they are in none."""
    current = Store(alone.folder).current(one.source.id)
    return current.id if current is not None and current.inputs == one.files else ""


def _checked(alone: Programme) -> list[CheckedReturn]:
    """Every file of the force asked every rule, with the cells that problems mean."""
    mappings: dict[Path, list[ReturnMapping]] = {}
    for one in alone.returns.sources.values():
        for path in _files(one, alone.data).values():
            mappings.setdefault(path, []).append(one.mapping)
    asked = alone.returns.asked
    return check_returns(
        list(mappings), mappings.__getitem__, Terms(asked.as_of, asked.first_day, asked.last_day)
    )


def _names(checked: Sequence[CheckedReturn], data: Path) -> list[str]:
    """`FILE.check.xlsx`; with the source's id where a file has several returns, with the folder where several
    files have one name.
    """
    returns = Counter(one.path for one in checked)
    alike = Counter(path.name for path in returns)
    names = []
    for one in checked:
        whole = "-".join(one.path.relative_to(data).parts)
        id_ = f".{one.mapping.id}" if one.mapping and returns[one.path] > 1 else ""
        names.append(f"{one.path.name if alike[one.path.name] == 1 else whole}{id_}.check.xlsx")
    return names


def _records(alone: Programme, one: Received, checked: Sequence[CheckedReturn]) -> Records:
    """How many records of a return are named in the pack: rows that the workbooks list, each once."""
    rows = {
        (found.path, problem.sheet, problem.row)
        for found in checked
        if found.mapping is not None and found.mapping.id == one.source.id
        for problem in found.problems
        if problem.row is not None
    }
    return Records(one.source.id, _vintage(alone, one), len(rows))


def _write(checked: CheckedReturn, to: Path, received: Mapping[str, Received]) -> None:
    if checked.mistake is None:
        write_check(checked, to)
        return
    unread: list[Problem] = [
        problem
        for one in received.values()
        if checked.mapping is not None and one.source.id == checked.mapping.id
        for problem in one.problems
        if problem.rule == UNREADABLE and Path(problem.file).name == checked.path.name
    ]
    lines = ["This file could not be read, and nothing of it is in."]
    title = f"What to mend in {checked.path.name}"
    write_check_workbook(CheckBook(title, lines, unread, [""] * len(unread), rules_in_words(unread)), to)


def _masthead(programme: Programme) -> Masthead:
    form = programme.form
    day = form.published_on.isoformat()
    return Masthead(form.title, form.publisher, day, form.contact, form.notice, form.licence)
