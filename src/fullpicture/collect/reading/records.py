"""Lines of a text file as records; a quotation mark gone wrong costs its own line and no other."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


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


def physical_lines(text: str) -> Iterator[str]:
    """The lines with their ends: LF, CRLF or CR, in any mixture."""
    return (match.group() for match in _LINE.finditer(text))


def records(lines: Iterator[str], separator: str, first_row: int) -> Iterator[Record | Unreadable]:
    """RFC 4180 records, strictly: a quoted cell ends where the next separator or line end is.

    A record that breaks this is refused as one line, and reading goes on with the line after its first: what
    an unclosed quotation mark would have swallowed is read as rows of its own.
    """
    kept = _Lines(lines, first_row)
    reader = csv.reader(kept, delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(kept, str(error))
            kept.go_back_to_second()
            continue
        yield _record(kept, cells)
        kept.go_on()


class _Lines:
    """The lines of the record being read are kept, so that all but its first can be read again."""

    def __init__(self, lines: Iterator[str], first_row: int) -> None:
        self._ahead: deque[str] = deque()
        self._lines = lines
        self.taken: list[str] = []
        self.row = first_row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._lines)
        self.taken.append(line)
        return line

    def go_on(self) -> None:
        self.row += len(self.taken)
        self.taken.clear()

    def go_back_to_second(self) -> None:
        self._ahead.extendleft(reversed(self.taken[1:]))
        self.taken.clear()
        self.row += 1


def _record(lines: _Lines, cells: list[str]) -> Record | Unreadable:
    if any("\0" in line for line in lines.taken):
        mend = "Export the file again; the program that wrote it left rubbish on this line."
        return Unreadable(lines.row, "ROW-006", "The row has a NUL character in it.", mend)
    return Record(lines.row, lines.row + len(lines.taken) - 1, cells)


def _unreadable(lines: _Lines, error: str) -> Unreadable:
    limit = csv.field_size_limit()
    if error.startswith("field larger") and len(lines.taken) == 1:
        mend = "Shorten the text, or deliver it in a file of its own."
        return Unreadable(lines.row, "ROW-005", f"A cell has more than {limit:,} characters.", mend)
    what = "A cell opens with a quotation mark that is not closed where the cell ends."
    mend = 'Close it, and write a quotation mark within a cell twice ("").'
    return Unreadable(lines.row, "ROW-004", what, mend)
