"""What a workbook is before anything opens it: a zip file whose every part is unpacked here, and counted.

Sizes that a zip file declares are not believed: each part is inflated in pieces of a megabyte that are looked
at and thrown away.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fullpicture.collect.reading.kinds import is_text, kind_of
from fullpicture.collect.reading.limits import (
    CELL_LIMIT,
    ENTRY_LIMIT,
    MIB,
    PACKED_LIMIT,
    RATIO_FROM,
    RATIO_LIMIT,
    UNPACKED_LIMIT,
)
from fullpicture.collect.reading.used_range import range_of
from fullpicture.core.errors import SourceRefused

_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le"))
    + rb"|\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
"""In a compound file: a locked package, or a workbook whose second record says that it is locked."""
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, zlib.error, struct.error, EOFError, OSError, ValueError,
    OverflowError,
)  # fmt: skip
"""What reading a zip file raises that is not one, or no longer: a wrong version is "not implemented"."""
_ENCRYPTED_FLAG = 0x1
_ERROR_MARKS = (b't="e"', b"t='e'", b'calcext:value-type="error"')
"""A text that looks like one only makes the reader look again."""


def check_packed(path: Path, file: str) -> bool:
    """Whether a workbook that may be opened holds error values (#N/A).

    Raises:
        SourceRefused: damaged, protected by a password, or unpacking to more than any real workbook does.
    """
    packed_size = path.stat().st_size
    if packed_size > PACKED_LIMIT:
        what = f"it is larger than {PACKED_LIMIT // MIB} MiB."
        raise SourceRefused(file, what, "Deliver the table alone, as CSV or Parquet.")
    try:
        with path.open("rb") as stream:
            if stream.read(len(_OLE_MARK)) == _OLE_MARK:
                raise _protected(file)
            return _check_parts(zipfile.ZipFile(stream).infolist(), stream, packed_size, file)
    except _DAMAGED:
        raise damaged(path, file) from None


def _check_parts(parts: list[zipfile.ZipInfo], stream: BinaryIO, packed: int, file: str) -> bool:
    if len(parts) > ENTRY_LIMIT:
        what = f"it is a zip file with {len(parts):,} parts; a workbook has at most {ENTRY_LIMIT:,}."
        raise SourceRefused(file, what, "Deliver the table alone, as a new workbook or as CSV.")
    if len({part.filename for part in parts}) < len(parts):
        what = "two of its parts have the same name, and which of them is the table nobody can say."
        raise SourceRefused(file, what, "Open it in a spreadsheet program, save it again, and deliver that.")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise _too_large(file)
    length, has_errors = 0, False
    for part in parts:
        if part.flag_bits & _ENCRYPTED_FLAG:
            raise _protected(file)
        check = _Part(part.filename, file)
        for piece in _inflated(part, stream):
            length += len(piece)
            if length > UNPACKED_LIMIT or (length > RATIO_FROM and length > RATIO_LIMIT * packed):
                raise _too_large(file)
            check.feed(piece)
        check.feed(b"", is_last=True)
        has_errors |= check.has_errors
    return has_errors


def _inflated(part: zipfile.ZipInfo, stream: BinaryIO) -> Iterator[bytes]:
    """The content of a part, a megabyte at a time, until its packed bytes are used up."""
    stream.seek(part.header_offset)
    mark, name, extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size))
    if mark != b"PK\x03\x04" or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    stream.seek(name + extra, 1)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left = part.compress_size
    while left and (read := stream.read(min(left, MIB // 16))):
        left -= len(read)
        while inflate and read:
            yield inflate.decompress(read, MIB)
            read = inflate.unconsumed_tail
        yield read
    if left or (inflate and not inflate.eof):
        raise EOFError


class _Part:
    """One part of a workbook as it is unpacked: XML pieces, each up to the beginning of a tag."""

    def __init__(self, name: str, file: str) -> None:
        self.has_errors = False
        self._name, self._file, self._rest = name, file, b""
        make_range = range_of(name)
        self._range = make_range() if make_range else None

    def feed(self, piece: bytes, is_last: bool = False) -> None:
        if not self._name.lower().endswith((".xml", ".rels")):
            return
        xml = self._rest + piece
        cut = len(xml) if is_last else max(xml.rfind(b"<"), 0)
        self._look_at(xml[:cut])
        self._rest = xml[cut:] if len(xml) - cut < MIB else b""

    def _look_at(self, xml: bytes) -> None:
        if b"\0" in xml:  # XML in another encoding than UTF-8, in which the marks below would not be seen
            raise zipfile.BadZipFile
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            what = (
                "it declares entities, which no spreadsheet program writes and which can exhaust a machine."
            )
            raise SourceRefused(self._file, what, "Copy the table to a new workbook and deliver that.")
        if self._name == "META-INF/manifest.xml" and b"encryption-data" in xml:
            raise _protected(self._file)
        if self._range:
            self.has_errors = self.has_errors or any(mark in xml for mark in _ERROR_MARKS)
            self._range.feed(xml)
            if self._range.cells > CELL_LIMIT:
                raise too_wide(self._file, self._range.cells)


def too_wide(file: str, cells: int) -> SourceRefused:
    """A sheet whose last cell lies too far from its first."""
    what = f"a sheet reaches over {cells:,} cells from A1 to its last one; at most {CELL_LIMIT:,} are read."
    mend = "Delete what stands far below or to the right of the table, or deliver the table as CSV."
    return SourceRefused(file, what, mend)


def damaged(path: Path, file: str) -> SourceRefused:
    """A workbook that cannot be opened, or what it is instead."""
    with path.open("rb") as stream:
        content = stream.read(MIB)
    if content.startswith(_OLE_MARK) and _LOCKED.search(content):
        return _protected(file)
    kind = kind_of(content)
    if kind and not content.startswith((b"PK", _OLE_MARK)):
        return SourceRefused(file, f"it is not a workbook but {kind[0]}.", kind[1])
    if is_text(content):
        return SourceRefused(
            file, "it is not a workbook but text.", "Call it .csv, or .tsv if tabs separate cells."
        )
    mend = "Open it in a spreadsheet program, save it again as .xlsx, and deliver that."
    return SourceRefused(file, "it is cut short or damaged, or is not a workbook.", mend)


def _too_large(file: str) -> SourceRefused:
    what = (
        f"it unpacks to more than {UNPACKED_LIMIT // MIB} MiB, or to more than {RATIO_LIMIT} times its size, "
        "as no real workbook does."
    )
    return SourceRefused(file, what, "Deliver the table alone, as a new workbook or as CSV.")


def _protected(file: str) -> SourceRefused:
    what = "it is protected by a password, or is an old .xls workbook under another name."
    return SourceRefused(file, what, "Save it without a password, as .xlsx, and deliver that.")
