"""Which rows of a return are taken: by the mapping's `where` and `leave_out`, and the force's own marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullpicture.collect.returns.headers import fits
from fullpicture.collect.returns.mapping import DuplicateMark, ReturnMapping
from fullpicture.collect.returns.marks import judged, said_of
from fullpicture.collect.returns.texts import encoded
from fullpicture.collect.returns.unread import Unread

Columns = Mapping[str, str]
"""Headers as the mapping has them, and the columns of the file that answer them."""


def chosen(rows: pa.Table, mapping: ReturnMapping, columns: Columns, unread: Unread) -> pa.Table:
    """The rows that the mapping takes; the others are refused, under SEL-001 or DUP-010.

    A text of `where` and `leave_out` may hold `*` for any part (`"*rape*"`).
    """
    left_out = np.zeros(rows.num_rows, np.bool_)
    for header, texts in mapping.where.items():
        left_out |= ~_in(rows, columns[header], texts)
    for header, texts in mapping.leave_out.items():
        left_out |= _in(rows, columns[header], texts)
    what = "this row is left out by the mapping's where or leave_out"
    unread.refuse("SEL-001", _numbers(rows, left_out), "", what)
    rows = rows.filter(pa.array(~left_out)) if left_out.any() else rows
    if mapping.duplicates is None:
        return rows
    return _without_repeats(rows, mapping.duplicates, columns[mapping.duplicates.header], unread)


def _without_repeats(rows: pa.Table, mark: DuplicateMark, column: str, unread: Unread) -> pa.Table:
    """The rows that the force does not mark; a mark that is not known is told, and its row is kept."""
    texts = encoded(rows[column], column)
    drops, unknown = judged(texts, mark)
    unread.texts(texts, rows["row"].to_numpy(), unknown, said_of(mark))
    repeated = drops[texts.places] if len(drops) else np.zeros(rows.num_rows, np.bool_)
    what = f"the force marks this row as a repeat ({mark.of} already in the file)"
    unread.refuse("DUP-010", _numbers(rows, repeated), column, what)
    return rows.filter(pa.array(~repeated)) if repeated.any() else rows


def _in(rows: pa.Table, column: str, patterns: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Where a column has one of the texts."""
    return _where(rows, column, lambda text: any(fits(pattern, text) for pattern in patterns))


def _where(rows: pa.Table, column: str, is_meant: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    texts = encoded(rows[column], column)
    meant = np.fromiter((is_meant(text) for text in texts.distinct), np.bool_, len(texts.distinct))
    return meant[texts.places] if len(meant) else np.zeros(rows.num_rows, np.bool_)


def _numbers(rows: pa.Table, which: npt.NDArray[np.bool_]) -> list[int]:
    numbers: list[int] = rows["row"].filter(pa.array(which)).to_pylist() if which.any() else []
    return numbers
