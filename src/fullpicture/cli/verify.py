"""`fullpicture verify`."""

from __future__ import annotations

import json
from pathlib import Path

import click

_Folder = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("verify")
@click.argument("public", type=_Folder)
@click.option("--internal", type=_Folder, help="The internal edition of the same build: a stricter audit.")
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
def command(public: Path, internal: Path | None, as_json: bool) -> int:
    """Hold the PUBLIC edition against its certificate, and audit it again.

    Every byte must be as certified, every cell that was hidden still be hidden, and no small count be shown
    or be worked out. Exit code 1: something is wrong; files and cells are named, counts never.
    """
    from fullpicture.programme.verify import verify

    mistakes = verify(public, internal)
    if as_json:
        click.echo(json.dumps([vars(mistake) for mistake in mistakes], indent=2))
    else:
        for mistake in mistakes:
            click.echo(str(mistake))
        said = f"{len(mistakes):,} things are wrong." if mistakes else "Everything is as certified."
        click.echo(f"{public}: {said}")
    return 1 if mistakes else 0
