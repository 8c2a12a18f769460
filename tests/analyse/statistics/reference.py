"""Data sets and R's answers for them, which reference.R in this folder writes.

`mice` is Hoel's (Biometrics 28, 1972; also in Kalbfleisch and Prentice, 1980): everybody has an outcome.
`leukaemia` is Freireich's (Blood 21, 1963), `aml` Embury's (as in Miller, 1981): one outcome, some open,
ties. The others are invented: `small` has outcomes and open cases on day 0, ties, a group that leaves in one
day, groups of one case and of one that has no outcome, and groups that lack one of the outcomes; `invented`
has 900 cases with case mix; in `late` some cases come under observation after their start.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from fullpicture import outcome_counts

HERE = Path(__file__).parent
GROUPS = {
    "mice": "environment", "leukaemia": "treatment", "aml": "arm", "small": "force", "invented": "force",
    "late": "force",
}  # fmt: skip
_WHOLE = ("days", "outcome", "entry")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data(name: str) -> pa.Table:
    """A data set."""
    rows = rows_of(HERE / "data" / f"{name}.csv")
    kinds = {key: int if key in _WHOLE else str for key in rows[0]}
    return pa.table({key: [kind(row[key]) for row in rows] for key, kind in kinds.items()})


def counts(name: str, by: list[str] | None = None) -> ir.Table:
    """Counts of a data set, by its usual groups unless others are named."""
    entry = "entry" if name == "late" else None
    groups = [GROUPS[name]] if by is None else by
    return outcome_counts(data(name), groups, days="days", outcome="outcome", censored=0, entry=entry)


def answers(name: str) -> list[dict[str, Any]]:
    """What R says, numbers as numbers; None where it says nothing."""
    return [{key: _number(value) for key, value in row.items()} for row in rows_of(HERE / "reference" / name)]


def _number(text: str) -> Any:
    try:
        return None if text == "NaN" else float(text)
    except ValueError:
        return None if text in ("", "NA") else text
