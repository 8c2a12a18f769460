"""`fullpicture check`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fullpicture.core.problem import Problem
    from fullpicture.programme.check import Checked
    from fullpicture.programme.return_check import CheckedReturn, Terms
    from fullpicture.publish.check_workbook import Mend

_SHOWN = 20
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--force", default="", help="The police force, by name, area code or id of its source.")
@click.option("--mapping", type=click.Path(path_type=Path, exists=True), help="The TOML of its mapping.")
@click.option(
    "--programme", type=click.Path(path_type=Path, exists=True), help="The programme with mappings."
)
@click.option("--as-of", type=_DAY, help="Later days are in the future [today].")
@click.option("--first-day", type=_DAY, help="First day of the period that the return is for.")
@click.option("--last-day", type=_DAY, help="Last day of that period.")
@click.option("--to", type=click.Path(path_type=Path), help="The workbook [FILE.check.xlsx beside the file].")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Of a programme: where its files are [PATH/data]."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything found as JSON.")
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[Path, ...], data: Path | None, as_json: bool, **asked: Any
) -> None:
    """Say what is wrong with PATH: a programme folder, or one or more returns of forces.

    Of a return, a workbook of all that the force has to mend is written beside it. Counts and codes are
    printed, never names, free text, dates or references.

    Exit code 0 where nothing is refused, 1 where a row or a file is refused, 2 for wrong usage.
    """
    from fullpicture.core.errors import UsageError

    folders = [path for path in paths if os.path.isdir(path)]
    if folders and len(paths) > 1:
        raise UsageError("Check a programme folder by itself, and the files of returns together.")
    if not any(os.path.exists(path) for path in paths):
        raise UsageError(f"{', '.join(map(str, paths))}: no such file or folder. Correct the path.")
    if folders:
        ctx.exit(_of_programme(folders[0], data, as_json))
    ctx.exit(_of_returns(list(paths), asked, as_json))


def _of_programme(folder: Path, data: Path | None, as_json: bool) -> int:
    from fullpicture.programme.check import check

    checked = check(folder, data)
    click.echo(_json(checked) if as_json else _words(checked))
    return 1 if checked.is_refused else 0


def _of_returns(paths: list[Path], asked: dict[str, Any], as_json: bool) -> int:
    from fullpicture.core.errors import UsageError
    from fullpicture.programme.find_mapping import mappings
    from fullpicture.programme.return_check import check_returns, write_check

    if asked["to"] and len(paths) > 1:
        raise UsageError("--to names one workbook; without it each file gets its own beside it.")
    known = mappings(asked["mapping"], asked["programme"], asked["force"], paths)
    found = [
        replace(one, undecided=known.undecided(one.mapping))
        for one in check_returns(paths, known.of, _terms(asked, known.police_force))
    ]
    books = [None if one.mistake else asked["to"] or _beside(one, found) for one in found]
    for checked, book in zip(found, books, strict=True):
        if book:
            write_check(checked, book)
    lines = [_facts(*pair) for pair in zip(found, books, strict=True)] if as_json else []
    click.echo(json.dumps({"returns": lines}, indent=2) if as_json else _said(found, books))
    return 1 if any(checked.is_refused for checked in found) else 0


def _beside(checked: CheckedReturn, found: Sequence[CheckedReturn]) -> Path:
    """The workbook's path; where several sheets of a file are returns, the id of the mapping is in it."""
    is_one = sum(one.path == checked.path for one in found) == 1
    id_ = "" if is_one or checked.mapping is None else f".{checked.mapping.id}"
    return Path(f"{checked.path}{id_}.check.xlsx")


def _terms(asked: dict[str, Any], police_force: str) -> Terms:
    from fullpicture.programme.return_check import Terms

    def day(given: datetime | None) -> date | None:
        return given.date() if given else None

    as_of = day(asked["as_of"]) or date.today()
    return Terms(as_of, day(asked["first_day"]), day(asked["last_day"]), police_force)


