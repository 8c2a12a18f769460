"""Protected tables as files: the long form again with a status, and the certificate of what was done."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fullpicture.disclosure.certificate import VERSION
from fullpicture.disclosure.long_form import STATUS, Delivered
from fullpicture.disclosure.protecting import Answer, Draft, Request

PUBLISHED, HIDDEN = "published", "c"


def write_protected(
    delivered: Delivered, draft: Draft, count: str, to: Mapping[Path, Path], is_public: bool
) -> None:
    """Writes each file again: hidden counts blank, cells that were coarsened away left out.

    The column `status` says `published`, `primary` or `secondary`; for the public, `published` or `c`, as
    nobody outside may know which of the hidden cells are small.
    """
    for path, header, rows, cells in delivered.files:
        columns = [column for column in header if column != STATUS]
        kept = [header.index(column) for column in columns]
        at = columns.index(count)
        with to[path].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*columns, STATUS])
            for row, cell in zip(rows, cells.tolist(), strict=True):
                if draft.left_out[cell]:
                    continue
                fields = [row[place] for place in kept]
                fields[at] = str(draft.shown[cell]) if draft.is_shown[cell] else ""
                writer.writerow([*fields, _status(draft, cell, is_public)])


def _status(draft: Draft, cell: int, is_public: bool) -> str:
    if draft.is_shown[cell]:
        return PUBLISHED
    if is_public:
        return HIDDEN
    return "primary" if draft.primary[cell] else "secondary"


def certificate(answer: Answer, request: Request, files: Sequence[Path]) -> dict[str, Any]:
    """The internal certificate (design/contracts.md, "Certificates"): of each hidden cell, what it protects,
    the interval that is left of it, and how the auditor knows."""
    draft, audited = answer.draft, answer.audited
    place_of = {int(cell): place for place, cell in enumerate(audited.cells)}
    line = {
        "id": ", ".join(draft.tables.dimensions),
        "method": draft.method,
        "rule": request.rule.words,
        "cells": int(np.count_nonzero(~draft.left_out)),
        "hidden": int(draft.hidden.sum()),
        "coarsened": list(draft.steps),
        "rounded_to": request.base if draft.method == "round" else None,
        "within": draft.within,
        "alone": answer.alone,
    }
    hidden = [
        {
            "cell": draft.tables.name(cell),
            "status": draft.status[cell],
            "protects": draft.tables.name(int(draft.protects[cell])) if draft.protects[cell] >= 0 else "",
            "least": audited.low[place_of[cell]],
            "most": _finite(audited.high[place_of[cell]]),
            "proof": audited.proof(place_of[cell]),
        }
        for cell in np.flatnonzero(draft.hidden).tolist()
    ]
    rules = {"threshold": request.rule.threshold, "hide_zeros": request.rule.hide_zeros, "mode": request.mode}
    hashes = [{"path": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files]
    return {"version": VERSION, "rules": rules, "tables": [line], "files": hashes, "hidden": hidden}


def _finite(count: float) -> float | None:
    return count if np.isfinite(count) else None
