"""The areas register: who records or publishes for which place, under which code, from when to when."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from fullpicture.core.area import LEVELS, Area
from fullpicture.core.area_names import NameIndex
from fullpicture.core.area_rows import merged
from fullpicture.core.errors import UnknownArea
from fullpicture.core.period import Period

__all__ = ["LEVELS", "Area", "Register"]


@dataclass(frozen=True)
class Register:
    """All areas, in the order of the levels and then of the codes."""

    areas: tuple[Area, ...]

    @classmethod
    def shipped(cls) -> Register:
        """The register that comes with the package: England and Wales."""
        return _shipped()

    def changed_by(self, rows: Iterable[Mapping[str, Any]]) -> Register:
        """This register with a programme's `areas.csv`: the same columns, and only what differs.

        A row whose code is known changes the cells that it fills; any other row is a new area, with at least
        a name and a level. An empty cell changes nothing.

        Raises:
            ProgrammeRefused: rows that cannot be used; all of them, by line of `areas.csv`.
        """
        return Register(in_order(merged(self.areas, rows)))

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def area(self, code: str) -> Area:
        """The area with this code.

        Raises:
            UnknownArea: there is none; the message offers the nearest.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownArea(code, self.nearest(code)) from None

    def find(self, text: str, levels: Collection[str] = ()) -> str | None:
        """The code of the area that a code, name or alias means, or None; `old_la_code` does not count.

        Forgives case, accents, punctuation, "&", any spaces, "City of" before, after or left out, and a
        force's title. Where several areas match, one still in use comes first, then the order of `LEVELS`:
        "West Midlands" is the region unless `levels` asks for the police force area.

        Examples:
            >>> register = Register.shipped()
            >>> register.find("London, City of"), register.find("kent", ["local authority"])
            ('E23000034', 'E10000016')
        """
        return self._names.find(text, levels)

    def nearest(self, text: str, levels: Collection[str] = ()) -> str | None:
        """The name, alias or code closest in spelling, for messages; None where nothing is close."""
        return self._names.nearest(text, levels)

    def at_level(self, level: str) -> tuple[Area, ...]:
        """The areas of one level, in use or not."""
        return tuple(self._of_level.get(level, ()))

    def base_members(self, code: str, level: str) -> tuple[str, ...]:
        """Codes of the areas of a level below an area, each once, through parents and members.

        Areas no longer in use are among them: choose those of a period with `Area.existed_in`.

        Raises:
            UnknownArea: no area has this code.
        """
        below = self._below(self.area(code).code)
        return tuple(area.code for area in self._of_level.get(level, ()) if area.code in below)

    def above(self, code: str) -> tuple[str, ...]:
        """The areas above one, nearest first: its parent, the parent's parent and so on.

        Examples:
            >>> Register.shipped().above("E10000016")
            ('E12000008', 'E92000001', 'K04000001', 'ALL')

        Raises:
            UnknownArea: no area has this code.
        """
        chain: list[str] = []
        parent = self.area(code).parent
        while parent and parent not in chain:
            chain.append(parent)
            parent = self.area(parent).parent
        return tuple(chain)

    def same_place(self, code: str, period: Period) -> str:
        """The code of an area's place in a period: its own where it existed, else that of its other self.

        Its other self is an area of the same name and level that replaced it, or that it replaced, one for
        one: North Yorkshire the county (to 31 March 2023) and the unitary authority. Publishers give new
        codes to old years and go on using old ones; this tells whose figures they are. Any other code stays.

        Examples:
            >>> Register.shipped().same_place("E06000065", Period("reporting", "2022"))
            'E10000023'

        Raises:
            UnknownArea: no area has this code.
        """
        candidates = (self.area(code).code, *self._selves.get(code, ()))
        return next((other for other in candidates if self.area(other).existed_in(period)), code)

    def newest(self, code: str) -> str:
        """The newest code of an area's place: that of its last other self (`same_place`), or its own.

        Examples:
            >>> Register.shipped().newest("E10000023")
            'E06000065'

        Raises:
            UnknownArea: no area has this code.
        """
        area = self.area(code)
        after = self.area(area.successors[0]) if len(area.successors) == 1 else None
        is_self = after is not None and (after.name, after.level) == (area.name, area.level)
        return self.newest(after.code) if after and is_self else code

    def exists(self, code: str, period: Period) -> bool:
        """Whether the area, or its other self, is in use in a period.

        Examples:
            >>> Register.shipped().exists("E06000065", Period("reporting", "2022"))
            True
            >>> Register.shipped().exists("E06000063", Period("reporting", "2022"))
            False

        Raises:
            UnknownArea: no area has this code.
        """
        return self.area(self.same_place(code, period)).existed_in(period)

    @cached_property
    def _by_code(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def _of_level(self) -> dict[str, list[Area]]:
        by_level: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas:
            by_level[area.level].append(area)
        return by_level

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for area in self.areas:
            children[area.parent].append(area.code)
            children[area.code].extend(area.members)
        return children

    @cached_property
    def _selves(self) -> dict[str, tuple[str, ...]]:
        selves: dict[str, tuple[str, ...]] = {}
        for area in self.areas:
            if len(area.successors) == 1:
                after = self._by_code[area.successors[0]]
                if (after.name, after.level) == (area.name, area.level):
                    both = selves.get(area.code, (area.code,)) + selves.get(after.code, (after.code,))
                    selves |= dict.fromkeys(both, both)
        return selves

    @cached_property
    def _known_below(self) -> dict[str, frozenset[str]]:
        return {}

    def below(self, code: str) -> frozenset[str]:
        """Codes of everything below an area, through parents and members, in use or not.

        Raises:
            UnknownArea: no area has this code.
        """
        return self._below(self.area(code).code)

    def _below(self, code: str) -> frozenset[str]:
        """Codes of everything below an area; worked out once, as totals ask for it again and again."""
        if code not in self._known_below:
            found: set[str] = set()
            waiting = [code]
            while waiting:
                new = set(self._children.get(waiting.pop(), ())) - found
                found |= new
                waiting += new
            self._known_below[code] = frozenset(found - {code})
        return self._known_below[code]

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.areas)


def in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Areas in the order of the levels and then of the codes."""
    return tuple(sorted(areas, key=lambda area: (LEVELS.index(area.level), area.code)))


@cache
def _shipped() -> Register:
    text = (files("fullpicture.core") / "areas.csv").read_text(encoding="utf-8")
    return Register(in_order(merged((), csv.DictReader(text.splitlines()))))
