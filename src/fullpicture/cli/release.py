"""`fullpicture release`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command("release")
@click.argument("build", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The folder of all releases.")
@click.option("--correction", default="", help="Of a further version: what was wrong, and is now right.")
def command(build: Path, to: Path, correction: str) -> None:
    """Release the public edition in BUILD under an address that never changes.

    Refused without a signed review of these very bytes, a certificate that holds, and a day that was
    announced. Writes the page of releases, corrections and announced days, an Atom feed, and the metadata
    that catalogues of data read (schema.org Dataset).
    """
    from fullpicture.programme.releasing import Asked, release

    issue = release(Asked(build, to, datetime.now(UTC), correction))
    click.echo(f"Version {issue.version}, signed by {issue.signed_by}: {to / issue.version / 'index.html'}")
    click.echo(f"All releases: {to / 'index.html'}")
