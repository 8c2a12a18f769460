"""How far the cells of a sheet reach."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.collect.reading.used_range import XlsxRange

references = st.one_of(
    st.from_regex(r"[A-Z]{1,3}[0-9]{1,7}", fullmatch=True),
    st.sampled_from(["A1", "XFD1048576", "ZZZZZZZ999999999999", "ZZZZZZZZ1", "A", "1", "", "a1", "A0"]),
)
tags = st.tuples(
    st.sampled_from(["c", "x:c", "row", "col"]),
    st.sampled_from(["", ' s="1"', ' ar="B9"']),
    references,
    st.sampled_from(["/>", "></c>", "><v>1</v></c>", ' t="str"><v>r="C3"</v></c>']),
)


def xml_of(cells: list[tuple[str, str, str, str]]) -> bytes:
    return "".join(f'<{name}{look} r="{place}"{end}' for name, look, place, end in cells).encode()


def furthest(xml: bytes) -> tuple[int, int]:
    """Every cell looked at, one by one."""
    rows = columns = 0
    for letters, row in re.findall(
        rb'<(?:x:)?c(?: s="1"| ar="B9")? r="([A-Z]{1,7})(\d{1,12})"[^<>]*(?<!/)>', xml
    ):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(row)), max(columns, column)
    return rows, columns


@given(st.lists(st.lists(tags, max_size=8), max_size=4))
@settings(max_examples=300, deadline=None)
def test_the_range_reaches_to_the_last_row_and_column_that_have_a_value(
    pieces: list[list[tuple[str, str, str, str]]],
) -> None:
    used, whole = XlsxRange(), b""
    for cells in pieces:
        used.feed(xml_of(cells))
        whole += xml_of(cells)
    rows, columns = furthest(whole)
    assert used.cells == rows * columns


def test_styled_cells_without_a_value_do_not_count() -> None:
    used = XlsxRange()
    used.feed(b'<c r="B2"><v>1</v></c><c r="XFD1048576" s="1"/><c r="C3" s="1"/>')
    assert used.cells == 4
