"""`fullpicture transcripts`."""

from __future__ import annotations

from pathlib import Path

import click

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("transcripts")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@click.option("-o", "--to", type=click.Path(path_type=Path), required=True, help="The CSV file to write.")
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    required=True,
    help="The CSV file that leads from pseudonyms to names; one that is there is added to.",
)
@click.option("--interviewer", multiple=True, help="Who asks the questions, as the files call them; several.")
@click.option(
    "--role",
    type=click.Choice(["victim", "witness", "personnel", "parent", "organisation"]),
    default=None,
    help="What the participants are.",
)
@click.option("--encoding", type=click.Choice(["utf-8", "utf-16", "cp1252"]), default="utf-8")
def command(
    files: tuple[Path, ...],
    to: Path,
    key: Path,
    interviewer: tuple[str, ...],
    role: str | None,
    encoding: str,
) -> None:
    """Take in transcripts (TXT, DOCX, SRT, VTT): who said what, turn by turn, under pseudonyms.

    Writes id, text, group (the pseudonym), role and transcript for every turn of a participant. The key is
    for those alone who may know who took part.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.transcribing import Study, import_transcripts

    with progress() as watch:
        watch("read", f"{len(files):,} transcripts")
        done = import_transcripts(files, Study(interviewer, role or "", encoding), to, key)
    lines = sum(one.lines_in for one in done.transcripts)
    refused = sum(sum(one.refused.values()) for one in done.transcripts)
    click.echo(f"{lines:,} lines in = {lines - refused:,} in turns + {refused:,} refused")
    click.echo(
        f"{done.answers:,} turns of {done.people:,} people; {done.questions:,} of interviewers left out"
    )
    for one in done.transcripts:
        for problem in one.problems:
            click.echo(f"{problem.file}:{problem.row} {problem.what} {problem.mend}", err=True)
    click.echo(f"{to}\n{key}")
