"""`fullpicture withdrawal`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from fullpicture.cli.counting import counted, counting, names, write
from fullpicture.core.errors import UsageError


@click.command("withdrawal")
@counting
@click.option("--by", default="", metavar="A,B", help="Columns of groups.")
@click.option(
    "--at", metavar="DAYS", help="Days to estimate at, such as 30,90,180,365; whole curves without."
)
@click.option("--se", type=click.Choice(["delta", "aalen"]), default="delta", help="Standard error.")
@click.option(
    "--interval",
    type=click.Choice(["loglog", "log", "plain"]),
    default="loglog",
    help="Scale of the interval.",
)
@click.option("--level", type=float, default=0.95, help="Of the interval.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="CSV to write (standard output).")
def command(
    file: Path,
    by: str,
    at: str | None,
    se: Literal["delta", "aalen"],
    interval: Literal["loglog", "log", "plain"],
    level: float,
    output: Path | None,
    **named: Any,
) -> None:
    """The share of the cases in FILE (CSV or Parquet) that have each outcome by each day.

    A case without an outcome is open and counts while it is followed. Columns out: the groups, outcome, day,
    n_risk, n_events, estimate, se, lower, upper. Without --at there is a row for every day on which anybody
    of a group leaves, those still open included.
    """
    from fullpicture.analyse.statistics.cumulative_incidence import cumulative_incidence

    days = _days(at)
    counts = counted(file, names(by), **named)
    write(cumulative_incidence(counts, at=days, se=se, interval=interval, level=level), output)


def _days(text: str | None) -> list[int] | None:
    if text is None:
        return None
    try:
        return [int(day) for day in names(text)]
    except ValueError:
        raise UsageError(f"--at {text}: these are no whole days. Write --at 30,90,180,365.") from None
