"""A file as delivered: every cell as text, every row with its own number, nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from fullpicture.core.problem import Problem


@dataclass(frozen=True)
class Delivered:
    """The rows of one file or sheet.

    `rows` has the column `row` (int64, the file's own row number, 1 = first line; for Parquet the record
    number plus one, as if it had a header line), then one column per header of strings, or of codes whose
    dictionary has the strings; an empty cell is "".
    Rows in = rows in `rows` + the sum of `refused` (rows that cannot be read, by rule).
    """

    file: str
    sheet: str
    rows: pa.Table
    rows_in: int
    refused: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def texts(self) -> pa.Table:
        """The rows with every cell as a string of its own."""
        schema = pa.schema(
            [(name, pa.int64() if name == "row" else pa.string()) for name in self.rows.column_names]
        )
        return self.rows.cast(schema)


@dataclass(frozen=True)
class Collected:
    """The rows of one source in our terms, ready for analysis.

    `table` has `file` (string), `row` (int64), `area_code`, `period_kind`, `period` (strings), then each
    dimension asked for as a string column under its own name, then each measure asked for as a double column
    under its own name with its absence beside it as `<measure>__absence` ("" where there is a value; a value
    and an absence never stand together, except `u`), then `blank_reason` ("" where nothing was blanked).
    Rows in = rows kept + the sum of `refused`. `labels` has the rows that say something of a series, of every
    file whether it repeats another or not: the same columns without measures, and `label__<kind>` for each.
    """

    source: str
    table: pa.Table
    rows_in: int
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]
    labels: pa.Table | None = None
    kept: int | None = None

    @property
    def rows_kept(self) -> int:
        """How many delivered rows are kept: those of the table, unless it has others (`kept`)."""
        return int(self.table.num_rows) if self.kept is None else self.kept
