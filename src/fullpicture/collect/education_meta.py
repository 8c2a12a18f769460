"""The meta file that goes with a data file of Explore Education Statistics, held against the data.

Its columns: `col_name`, `col_type` (Filter or Indicator), `label`, `indicator_grouping`, `indicator_unit`,
`indicator_dp`, `filter_hint`, `filter_grouping_column`
(https://dfe-analytical-services.github.io/analysts-guide/statistics-production/ud.html).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from fullpicture.collect.findings import Findings
from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused
from fullpicture.core.problem import Problem

ENDING = ".meta.csv"
TIME = frozenset({"time_period", "time_identifier", "geographic_level"})
PLACE_ENDINGS = ("_code", "_name")
NEEDED = ("col_name", "col_type")


def meta_problems(path: Path, name: str, headers: Collection[str]) -> list[Problem]:
    """What the meta file beside a data file says otherwise than the data; nothing where there is none.

    Args:
        path: the data file; the meta file has its name with `.meta.csv` for `.csv`.
        headers: the columns of the data.
    """
    meta = path.with_name(path.stem + ENDING)
    if not meta.is_file():
        return []
    found = Findings(name.removesuffix(path.suffix) + ENDING)
    try:
        rows = read(meta, Reading(), name=found.file).rows
    except SourceRefused as refused:
        found.add("META-001", 1, "", f"{refused.mistake.what} {refused.mistake.mend}")
        return found.problems
    missing = [column for column in NEEDED if column not in rows.column_names]
    if missing:
        found.add("META-001", 1, "", f"there is no column {' or '.join(missing)}.")
        return found.problems
    said = dict(zip(rows["col_name"].to_pylist(), rows["row"].to_pylist(), strict=True))
    for column, kind in zip(said, rows["col_type"].to_pylist(), strict=False):
        if kind not in ("Filter", "Indicator"):
            found.add("META-001", said[column], "col_type", "this is neither Filter nor Indicator.")
        if column not in headers:
            found.add("META-002", said[column], "col_name", f'the data have no column "{column}".')
    for column in headers:
        if column not in said and not _is_key(column):
            found.add("META-003", 1, "col_name", f'the column "{column}" of the data is not described.')
    return found.problems


def _is_key(column: str) -> bool:
    """Whether a column says when or where, which no meta file describes."""
    return column in TIME or column == "row" or column.endswith(PLACE_ENDINGS)
