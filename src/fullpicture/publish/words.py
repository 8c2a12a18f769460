"""Numbers and figures as people read them: unit, thousands, absences in brackets."""

from __future__ import annotations

from fullpicture.core.absence import Absence
from fullpicture.core.figure import Figure

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


def with_unit(figure: Figure, decimals: int) -> str:
    """A figure in a sentence: `26.3%`, `5.2 per 1,000`, `1,204`."""
    said = cell(figure, decimals)
    if figure.value is None or figure.unit == "count":
        return said
    return f"{said}%" if figure.unit == "%" else f"{said} {figure.unit}"


def heading(title: str) -> str:
    """A title of at most ten words."""
    words = title.split()
    return title if len(words) <= 10 else f"{' '.join(words[:10])}…"
