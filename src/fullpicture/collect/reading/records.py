"""Lines of a text file as records; a quotation mark gone wrong costs its own line and no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


class Record(NamedTuple):
    """The cells of one record; `row` is the file's own number of its first line, `last` of its last."""

    row: int
    last: int
    cells: list[str]


class Unreadable(NamedTuple):
    """A line that cannot be split into cells, and the rule under which it is refused."""

    row: int
    rule: str
    what: str
    mend: str


class Records:
    """RFC 4180 records of UTF-8 text, strictly: a quoted cell ends where the next separator or line end is.

    Lines end in LF, CRLF or CR, in any mixture. A record that breaks the rule is refused as one line, and
    reading goes on with the line after its first: what an unclosed quotation mark would have swallowed is
    read as rows of its own. `position` and `row` are the first byte and the line of the record to come.
    """

    def __init__(self, text: bytes, separator: str) -> None:
        self._text, self._separator = text, separator
        self.go_to(0, 1)

    def go_to(self, position: int, row: int) -> None:
        """Read on from there: a byte where a record begins, and the number of its line."""
        self.position, self.row = position, row
        self._lines = 0
        self._first_end = self._end = position
        self._reader = csv.reader(self._taken(), delimiter=self._separator, strict=True)

    def skip_lines(self, count: int) -> int:
        """How many lines there were to skip, at most `count`."""
        skipped = 0
        for match in islice(_LINE.finditer(self._text, self.position), count):
            skipped, self._end = skipped + 1, match.end()
        self.go_to(self._end, self.row + skipped)
        return skipped

    def __iter__(self) -> Iterator[Record | Unreadable]:
        return self

    def __next__(self) -> Record | Unreadable:
        try:
            cells = next(self._reader)
        except csv.Error as error:
            refused = self._unreadable(str(error))
            self.go_to(self._first_end, self.row + 1)
            return refused
        record = self._record(cells)
        self.position, self.row, self._lines = self._end, self.row + self._lines, 0
        return record

    def _taken(self) -> Iterator[str]:
        """Lines for the record being read; how far they reach is remembered."""
        for match in _LINE.finditer(self._text, self.position):
            self._end = match.end()
            self._lines += 1
            if self._lines == 1:
                self._first_end = self._end
            yield match.group().decode()

    def _record(self, cells: list[str]) -> Record | Unreadable:
        if self._text.find(b"\0", self.position, self._end) >= 0:
            mend = "Export the file again; the program that wrote it left rubbish on this line."
            return Unreadable(self.row, "ROW-006", "The row has a NUL character in it.", mend)
        return Record(self.row, self.row + self._lines - 1, cells)

    def _unreadable(self, error: str) -> Unreadable:
        limit = csv.field_size_limit()
        if error.startswith("field larger") and self._lines == 1:
            mend = "Shorten the text, or deliver it in a file of its own."
            return Unreadable(self.row, "ROW-005", f"A cell has more than {limit:,} characters.", mend)
        what = "A cell opens with a quotation mark that is not closed where the cell ends."
        mend = 'Close it, and write a quotation mark within a cell twice ("").'
        return Unreadable(self.row, "ROW-004", what, mend)
