"""`fullpicture redact`."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("redact")
@click.argument("file", type=_FILE)
@click.option("--id", "id_", required=True, help="The column of ids.")
@click.option("--text", required=True, help="The column of texts.")
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
@click.option(
    "--masked", is_flag=True, help="Write the texts with [name], [phone] ... in place of what was found."
)
@click.option("--listed", type=_FILE, help="A text file of your own: a name or place on each line.")
def command(file: Path, id_: str, text: str, to: Path, masked: bool, listed: Path | None) -> None:
    """Find what in the texts of FILE could lead to a person: id, start, end and kind of each.

    FILE itself is not changed. Nothing of a text is printed; OUT is for those who may read the texts.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.collect.responses import ResponseColumns
    from fullpicture.programme.redacting import mask, redact

    own = listed.read_text(encoding="utf-8-sig").splitlines() if listed else []
    write = mask if masked else redact
    with progress() as watch:
        done = write(
            file, ResponseColumns(id_, text), to, own, lambda at, of: watch("read", f"{at:,} of {of:,} texts")
        )
    responses = done.responses
    refused = sum(responses.refused.values())
    kept = responses.table.num_rows
    click.echo(f"{responses.rows_in:,} rows in = {kept:,} texts + {refused:,} refused")
    for problem in responses.problems:
        click.echo(
            f"{problem.file}:{problem.row or ''} {problem.column}: {problem.what} {problem.mend}", err=True
        )
    for kind, count in done.kinds.most_common():
        click.echo(f"{kind.replace('_', ' ')}: {count:,}")
    click.echo(str(to))
