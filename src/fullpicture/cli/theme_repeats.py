"""`fullpicture themes repeats`."""

from __future__ import annotations

from pathlib import Path

import click

_MOST = 10
"""Letters that are listed."""


@click.command("repeats")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--id", "id_", required=True, help="The column of ids.")
@click.option("--text", required=True, help="The column of texts.")
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
def command(file: Path, id_: str, text: str, to: Path) -> None:
    """Find answers of FILE that say the same as an earlier one: copies, and letters of a campaign.

    Writes id, first (the id of the first that says it) and alike (exactly, nearly, or nothing). Each answer
    stays one person's: count people, and show that many said it in the same words.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.collect.responses import ResponseColumns
    from fullpicture.programme.repeating import find_repeats

    with progress() as watch:
        watch("code", "comparing answers")
        done = find_repeats(file, ResponseColumns(id_, text), to)
    kept, refused = done.responses.table.num_rows, sum(done.responses.refused.values())
    click.echo(f"{done.responses.rows_in:,} rows in = {kept:,} texts + {refused:,} refused")
    click.echo(
        f"{done.exactly:,} repeat another exactly, {done.nearly:,} nearly: {len(done.letters):,} letters"
    )
    for first, many in done.letters.most_common(_MOST):
        click.echo(f"{many:>8,}  as {first}")
    click.echo(str(to))
