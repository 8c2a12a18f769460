"""Magnitude tables as files: contributions, which are read and never written, and the certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fullpicture.core.errors import Mistake, TablesRefused
from fullpicture.disclosure.certificate import VERSION
from fullpicture.disclosure.contributions import Contributions, Sensitivity
from fullpicture.disclosure.linked import Ints
from fullpicture.disclosure.long_form import Delivered
from fullpicture.disclosure.magnitudes import Magnitudes


class Columns(NamedTuple):
    """Which columns hold the largest contribution, the second largest and how many there are; "" for none."""

    largest: str = ""
    second: str = ""
    contributors: str = ""

    @property
    def named(self) -> list[str]:
        """Those that there are."""
        return [name for name in self if name]


def contributions_of(delivered: Delivered, columns: Columns) -> Contributions:
    """What stands behind each cell, as the first row of it says.

    Raises:
        TablesRefused: a column is missing, or a cell of it is no whole number; all of it is said at once.
    """
    mistakes: list[Mistake] = []
    found = [_column(delivered, name, mistakes) for name in columns]
    if mistakes:
        raise TablesRefused(mistakes)
    return Contributions(*found)


def _column(delivered: Delivered, name: str, mistakes: list[Mistake]) -> Ints:
    values = np.full(len(delivered.tables), -1, dtype=np.int64)
    if not name:
        return values
    for path, header, rows, cells in delivered.files:
        if name not in header:
            mend = "Give it, or name another column."
            mistakes.append(Mistake(f"{path.name}:1", f"the column {name} is missing.", mend))
            continue
        at = header.index(name)
        for line, (row, cell) in enumerate(zip(rows, cells.tolist(), strict=True), 2):
            if row[at].strip().isdigit():
                values[cell] = int(row[at]) if values[cell] < 0 else values[cell]
            elif delivered.tables.counts[cell] > 0:
                mend = "Give a whole number of 0 or more for every cell that is not zero."
                mistakes.append(Mistake(f"{path.name}:{line}", f"{name} is no contribution.", mend))
    return values


def without_contributions(delivered: Delivered, columns: Columns) -> Delivered:
    """The same rows without the columns of contributions: nobody else may see those."""
    files = []
    for path, header, rows, cells in delivered.files:
        kept = [at for at, name in enumerate(header) if name not in columns.named]
        files.append((path, [header[at] for at in kept], [[row[at] for at in kept] for row in rows], cells))
    return Delivered(delivered.tables, tuple(files))


def magnitude_certificate(done: Magnitudes, rule: Sensitivity, files: Sequence[Path]) -> dict[str, Any]:
    """The internal certificate: the rules, and of each hidden cell what it protects and its interval."""
    draft, spans = done.draft, {span.cell: span for span in done.spans}
    hidden = [
        {
            "cell": draft.tables.name(cell),
            "status": draft.status[cell],
            "protects": draft.tables.name(int(draft.protects[cell])) if draft.protects[cell] >= 0 else "",
            "least": spans[cell].least if cell in spans else None,
            "most": spans[cell].most if cell in spans else None,
            "proof": "programmes" if cell in spans else "",
        }
        for cell in np.flatnonzero(draft.hidden).tolist()
    ]
    line = {
        "id": ", ".join(draft.tables.dimensions),
        "method": draft.method,
        "rule": rule.words,
        "cells": len(draft.tables),
        "hidden": len(hidden),
    }
    hashes = [{"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files]
    return {"version": VERSION, "rules": rule.as_json(), "tables": [line], "files": hashes, "hidden": hidden}
