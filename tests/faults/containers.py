"""Old containers that no library here writes, by hand: OLE compound files, BIFF8 workbooks."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_SECTOR, _SMALL = 512, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3) with these streams; a short one is filled up with zeros."""
    contents = [content.ljust(_SMALL, b"\0") for content in streams.values()]
    chains: list[int] = []
    starts = []
    for content in contents:
        count = -(-len(content) // _SECTOR)
        starts.append(len(chains))
        chains += [*range(len(chains) + 1, len(chains) + count), _END]
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for place, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        right = place + 1 if place < len(contents) else _NONE
        entries.append(_entry(name, 2, right=right, start=starts[place - 1], size=len(content)))
    folder = b"".join(entries)
    folder += bytes(-len(folder) % _SECTOR)
    first_folder, count = len(chains), len(folder) // _SECTOR
    chains += [*range(first_folder + 1, first_folder + count), _END]
    fats = next(number for number in range(1, 110) if number * 128 >= len(chains) + number)
    first_fat = len(chains)
    chains += [_FAT] * fats
    table = b"".join(struct.pack("<I", link) for link in chains).ljust(fats * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fats,
        first_folder, 0, _SMALL, _END, 0, _END, 0,
    )  # fmt: skip
    places = [*range(first_fat, first_fat + fats)]
    header += b"".join(struct.pack("<I", place) for place in places).ljust(109 * 4, b"\xff")
    body = b"".join(content + bytes(-len(content) % _SECTOR) for content in contents)
    return header + body + folder + table


def _entry(name: str, kind: int, *, start: int, size: int, child: int = _NONE, right: int = _NONE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, _NONE, right, child, start, size
    )  # fmt: skip


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


_BOF, _EOF, _BOUNDSHEET, _LABEL, _NUMBER, _FILEPASS = 0x809, 0x0A, 0x85, 0x204, 0x203, 0x2F


def xls(rows: Sequence[Sequence[str]], *, is_locked: bool = False) -> bytes:
    """An old workbook with one sheet, "Data"; a text of digits is a number."""
    cells = b"".join(
        _cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)
    )
    sheet = _record(_BOF, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(_EOF, b"")
    first = _record(_BOF, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    first += _record(_FILEPASS, struct.pack("<HHHH", 1, 1, 1, 4) + bytes(48)) if is_locked else b""
    length = len(first) + 4 + 8 + 4 + 4
    bound = _record(_BOUNDSHEET, struct.pack("<IBBBB", length, 0, 0, 4, 0) + b"Data")
    return ole({"Workbook": first + bound + _record(_EOF, b"") + sheet})


def _cell(row: int, column: int, text: str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if text.isdigit():
        return _record(_NUMBER, place + struct.pack("<d", float(text)))
    return _record(_LABEL, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))
