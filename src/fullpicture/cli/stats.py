"""`fullpicture stats`: tests and models of outcomes, standardised rates, funnels and control charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from fullpicture.cli.counting import counted, counting, names, write
from fullpicture.core.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])
_to = click.option("-o", "--output", type=click.Path(path_type=Path), help="CSV to write (standard output).")
_of = click.option("--of", required=True, help="The outcome to model.")
_formula = click.option("--formula", required=True, metavar="A+B", help="Case mix: columns, +, : and *.")
_file = click.argument("file", type=click.Path(path_type=Path))
_events = click.option("--events", default="events", show_default=True, help="Column of events.")
_population = click.option("--population", default="population", show_default=True, help="Column.")
_by = click.option("--by", default="", metavar="A,B", help="Columns of groups.")
_level = click.option("--level", type=float, default=0.95, show_default=True, help="Of the interval.")


@click.group("stats")
def command() -> None:
    """Statistics of any CSV or Parquet file, as CSV at full precision."""


@command.command("gray")
@counting
@click.option("--group", required=True, metavar="A,B", help="Columns of the groups to compare.")
@click.option("--strata", metavar="A,B", help="Columns within whose values to compare.")
@click.option("--of", help="The outcome to test; every one without.")
@_to
def gray(
    file: Path, group: str, strata: str | None, of: str | None, output: Path | None, **named: Any
) -> None:
    """Gray's test that an outcome's cumulative incidence is the same in all groups."""
    from fullpicture.analyse.statistics.gray import gray_test

    counts = counted(file, [*names(group), *names(strata)], **named)
    write(gray_test(counts, _outcome(counts, of), names(group), names(strata)), output)


@command.command("cox")
@counting
@_of
@_formula
@click.option("--ties", type=click.Choice(["breslow", "efron"]), default="breslow", show_default=True)
@_level
@_to
def cox(
    file: Path,
    of: str,
    formula: str,
    ties: Literal["breslow", "efron"],
    level: float,
    output: Path | None,
    **named: Any,
) -> None:
    """Cause-specific hazard ratios of an outcome by case mix."""
    from fullpicture.analyse.statistics.cox import cause_specific_cox

    counts = counted(file, _columns(formula), **named)
    write(cause_specific_cox(counts, _outcome(counts, of), formula, ties, level), output)


@command.command("fine-gray")
@counting
@_of
@_formula
@_level
@_to
def fine_gray(file: Path, of: str, formula: str, level: float, output: Path | None, **named: Any) -> None:
    """Subdistribution hazard ratios of an outcome by case mix (Fine and Gray)."""
    from fullpicture.analyse.statistics.fine_gray import fine_gray

    counts = counted(file, _columns(formula), **named)
    write(fine_gray(counts, _outcome(counts, of), formula, level), output)


@command.command("dsr")
@_file
@_events
@_population
@click.option("--standard", default="standard", show_default=True, help="Column of the standard population.")
@_by
@click.option("--per", type=float, default=100_000, show_default=True)
@click.option(
    "--event-frequency", help="Column of events each person had, where events repeat; see --strata."
)
@click.option("--strata", metavar="A,B", help="Columns of the strata, where events repeat.")
@_level
@_to
def dsr(file: Path, by: str, strata: str | None, output: Path | None, **named: Any) -> None:
    """Directly standardised rates with Dobson's interval."""
    from fullpicture.analyse.statistics.dsr import dsr

    independent = named["event_frequency"] is None
    write(dsr(file, by=names(by), strata=names(strata), independent=independent, **named), output)


@command.command("rate")
@_file
@_events
@_population
@_by
@click.option("--per", type=float, default=1_000, show_default=True)
@click.option("--method", type=click.Choice(["byar", "exact"]), default="byar", show_default=True)
@_level
@_to
def rate(file: Path, by: str, output: Path | None, **named: Any) -> None:
    """Events per so many of the population."""
    from fullpicture.analyse.statistics.rates import rate

    write(rate(file, by=names(by) or None, **named), output)


@command.command("funnel")
@_file
@click.option("--overdispersion", type=click.Choice(["none", "winsorised", "shmi"]), default="none")
@click.option("--limits", default="0.95,0.998", show_default=True, help="Levels.")
@click.option("--kind", type=click.Choice(["proportion", "rate"]), help="Where the file has no expected.")
@click.option("--per", type=float, default=1, show_default=True)
@_to
def funnel(
    file: Path,
    overdispersion: str,
    limits: str,
    kind: Literal["proportion", "rate"] | None,
    per: float,
    output: Path | None,
) -> None:
    """Control limits of every place: columns events and population, or observed and expected."""
    from fullpicture.analyse.statistics.funnel import funnel

    try:
        levels = [float(level) for level in names(limits)]
    except ValueError:
        raise UsageError(f"--limits {limits}: these are no levels. Write --limits 0.95,0.998.") from None
    how: Any = None if overdispersion == "none" else overdispersion
    write(funnel(file, how, levels, kind=kind, per=per), output)


@command.command("xmr")
@_file
@click.option("--date", default="date", show_default=True, help="Column that orders the values.")
@click.option("--value", default="value", show_default=True, help="Column of values.")
@click.option("--rebase", nargs=2, multiple=True, metavar="DATE REASON", help="New limits from a date on.")
@click.option("--screen/--no-screen", default=True, help="Leave outlying moving ranges out.")
@_to
def xmr(
    file: Path,
    date: str,
    value: str,
    rebase: tuple[tuple[str, str], ...],
    screen: bool,
    output: Path | None,
) -> None:
    """An XmR chart as a table, with the rules of Making Data Count that fired at each point."""
    from fullpicture.analyse.statistics.xmr import xmr

    write(xmr(file, rebase, screen, value=value, date=date), output)


def _columns(formula: str) -> list[str]:
    """The columns that a formula names."""
    from fullpicture.analyse.statistics.case_mix import variables_of

    return list(dict.fromkeys(name for term in variables_of(formula) for name in term))


def _outcome(counts: Any, said: str | None) -> Any:
    """The outcome that was said, as the file's own type."""
    if said is None:
        return None
    known = {str(value): value for value in counts["outcome"].unique().to_pylist() if value is not None}
    if said not in known:
        raise UsageError(
            f"--of {said}: no case has this outcome. There are {', '.join(sorted(known)) or 'none'}."
        )
    return known[said]
