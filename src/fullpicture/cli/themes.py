"""`fullpicture themes`: what people said, coded."""

from __future__ import annotations

from pathlib import Path

import click

from fullpicture.cli.theme_edits import command as edit
from fullpicture.cli.theme_repeats import command as repeats
from fullpicture.core.errors import UsageError

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("themes")
def command() -> None:
    """Give the answers of a file themes, and measure how far coders agree. Nothing leaves the machine."""


command.add_command(edit)
command.add_command(repeats)


@command.command("discover")
@click.argument("file", type=_FILE)
@click.option("--text", required=True, help="The column of texts.")
@click.option("--id", "id_", default="", help="The column of ids [the number of the row].")
@click.option("--clusters", type=click.IntRange(2, 200), default=30, help="How many at most [30].")
@click.option("--model", type=_FOLDER, help="A folder with a sentence model (ONNX), for better clusters.")
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
def discover(file: Path, text: str, id_: str, clusters: int, model: Path | None, to: Path) -> None:
    """Find what the answers of FILE have in common, before anybody has named a theme.

    Writes id and cluster of every answer, and beside it a proposed codebook with typical answers.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.discovering import Wanted, discover_themes

    with progress() as watch:
        watch("code", "finding clusters")
        wanted = Wanted(clusters, model, lambda at, of: watch("code", f"{at:,} of {of:,} read"))
        done = discover_themes(file, text, id_, to, wanted)
    click.echo(f"{done.answers:,} answers in {len(done.found.candidates)} clusters")
    for one in done.found.candidates:
        click.echo(f"{one.size:>8,}  {one.number:>3}  {', '.join(one.words)}")
    for merge in done.found.merges[:5]:
        click.echo(f"Nearest to each other: {merge.one} and {merge.other} ({merge.distance:.2f})", err=True)
    click.echo(f"{to}\n{done.codebook}")


@command.command("assign")
@click.argument("file", type=_FILE)
@click.option("--id", "id_", required=True, help="The column of ids.")
@click.option("--text", required=True, help="The column of texts.")
@click.option("--codebook", type=_FILE, required=True, help="TOML, or CSV with theme,description.")
@click.option("--labelled", type=_FILE, help="Answers that people have coded, with the same columns.")
@click.option("--themes", default="themes", help="Their column of themes, joined by | [themes].")
@click.option("--group", default="", help="Their column of respondents, whose answers are learnt together.")
@click.option(
    "--features", multiple=True, help="A column besides the text, such as the question; or several."
)
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
def assign(
    file: Path,
    id_: str,
    text: str,
    codebook: Path,
    labelled: Path | None,
    themes: str,
    group: str,
    features: tuple[str, ...],
    to: Path,
) -> None:
    """Give each answer of FILE the themes of a codebook, several or none.

    One row for every answer and theme: id, theme, score (the probability), assigned (1 or 0), and where the
    words stand that show it (span_start, span_end). Without --labelled, by the codebook's words alone.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.codebooks import read_codebook
    from fullpicture.programme.theming import AnswerColumns, assign

    beside = tuple(name.strip() for given in features for name in given.split(",") if name.strip())
    columns = AnswerColumns(text, id_, themes, group, beside)
    with progress() as watch:
        done = assign(
            file,
            columns,
            read_codebook(codebook),
            labelled,
            to,
            lambda at, of: watch("code", f"{at:,} of {of:,}"),
        )
    click.echo(f"{done.answers:,} answers, {done.themes.total():,} themes given")
    for theme, count in done.themes.most_common():
        click.echo(f"{count:>8,}  {theme}")
    if done.not_learnt:
        said = "; ".join(f"{theme} ({count:,})" for theme, count in done.not_learnt.most_common())
        click.echo(f"Not in the codebook, so not learnt: {said}", err=True)
    click.echo(str(to))


