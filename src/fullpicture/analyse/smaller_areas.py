"""A denominator whose source has smaller areas: authorities added up to the police force area they are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.absences import NOT_AVAILABLE
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.places import members_of
from fullpicture.core.areas import Register
from fullpicture.core.period import Period

PART_COLUMNS = ("area_code", "part_code", "place", "period_kind", "period", "parts")
Part = tuple[str, str, str, str, str, int]


def has_smaller_areas(main: Basis, other: Basis) -> bool:
    """Whether the other source's areas are none of the main one's, so that they have to be added up."""
    return bool(other.base_levels) and not set(other.base_levels) & set(main.base_levels)


def parts_of_areas(main: Basis, other: Basis, register: Register) -> list[Part]:
    """Which of the other source's areas are in which of the main one's, by period.

    The last is how many places a whole has in the period: an authority whose code has changed is one.
    """
    return [
        part
        for level in main.base_levels
        for area in register.at_level(level)
        for period in other.periods
        for part in _parts(register, area.code, other.base_levels, period)
    ]


def _parts(register: Register, code: str, levels: Sequence[str], period: Period) -> Iterator[Part]:
    members = members_of(register, code, register.area(code).level, levels)
    places = {part: register.same_place(part, period) for part in members if register.exists(part, period)}
    for part, place in places.items():
        yield code, part, place, period.kind, period.name, len(set(places.values()))


def over_parts(below: ir.Table, parts: ir.Table) -> ir.Table:
    """Denominators of parts added up; a whole whose part has none has none, for the strongest reason.

    Args:
        below: `ask`, `area_code`, `period_kind`, `period`, `denominator`, `rank`.
        parts: rows of `parts_of_areas`.

    Returns:
        The same columns for the wholes.
    """
    joined = below.rename(part_code="area_code").join(parts, ["part_code", "period_kind", "period"])
    summed = joined.group_by("ask", "area_code", "period_kind", "period").agg(
        denominator=joined.denominator.sum(),
        rank=joined["rank"].min(),
        found=joined.place.nunique(),
        parts=joined.parts.max(),
    )
    missing = summed.found < summed.parts
    rank = ibis.ifelse(missing, ibis.least(summed["rank"], NOT_AVAILABLE), summed["rank"])
    return summed.mutate(rank=rank).drop("found", "parts")
