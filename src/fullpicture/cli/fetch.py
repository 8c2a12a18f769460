"""`fullpicture fetch`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fullpicture.programme.fetching import Fetching


@click.command("fetch")
@click.argument("programme", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1)
@click.option("--data", type=click.Path(path_type=Path), help="Where delivered files go [PROGRAMME/data].")
@click.option("--pause", type=click.FloatRange(min=0), default=1.0, help="Seconds between two requests [1].")
@click.option("--json", "as_json", is_flag=True, help="Print what was fetched as JSON.")
def command(programme: Path, sources: tuple[str, ...], data: Path | None, pause: float, as_json: bool) -> int:
    """Fetch the open data of the PROGRAMME's SOURCES, or of all of them, from their publishers.

    The only command that opens a connection. A file that has not changed is not fetched again; one that has
    replaces ours, which is kept in earlier/ beside it. One that cannot be had does not stop the others.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.fetching import fetch, polite
    from fullpicture.programme.load import load

    read = load(programme, data)
    with progress(quiet=as_json) as watch:
        done = fetch(read, sources, polite(read, pause), datetime.now(UTC), lambda text: watch("fetch", text))
    if as_json:
        click.echo(json.dumps(asdict(done), indent=2, default=str, ensure_ascii=False))
    else:
        click.echo(_said(done))
    for mistake in done.mistakes:
        click.echo(str(mistake), err=True)
    return 1 if done.mistakes else 0


def _said(done: Fetching) -> str:
    lines = [
        f"{name}: {size:,} bytes" + (f", version {line.version}" if line.version else "")
        for line in done.new
        for name, _, size in line.files
        if name not in done.unchanged
    ]
    lines += [f"{name}: not changed" for name in done.unchanged]
    if done.mistakes:
        lines.append(f"{len(done.mistakes)} could not be fetched; what we have of them stays.")
    return "\n".join(lines)
