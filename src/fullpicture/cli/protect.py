"""`fullpicture protect`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fullpicture.cli.audit import hierarchies

if TYPE_CHECKING:
    from fullpicture.disclosure.protecting import Answer


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
@click.option("-o", "--to", required=True, type=click.Path(path_type=Path), help="Where to write.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Where to write the certificate.")
@click.option("--public", is_flag=True, help="Say c of every hidden cell, not which are small.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(files: Sequence[Path], to: Path, certificate: Path | None, **asked: Any) -> None:
    """Hide, round or coarsen counts in FILES so that no small count can be worked out.

    FILES are in long form with their totals, one row for each cell; several are protected together, and are
    written into the folder --to. The status of a cell is published, primary or secondary: for inside. Nothing
    is written that the auditor can undo: exit code 1, with the cells that stand in the way.
    """
    from fullpicture.disclosure import protect_files
    from fullpicture.disclosure.long_form import Layout, read_long_form, refuse_inconsistent
    from fullpicture.disclosure.protecting import METHODS, Request, protect_tables
    from fullpicture.disclosure.rule import Rule

    delivered = read_long_form(files, Layout(asked["count"], asked["hierarchy"], asked["by"], asked["label"]))
    refuse_inconsistent(delivered)
    unknown = [dimension for dimension in asked["plan"] if dimension not in delivered.tables.dimensions]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: no such dimension.", param_hint="--plan")
    rule = Rule(asked["threshold"], asked["zeros"] == "hidden")
    request = Request(rule, asked["mode"], asked["plan"], from_alone=asked["alone"])
    methods = METHODS if asked["method"] == "auto" else (asked["method"],)
    answer = protect_tables(delivered.tables, request, methods)
    places = _places(files, to)
    protect_files.write_protected(delivered, answer, asked["count"], places, asked["public"])
    if certificate:
        facts = protect_files.certificate(answer, request, list(places.values()))
        certificate.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(_facts(answer), indent=2) if asked["as_json"] else _said(answer))


def _places(files: Sequence[Path], to: Path) -> dict[Path, Path]:
    if len(files) == 1:
        return {files[0]: to}
    to.mkdir(parents=True, exist_ok=True)
    return {path: to / path.name for path in files}


def _facts(answer: Answer) -> dict[str, Any]:
    draft = answer.draft
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


def _said(answer: Answer) -> str:
    facts = _facts(answer)
    lines = [f"{facts['cells']:,} cells, {facts['small']:,} of them small."]
    if facts["method"] == "round":
        lines.append(f"{facts['rounded']:,} counts are rounded, none further than {facts['within']:,} away.")
        return "\n".join(lines)
    if facts["coarsened"]:
        steps = ", ".join(facts["coarsened"])
        lines.append(f"{facts['left_out']:,} cells are left out, a level each of: {steps}.")
    lost = f"which show {facts['value_lost']:,} less"
    return "\n".join([*lines, f"{facts['hidden_besides']:,} more are hidden besides, {lost}."])
