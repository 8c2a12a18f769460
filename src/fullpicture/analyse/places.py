"""Which base areas and which delivered periods go into which published ones, as small lookup tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.core.areas import Register
from fullpicture.core.period import Period, PeriodKind


def membership(
    register: Register, levels: Sequence[str], base: Sequence[str], periods: Iterable[Period]
) -> ir.Table:
    """Which base areas are in which areas of `levels`: `area_code`, `member_code`, `period_kind`, `period`.

    A base area is a member of itself where its own level is asked for, and of other areas while it exists:
    figures that a publisher gives for a time before it began are in no sum.
    """
    when = list(periods)
    rows = [
        (area.code, member, period.kind, period.name)
        for level in levels
        for area in register.at_level(level)
        for member in members_of(register, area.code, level, base)
        for period in when
        if level in base or register.exists(member, period)
    ]
    return _lookup(("area_code", "member_code", "period_kind", "period"), rows)


def members_of(register: Register, code: str, level: str, base: Sequence[str]) -> list[str]:
    """The base areas in an area; itself where it is one."""
    if level in base:
        return [code]
    return [member for finest in base for member in register.base_members(code, finest)]


def period_sums(delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> ir.Table:
    """Which delivered periods add up to which published ones.

    Columns `from_kind`, `from_period`, `period_kind`, `period`, and `parts`, how many delivered periods the
    published one needs. Quarters add up to a financial year, or, while a year is not over, to the part of it
    that has been delivered without a gap; a part is never called a year.
    """
    rows = [
        (part.kind, part.name, whole.kind, whole.name, parts)
        for part, whole, parts in _sums(delivered, kinds)
    ]
    return _lookup(("from_kind", "from_period", "period_kind", "period", "parts"), rows)


def published_periods(delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> list[Period]:
    """The periods that delivered ones add up to, each once."""
    return list(dict.fromkeys(whole for _, whole, _ in _sums(delivered, kinds)))


def parts_of(wanted: Period, delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> list[Period]:
    """The delivered periods that add up to the published one."""
    return [part for part, whole, _ in _sums(delivered, kinds) if whole == wanted]


def _sums(delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> Iterator[tuple[Period, Period, int]]:
    for period in delivered:
        if not kinds or period.kind in kinds:
            yield period, period, 1
        if "financial" in kinds and period.kind == "financial-quarter":
            year, parts = _year_of(period, delivered)
            if year is not None:
                yield period, year, parts


def _year_of(quarter: Period, delivered: Sequence[Period]) -> tuple[Period | None, int]:
    year = quarter.financial_year
    numbers = sorted(
        {int(p.name[-1]) for p in delivered if p.kind == quarter.kind and p.name[:7] == year.name}
    )
    if numbers == [1, 2, 3, 4]:
        return year, 4
    if len(numbers) < 2 or numbers[-1] - numbers[0] + 1 != len(numbers):
        return None, 0
    return Period("financial-part", f"{year.name}Q{numbers[0]}-Q{numbers[-1]}"), len(numbers)


def matching_periods(figures: Sequence[Period], supplied: Sequence[Period], lag: int) -> ir.Table:
    """Which of a denominator's periods belongs to which figure's period.

    Columns `period_kind`, `period`, `from_kind`, `from_period`. A supplied period, moved on by `lag` years,
    matches when it covers the same days, or is a state within them; for a part of a year the year it is part
    of decides. Where none matches there is no row: another year's population is never used.
    """
    rows = []
    for period in figures:
        found = match(period, supplied, lag)
        if found is not None:
            rows.append((period.kind, period.name, found.kind, found.name))
    return _lookup(("period_kind", "period", "from_kind", "from_period"), rows)


def match(period: Period, supplied: Sequence[Period], lag: int = 0) -> Period | None:
    """The supplied period that belongs to a figure's period, or None."""
    moved = [(before, before.shifted(lag)) for before in supplied]
    return _match(period, moved) or _match(period.financial_year, moved)


def _match(period: Period, moved: Sequence[tuple[Period, Period]]) -> Period | None:
    same = (before for before, after in moved if after.days == period.days)
    inside = (
        before
        for before, after in moved
        if after.kind == "as-at" and period.first_day <= after.first_day <= period.last_day
    )
    return next(same, None) or next(inside, None)


def _lookup(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> ir.Table:
    columns = list(zip(*dict.fromkeys(rows), strict=True)) or [()] * len(names)
    types = [pa.int64() if name == "parts" else pa.string() for name in names]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return ibis.memtable(pa.table(arrays, names=list(names)))
