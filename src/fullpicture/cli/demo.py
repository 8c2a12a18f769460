"""`fullpicture demo`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("demo")
@click.option("--to", type=click.Path(path_type=Path), default=Path("build/demo"), show_default=True)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=2024,
    show_default=True,
    help="Another seed, another nation.",
)
def command(to: Path, seed: int) -> None:
    """Build an invented nation: 43 forces, three years of recorded crime, nobody real."""
    from fullpicture.cli.build import summary
    from fullpicture.cli.progress import progress
    from fullpicture.demo import write_nation
    from fullpicture.programme.build import build

    folder = to.with_name(f"{to.name}-programme")
    write_nation(folder, seed=seed)
    with progress() as watch:
        built = build(folder, to, watch=watch)
    click.echo(summary(built))
    click.echo(f"Its programme folder, to read and to change: {folder}")
