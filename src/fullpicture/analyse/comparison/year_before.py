"""The change of a figure on the same period a year before, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

from fullpicture.analyse.change import PERCENT, POINTS
from fullpicture.core.figure import Figure


class Change(NamedTuple):
    """A change in its unit, from which period and value; `why` it is refused, or on which areas it stands."""

    value: float | None
    unit: str
    before: float | None
    why: str = ""


def unit_of(figure: Figure) -> str:
    """Percentage points where the unit is per cent, else per cent."""
    return POINTS if figure.unit == PERCENT else PERCENT


def on_year_before(now: Figure, before: Figure | None) -> Change:
    """The change of a place's figure on its figure a year before.

    Both are taken as they stand: whoever adds areas up sees to it that both have the same ones.
    """
    unit = unit_of(now)
    if before is None:
        earlier = now.when.shifted(-1)
        when = earlier.label if earlier.kind == "as-at" else f"for {earlier.label}"
        return Change(None, unit, None, f"There is no figure {when}.")
    if now.value is None or before.value is None:
        return Change(None, unit, before.value, "One of the two periods has no value.")
    if "b" in now.note.split():
        return Change(None, unit, before.value, "The series has a break between the two periods.")
    if unit == POINTS:
        return Change(now.value - before.value, unit, before.value)
    if before.value <= 0:
        return Change(None, unit, before.value, "A change is not computed on a value of zero or less.")
    return Change((now.value - before.value) * 100 / before.value, unit, before.value)
