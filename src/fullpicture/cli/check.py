"""`fullpicture check`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fullpicture.core.problem import Problem
    from fullpicture.programme.check import Checked

_SHOWN = 20


@click.command("check")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--data", type=click.Path(path_type=Path), help="Where delivered files are [PATH/data].")
@click.option("--json", "as_json", is_flag=True, help="Print everything found as JSON.")
@click.pass_context
def command(ctx: click.Context, path: Path, data: Path | None, as_json: bool) -> None:
    """Say what is wrong with PATH, a programme folder or one delivered file.

    Exit code 1 means that a build would be refused; problems in single rows do not refuse it.
    """
    from fullpicture.programme.check import check

    checked = check(path, data)
    click.echo(_json(checked) if as_json else _words(checked))
    ctx.exit(1 if checked.is_refused else 0)


def _json(checked: Checked) -> str:
    found = {
        "mistakes": [asdict(mistake) for mistake in checked.mistakes],
        "problems": [problem._asdict() for problem in checked.problems],
        "sources": [asdict(count) for count in checked.counts],
    }
    return json.dumps(found, indent=2)


def _words(checked: Checked) -> str:
    lines = [str(mistake) for mistake in checked.mistakes]
    lines += [_problem_line(problem) for problem in checked.problems[:_SHOWN]]
    if len(checked.problems) > _SHOWN:
        lines.append(f"... and {len(checked.problems) - _SHOWN:,} problems more (all with --json)")
    for count in checked.counts:
        refused = sum(count.rows_refused.values())
        lines.append(
            f"{count.source}: {count.rows_in:,} rows in = {count.rows_kept:,} kept + {refused:,} refused"
        )
    lines.append("Refused." if checked.is_refused else "Nothing stops a build.")
    return "\n".join(lines)


def _problem_line(problem: Problem) -> str:
    place = problem.file if problem.row is None else f"{problem.file}:{problem.row}"
    return f"{place} {problem.column}: {problem.what} {problem.mend} ({problem.rule}, {problem.severity})"
