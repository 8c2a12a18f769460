"""What the columns of a delivered file are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fullpicture.collect.reading.limits import COLUMN_LIMIT
from fullpicture.core.errors import SourceRefused

_NO_SIGN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""Control characters that are not white space, and characters without width."""


def column_names(cells: Sequence[str], where: str) -> list[str]:
    """Headers with runs of white space as one space; an empty one is `column_` and its place.

    Characters that cannot be seen are left out: a second byte order mark, what would write on a terminal.
    A header "row" becomes `row_in_file`, because `row` is the row's own number.

    Raises:
        SourceRefused: no header at all, the same one twice, or more columns than any spreadsheet has.
    """
    headers = [" ".join(_NO_SIGN.sub("", cell).split()) for cell in cells]
    if len(headers) > COLUMN_LIMIT:
        what = f"the header has {len(headers):,} cells; at most {COLUMN_LIMIT:,} are read."
        raise SourceRefused(where, what, "Check the separator, and that this is a table.")
    if not any(headers):
        mend = "Say which row holds the headers: header_row = 7, for example."
        raise SourceRefused(where, "the header row is empty.", mend)
    names = [header or f"column_{place}" for place, header in enumerate(headers, start=1)]
    names = ["row_in_file" if name == "row" else name for name in names]
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        shown = ", ".join(f'"{name}"' for name in twice[:5])
        more = f" and {len(twice) - 5} more" if len(twice) > 5 else ""
        mend = "Give each column a name of its own, or say which row holds the headers with header_row."
        raise SourceRefused(where, f"more than one column is called {shown}{more}.", mend)
    return names


def is_unnamed(name: str, place: int) -> bool:
    """Whether the name was made for an empty header (`place` counts from 1)."""
    return name == f"column_{place}"
