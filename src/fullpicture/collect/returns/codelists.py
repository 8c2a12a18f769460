"""The lists of values that fields may have, and of how forces write them: `codes/<name>.csv`.

A list of spellings has the columns `written` and `value` (a value, or one of `record.STATES`). A reference
list has `code`, `title`, `also` (other ways to write it, between |) and facts of its own with their `source`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.record import STATES


@cache
def names() -> tuple[str, ...]:
    """The lists that a mapping may use."""
    folder = files("fullpicture.collect.returns") / "codes"
    return tuple(sorted(entry.name[:-4] for entry in folder.iterdir() if entry.name.endswith(".csv")))


@cache
def rows_of(code_list: str) -> tuple[Mapping[str, str], ...]:
    """The list's rows as they stand in its file."""
    path = files("fullpicture.collect.returns") / "codes" / f"{code_list}.csv"
    return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@cache
def values_of(code_list: str) -> dict[str, str]:
    """What each text of a list means, by its forgiving form; of a reference list, codes come before titles.

    Examples:
        >>> values_of("sex")[plain("Female / Transgender Female")], values_of("outcome")[plain("OC-C2")]
        ('female', 'cancelled')
    """
    rows = rows_of(code_list)
    if "written" in rows[0]:
        return {plain(row["written"]): row["value"] for row in rows}
    codes = {plain(row["code"]): row["code"] for row in rows}
    titles = {plain(row["title"]): row["code"] for row in rows}
    also = {plain(text): row["code"] for row in rows for text in row["also"].split("|") if text}
    return titles | also | codes


@cache
def canonical(code_list: str) -> tuple[str, ...]:
    """The values of a list, in its order; states are not among them.

    Examples:
        >>> canonical("sex"), canonical("flag")
        (('female', 'male', 'indeterminate'), ('yes', 'no'))
    """
    column = "value" if "written" in rows_of(code_list)[0] else "code"
    found = dict.fromkeys(row[column] for row in rows_of(code_list))
    return tuple(value for value in found if value not in STATES)
