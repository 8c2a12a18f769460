"""`fullpicture map`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.table import Table

    from fullpicture.collect.returns.propose import ColumnProposal
    from fullpicture.programme.mapping_draft import Draft

_TEXTS_SHOWN = 12
_HEADERS = ("Column", "Proposed", "How sure, and why", "What is in it")


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", required=True, help="The police force, by name or area code.")
@click.option("--sheet", default="", help="The sheet of a workbook.")
@click.option("--encoding", type=click.Choice(["utf-8", "utf-16", "cp1252"]), default="utf-8")
@click.option("--separator", default="", help="What stands between cells.")
@click.option("--header-row", type=click.IntRange(1), default=1, help="The row of the headers [1].")
@click.option("--to", type=click.Path(path_type=Path), help="The TOML file to write, as sources/kent.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print the proposal as JSON.")
@click.option(
    "--programme", type=click.Path(path_type=Path, exists=True), help="The programme whose areas to know."
)
def command(
    file: Path, force: str, to: Path | None, as_json: bool, programme: Path | None, **stated: Any
) -> None:
    """Propose how the columns of FILE, a return that nobody has mapped, become our fields.

    Shows each column with what it could be, how sure that is and why, and with --to writes the mapping for
    you to edit. Codes are shown; names, free text, dates and references are counted and never shown.
    """
    from fullpicture.collect.source import Reading
    from fullpicture.core.errors import UsageError
    from fullpicture.programme.find_mapping import register_for
    from fullpicture.programme.mapping_draft import draft_mapping

    if to and to.exists():
        raise UsageError(f"{to}: this file is there already, and somebody may have edited it. Name another.")
    draft = draft_mapping(file, force, Reading(**stated), register_for(programme, to or file))
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(draft.toml, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(_facts(draft), indent=2, ensure_ascii=False))
        return
    _show(draft)
    click.echo(_summary(draft, to))


def _facts(draft: Draft) -> dict[str, Any]:
    return {
        "file": draft.proposal.file,
        "sheet": draft.proposal.sheet,
        "police_force": draft.police_force,
        "unit": draft.proposal.unit,
        "date_order": draft.proposal.date_order,
        "assumed": list(draft.opened.assumed),
        "columns": [asdict(column) for column in draft.proposal.columns],
        "toml": draft.toml,
    }


def _show(draft: Draft) -> None:
    """A table on a terminal, plain lines elsewhere."""
    if not sys.stdout.isatty():
        for column in draft.proposal.columns:
            click.echo(" | ".join(_cells(column)).replace("\n", "; "))
        return
    from rich.console import Console

    Console().print(_table(draft))


def _table(draft: Draft) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(*_HEADERS, title=escape(draft.proposal.file), show_lines=True)
    for column in draft.proposal.columns:
        table.add_row(*map(escape, _cells(column)))
    return table


def _cells(column: ColumnProposal) -> tuple[str, str, str, str]:
    field = column.field or "not mapped"
    if column.map and column.map.basis:
        field += f" ({column.map.basis})"
    others = f" Could be {' or '.join(column.others)}." if column.others else ""
    checks = "".join(f"\nCHECK {check}." for check in column.checks)
    texts = [f"{code.text} ({code.rows:,}){_means(code.means, code.maybe)}" for code in column.codes]
    more = [f"and {len(texts) - _TEXTS_SHOWN} texts more"] if len(texts) > _TEXTS_SHOWN else []
    shown = "\n".join([column.cells, *texts[:_TEXTS_SHOWN], *more])
    return f"{column.place} {column.header}", field, f"{column.sure}: {column.why}.{others}{checks}", shown


def _means(means: str, maybe: str) -> str:
    if means:
        return f" = {means}"
    return f" = {maybe}? CHECK" if maybe else ""


def _summary(draft: Draft, to: Path | None) -> str:
    columns = draft.proposal.columns
    mapped = sum(bool(column.field) for column in columns)
    lines = [f"CHECK assumed of the file: {said}." for said in draft.opened.assumed]
    if draft.proposal.date_order is None:
        lines.append(f"CHECK the order of dates is not decided: {draft.proposal.date_why}.")
    lines.append(f"CHECK one row is taken for {draft.proposal.unit}: {draft.proposal.unit_why}.")
    lines.append(f"{mapped} of {len(columns)} columns have a proposal; {draft.checks} lines to decide.")
    lines.append(
        f"Edit {to}, then run: fullpicture check FILE --mapping {to}"
        if to
        else "Nothing is written; name a file with --to to write it as TOML."
    )
    return "\n".join(lines)
