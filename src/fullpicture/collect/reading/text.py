"""The bytes of a text file as UTF-8, from the encoding that was declared; never another."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from pathlib import Path

from fullpicture.collect.reading.kinds import kind_of
from fullpicture.collect.reading.limits import MIB, RATIO_FROM, RATIO_LIMIT, TEXT_LIMIT
from fullpicture.core.errors import SourceRefused

_LINE_END = re.compile(rb"\r\n?|\n")
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_CODECS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252"}


def file_text(path: Path, encoding: str, file: str) -> bytes:
    """All of a text file in UTF-8, unpacked if its name ends in .gz, without a byte order mark.

    Raises:
        SourceRefused: too long, not text, damaged, or in another encoding.
    """
    content = _unpacked(path, file) if path.suffix.lower() == ".gz" else _content(path, file)
    _check_marks(content, encoding, file)
    try:
        return _as_utf8(content, encoding)
    except UnicodeDecodeError:
        start = _first_undecodable(content, encoding)
        raise _undecodable(content, start, encoding, file) from None


def _as_utf8(content: bytes, encoding: str) -> bytes:
    """Decoded in pieces where that can be done, because decoded text takes up to four times the memory."""
    if encoding == "utf-16":
        return content.decode(encoding).encode()
    decoder = codecs.getincrementaldecoder(encoding)()
    if encoding == "utf-8":
        if content.isascii():
            return content
        for begin in range(0, len(content), MIB):
            decoder.decode(content[begin : begin + MIB])
        decoder.decode(b"", final=True)
        return content.removeprefix(_UTF8_MARK)
    return b"".join(
        decoder.decode(content[begin : begin + MIB]).encode() for begin in range(0, len(content), MIB)
    )


def _first_undecodable(content: bytes, encoding: str) -> int:
    try:
        content.decode(_CODECS[encoding])
    except UnicodeDecodeError as error:
        return error.start
    raise AssertionError("it was read in pieces and not as a whole")


def _content(path: Path, file: str) -> bytes:
    if path.stat().st_size > TEXT_LIMIT:
        raise _too_long(file)
    return path.read_bytes()


def _unpacked(path: Path, file: str) -> bytes:
    packed, parts, length = path.stat().st_size, [], 0
    try:
        with gzip.open(path) as stream:
            while part := stream.read(MIB):
                parts.append(part)
                length += len(part)
                if length > TEXT_LIMIT or (length > RATIO_FROM and length > RATIO_LIMIT * packed):
                    raise _too_long(file)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        what = "it is cut short or damaged, or is not a gzip file."
        raise SourceRefused(file, what, "Deliver the file again, or unpack it.") from None
    return b"".join(parts)


def _too_long(file: str) -> SourceRefused:
    what = f"it has more than {TEXT_LIMIT // MIB} MiB of text, or unpacks to {RATIO_LIMIT} times its size."
    return SourceRefused(file, what, "Deliver it in parts, one year in each, or as Parquet.")


def _check_marks(content: bytes, encoding: str, file: str) -> None:
    """Refuses what says of itself, in its first bytes, that it is something else."""
    if kind := kind_of(content):
        raise SourceRefused(file, f"it is not a table as text but {kind[0]}.", kind[1])
    if content.startswith(_UTF16_MARKS) and encoding != "utf-16":
        raise SourceRefused(file, "it is UTF-16 text.", 'Declare encoding = "utf-16".')
    if content.startswith(_UTF8_MARK) and encoding != "utf-8":
        what = f"it is UTF-8 text, and {encoding} is declared."
        raise SourceRefused(file, what, 'Declare encoding = "utf-8".')
    if encoding == "utf-16" and not content.startswith(_UTF16_MARKS):
        _check_unmarked(content, file)
    if encoding == "utf-8" and b"\0" in content[:200]:
        mend = 'Declare encoding = "utf-16" if it is a table saved as Unicode text.'
        raise SourceRefused(file, "it is not UTF-8 text: there are NUL bytes where it begins.", mend)


def _check_unmarked(content: bytes, file: str) -> None:
    """Refuses as UTF-16 what has no mark and reads as other signs: a table has commas and digits in it."""
    if content and b"\0" not in content[:200]:
        mend = 'Declare encoding = "utf-8" or "cp1252", as it was saved.'
        raise SourceRefused(file, "it is declared UTF-16 text, and its bytes are not.", mend)
    if content.startswith(b"\0"):
        what = "it is UTF-16 text with the high byte first, and no mark says so."
        raise SourceRefused(file, what, "Save it again as CSV UTF-8.")


def _undecodable(content: bytes, position: int, encoding: str, file: str) -> SourceRefused:
    line = len(_LINE_END.findall(content, 0, position)) + 1
    what = f"byte {position + 1:,} is not {encoding}."
    where = f"{file}, line {line:,}"
    if encoding == "utf-8":
        mend = 'If the file is from Excel on Windows, declare encoding = "cp1252".'
    else:
        mend = "Declare the encoding in which the file was saved; save it as CSV UTF-8 if you can."
    if encoding == "utf-16":
        where = file
    return SourceRefused(where, what, mend)
