"""Prints sheets: makes the text of their rows, once as long as their table stays the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

from fullpicture.core.digest import digest_of
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.publish.ods import ods_rows
from fullpicture.publish.sheets import Kept, Printed, Sheet
from fullpicture.publish.xlsx import xlsx_rows


def printed(sheet: Sheet) -> Printed:
    """A sheet with its rows as text."""
    ends = [sheet.rows[place] for place in sorted({0, len(sheet.rows) - 1}) if sheet.rows]
    return Printed(
        sheet.name,
        sheet.lines,
        sheet.headers,
        sheet.decimals,
        len(sheet.rows),
        ends,
        xlsx_rows(sheet),
        ods_rows(sheet),
    )


def printed_table(
    table: InternalTable | PublicTable, kept: Kept, sheet_of: Callable[[], Sheet]
) -> tuple[Printed, bool]:
    """The sheet of a table, taken from what is kept where it can be; whether it had to be made."""
    said = f"{table.description!r} {digest_of(table.figures)}"
    key = hashlib.sha256(said.encode()).hexdigest()[:32]
    found = kept.text(key)
    if found is not None:
        return Printed(**json.loads(found)), False
    made = printed(sheet_of())
    kept.keep(key, json.dumps(asdict(made), ensure_ascii=False))
    return made, True
