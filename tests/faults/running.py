"""What a file does to us, found out in a process of its own: it may hang, ask for all memory, or crash."""

from __future__ import annotations

import contextlib
import csv
import io
import multiprocessing
import os
import resource
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from fullpicture import cli
from fullpicture.cli import check as _check_command  # noqa: F401 (so that each fork has it)
from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import FullPictureError, Mistake, SourceRefused
from fullpicture.core.problem import Problem
from fullpicture.programme.build import write_problems
from fullpicture.programme.return_check import Terms, check_return, write_check
from fullpicture.publish.check_workbook import rows_meant
from tests.faults.fault import GOOD, MAPPING

SECONDS = 20
"""What a file may take, for all that is done with it."""

ADDRESSES = 6 * 1024**3
"""Bytes of address space that a process has; how much it used of them is measured."""

_PROCESSES = multiprocessing.get_context("spawn")


@dataclass
class Found:
    """What became of one file: read, then checked as a return from Python and in a shell."""

    mistake: Mistake | None = None
    rows_in: int = 0
    rows_kept: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    good: int = 0
    checked_mistake: Mistake | None = None
    checked_in: int = 0
    checked_kept: int = 0
    checked_refused: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    problems: str = ""
    book: str = ""
    lost: list[str] = field(default_factory=list)
    printed: str = ""
    exit_code: object = 0
    formulas: list[str] = field(default_factory=list)
    mebibytes: int = 0
    crash: str = ""


class Worker:
    """A process that does one thing after another; one that hangs or dies is replaced by a new one."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Any = None

    def ask(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What a function returned in the process.

        Raises:
            AssertionError: it took too long, or the process died.
        """
        if self._process is None:
            self._pipe, there = _PROCESSES.Pipe()
            self._process = _PROCESSES.Process(target=_serve, args=(there,))
            self._process.start()
            there.close()
            self._pipe.recv()
        try:
            self._pipe.send((work, arguments))
            if not self._pipe.poll(SECONDS):
                raise TimeoutError
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            hung = isinstance(error, TimeoutError)
            raise AssertionError(f"it took more than {SECONDS} s" if hung else "the process died") from None

    def stop(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None


def _serve(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send("ready")
    while True:
        work, arguments = pipe.recv()
        pipe.send(work(*arguments))


def tried(path: Path, reading: Reading, in_a_shell: bool) -> Found:
    """Reads a file, and checks it as a return: with the catalogue's mapping, and in a shell with none."""
    found = Found()
    _CLEAR_PEAK.write_text("5")
    try:
        _read(path, reading, found)
        _check(path, reading, found)
        if in_a_shell or found.checked_mistake:
            _in_a_shell(path, found)
    except BaseException:
        found.crash = traceback.format_exc()
    found.mebibytes = _peak() // 1024
    return found


_CLEAR_PEAK = Path("/proc/self/clear_refs")


def _peak() -> int:
    """KiB of memory that this process has held at most since the last time."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _read(path: Path, reading: Reading, found: Found) -> None:
    try:
        delivered = read(path, reading)
    except SourceRefused as refused:
        found.mistake = refused.mistake
        return
    found.rows_in, found.rows_kept = delivered.rows_in, delivered.rows.num_rows
    found.refused = dict(delivered.refused)
    columns = delivered.rows.column_names[1 : len(GOOD[0]) + 1]
    kept = Counter(zip(*(delivered.rows[name].to_pylist() for name in columns), strict=True))
    found.good = sum(kept[tuple(row)] == 1 for row in GOOD)


def _check(path: Path, reading: Reading, found: Found) -> None:
    checked = check_return(path, replace(MAPPING, reading=reading), Terms(date(2025, 6, 1)))
    found.checked_mistake = checked.mistake
    found.checked_in, found.checked_kept = checked.rows_in, checked.rows_kept
    found.checked_refused = dict(checked.refused)
    if checked.mistake:
        return
    for problem in checked.problems:
        found.rules[problem.rule] = found.rules.get(problem.rule, 0) + rows_meant(problem)
    folder = path.parent / "written"
    folder.mkdir(exist_ok=True)
    found.problems = problems_written(folder / "problems.csv", checked.problems)
    write_check(checked, folder / "check.xlsx")
    found.book = texts_of(folder / "check.xlsx")
    found.lost = [problem.rule for problem in checked.problems if escape(problem.what) not in found.book]
    found.formulas += formulas_in(folder / "check.xlsx")


def _in_a_shell(path: Path, found: Found) -> None:
    out = io.StringIO()
    sys.argv = ["fullpicture", "check", str(path), "--as-of", "2025-06-01"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            cli.main()
        except SystemExit as done:
            found.exit_code = done.code or 0
    found.printed = out.getvalue()
    book = Path(f"{path}.check.xlsx")
    if found.exit_code == 0 or os.path.isfile(book):
        found.formulas += formulas_in(book)


def problems_written(path: Path, problems: tuple[Problem, ...]) -> str:
    """The text of `problems.csv`."""
    write_problems(path, problems)
    return path.read_text(encoding="utf-8")


def formulas_in(book: Path) -> list[str]:
    """Parts of a workbook in which a program could find something to run or to fetch."""
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    live = (
        b"<f>",
        b"<f ",
        b"<definedName",
        b"<hyperlink",
        b"oleObject",
        b"ddeLink",
        b"vbaProject",
        b"TargetMode",
    )
    return [f"{name}: {mark.decode()}" for name, part in parts.items() for mark in live if mark in part]


def texts_of(book: Path) -> str:
    """All texts of a workbook that we wrote, as they stand in its XML."""
    with zipfile.ZipFile(book) as packed:
        return packed.read("xl/sharedStrings.xml").decode()


def live_cells(text: str) -> list[str]:
    """Cells of a CSV file that a spreadsheet program would take for a formula."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(io.StringIO(text, newline=""))
    return [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def sums(path: Path, reading: Reading) -> str:
    """Reads a file: how many rows there are if they add up, whether it is refused, or what is wrong."""
    try:
        delivered = read(path, reading)
    except FullPictureError as refused:
        return "refused" if path.name in str(refused) else f"no name in the message: {refused}"
    except BaseException:
        return traceback.format_exc()
    kept = len(delivered.rows.to_pylist())
    if kept + sum(delivered.refused.values()) != delivered.rows_in:
        return f"{delivered.rows_in} rows in, {kept} kept, {delivered.refused} refused"
    return f"{kept} rows"
