"""Writes a sheet as XLS (BIFF8 in a compound file): no library that is kept up to date writes it any more.

Only what a plain table needs, after Microsoft's [MS-XLS] and [MS-CFB]: one sheet of texts and numbers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

MOST_ROWS = 65_536
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_BOF, _EOF, _SHEET, _LABEL, _NUMBER, _PAGE, _DIMENSIONS = 0x809, 0x0A, 0x85, 0x204, 0x203, 0x42, 0x200


def write_xls(sheet: str, rows: Sequence[Sequence[str | float]], path: Path) -> None:
    """Writes the rows from the first cell down; an empty text is an empty cell."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"an XLS sheet has {MOST_ROWS:,} rows at most, not {len(rows):,}")
    cells = b"".join(_cells(rows))
    name = sheet.encode("latin-1")
    start = _record(_BOF, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6))
    start += _record(_PAGE, struct.pack("<H", 1200))
    where = len(start) + 4 + 8 + len(name) + 4
    bound = _record(_SHEET, struct.pack("<IBBBB", where, 0, 0, len(name), 0) + name)
    width = max(map(len, rows))
    body = _record(_BOF, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    body += _record(_DIMENSIONS, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    body += cells + _record(_EOF)
    path.write_bytes(_compound(start + bound + _record(_EOF) + body))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _cells(rows: Sequence[Sequence[str | float]]) -> Iterable[bytes]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if not isinstance(cell, str):
                yield _record(_NUMBER, place + struct.pack("<d", cell))
            elif cell:
                yield _record(_LABEL, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """The stream as `Workbook` in a compound file of 512-byte sectors: header, tables, directory, stream."""
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * 128 < tables + _more(tables) + 1 + sectors:
        tables += 1
    more = _more(tables)
    first = tables + more + 1
    chain = [_FAT] * tables + [0xFFFFFFFC] * more + [_END]
    chain += [*range(first + 1, first + sectors), _END]
    chain += [_FREE] * (tables * 128 - len(chain))
    fat = struct.pack(f"<{len(chain)}I", *chain)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    directory = directory.ljust(_SECTOR, b"\0")
    padded = stream.ljust(sectors * _SECTOR, b"\0")
    return _header(tables, more) + fat + _more_tables(tables, more) + directory + padded


def _more(tables: int) -> int:
    """How many sectors list the tables for which the header has no room (it has it for 109)."""
    return max(0, -(-(tables - 109) // 127))


def _more_tables(tables: int, more: int) -> bytes:
    listed = list(range(109, tables))
    parts = []
    for number in range(more):
        part = listed[number * 127 : (number + 1) * 127]
        following = tables + number + 1 if number + 1 < more else _END
        parts.append(struct.pack("<128I", *part, *[_FREE] * (127 - len(part)), following))
    return b"".join(parts)


def _header(tables: int, more: int) -> bytes:
    sign = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    sizes = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    directory = tables + more
    first_more = tables if more else _END
    counts = struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, _END, 0, first_more, more)
    listed = [*range(min(tables, 109)), *[_FREE] * (109 - min(tables, 109))]
    return sign + sizes + counts + struct.pack("<109I", *listed)


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
    return head + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", first, size)
