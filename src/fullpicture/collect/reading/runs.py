"""Runs of rows held as text columns, so that a plain row is never a Python object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.reading.records import Record, Unreadable

LINE_ENDS = "\r\n"
WHITE_SPACE = (
    " \t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What `str.strip` takes off, line ends apart; pyarrow's own list is another."""
_FIRST_SIGN, _LAST_SIGN = "!", "~"
"""A text that begins with one of these, or with what is between them, is not white space alone."""


@dataclass(frozen=True)
class Run:
    """Rows that follow each other, fit the header and are not empty.

    `rows` has the row's number, then one string column per header.
    """

    rows: pa.RecordBatch

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def first(self, count: int) -> Run:
        """The first so many of them."""
        return Run(self.rows.slice(0, count))


@dataclass(frozen=True)
class Gap:
    """Empty rows that follow each other: a sheet can have a million of them above its last row."""

    row: int
    count: int

    def __len__(self) -> int:
        return self.count

    def first(self, count: int) -> Gap:
        """The first so many of them."""
        return Gap(self.row, count)


@dataclass(frozen=True)
class Ragged:
    """Rows that follow each other, each on one line, whose cells are not as many as the headers.

    A file whose header was taken from the wrong row can have a million of them.
    """

    numbers: npt.NDArray[np.int64]
    widths: npt.NDArray[np.int64]

    @property
    def row(self) -> int:
        """The number of the first."""
        return int(self.numbers[0])

    def __len__(self) -> int:
        return len(self.numbers)

    def first(self, count: int) -> Ragged:
        """The first so many of them."""
        return Ragged(self.numbers[:count], self.widths[:count])


Item = Record | Unreadable | Run | Gap | Ragged


def run_of(numbers: npt.NDArray[np.int64], columns: Sequence[pa.Array]) -> Run:
    """Rows by their numbers and their cells."""
    names = ["row", *map(str, range(len(columns)))]
    return Run(pa.RecordBatch.from_arrays([pa.array(numbers, pa.int64()), *columns], names=names))


def without_empty(
    run: Run, white_space: str, others: Iterable[Record | Unreadable | Ragged] = ()
) -> Iterator[Item]:
    """Runs of rows that have text, and between them, by number, the rows that do not and `others`.

    A row is empty if all that its cells have is white space.
    """
    numbers = run.rows.column(0).to_numpy()
    empty = _gaps(numbers[_empty(run, white_space)])
    begin = 0
    for item in merge(empty, others, key=attrgetter("row")):
        is_next = begin < len(numbers) and numbers[begin] == item.row
        place = begin if is_next else begin + int(np.searchsorted(numbers[begin:], item.row))
        if place > begin:
            yield Run(run.rows.slice(begin, place - begin))
        yield item
        begin = place + (len(item) if isinstance(item, Gap) else 0)
    if begin < len(numbers):
        yield Run(run.rows.slice(begin))


def _gaps(numbers: npt.NDArray[np.int64]) -> Iterator[Gap]:
    """Rows that follow each other, as one."""
    begins = np.flatnonzero(np.diff(numbers, prepend=-1) != 1)
    counts = np.diff(begins, append=len(numbers))
    return map(Gap, numbers[begins].tolist(), counts.tolist())


def _empty(run: Run, white_space: str) -> npt.NDArray[np.int64]:
    """The places of empty rows; after the first column hardly any row is left to look at."""
    places = pa.array(np.arange(len(run)), pa.int64())
    for column in run.rows.columns[1:]:
        cells = column if len(places) == len(run) else column.take(places)
        maybe = pc.or_(pc.less(cells, _FIRST_SIGN), pc.greater(cells, _LAST_SIGN))
        places, cells = places.filter(maybe), cells.filter(maybe)
        places = places.filter(pc.equal(pc.utf8_trim(cells, white_space), ""))
        if not len(places):
            break
    return np.asarray(places.to_numpy(zero_copy_only=False))
