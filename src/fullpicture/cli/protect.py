"""`fullpicture protect`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fullpicture.cli.audit import hierarchies
from fullpicture.cli.magnitudes import asked_of_sums, magnitude_options
from fullpicture.cli.progress import progress

if TYPE_CHECKING:
    from fullpicture.disclosure.contributions import Sensitivity
    from fullpicture.disclosure.long_form import Delivered
    from fullpicture.disclosure.magnitude_files import Columns
    from fullpicture.disclosure.protecting import Draft


@click.command("protect")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--count", default="freq", help="The column of counts [freq].")
@click.option("--hierarchy", multiple=True, callback=hierarchies, help="DIMENSION=FILE with code,parent.")
@click.option("--by", multiple=True, help="A column each of whose codes has tables of its own.")
@click.option("--label", multiple=True, help="A column that only gives a name.")
@click.option("--threshold", default=9, type=click.IntRange(1), help="Small counts are 1 to this [9].")
@click.option(
    "--zeros", default="public", type=click.Choice(["public", "hidden"]), help="Whether zeros show."
)
@click.option(
    "--mode", default="exact", type=click.Choice(["exact", "range"]), help="What a small count keeps."
)
@click.option(
    "--method", default="suppress", type=click.Choice(["suppress", "round", "coarsen", "auto"]), help="How."
)
@click.option(
    "--alone/--not-alone", default=True, help="Also against who is the only one counted in a cell [yes]."
)
@click.option("--plan", multiple=True, help="Dimensions to coarsen, a level each time, in this order.")
@magnitude_options
@click.option("-o", "--to", required=True, type=click.Path(path_type=Path), help="Where to write.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Where to write the certificate.")
@click.option("--public", is_flag=True, help="Say c of every hidden cell, not which are small.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(files: Sequence[Path], to: Path, certificate: Path | None, **asked: Any) -> None:
    """Hide, round or coarsen counts in FILES so that no small count can be worked out.

    With --p-percent, --dominance or --fewest the counts are sums of contributions, and no sum gives one away.
    FILES are in long form with their totals, one row for each cell; several are protected together, and are
    written into the folder --to. The status of a cell is published, primary or secondary: for inside. Nothing
    is written that the auditor can undo: exit code 1, with the cells that stand in the way.
    """
    from fullpicture.disclosure.long_form import Layout, read_long_form, refuse_inconsistent

    sums = asked_of_sums(asked)
    labels = [*asked["label"], *(sums[1].named if sums else ())]
    delivered = read_long_form(files, Layout(asked["count"], asked["hierarchy"], asked["by"], labels))
    refuse_inconsistent(delivered)
    places = _places(files, to)
    with progress() as watch:
        watch("protect", f"{len(delivered.tables):,} cells")
        if sums:
            draft, facts = _sums(delivered, asked, sums, places)
        else:
            draft, facts = _counts(delivered, asked, places)
    if certificate:
        certificate.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(_facts(draft), indent=2) if asked["as_json"] else _said(draft))


def _counts(
    delivered: Delivered, asked: Mapping[str, Any], places: Mapping[Path, Path]
) -> tuple[Draft, dict[str, Any]]:
    """Protects counts and writes them; what was done, and the certificate."""
    from fullpicture.disclosure import protect_files
    from fullpicture.disclosure.protecting import METHODS, Request, protect_tables
    from fullpicture.disclosure.rule import Rule

    unknown = [dimension for dimension in asked["plan"] if dimension not in delivered.tables.dimensions]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: no such dimension.", param_hint="--plan")
    rule = Rule(asked["threshold"], asked["zeros"] == "hidden")
    request = Request(rule, asked["mode"], asked["plan"], from_alone=asked["alone"])
    methods = METHODS if asked["method"] == "auto" else (asked["method"],)
    answer = protect_tables(delivered.tables, request, methods)
    protect_files.write_protected(delivered, answer.draft, asked["count"], places, asked["public"])
    return answer.draft, protect_files.certificate(answer, request, list(places.values()))


def _sums(
    delivered: Delivered,
    asked: Mapping[str, Any],
    sums: tuple[Sensitivity, Columns],
    places: Mapping[Path, Path],
) -> tuple[Draft, dict[str, Any]]:
    """Protects sums of contributions and writes them, without the contributions."""
    from fullpicture.disclosure import magnitude_files, protect_files
    from fullpicture.disclosure.magnitudes import protect_magnitudes

    rule, columns = sums
    given = magnitude_files.contributions_of(delivered, columns)
    done = protect_magnitudes(delivered.tables, given, rule, asked["alone"])
    kept = magnitude_files.without_contributions(delivered, columns)
    protect_files.write_protected(kept, done.draft, asked["count"], places, asked["public"])
    return done.draft, magnitude_files.magnitude_certificate(done, rule, list(places.values()))


def _places(files: Sequence[Path], to: Path) -> dict[Path, Path]:
    if len(files) == 1:
        return {files[0]: to}
    to.mkdir(parents=True, exist_ok=True)
    return {path: to / path.name for path in files}


def _facts(draft: Draft) -> dict[str, Any]:
    other = draft.hidden & ~draft.primary
    return {
        "method": draft.method,
        "cells": len(draft.tables),
        "small": int(draft.primary.sum()),
        "hidden_besides": int(other.sum()),
        "value_lost": int(draft.tables.counts[other].sum()),
        "left_out": int(draft.left_out.sum()),
        "coarsened": list(draft.steps),
        "rounded": int((draft.is_shown & (draft.shown != draft.tables.counts)).sum()),
        "within": draft.within,
    }


def _said(draft: Draft) -> str:
    facts = _facts(draft)
    lines = [f"{facts['cells']:,} cells, {facts['small']:,} of them not to be known."]
    if facts["method"] == "round":
        lines.append(f"{facts['rounded']:,} counts are rounded, none further than {facts['within']:,} away.")
        return "\n".join(lines)
    if facts["coarsened"]:
        steps = ", ".join(facts["coarsened"])
        lines.append(f"{facts['left_out']:,} cells are left out, a level each of: {steps}.")
    lost = f"which show {facts['value_lost']:,} less"
    return "\n".join([*lines, f"{facts['hidden_besides']:,} more are hidden besides, {lost}."])
