"""Numbers and figures as people read them: unit, thousands, absences in brackets."""

from __future__ import annotations

from fullpicture.core.absence import Absence
from fullpicture.core.figure import Figure
from fullpicture.core.table import Description

NOTES = {
    "p": "provisional",
    "r": "revised",
    "b": "break in the series",
    "approx": "computed from rounded counts",
}


def plain(value: float | None, decimals: int) -> str:
    """A number with thousands separators; a minus sign that is one."""
    if value is None:
        return ""
    rounded = round(value, decimals) + 0.0
    return f"{rounded:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def cell(figure: Figure | None, decimals: int) -> str:
    """A figure in a table: its number, or its absence in brackets; "" where there is no figure at all."""
    if figure is None:
        return ""
    if figure.value is None:
        return Absence(figure.absence).in_brackets if figure.absence else ""
    mark = f" [{figure.absence}]" if figure.absence else ""
    return f"{plain(figure.value, decimals)}{mark}"


SMALLEST_BASE = 20
"""A percentage of fewer moves by five points or more when one person more or less has it."""


def has_small_base(figure: Figure) -> bool:
    """Whether a figure is a percentage of too few to be relied on; a change of counts is not one of them."""
    is_change = figure.indicator.endswith(("_change_pct", "_change_points"))
    is_share = figure.unit == "%" and figure.value is not None and not is_change
    return is_share and figure.denominator is not None and figure.denominator < SMALLEST_BASE


def is_state(figure: Figure, description: Description) -> bool:
    """Whether the figure's remark says which category the area is in, instead of how many such areas."""
    return figure.area_level in description.states_at and bool(figure.value is not None and figure.remark)


COUNTED = {
    "crime": ("crime", "crimes"),
    "victim": ("victim", "victims"),
    "suspect": ("suspect", "suspects"),
    "crime-victim-suspect": ("crime, victim and suspect together", "crimes, victims and suspects together"),
    "person": ("person", "people"),
    "response": ("response", "responses"),
}
"""What a count is of, one and several."""


def with_unit(figure: Figure, description: Description, decimals: int | None = None) -> str:
    """A figure in a sentence: `26.3%`, `5.2 per 1,000`, `1,204 crimes`."""
    if is_state(figure, description):
        return figure.remark
    said = cell(figure, description.decimals if decimals is None else decimals)
    if figure.value is None:
        return said
    if figure.unit == "count":
        one, several = COUNTED.get(description.counting_unit, ("", ""))
        return f"{said} {one if figure.value == 1 else several}".strip()
    return f"{said}%" if figure.unit == "%" else f"{said} {figure.unit}"


def heading(said: str, otherwise: str) -> str:
    """A title of at most ten words: what there is to say, or else a plainer one, cut if it must be."""
    words = (said if said and len(said.split()) <= 10 else otherwise).split()
    return " ".join(words) if len(words) <= 10 else f"{' '.join(words[:10])}…"
