"""What was withheld and why, which sources were public already, and the hash of every file of an edition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fullpicture.core.table import SourceNote
from fullpicture.disclosure.exceptions import SignedException
from fullpicture.disclosure.hidden import HiddenFigure
from fullpicture.disclosure.rule import Rules

VERSION = 1


@dataclass(frozen=True)
class ProtectedTable:
    """One table's line: how many cells it has, how many are hidden, and by which rule of ours, if any."""

    indicator: str
    method: str
    cells: int
    hidden: int
    hidden_figures: tuple[HiddenFigure, ...]
    rule: str


@dataclass(frozen=True)
class Certificate:
    """The record of a protection (design/contracts.md, "Certificates").

    `areas` says which areas of the figures lie in which, so that whoever has only the edition can audit it
    again.
    """

    rules: Rules
    tables: tuple[ProtectedTable, ...]
    published: tuple[SourceNote, ...]
    areas: Mapping[str, Sequence[str]]
    exceptions: tuple[SignedException, ...] = ()

    @property
    def hidden(self) -> int:
        """Cells hidden in all tables."""
        return sum(table.hidden for table in self.tables)

    def naming(self, further: Sequence[SourceNote]) -> Certificate:
        """The same, with published sources that are in the edition although no table is made of them."""
        return replace(self, published=(*self.published, *further))

    def public(self, folder: Path) -> dict[str, Any]:
        """For the public edition in `folder`, whose files are hashed as they are."""
        return {
            "version": VERSION,
            "rules": self.rules.as_json(),
            "tables": [
                {
                    "id": table.indicator,
                    "method": table.method,
                    "rule": table.rule,
                    "cells": table.cells,
                    "hidden": table.hidden,
                }
                for table in self.tables
            ],
            "published_sources": [
                {"id": note.id, "url": note.url, "licence": note.licence, "sha256": sha256}
                for note in self.published
                for _, sha256 in note.files
            ],
            "areas": {code: list(below) for code, below in self.areas.items()},
            "exceptions": [one.as_json() for one in self.exceptions],
            "files": _files(folder),
        }

    def internal(self, folder: Path) -> dict[str, Any]:
        """The same for the internal edition, with the account of each figure that the public one hides."""
        hidden = [figure.as_json() for table in self.tables for figure in table.hidden_figures]
        return {**self.public(folder), "withheld": hidden}


def _files(folder: Path) -> list[dict[str, str]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "certificate.json")
    return [
        {"path": path.relative_to(folder).as_posix(), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in paths
    ]
