"""Prints sheets: makes the rows of both formats, once as long as their table stays the same."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable

from fullpicture.core.digest import digest_of
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.publish.kept import Kept
from fullpicture.publish.ods import ods_rows
from fullpicture.publish.packed import Packed, packed
from fullpicture.publish.sheets import Printed, Sheet
from fullpicture.publish.xlsx import xlsx_rows


def printed(sheet: Sheet) -> Printed:
    """A sheet with its rows, compressed."""
    return Printed(
        sheet.name,
        sheet.lines,
        sheet.headers,
        sheet.decimals,
        len(sheet.rows),
        sheet.rows[0] if sheet.rows else (),
        packed(xlsx_rows(sheet)),
        packed(ods_rows(sheet)),
    )


def printed_table(
    table: InternalTable | PublicTable, kept: Kept, sheet_of: Callable[[], Sheet]
) -> tuple[Printed, bool]:
    """The sheet of a table, taken from what is kept where it can be; whether it had to be made."""
    said = f"sheet {zlib.ZLIB_RUNTIME_VERSION} {table.description!r} {digest_of(table.figures)}"
    key = hashlib.sha256(said.encode()).hexdigest()[:32]
    found = kept.get(key)
    if found is not None:
        return _read(found), False
    made = printed(sheet_of())
    kept.keep(key, _written(made))
    return made, True


def _written(sheet: Printed) -> bytes:
    """A line of JSON with everything but the rows, then these."""
    facts = vars(sheet) | {kind: [len(rows.data), *rows[1:]] for kind, rows in _rows(sheet).items()}
    return b"".join([json.dumps(facts).encode(), b"\n", sheet.xlsx.data, sheet.ods.data])


def _rows(sheet: Printed) -> dict[str, Packed]:
    return {"xlsx": sheet.xlsx, "ods": sheet.ods}


def _read(kept: bytes) -> Printed:
    line, _, rows = kept.partition(b"\n")
    facts = json.loads(line)
    length = facts["xlsx"][0]
    parts = {"xlsx": rows[:length], "ods": rows[length:]}
    return Printed(**facts | {kind: Packed(data, *facts[kind][1:]) for kind, data in parts.items()})