def _facts(checked: CheckedReturn, book: Path | None) -> dict[str, Any]:
    from fullpicture.publish.check_workbook import mends

    rules = [
        {"rule": one.rule, "column": one.column, "severity": one.severity, "rows": one.rows, "mend": one.mend}
        for one in mends(checked.problems)
    ]
    return {
        "file": str(checked.path),
        "mistake": asdict(checked.mistake) if checked.mistake else None,
        "mapping": checked.mapping.id if checked.mapping else None,
        "drafted": checked.is_drafted,
        "undecided": checked.undecided,
        "assumed": list(checked.assumed),
        "rows_in": checked.rows_in,
        "rows_kept": checked.rows_kept,
        "rows_refused": dict(checked.refused),
        "rules": rules,
        "problems": [problem._asdict() for problem in checked.problems],
        "workbook": str(book) if book else None,
    }


def _said(found: Sequence[CheckedReturn], books: Sequence[Path | None]) -> str:
    lines = [
        line for checked, book in zip(found, books, strict=True) for line in _return_words(checked, book)
    ]
    failed = sum(checked.mistake is not None for checked in found)
    if len(found) > 1:
        lines.append(f"{failed} of {len(found)} returns failed; {len(found) - failed} are in.")
    return "\n".join(lines)


def _return_words(checked: CheckedReturn, book: Path | None) -> list[str]:
    from fullpicture.programme.return_check import rules_in_words
    from fullpicture.publish.check_workbook import mends

    if checked.mistake:
        return [f"{_name(checked)}: FAILED. {checked.mistake}"]
    refused = sum(checked.refused.values())
    total = f"{checked.rows_in:,} rows in = {checked.rows_kept:,} kept + {refused:,} refused"
    lines = [f"{_name(checked)}: {total}", *_loudly(checked)]
    titles = {rule.code: rule.title for rule in rules_in_words(checked.problems)}
    for one in mends(checked.problems):
        column = f" [{one.column}]" if one.column else ""
        rows = _rows(one)
        lines.append(f"  {one.severity:6} {one.rule} {rows:>12}  {titles[one.rule]}{column}")
    return [*lines, f"  What to mend, row by row: {book}"]


def _name(checked: CheckedReturn) -> str:
    sheet = checked.mapping.reading.sheet if checked.mapping else ""
    return f"{checked.path.name}, sheet {sheet}" if sheet else checked.path.name


def _rows(one: Mend) -> str:
    if not one.first_rows and one.rows == len(one.places):
        return "whole file"
    return "1 row" if one.rows == 1 else f"{one.rows:,} rows"


def _loudly(checked: CheckedReturn) -> list[str]:
    """What was not declared by anybody, and what follows from it."""
    from fullpicture.programme.undecided import said

    if not checked.is_drafted:
        id_ = checked.mapping.id if checked.mapping else ""
        return [f"  UNDECIDED: {said(checked.undecided, id_)}"] if checked.undecided else []
    lines = [f"  ASSUMED of the file: {one}." for one in checked.assumed]
    if not checked.mapping:
        what = "Nothing in it looks like a force's return: only whether its rows can be read was checked."
        return [*lines, f"  NO MAPPING. {what}"]
    what = f"One was drafted from the file ({len(checked.mapping.fields)} fields), and nobody has read it."
    mend = "Write it down with fullpicture map --to, read it, and check again with --mapping."
    return [*lines, f"  NO MAPPING was given. {what} {mend}"]


def _json(checked: Checked) -> str:
    found = {
        "mistakes": [asdict(mistake) for mistake in checked.mistakes],
        "problems": [problem._asdict() for problem in checked.problems],
        "sources": [asdict(count) for count in checked.counts],
        "undecided": dict(checked.undecided),
    }
    return json.dumps(found, indent=2)


def _words(checked: Checked) -> str:
    from fullpicture.programme.undecided import said

    lines = [str(mistake) for mistake in checked.mistakes]
    lines += [_problem_line(problem) for problem in checked.problems[:_SHOWN]]
    if len(checked.problems) > _SHOWN:
        lines.append(f"... and {len(checked.problems) - _SHOWN:,} problems more (all with --json)")
    for count in checked.counts:
        refused = sum(count.rows_refused.values())
        lines.append(
            f"{count.source}: {count.rows_in:,} rows in = {count.rows_kept:,} kept + {refused:,} refused"
        )
    lines += [said(count, id_) for id_, count in checked.undecided.items()]
    lines.append("Refused." if checked.is_refused else "Nothing stops a build.")
    return "\n".join(lines)


def _problem_line(problem: Problem) -> str:
    place = problem.file if problem.row is None else f"{problem.file}:{problem.row}"
    return f"{place} {problem.column}: {problem.what} {problem.mend} ({problem.rule}, {problem.severity})"
