"""A series of values in time, however it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.given import as_arrow, as_numbers, need
from fullpicture.core.errors import UsageError


@dataclass(frozen=True)
class Series:
    """Values in the order of their dates (or of whatever orders them)."""

    table: pa.Table
    dates: pa.ChunkedArray
    values: Real

    @classmethod
    def of(cls, series: Any, date: str, value: str) -> Series:
        """A series of a table, a pandas Series or plain values, which are numbered from 1.

        Raises:
            UsageError: a value or a date is missing, or a date is there twice.
        """
        table = _table(series, date, value)
        need(table, (date, value), "series")
        table = table.sort_by(date)
        missing = table[value].null_count + table[date].null_count
        values = as_numbers(table, value, "series")
        missing += int(np.isnan(values).sum()) - table[value].null_count
        if missing:
            raise UsageError(
                f"series: {missing} points have no value or no date. Leave them out, or give them."
            )
        if pc.count_distinct(table[date]).as_py() < table.num_rows:
            raise UsageError("series: a date is there twice. Give one value for each.")
        return cls(table, table[date], values)

    def first_from(self, when: Any) -> int | None:
        """The place of the first point on or after a date."""
        try:
            later = pc.greater_equal(self.dates, pa.scalar(when).cast(self.dates.type))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
            raise UsageError(
                f"rebase at {when}: this is not a {self.dates.type}, as the dates are."
            ) from None
        places = np.flatnonzero(later.to_numpy())
        return int(places[0]) if len(places) else None


def _table(series: Any, date: str, value: str) -> pa.Table:
    if type(series).__module__.partition(".")[0] == "pandas" and hasattr(series, "to_frame"):
        return pa.table({date: pa.array(series.index), value: pa.array(series.to_numpy())})
    if isinstance(series, (list, tuple, np.ndarray)):
        return pa.table({date: np.arange(1, len(series) + 1), value: pa.array(series, from_pandas=True)})
    return as_arrow(series)
