"""`fullpicture exceptions`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import click

from fullpicture.cli.accountable import who_option

_PROGRAMME = click.argument("programme", type=click.Path(path_type=Path, exists=True, file_okay=False))


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        who_option,
        click.option("--by", required=True, help="Who answers for it; the public certificate prints it."),
        click.option("--reason", required=True, help="Why; the public certificate prints it."),
        click.argument("figure_id"),
        _PROGRAMME,
    ):
        command = option(command)
    return command


@click.group("exceptions")
def command() -> None:
    """Figures that are public although they would be withheld, because a named person has signed for it.

    The next build publishes them, protects all the others from whoever knows them, and lists them in the
    certificate.
    """


@command.command("sign")
@_signed
def sign(programme: Path, figure_id: str, reason: str, by: str, who: str) -> None:
    """Sign for FIGURE_ID (as in figures.csv) of PROGRAMME: it is public from the next build on."""
    _write(programme, "sign", figure_id, (reason, by, who))
    click.echo(f"{figure_id}: signed by {by}. The next build publishes it and says so in the certificate.")


@command.command("withdraw")
@_signed
def withdraw(programme: Path, figure_id: str, reason: str, by: str, who: str) -> None:
    """Take the exception for FIGURE_ID back: the next build withholds it again."""
    _write(programme, "withdraw", figure_id, (reason, by, who))
    click.echo(f"{figure_id}: withdrawn. What was published before stays known.")


@command.command("list")
@_PROGRAMME
def list_(programme: Path) -> None:
    """Say which exceptions stand in PROGRAMME, who signed them, when and why."""
    from fullpicture.programme.exceptions import exceptions
    from fullpicture.programme.state import State

    for one in exceptions(State(programme)):
        click.echo(f"{one.figure}  {one.on.isoformat()}  {one.signed_by}: {one.reason}")


def _write(
    programme: Path, move: Literal["sign", "withdraw"], figure: str, said: tuple[str, str, str]
) -> None:
    from fullpicture.programme.exceptions import Signature, sign
    from fullpicture.programme.state import State

    reason, by, who = (" ".join(words.split()) for words in said)
    sign(State(programme), Signature(move, figure, reason, by, who, datetime.now(UTC)))
