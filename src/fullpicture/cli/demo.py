"""`fullpicture demo`."""

from __future__ import annotations

from pathlib import Path

import click

QUOTED = ("training", "partners", "updates", "treatment")
"""Themes of the invented survey of which a quote is released."""


@click.command("demo")
@click.option("--to", type=click.Path(path_type=Path), default=Path("build/demo"), show_default=True)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=2024,
    show_default=True,
    help="Another seed, another nation.",
)
@click.option("--size", type=click.Choice(["small", "medium", "full"]), default="small", show_default=True)
def command(to: Path, seed: int, size: str) -> None:
    """Build an invented nation: 43 forces, three years of recorded crime, nobody real."""
    from fullpicture.cli.build import summary
    from fullpicture.cli.progress import progress
    from fullpicture.demo.once import write_once
    from fullpicture.programme.build import build

    folder = to.with_name(f"{to.name}-programme")
    said = write_once(folder, seed, size)
    if said == "written":
        release_some(folder)
    with progress() as watch:
        built = build(folder, to, watch=watch)
    click.echo(summary(built))
    click.echo(f"Its programme folder, to read and to change: {folder}")
    if said == "changed by you":
        click.echo(
            "It has been changed and was built as it is; delete it to have it invented anew.", err=True
        )


def release_some(folder: Path) -> None:
    """Releases an invented quote of each of some themes, as a person would."""
    from datetime import UTC, datetime

    from fullpicture.programme.quoting import Quoting
    from fullpicture.programme.usage import Account

    by = Account("An invented researcher", datetime.now(UTC), "To show what a page with quotes looks like")
    quoting = Quoting.of(folder, "survey", by)
    for theme in QUOTED:
        quoting.release(quoting.shown(quoting.surest(theme), theme, None))
