"""Where an area lies: its region, its part of London, its police force area, and its place through time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from fullpicture.core.areas import Register
from fullpicture.core.period import Period

AUTHORITY, FORCE_AREA, JOINT = "local authority", "police force area", "joint return"


@dataclass(frozen=True)
class Surroundings:
    """Lookups of a register that comparison asks again and again; "" where there is no such area."""

    register: Register

    @cached_property
    def place(self) -> dict[str, str]:
        """An area's newest code: that of the area of its name and level which replaced it, one for one."""
        return {area.code: self.register.newest(area.code) for area in self.register.areas}

    @cached_property
    def region(self) -> dict[str, str]:
        """The region above each area."""
        regions = {area.code for area in self.register.at_level("region")}
        return {
            area.code: next((code for code in self.register.above(area.code) if code in regions), "")
            for area in self.register.areas
        }

    @cached_property
    def sub_region(self) -> dict[str, str]:
        """Inner or Outer London for each borough."""
        return self._members_of("sub-region")

    @cached_property
    def police_area(self) -> dict[str, str]:
        """The police force area of each authority."""
        return self._members_of(FORCE_AREA)

    def members(self, periods: Iterable[Period]) -> pa.Table:
        """The authorities of police force areas in each period, and joint returns of two of them.

        Columns `police_area`, `place`, `period_kind`, `period`, `is_joint`; an area that began later is in no
        earlier period.
        """
        rows = [
            (force.code, place, period.kind, period.name, is_joint)
            for period in periods
            for force in self.register.at_level(FORCE_AREA)
            for place, is_joint in self.inside(force.code, period).items()
        ]
        names = ("police_area", "place", "period_kind", "period", "is_joint")
        kinds = (pa.string(),) * 4 + (pa.bool_(),)
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.table(arrays, names=list(names))

    def inside(self, code: str, period: Period) -> dict[str, bool]:
        """The places in a police force area in a period, and whether each is a joint return of others."""
        own = self.register.base_members(code, AUTHORITY)
        joint = [one.code for one in self.register.at_level(JOINT) if set(one.members) <= set(own)]
        found = {self.place[member]: False for member in own if self.register.exists(member, period)}
        return found | {one: True for one in joint if self.register.exists(one, period)}

    def _members_of(self, level: str) -> dict[str, str]:
        return {code: area.code for area in self.register.at_level(level) for code in area.members}
