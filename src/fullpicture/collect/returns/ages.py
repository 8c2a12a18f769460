"""Ages on a day, from birth dates; and what follows from ages and dates that a return has."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def ages_on(born: pa.Array, on: pa.Array) -> pa.Array:
    """Whole years from a birth date to a day; null where either is, negative where born after it.

    Somebody born on 29 February is a year older on 1 March of a year without that day.

    Examples:
        >>> from datetime import date
        >>> born = pa.array([date(2004, 2, 29), date(2010, 5, 1)])
        >>> ages_on(born, pa.array([date(2022, 2, 28), date(2010, 4, 30)])).to_pylist()
        [17, -1]
    """
    first, last = (
        pc.add(pc.multiply(pc.month(days), 100), pc.day(days)).cast(pa.int32()) for days in (born, on)
    )
    years = pc.subtract(pc.year(on), pc.year(born))
    return pc.subtract(years, pc.less(last, first).cast(pa.int64())).cast(pa.int32())


def days_between(first: pa.Array, last: pa.Array) -> pa.Array:
    """Whole days from one date to another; negative where they are the wrong way round."""
    return pc.subtract(last.cast(pa.int32()), first.cast(pa.int32()))


def is_child_suspect(ages: pa.Array) -> pa.Array:
    """Whether somebody is of the age of criminal responsibility and a child: 10 to 17."""
    return pc.and_(pc.greater_equal(ages, 10), pc.less_equal(ages, 17))
