"""A document as a file, for checks that run after the edition is written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from fullpicture.publish.report.document import Document

NAME = "document.json"


def save(document: Document, folder: Path) -> None:
    """Writes `document.json`."""
    text = _adapter().dump_json(document)
    (folder / NAME).write_bytes(text + b"\n")


def saved(folder: Path) -> Document:
    """The document that `save` wrote into a folder."""
    return _adapter().validate_json((folder / NAME).read_bytes())


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)
