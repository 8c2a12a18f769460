"""Stretches of a text file that can be read megabytes at a time, with the result of reading each line.

A stretch is plain while every quotation mark opens or closes a cell or is written twice within one, no record
is long and there is no NUL. Where that ends, `Records` reads line by line. Both must give the same rows:
tests/collect/test_reading_plain.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pc

from fullpicture.collect.reading.limits import MIB
from fullpicture.collect.reading.records import Record, Records, Unreadable
from fullpicture.collect.reading.runs import WHITE_SPACE, Item, Ragged, run_of, without_empty

WINDOW = 2 * MIB
"""Bytes looked at, and read, at once."""

_NARROW = MIB // 4
"""The same, just after a line that was not plain."""

_RECORDS_APART, _MOST_APART = 50, 5_000
"""Records read line by line where a stretch ends, before the next is looked for; twice as many each time that
looking was hardly worth it."""

_MARK = b"\xef\xbb\xbf"
_LF, _CR, _QUOTE = b'\n\r"'

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
_NOWHERE: Places = np.empty(0, np.int64)
_NONE: npt.NDArray[np.bool_] = np.empty(0, np.bool_)


@dataclass(frozen=True)
class _Stretch:
    """Whole records: where each ends, counted from `position`, and how many lines there are up to there.

    It is cut if what comes next is not plain.
    """

    position: int
    ends: Places
    lines: Places
    is_cut: bool


@dataclass(frozen=True)
class _Read:
    """The rows that have as many cells as the header; where the others are, and how many cells they have."""

    table: pa.Table
    ragged: Places
    widths: Places


def items(text: bytes, separator: str, records: Records, width: int) -> Iterator[Item]:
    """All that follows the record that was read last; `width` is how many cells a row should have."""
    window, apart, gained = WINDOW, _RECORDS_APART, 0
    while records.position < len(text):
        stretch = _stretch(text, records.position, separator, window)
        read = _read(text, separator, stretch, width) if len(stretch.ends) else None
        if read:
            yield from _rows(text, separator, records, stretch, read)
            window, gained = min(window * 2, WINDOW), gained + len(stretch.ends)
        if not read or stretch.is_cut:
            apart = _RECORDS_APART if gained > apart * 10 else min(apart * 2, _MOST_APART)
            yield from islice(records, apart)
            window, gained = min(_NARROW, WINDOW), 0


def _stretch(text: bytes, position: int, separator: str, size: int) -> _Stretch:
    """The plain records from here on, in `size` bytes at most."""
    if len(separator.encode()) != 1 or text.startswith(_MARK, position):  # which pyarrow would take off
        return _Stretch(position, _NOWHERE, _NOWHERE, is_cut=True)
    window = np.frombuffer(text, np.uint8, min(size, len(text) - position), position)
    line_ends = _line_ends(window, is_last=position + len(window) == len(text))
    limit = text.find(b"\0", position, position + len(window))
    limit = len(window) if limit < 0 else limit - position
    quotes = np.flatnonzero(window == _QUOTE)
    limit = min(limit, _first_odd(text, position, quotes, separator))
    ends = line_ends[np.searchsorted(quotes, line_ends) % 2 == 0]
    too_long = np.flatnonzero(np.diff(ends, prepend=0) > csv.field_size_limit())
    limit = min(limit, int(ends[too_long[0]]) - 1) if len(too_long) else limit
    ends = ends[ends <= limit]
    lines = np.searchsorted(line_ends, ends, side="right")
    return _Stretch(position, ends, lines, is_cut=limit < len(window))


def _line_ends(window: Bytes, is_last: bool) -> Places:
    """Where each line ends, CRLF being one line end; the end of the text ends a line too."""
    is_end = window == _LF
    is_cr = window == _CR
    if is_cr.any():
        is_cr[:-1] &= ~is_end[1:]
        is_cr[-1] &= is_last
        is_end |= is_cr
    if is_last:
        is_end[-1:] = True
    return np.flatnonzero(is_end) + 1


def _first_odd(text: bytes, position: int, quotes: Places, separator: str) -> int:
    """The first quotation mark that is not where one belongs.

    They open and close cells in turn, if one that is written twice closes the cell and opens it again. What
    is read begins after a line end, and a line end belongs before a mark; so does the end of the text after.
    """
    is_edge = np.zeros(256, np.bool_)
    is_edge[[_LF, _CR, _QUOTE, ord(separator)]] = True
    before, after = (np.frombuffer(text, np.uint8, offset=position + step) for step in (-1, 1))
    belongs = np.ones(len(quotes), np.bool_)
    belongs[0::2] = is_edge[before[quotes[0::2]]]
    closing = quotes[1::2]
    closing = closing[: np.searchsorted(closing, len(after))]
    belongs[1::2][: len(closing)] = is_edge[after[closing]]
    odd = np.flatnonzero(~belongs)
    return int(quotes[odd[0]]) if len(odd) else len(text)


def _read(text: bytes, separator: str, stretch: _Stretch, width: int) -> _Read | None:
    """None if it did not work out."""
    length = int(stretch.ends[-1])
    names = [str(place) for place in range(width)]
    ragged: list[tuple[int, int]] = []

    def skip(row: pc.InvalidRow) -> str:
        ragged.append((row.number - 1, row.actual_columns))
        return "skip"

    try:
        table = pc.read_csv(
            pa.BufferReader(pa.py_buffer(text).slice(stretch.position, length)),
            read_options=pc.ReadOptions(use_threads=False, block_size=length + 1, column_names=names),
            parse_options=pc.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pc.ConvertOptions(
                check_utf8=False, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, MemoryError):
        return None
    if table.num_rows + len(ragged) != len(stretch.ends):
        return None
    places, widths = np.array(ragged, np.int64).reshape(-1, 2).T
    return _Read(table.combine_chunks(), places, widths)


def _rows(text: bytes, separator: str, records: Records, stretch: _Stretch, read: _Read) -> Iterator[Item]:
    """The rows in runs. One that has too many cells or too few, and may be empty or more than a line, is read
    again by itself."""
    row = records.row
    after = records.position + int(stretch.ends[-1]), row + int(stretch.lines[-1])
    firsts = row + np.concatenate(([0], stretch.lines[:-1]))
    begins = records.position + np.concatenate(([0], stretch.ends[:-1]))
    is_line = _are_lines(text, separator, stretch)[read.ragged] if len(read.ragged) else _NONE

    def again() -> Iterator[Record | Unreadable]:
        for place in read.ragged[~is_line].tolist():
            records.go_to(int(begins[place]), int(firsts[place]))
            yield next(records)

    columns = [
        column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in read.table.columns
    ]
    lines = _ragged(firsts[read.ragged[is_line]], read.widths[is_line])
    # A record that runs over several lines is not an empty row, whatever is in it: its line ends are text.
    run = run_of(np.delete(firsts, read.ragged), columns)
    yield from without_empty(run, WHITE_SPACE, merge(lines, again(), key=attrgetter("row")))
    records.go_to(*after)


def _are_lines(text: bytes, separator: str, stretch: _Stretch) -> npt.NDArray[np.bool_]:
    """Which records are one line, and have a sign in them that is neither white space nor between cells."""
    window = np.frombuffer(text, np.uint8, int(stretch.ends[-1]), stretch.position)
    is_sign = (window > ord(" ")) & (window < 127) & (window != _QUOTE) & (window != ord(separator))
    signs = np.add.reduceat(is_sign, np.concatenate(([0], stretch.ends[:-1])), dtype=np.int64)
    is_line: npt.NDArray[np.bool_] = (signs > 0) & (np.diff(stretch.lines, prepend=0) == 1)
    return is_line


def _ragged(numbers: Places, widths: Places) -> Iterator[Ragged]:
    """Rows that follow each other, as one."""
    cuts = np.flatnonzero(np.diff(numbers) != 1) + 1
    for begin, end in zip([0, *cuts.tolist()], [*cuts.tolist(), len(numbers)], strict=True):
        if end > begin:
            yield Ragged(numbers[begin:end], widths[begin:end])
