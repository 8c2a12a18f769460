"""An audit of published files: what is read, what is asked, and the findings by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fullpicture.disclosure.audit import Asked, Audit, Mode, audit
from fullpicture.disclosure.linked import LinkedTables, Mask
from fullpicture.disclosure.long_form import STATUS, Delivered, Layout, read_long_form


@dataclass(frozen=True)
class Finding:
    """A cell that is not hidden well: its codes, the interval that is left of it, and what is wrong."""

    cell: str
    least: float
    most: float
    is_exact: bool
    is_leak: bool
    proof: str


@dataclass(frozen=True)
class Report:
    """An audit in numbers, and each cell that can be worked out or, in range mode, is narrow."""

    cells: int
    hidden: int
    threshold: int
    mode: Mode
    findings: tuple[Finding, ...]

    @property
    def exact(self) -> int:
        """Hidden cells that can be worked out."""
        return sum(finding.is_exact for finding in self.findings)

    @property
    def leaks(self) -> int:
        """Findings that may not be."""
        return sum(finding.is_leak for finding in self.findings)


def audit_files(
    paths: Sequence[Path], layout: Layout, threshold: int, mode: Mode, zeros_show: bool
) -> Report:
    """Audits files as one set of publications.

    Where a column `status` says which cells are `primary`, only these may not be known; otherwise any hidden
    cell that turns out to be 1 to `threshold` is a leak.

    Raises:
        TablesRefused: a file cannot be read as tables in long form.
        Contradiction: no table of counts fits what they say.
    """
    delivered = read_long_form(paths, layout)
    tables = delivered.tables.where_zeros_show() if zeros_show else delivered.tables
    audited = audit(tables, Asked(threshold, mode, _primary(delivered)))
    return Report(len(tables), len(audited.cells), threshold, mode, tuple(_findings(tables, audited)))


def _primary(delivered: Delivered) -> Mask | None:
    """Cells that a file calls primary; None where no file says so of any."""
    primary = np.zeros(len(delivered.tables), dtype=bool)
    for _, header, rows, cells in delivered.files:
        if STATUS in header:
            at = header.index(STATUS)
            primary[cells] |= np.array([row[at] == "primary" for row in rows], dtype=bool)
    return primary if primary.any() else None


def _findings(tables: LinkedTables, audited: Audit) -> list[Finding]:
    wrong = audited.is_exact | (audited.is_narrow if audited.asked.mode == "range" else False)
    return [
        Finding(
            tables.name(int(audited.cells[place])),
            float(audited.least[place]),
            float(audited.most[place]),
            bool(audited.is_exact[place]),
            bool(audited.leaks[place]),
            audited.proof(place),
        )
        for place in np.flatnonzero(wrong).tolist()
    ]
