"""The paragraphs of a Word document (DOCX), and the rows of its tables: a zip file with XML in it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from fullpicture.collect.reading.limits import MIB
from fullpicture.collect.transcripts.turns import TIME, Line
from fullpicture.core.errors import SourceRefused

LIMIT = 64 * MIB
"""Bytes of the document's text, unpacked."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ElementTree.ParseError,
    KeyError, ValueError,
)  # fmt: skip
_ONLY_TIME = re.compile(TIME)


def lines_of_document(path: Path, file: str) -> Iterator[Line]:
    """Every paragraph, numbered as it stands; a row of a table is one: the speaker's cell, then the words.

    Raises:
        SourceRefused: it is no DOCX, is damaged or locked, or unpacks to more than any transcript does.
    """
    try:
        body = ElementTree.fromstring(_unpacked(path, file)).find(f"{_W}body")
    except _DAMAGED:
        what = "it is cut short, damaged, protected by a password, or is not a .docx document."
        raise SourceRefused(file, what, "Open it in a word processor and save it again as .docx.") from None
    row = 0
    for block in body if body is not None else ():
        if block.tag == f"{_W}tbl":
            for cells in block.iter(f"{_W}tr"):
                row += 1
                yield Line(row, _row(cells))
        else:
            for text in _paragraphs(block):
                row += 1
                yield Line(row, text)


def _unpacked(path: Path, file: str) -> bytes:
    """The part with the text, in pieces, because what a zip file says of its sizes is not believed."""
    with zipfile.ZipFile(path) as packed, packed.open(_BODY) as part:
        content = part.read(LIMIT + 1)
    if len(content) > LIMIT:
        what = f"it unpacks to more than {LIMIT // MIB} MiB, as no transcript does."
        raise SourceRefused(file, what, "Deliver it in parts, or as plain text.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        what = "it declares entities, which no word processor writes and which can exhaust a machine."
        raise SourceRefused(file, what, "Copy the text to a new document and deliver that.")
    return content


def _paragraphs(block: ElementTree.Element) -> Iterator[str]:
    """Lines of paragraphs, those in content controls too; text that was struck out in a revision is not."""
    for paragraph in [block] if block.tag == f"{_W}p" else block.iter(f"{_W}p"):
        yield from "".join(_pieces(paragraph)).split("\n")


def _pieces(paragraph: ElementTree.Element) -> Iterator[str]:
    for each in paragraph.iter():
        if each.tag == f"{_W}t":
            yield each.text or ""
        elif each.tag == f"{_W}tab":
            yield " "
        elif each.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"


def _row(cells: ElementTree.Element) -> str:
    """The cells that are no time, the first with a colon after it: a speaker and what is said."""
    texts = [" ".join(" ".join(_paragraphs(cell)).split()) for cell in cells.iter(f"{_W}tc")]
    said = [text for text in texts if text and not _ONLY_TIME.fullmatch(text)]
    return f"{said[0].rstrip(':')}: {' '.join(said[1:])}" if len(said) > 1 else "".join(said)
