"""Texts compressed as a zip holds them, so that one that is kept is compressed once and laid in as it is.

A deflated text that ends on a full flush may have another after it, and the two are one deflated text
(RFC 1951). The checksum of both follows from those of each and the length of the second.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from functools import cache, reduce
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

QUICK = 3
"""How hard a workbook is compressed: twice as quick as usual, and a tenth larger."""
STORED, DEFLATED = 0, 8
_END = zlib.compressobj(wbits=-zlib.MAX_WBITS).flush()
_DAY = 1 << 5 | 1
"""1 January 1980, the earliest day that a zip can hold: the clock is never read."""
_ONE, _CRC = 1 << 31, 0xEDB88320
"""The polynomial 1, and that of the checksum (ISO 3309), with the lowest power in the highest bit."""


class Packed(NamedTuple):
    """A text, or several after one another: compressed, with the length and the checksum of its bytes."""

    data: bytes
    size: int
    crc: int


def packed(text: str) -> Packed:
    """A text, compressed; others may come after it."""
    raw, press = text.encode(), zlib.compressobj(QUICK, wbits=-zlib.MAX_WBITS)
    return Packed(press.compress(raw) + press.flush(zlib.Z_FULL_FLUSH), len(raw), zlib.crc32(raw))


def write_zip(path: Path, entries: Iterable[tuple[str, Iterable[str | Packed]]], mimetype: str = "") -> None:
    """Writes a zip of entries, each of them texts after one another.

    Args:
        mimetype: what kind of file it is: an entry that comes first and is not compressed, where it is said.
    """
    with path.open("wb") as file:
        places = [_entry(file, "mimetype", STORED, _stored(mimetype))] if mimetype else []
        for name, parts in entries:
            places.append(_entry(file, name, DEFLATED, _joined(parts)))
        start = file.tell()
        file.write(b"".join(places))
        length, count = file.tell() - start, len(places)
        file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, length, start, 0))


def _entry(file: BinaryIO, name: str, method: int, content: Packed) -> bytes:
    """Writes an entry; its line in the directory of the zip."""
    place, title = file.tell(), name.encode("ascii")
    facts = struct.pack(
        "<5H3I2H", 20, 0, method, 0, _DAY, content.crc, len(content.data), content.size, len(title), 0
    )
    file.write(b"PK\3\4" + facts + title + content.data)
    return b"PK\1\2\x14\3" + facts + struct.pack("<3H2I", 0, 0, 0, 0o600 << 16, place) + title


def _stored(text: str) -> Packed:
    raw = text.encode()
    return Packed(raw, len(raw), zlib.crc32(raw))


def _joined(parts: Iterable[str | Packed]) -> Packed:
    ready: list[Packed] = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        together = list(run)
        ready += [packed("".join(together))] if is_text else together  # type: ignore[arg-type]
    crc = reduce(lambda crc, part: _times(crc, _shift(part.size)) ^ part.crc, ready, 0)
    return Packed(b"".join([*(part.data for part in ready), _END]), sum(part.size for part in ready), crc)


def _shift(size: int) -> int:
    """What a checksum is multiplied by when so many bytes come after: x to the power of their bits."""
    bits = size * 8
    powers = (_square(place) for place in range(bits.bit_length()) if bits >> place & 1)
    return reduce(_times, powers, _ONE)


@cache
def _square(place: int) -> int:
    """x to the power of 2 to the power of `place`."""
    return _times(_square(place - 1), _square(place - 1)) if place else _ONE >> 1


def _times(one: int, other: int) -> int:
    """The product of two polynomials, modulo that of the checksum."""
    product = 0
    while one:
        if one & _ONE:
            product ^= other
        one = (one << 1) & 0xFFFFFFFF
        other = other >> 1 ^ (_CRC if other & 1 else 0)
    return product
