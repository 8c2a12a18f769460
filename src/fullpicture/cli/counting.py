"""What commands that count cases have in common: options that say where time and outcome are, and CSV out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fullpicture.core.errors import SourceRefused
from fullpicture.core.live import lifeless

if TYPE_CHECKING:
    import pyarrow as pa

Command = TypeVar("Command", bound=Callable[..., Any])
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")


def counting(command: Command) -> Command:
    """Adds the options that `counted` takes."""
    options = (
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--start", help="Column of the first day."),
        click.option("--end", help="Column of the last day; may be empty while a case is open."),
        click.option("--days", help="Column of whole days, instead of --start and --end."),
        click.option("--outcome", required=True, help="Column of the outcome; empty while a case is open."),
        click.option("--censored", help="Value of the outcome that means open as well."),
        click.option("--as-of", metavar="DATE", help="The day the data were drawn (the last day there is)."),
        click.option(
            "--date-order",
            type=click.Choice(["ymd", "dmy", "mdy"]),
            default="ymd",
            show_default=True,
            help="How days are written as text: 2024-12-31, 31/12/2024 or 12/31/2024.",
        ),
        click.option("--entry", help="Column of the day on which a case came under observation, if later."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def counted(file: Path, by: Sequence[str], **named: Any) -> pa.Table:
    """Counts of a file's cases; says on stderr how many were kept and why the others were not."""
    from fullpicture.analyse.statistics.given import as_arrow, as_ibis
    from fullpicture.analyse.statistics.outcome_counts import outcome_counts, refusals

    counts = as_arrow(outcome_counts(as_ibis(file, as_text=True), list(by), **named))
    rows, refused = refusals(counts)
    click.echo(
        f"{rows:,} rows = {rows - sum(refused.values()):,} kept + {sum(refused.values()):,} refused", err=True
    )
    for reason, number in refused.items():
        click.echo(f"  {number:,}: {reason}", err=True)
    if rows == sum(refused.values()):
        what = "no row of it can be followed." if rows else "there are no rows in it."
        raise SourceRefused(str(file), what, "Check the columns named, and --date-order for days as text.")
    return counts


def names(text: str | None) -> list[str]:
    """Columns given as one word, parted by commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def write(table: pa.Table, to: Path | None) -> None:
    """Writes a table as CSV at full precision, to standard output unless a file is named."""
    from pyarrow import csv

    for place, field in enumerate(table.schema):
        if str(field.type) in ("string", "large_string"):
            table = table.set_column(place, field.name, _harmless(table[place]))
    options = csv.WriteOptions(quoting_style="needed")
    if to is not None:
        csv.write_csv(table, to, options)
        return
    sys.stdout.flush()
    csv.write_csv(table, sys.stdout.buffer, options)


def _harmless(column: pa.ChunkedArray) -> pa.Array:
    """Texts of which a spreadsheet program would run none; numbers written as text stay as they are."""
    import pyarrow as pa

    coded = column.combine_chunks().dictionary_encode()
    texts = [(_NUMBER.fullmatch(text) and text) or lifeless(text) for text in coded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(coded.indices)
