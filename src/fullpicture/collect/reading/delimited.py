"""CSV and TSV: every line accounted for, numbered as a text editor numbers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import plain
from fullpicture.collect.reading.records import Record, Records
from fullpicture.collect.reading.rows import delivered_rows
from fullpicture.collect.reading.runs import Item
from fullpicture.collect.reading.text import file_text
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused


def read_delimited(path: Path, reading: Reading, file: str) -> Delivered:
    """The rows of a CSV or TSV file (RFC 4180), packed with gzip or not.

    A row's number is the number of the line on which it begins; a line end within quotation marks counts too.

    Raises:
        SourceRefused: the file as a whole cannot be read as declared.
    """
    separator = reading.separator or _usual_separator(path)
    if len(separator) != 1 or separator in '"\r\n':
        raise SourceRefused(file, "a separator is one character.", 'Declare it as separator = ";".')
    text = file_text(path, reading.encoding, file)
    return delivered_rows(_items(text, separator, reading, file), file, "", reading.footer_rows)


def _items(text: bytes, separator: str, reading: Reading, file: str) -> Iterator[Item]:
    """The records from the header on, unless it is not there or has all the headers in one cell."""
    records = Records(text, separator)
    preamble = records.skip_lines(reading.header_row - 1)
    header = next(records, None)
    if header is None:
        if not preamble:
            raise SourceRefused(file, "it is empty and has no rows.", "Deliver the file again.")
        what = f"it has {preamble} lines, and the header is declared to be in row {reading.header_row}."
        raise SourceRefused(file, what, "Correct header_row, or deliver the file again.")
    if isinstance(header, Record) and len(header.cells) == 1:
        for other in set(",;\t|") - {separator}:
            if other in header.cells[0]:
                raise _wrong_separator(file, header.row, separator, other)
    yield header
    if isinstance(header, Record):
        yield from plain.items(text, separator, records, len(header.cells))


def _wrong_separator(file: str, row: int, separator: str, other: str) -> SourceRefused:
    names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    what = f"the header is one cell with {names[other]} in it, and {names.get(separator, repr(separator))} "
    shown = "\\t" if other == "\t" else other
    mend = f'Declare separator = "{shown}", or say which row holds the headers with header_row.'
    return SourceRefused(f"{file}, row {row}", f"{what}should separate cells.", mend)


def _usual_separator(path: Path) -> str:
    return "\t" if ".tsv" in (suffix.lower() for suffix in path.suffixes[-2:]) else ","
