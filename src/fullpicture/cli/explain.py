"""`fullpicture explain`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fullpicture.programme.explain import Explanation


@click.command("explain")
@click.argument("figure_id")
@click.option(
    "--build", "folder", type=click.Path(path_type=Path), default=Path("build/demo"), show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(figure_id: str, folder: Path, as_json: bool) -> None:
    """Show where FIGURE_ID comes from and where it is published.

    FIGURE_ID is indicator/area_code/period_kind:period/breakdown/category, as in figures.csv;
    the empty parts of a total stay empty: sexual_offences/E23000032/financial:2024-25//
    """
    from fullpicture.programme.explain import explain

    found = explain(figure_id, folder)
    click.echo(json.dumps(found.as_dict(), indent=2) if as_json else _words(found))


def _words(found: Explanation) -> str:
    figure, indicator = found.figure, found.indicator
    value = f"[{figure.absence}]" if figure.value is None else f"{figure.value:,.10g}"
    lines = [
        f"{indicator.title}: {figure.area_name}, {figure.when.label}",
        f"  value       {value} {figure.unit}",
        f"  definition  {indicator.definition}",
    ]
    if figure.remark:
        lines.append(f"  remark      {figure.remark}")
    lines += [line for behind in found.as_dict()["rows"] for line in _row_lines(behind)]
    for delivery in found.sources:
        lines.append(f"  refused     from {delivery.source.id}: {_by_rule(delivery.collected.refused)}")
    lines += _return_lines(found.as_dict()["returns"])
    lines.append(f"  internal    {', '.join(found.pages)}")
    lines.append(f"  public      {found.public}")
    return "\n".join(lines)


def _return_lines(returns: list[dict[str, Any]]) -> list[str]:
    """What was refused of the returns behind it: by rule, then force by force."""
    if not returns:
        return []
    together: Counter[str] = Counter()
    for one in returns:
        together.update(one["refused"])
    number = "1 return" if len(returns) == 1 else f"{len(returns)} returns"
    lines = [f"  refused     from the {number} behind it: {_by_rule(together)}"]
    for one in returns:
        if not one["is_in"]:
            lines.append(f"              {one['title']}: not in, it could not be read")
        elif one["refused"]:
            lines.append(f"              {one['title']}: {_by_rule(one['refused'])}")
    return lines


def _by_rule(refused: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {count:,}" for rule, count in sorted(refused.items())) or "no row"


def _row_lines(behind: dict[str, object]) -> list[str]:
    where = behind["where"]
    assert isinstance(where, dict)
    chosen = "; ".join(f"{name} = {', '.join(values)}" for name, values in where.items())
    lines = [
        f"  from        {behind['source']}, column {behind['column']}{f', where {chosen}' if chosen else ''}"
    ]
    files = behind["files"]
    assert isinstance(files, list)
    return lines + [
        f"              {one['file']}: {_shortened(one['rows'])} ({one['count']:,} rows)" for one in files
    ]


def _shortened(rows: str) -> str:
    """The first rows; --json has all of them."""
    return rows if len(rows) <= 200 else f"{rows[:200].rsplit(',', 1)[0]}, ... (all with --json)"
