"""`fullpicture sample`: cases drawn at random and coded by two people who do not see each other's codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fullpicture.cli.accountable import accountable, who_option

if TYPE_CHECKING:
    from fullpicture.programme.usage import Account

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group("sample")
def command() -> None:
    """Draw cases for two coders, measure how far they agree, decide the rest, estimate shares."""


@command.command("draw")
@click.argument("file", type=_FILE)
@click.option("--id", "id_", required=True, help="The column of case references.")
@click.option(
    "--by", "strata", multiple=True, help="A column to draw by, so that each kind is there; or several."
)
@click.option("--show", multiple=True, help="A column that coders are shown, such as the answer; or several.")
@click.option("--size", type=click.IntRange(min=1), required=True, help="How many cases.")
@click.option("--seed", type=click.IntRange(min=0), required=True, help="The same seed draws the same cases.")
@click.option(
    "--codebook", type=_FILE, required=True, help="The questions, in TOML, or a codebook of themes."
)
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@accountable
def draw(
    file: Path,
    id_: str,
    strata: tuple[str, ...],
    show: tuple[str, ...],
    codebook: Path,
    to: Path,
    *,
    size: int,
    seed: int,
    by: Account,
) -> None:
    """Draw cases of FILE into a folder, with a sheet for each of two coders.

    Each stratum has at least two cases, and else its share of the sample. Who drew what from which file, and
    why, is in the programme's state/samples.jsonl.
    """
    from fullpicture.programme.samples import Draw, draw

    asked = Draw(file, id_, _columns(strata), _columns(show), size, seed)
    drawn = draw(asked, codebook, to, by)
    click.echo(f"{drawn.size:,} of {drawn.of:,} cases drawn, sample {drawn.sample}")
    for name in ("coder-1.csv", "coder-2.csv", "coding-guide.txt"):
        click.echo(str(to / name))


@command.command("agree")
@click.argument("folder", type=_FOLDER)
def agree(folder: Path) -> None:
    """Say how far the two coders of the sample in FOLDER agree beyond chance, question by question.

    Cohen's kappa and Krippendorff's alpha, each with its 95% interval.
    """
    from fullpicture.programme.sample_results import agreement

    click.echo("question,code,same,cases,kappa,kappa_lower,kappa_upper,alpha,alpha_lower,alpha_upper")
    for one in agreement(folder):
        numbers = ",".join(f"{number:.4f}" for number in (*one.kappa[:3], *one.alpha[:3]))
        click.echo(f"{one.question},{one.code},{one.same},{one.cases},{numbers}")


@command.command("adjudicate")
@click.argument("folder", type=_FOLDER)
@who_option
def adjudicate(folder: Path, who: str) -> int:
    """Write what the coders of the sample in FOLDER disagree on, to be decided; read it back once it is.

    Fill in the column `decided` of decide.csv and give the command again: it then writes coded.csv, the codes
    that hold. Exit code 1 while anything is still to be decided.
    """
    from fullpicture.programme.sample_results import adjudicate

    done = adjudicate(folder, who)
    if done.open:
        click.echo(f"{done.open:,} of {done.disagreements:,} disagreements are to be decided:")
        click.echo(str(folder / "decide.csv"))
        return 1
    click.echo(f"All {done.disagreements:,} disagreements are decided:\n{folder / 'coded.csv'}")
    return 0


@command.command("estimate")
@click.argument("folder", type=_FOLDER)
@click.option("--area", required=True, help="The code of the area that the whole is of.")
@click.option("--period", required=True, help="The period that it is of, as 2024.")
def estimate(folder: Path, area: str, period: str) -> None:
    """Write the weighted share of every code of the sample in FOLDER, with its 95% interval and its base.

    estimates.csv is a source of a programme as any other (layout "sheet").
    """
    from fullpicture.programme.sample_results import estimate

    click.echo("question,code,share,lower,upper,cases,base,unknown")
    for question, code, one in estimate(folder, area, period):
        limits = ",".join(f"{100 * number:.1f}" for number in (one.share, one.lower, one.upper))
        click.echo(f"{question},{code},{limits},{one.cases},{one.base},{one.unknown}")
    click.echo(str(folder / "estimates.csv"), err=True)


def _columns(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for said in given for name in said.split(",") if name.strip())
