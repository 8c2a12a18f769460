"""`fullpicture review`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command("review")
@click.argument("build", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--sign", "who", default=None, help="Sign, with the name of the lead analyst.")
@click.option(
    "--waive", nargs=2, multiple=True, metavar="FINDING REASON", help="Let a finding stand, and say why."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(build: Path, who: str | None, waive: tuple[tuple[str, str], ...], as_json: bool) -> int:
    """Read both editions in BUILD before anybody signs them off, and say what is wrong.

    Typed numbers, words that the figures do not bear out, tables that are the same or do not add, comparisons
    of unlike things, small bases, broken links and more. Writes the review sheet (review.html) beside the
    editions; --sign signs it, of these very bytes. Exit code 1: something is wrong and not waived.
    """
    from fullpicture.cli.progress import progress
    from fullpicture.programme.reviewing import review
    from fullpicture.programme.signing import sign, signature_of, write_review
    from fullpicture.publish.review.checks import CHECKS

    with progress(quiet=as_json) as watch:
        found = review(build, lambda detail: watch("read", detail))
    if who is not None:
        signed = sign(build, found, who, dict(waive))
        click.echo(f"Signed by {signed.who}; {len(signed.waived)} findings waived: {build / 'review.html'}")
        return 0
    write_review(build, found, signature_of(build))
    if as_json:
        click.echo(json.dumps([{"id": one.id, **asdict(one)} for one in found], indent=2))
    else:
        for one in found:
            click.echo(str(one))
        said = f"{len(found):,} findings" if found else "Nothing was found; it may be signed with --sign NAME"
        click.echo(f"{len(CHECKS)} checks. {said}: {build / 'review.html'}")
    return 1 if found else 0