@command.command("agree")
@click.argument("coder1", type=_FILE)
@click.argument("coder2", type=_FILE)
@click.option("--id", "id_", default="id", help="The column of ids [id].")
@click.option("--themes", default="themes", help="The column of themes, joined by | [themes].")
def agree(coder1: Path, coder2: Path, id_: str, themes: str) -> None:
    """Say how far two coders, or a coder and the machine, agree beyond chance.

    For each theme Cohen's kappa with its 95% interval, then Krippendorff's alpha over all themes. The files
    are coded answers (id and themes), or what `themes assign` writes.
    """
    from fullpicture.programme.agreeing import agreement

    found = agreement(coder1, coder2, id_, themes)
    click.echo("theme,both,first,second,kappa,lower,upper")
    for one in found.themes:
        numbers = ",".join(f"{number:.4f}" for number in one.kappa[:3])
        click.echo(f'"{one.theme}",{one.both},{one.first},{one.second},{numbers}')
    alpha = found.alpha
    click.echo(f"{found.answers:,} answers coded by both; only one coded {found.alone:,}.", err=True)
    click.echo(f"Krippendorff's alpha {alpha.value:.3f} ({alpha.lower:.3f} to {alpha.upper:.3f})", err=True)


@command.command("release")
@click.argument("programme", type=_FOLDER)
@click.argument("answer")
@click.option("--theme", required=True, help="The theme that the words show.")
@click.option("--source", default="", help="The source of answers [the only one].")
@click.option("--span", default="", help="Places in the answer, as 0:80 [the words that show the theme].")
@click.option("--by", "who", required=True, help="Who releases it: a named person.")
@click.option("--reason", required=True, help="Why, for the log of use (Data Protection Act 2018 s.62).")
@click.option("--yes", is_flag=True, help="Release without being asked; the words are not shown.")
def release(
    programme: Path, answer: str, theme: str, source: str, span: str, *, who: str, reason: str, yes: bool
) -> None:
    """Let words of ANSWER be quoted in the public edition, masked as they are shown.

    Shows the words as they would be public, and the kind and places of what is masked in them, and asks. The
    quote is in the next build; it is left out as soon as the answer, the theme or what is masked changes.
    """
    from datetime import UTC, datetime

    from fullpicture.programme.quoting import Quoting
    from fullpicture.programme.usage import Account

    quoting = Quoting.of(programme, source, Account(who, datetime.now(UTC), reason))
    shown = quoting.shown(answer, theme, _span(span))
    if not yes:
        click.echo(shown.text)
    click.echo(f"Masked: {', '.join(shown.masks) or 'nothing'}", err=not yes)
    if not yes and not click.confirm("Release these words?", err=True):
        click.echo("Not released.", err=True)
        return
    quoting.release(shown)
    click.echo(f"Released by {who}: answer {answer}, {shown.place.theme}. It is in the next build.", err=True)


@command.command("withdraw")
@click.argument("programme", type=_FOLDER)
@click.argument("answer")
@click.option("--theme", required=True, help="The theme for which its words were released.")
@click.option("--source", default="", help="The source of answers [the only one].")
@click.option("--by", "who", required=True, help="Who withdraws it.")
@click.option("--reason", required=True, help="Why.")
def withdraw(programme: Path, answer: str, theme: str, source: str, who: str, reason: str) -> None:
    """Take back the release of words of ANSWER: the next build is without them."""
    from datetime import UTC, datetime

    from fullpicture.programme.quoting import Quoting
    from fullpicture.programme.usage import Account

    quoting = Quoting.of(programme, source, Account(who, datetime.now(UTC), reason))
    many = quoting.withdraw(answer, theme)
    click.echo(f"Withdrawn: {many} release{'s' if many > 1 else ''} of answer {answer}. Build again.")


def _span(given: str) -> tuple[int, int] | None:
    """`0:80` as two places."""
    if not given:
        return None
    start, _, end = given.partition(":")
    if not start.isdigit() or not end.isdigit():
        raise UsageError(f"--span {given}: this is no span. Write it as 0:80.")
    return int(start), int(end)
