"""What rules on a whole return ask for: records by month, fields without values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.record import BY_NAME, FIELDS, Field
from fullpicture.collect.rules.rule import Context

Month = int
"""Months since the year 0."""


@dataclass(frozen=True)
class ReturnFacts:
    """One return: all its records, those kept, what it maps and what it is for."""

    records: pa.Table
    kept: pa.Table
    mapped: frozenset[str]
    context: Context

    @cached_property
    def months(self) -> Mapping[Month, int]:
        """Records kept, by month of recording; those without a day are in none."""
        days = self.kept["recorded_on"]
        months = pc.add(pc.multiply(pc.year(days), 12), pc.subtract(pc.month(days), 1))
        counts = pc.value_counts(months.drop_null()).to_pylist()
        return Counter({each["values"]: each["counts"] for each in counts})

    @cached_property
    def period(self) -> range:
        """The whole months of the period asked for; without one, those from the first record to the last."""
        first, last = self.context.first_day, self.context.last_day
        if first is None or last is None:
            return range(min(self.months, default=0), max(self.months, default=-1) + 1)
        begins = month_of(first) + (first.day > 1)
        return range(begins, month_of(min(last, self.context.as_of)) + 1)

    @property
    def outside(self) -> int:
        """Records on a day outside the period asked for."""
        first, last = self.context.first_day, self.context.last_day
        if first is None or last is None:
            return 0
        days = self.records["recorded_on"]
        outside = pc.or_(pc.less(days, pa.scalar(first)), pc.greater(days, pa.scalar(last)))
        return int(pc.sum(outside).as_py() or 0)

    def valued(self, name: str) -> int:
        """Records kept that have a value of a field."""
        return int(self.kept.num_rows - self.kept[name].null_count)

    def concerned(self, field: Field) -> int:
        """Records kept in which a field should have a value: it applies, and its person is there at all.

        If nobody is there in any record, all are concerned: the columns are probably not mapped right.
        """
        applies = _is_not("not applicable", self.kept[f"{field.name}__state"])
        people = [each.name for each in FIELDS if each.entity == field.entity and each.name in self.mapped]
        if field.entity != "crime":
            somebody = _any(self.kept[name].is_valid() for name in people)
            if pc.any(somebody).as_py():
                applies = pc.and_(applies, somebody)
        return int(pc.sum(applies).as_py() or 0)

    def fields(self) -> Iterable[Field]:
        """The fields that the return maps, in the order of the data dictionary."""
        return (BY_NAME[field.name] for field in FIELDS if field.name in self.mapped)


def month_of(day: date) -> Month:
    """The number of a day's month."""
    return day.year * 12 + day.month - 1


def written(month: Month) -> str:
    """A month as people sort them.

    Examples:
        >>> written(month_of(date(2024, 3, 1)))
        '2024-03'
    """
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _is_not(text: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where a column has another text: of each distinct one it is asked once."""
    codes = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    return pa.chunked_array([_is_not_in(text, chunk) for chunk in codes.chunks], pa.bool_())


def _is_not_in(text: str, codes: pa.DictionaryArray) -> pa.BooleanArray:
    others = pc.not_equal(codes.dictionary, text)
    return (
        others.take(codes.indices) if False in others.to_pylist() else pa.array(np.ones(len(codes), np.bool_))
    )


def _any(columns: Iterable[pa.ChunkedArray]) -> pa.ChunkedArray:
    first, *others = columns
    for other in others:
        first = pc.or_(first, other)
    return first
