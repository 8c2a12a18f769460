"""What rules know of offences, off the shipped list `returns/codes/offence.csv`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from fullpicture.collect.returns.codelists import rows_of

Row = Mapping[str, str]


@cache
def naming_a_child(oldest: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Offences that name a child; of those with an upper age, only where the oldest is one of `oldest`."""
    ages = {str(age) for age in oldest}
    return _codes(lambda row: row["names_child"] == "yes" and (not ages or row["highest_age"] in ages))


@cache
def from_age(youngest: int) -> tuple[str, ...]:
    """Offences that say how old the victim is at least."""
    return _codes(lambda row: row["lowest_age"] == str(youngest))


@cache
def on(sex: str) -> tuple[str, ...]:
    """Offences that say the victim's sex."""
    return _codes(lambda row: row["victim_sex"] == sex)


@cache
def reported_incidents() -> tuple[str, ...]:
    """Codes under which something is written down that is not a crime."""
    return _codes(lambda row: row["group"] == "Reported incidents")


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """The codes of each class that has any."""
    names = dict.fromkeys(row["class"] for row in rows_of("offence"))
    return {name: _codes(lambda row, name=name: row["class"] == name) for name in names}  # type: ignore[misc]


def _codes(chosen: Callable[[Row], bool]) -> tuple[str, ...]:
    return tuple(row["code"] for row in rows_of("offence") if chosen(row))
