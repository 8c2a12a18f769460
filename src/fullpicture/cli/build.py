"""`fullpicture build`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fullpicture.cli.accountable import who_option

if TYPE_CHECKING:
    from fullpicture.programme.build import Build


@click.command("build")
@click.argument("programme", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The build folder to write.")
@click.option("--data", type=click.Path(path_type=Path), help="Where delivered files are [PROGRAMME/data].")
@click.option("--json", "as_json", is_flag=True, help="Print the run's record as JSON.")
@click.option("--reason", default="", help="Why new returns are taken in [the purpose each source states].")
@who_option
def command(programme: Path, to: Path, data: Path | None, as_json: bool, **account: str) -> None:
    """Build both editions of the PROGRAMME folder.

    Either both new editions are put in place at the end, or the old ones stay. Each return that is new is in
    the log of use, with who took it in and why.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.build import build
    from fullpicture.programme.usage import Collector

    with progress(quiet=as_json) as watch:
        built = build(
            programme, to, data, watch, Collector(account["who"], datetime.now(UTC), account["reason"])
        )
    click.echo(json.dumps(built.record, indent=2) if as_json else summary(built))


def summary(built: Build) -> str:
    """What was made: rows, figures, problems, and one sentence for each edition."""
    lines = []
    for source, counts in built.record["sources"].items():
        refused = sum(counts["rows_refused"].values())
        lines.append(
            f"{source}: {counts['rows_in']:,} rows in = {counts['rows_kept']:,} kept + {refused:,} refused"
        )
    failed, returns = built.returns
    if returns:
        lines.append(f"{failed} of {returns} returns failed; {returns - failed} are in.")
    lines.append(f"{built.figures:,} figures; {built.withheld:,} withheld from the public")
    if built.problems:
        listed = built.folder / "internal" / "problems" / "problems.csv"
        lines.append(f"{built.problems:,} problems, each with its row and how to mend it: {listed}")
    lines.append(
        f"Internal edition, for those who may see every figure: {built.folder / 'internal' / 'index.html'}"
    )
    lines.append(f"Public edition, safe to publish: {built.folder / 'public' / 'index.html'}")
    if (built.folder / "internal" / "report.html").exists():
        from fullpicture.publish.report.paper import why_no_pdf

        lines += filter(None, [why_no_pdf()])
    return "\n".join(lines)
