"""Which base areas and which delivered periods go into which published ones, as small lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fullpicture.core.areas import Register
from fullpicture.core.period import Period, PeriodKind


def membership(
    register: Register,
    levels: Sequence[str],
    base: Sequence[str],
    periods: Iterable[Period],
    covers: str = "",
) -> list[tuple[str, str, str, str]]:
    """Which base areas are in which areas of `levels`: area, member, kind of period, period.

    A base area is a member of itself where its own level is asked for, and of other areas while it exists:
    figures that a publisher gives for a time before it began are in no sum. An area that reaches beyond what
    the source covers has no sum: what is known of England is no figure of England and Wales.
    """
    when = list(periods)
    return [
        (area.code, member, period.kind, period.name)
        for level in levels
        for area in register.at_level(level)
        if not covers or covers in (area.code, *register.above(area.code))
        for member in members_of(register, area.code, level, base)
        for period in when
        if level in base or register.exists(member, period)
    ]


def members_of(register: Register, code: str, level: str, base: Sequence[str]) -> list[str]:
    """The base areas in an area; itself where it is one."""
    if level in base:
        return [code]
    return [member for finest in base for member in register.base_members(code, finest)]


def periods_kept(periods: Iterable[Period], since: str) -> list[Period]:
    """Delivered periods from `since` on, by their names' year."""
    return [period for period in periods if not since or period.name[:4] >= since[:4]]


def published_periods(delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> list[Period]:
    """The periods that delivered ones add up to, each once."""
    return list(dict.fromkeys(whole for _, whole, _ in _sums(delivered, kinds)))


def parts_of(wanted: Period, delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> list[Period]:
    """The delivered periods that add up to the published one."""
    return [part for part, whole, _ in _sums(delivered, kinds) if whole == wanted]


def sums_of(delivered: Sequence[Period], kinds: Sequence[PeriodKind]) -> list[tuple[str, str, str, str, int]]:
    """Which delivered periods add up to which published ones, as kind and name of each.

    The last is how many delivered periods the published one needs. Quarters add up to a financial year, or,
    while a year is not over, to the part of it that has been delivered without a gap; a part is never called
    a year.
    """
    rows = _sums(delivered, kinds)
    return [(part.kind, part.name, whole.kind, whole.name, parts) for part, whole, parts in rows]


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
