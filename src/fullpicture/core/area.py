"""One area: a place with people in it, or a body that records crime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fullpicture.core.period import Period

LEVELS: tuple[str, ...] = (
    "all bodies",
    "country",
    "region",
    "sub-region",
    "police force area",
    "police force",
    "fraud body",
    "local authority",
    "joint return",
    "district",
)
"""Levels in the order in which areas are listed; also which is meant when a name is used at several."""

_CITY_OF_LONDON_POLICE = "E23000034"
_WITHOUT_RESIDENTS = frozenset({"all bodies", "police force", "fraud body"})
POLICE_LEVELS = ("police force area", "police force")
"""Levels of bodies that people call by a force's title."""


@dataclass(frozen=True)
class Area:
    """One line of the register (design/contracts.md, "Areas").

    `parent` is the next area up; `members` are areas in this one that have another parent (the local
    authorities of a police force area, the boroughs of Inner London). `valid_from` and `valid_to` are the
    code's first and last day; empty means from before, or until after, anything the register knows.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    old_la_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def has_residents(self) -> bool:
        """Whether a rate per resident means anything here.

        Not for bodies that cover no place (British Transport Police, fraud bodies), nor for the City of
        London's force area: 15,000 people live in it and several hundred thousand come to work.
        """
        return self.level not in _WITHOUT_RESIDENTS and self.code != _CITY_OF_LONDON_POLICE

    def existed_in(self, period: Period) -> bool:
        """Whether the code is in use on the period's last day, or for an academic year on its first.

        Cumbria, valid to 31 March 2023, existed in the year to 31 March 2023 and not in 2023-24; Cumberland,
        valid from 1 April 2023, the other way round. School statistics keep the authorities that a school
        year began with: those of 2022-23 are Cumbria's (docs/decisions/0002-area-register.md).
        """
        day = period.first_day if period.kind == "academic" else period.last_day
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
