"""`fullpicture link`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fullpicture.cli.accountable import accountable
from fullpicture.core.errors import UsageError

if TYPE_CHECKING:
    from fullpicture.programme.linking import Run
    from fullpicture.programme.usage import Account


@click.command("link")
@click.argument("programme", type=click.Path(path_type=Path))
@click.option("--threshold", type=float, help="Link from this probability on, whatever linkage.toml says.")
@click.option("--accept", multiple=True, metavar="ID", help="This pair is of the same; again for more.")
@click.option("--reject", multiple=True, metavar="ID", help="This pair is of different ones; again for more.")
@click.option("--proposals", type=click.Path(path_type=Path), help="Write the pairs to decide on to a CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@accountable
def command(
    programme: Path,
    threshold: float | None,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    proposals: Path | None,
    as_json: bool,
    by: Account,
) -> None:
    """Link the victims and crimes of the PROGRAMME's returns, within and between forces and years.

    Prints the settings and counts, never a record. --accept and --reject write down what was decided of pairs
    that the last linkage found, and link nothing; the next linkage goes by it.
    """
    from fullpicture.collect.linkage.said import in_words
    from fullpicture.programme.linking import LEFT_OUT, Linking, models_of
    from fullpicture.programme.load import load

    if (accept or reject) and (threshold is not None or proposals):
        raise UsageError("--accept and --reject link nothing: give them alone, then link again.")
    models = models_of(programme, threshold)
    linking = Linking(load(programme), models)
    if accept or reject:
        linking.decide(accept, reject, by)
        click.echo(f"{len(set(accept))} accepted, {len(set(reject))} rejected. Link again to go by it.")
        return
    click.echo("\n\n".join(in_words(model) for model in models), err=True)
    for id_ in linking.left_out:
        click.echo(f"\n{id_}: {LEFT_OUT}. Build again to have it linked.", err=True)
    run = linking.run(by)
    click.echo(json.dumps(_as_json(run), indent=2, ensure_ascii=False) if as_json else _said(run))
    if proposals:
        click.echo(f"{proposals}: {linking.write_proposals(proposals, by):,} pairs to decide on.", err=True)


def _as_json(run: Run) -> dict[str, object]:
    return {"id": run.id, "thresholds": dict(run.thresholds), "counts": dict(run.counts)}


def _said(run: Run) -> str:
    width = max(map(len, run.counts))
    return "\n".join(f"{name.ljust(width)}  {count:>12,}" for name, count in run.counts.items())
