"""`fullpicture audit`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from fullpicture.disclosure.audit_report import Report

_SHOWN = 40
_SAYS = {"exact": "can be worked out", "narrow": "does not reach all of 1 to the threshold"}


def hierarchies(ctx: click.Context, param: click.Parameter, given: Sequence[str]) -> dict[str, list[Path]]:
    """`DIM=tree.csv`, as often as there are dimensions, or ways to split one."""
    found: dict[str, list[Path]] = {}
    for text in given:
        dimension, sign, path = text.partition("=")
        if not sign or not Path(path).is_file():
            raise click.BadParameter(f"{text}: give DIMENSION=FILE, a CSV file with the columns code,parent.")
        found.setdefault(dimension, []).append(Path(path))
    return found


@click.command("audit")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--count", default="freq", help="The column of counts [freq].")
@click.option("--hierarchy", multiple=True, callback=hierarchies, help="DIMENSION=FILE with code,parent.")
@click.option("--by", multiple=True, help="A column each of whose codes has tables of its own.")
@click.option("--label", multiple=True, help="A column that only gives a name.")
@click.option("--hidden", multiple=True, help="What stands for a hidden count, besides nothing, c and [c].")
@click.option("--threshold", default=9, type=click.IntRange(1), help="Small counts are 1 to this [9].")
@click.option(
    "--zeros", default="public", type=click.Choice(["public", "hidden"]), help="Whether zeros show."
)
@click.option("--mode", default="exact", type=click.Choice(["exact", "range"]), help="What counts as a leak.")
@click.option("--show", is_flag=True, help="Say the values that can be worked out, too: internal.")
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
def command(
    files: Sequence[Path],
    count: str,
    hierarchy: dict[str, list[Path]],
    by: Sequence[str],
    label: Sequence[str],
    hidden: Sequence[str],
    threshold: int,
    zeros: Literal["public", "hidden"],
    mode: Literal["exact", "range"],
    show: bool,
    as_json: bool,
) -> int:
    """Say what can be worked out of the hidden counts in published FILES, ours or anybody's.

    FILES are in long form with their totals: one row for each cell. Several files are one set of
    publications: cells that they share link them, and what one shows is known in all. Exit code 1: something
    leaks.
    """
    from fullpicture.disclosure.audit_report import audit_files
    from fullpicture.disclosure.long_form import Layout

    layout = Layout(count, hierarchy, by, label, hidden)
    report = audit_files(files, layout, threshold, mode, zeros == "public")
    click.echo(json.dumps(_as_json(report, show), indent=2) if as_json else _in_words(report, show))
    return 1 if report.leaks else 0


def _as_json(report: Report, show: bool) -> dict[str, Any]:
    return {
        "cells": report.cells,
        "hidden": report.hidden,
        "threshold": report.threshold,
        "mode": report.mode,
        "exact": report.exact,
        "leaks": report.leaks,
        "findings": [
            {
                "cell": one.cell,
                "finding": "exact" if one.is_exact else "narrow",
                "is_leak": one.is_leak,
                "proof": one.proof,
                **({"least": one.least, "most": _finite(one.most)} if show else {}),
            }
            for one in report.findings
        ],
    }


def _in_words(report: Report, show: bool) -> str:
    lines = [
        f"{report.cells:,} cells, {report.hidden:,} of them hidden; small is 1 to {report.threshold}.",
        f"{report.exact:,} hidden cells can be worked out exactly.",
    ]
    if report.mode == "range":
        lines.append(f"{len(report.findings) - report.exact:,} more do not reach all of 1 to the threshold.")
    lines.append(f"{report.leaks:,} of these may not be." if report.leaks else "Nothing leaks.")
    for one in report.findings[:_SHOWN]:
        value = f" ({_finite(one.least)} to {_finite(one.most) or 'any number'})" if show else ""
        mark = "leak" if one.is_leak else "not small"
        lines.append(f"  {one.cell}: {_SAYS['exact' if one.is_exact else 'narrow']}{value} [{mark}]")
    if len(report.findings) > _SHOWN:
        lines.append(f"  and {len(report.findings) - _SHOWN:,} more: --json lists all.")
    return "\n".join(lines)


def _finite(count: float) -> int | None:
    return int(count) if count < float("inf") else None
