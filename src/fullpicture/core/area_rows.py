"""Reading `areas.csv`: rows laid over the areas already known, every mistake named at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from fullpicture.core.area import LEVELS, Area
from fullpicture.core.errors import Mistake, ProgrammeRefused

AREA_COLUMNS = tuple(field.name for field in fields(Area))
"""Columns of `areas.csv`, in order (design/contracts.md, "Areas")."""

_LISTS = ("successors", "members", "aliases")
_DATES = ("valid_from", "valid_to")


def merged(known: Iterable[Area], rows: Iterable[Mapping[str, Any]]) -> list[Area]:
    """The known areas as changed by the rows, then the new ones.

    Raises:
        ProgrammeRefused: rows that cannot be used, by line of `areas.csv` (the heading is line 1).
    """
    areas = {area.code: area for area in known}
    lines: dict[str, int] = {}
    mistakes: list[Mistake] = []
    for line, row in enumerate(rows, start=2):
        cells, wrong = _cells(line, row)
        code = cells.pop("code", "")
        wrong += _wrong_with(line, code, cells, areas, lines)
        if not wrong:
            lines[code] = line
            areas[code] = replace(areas[code], **cells) if code in areas else Area(code=code, **cells)
        mistakes += wrong
    for code, line in lines.items():
        mistakes += _wrong_links(line, areas[code], areas)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return list(areas.values())


def _cells(line: int, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """What a row fills in, as lists, dates and text, and what cannot be read."""
    cells: dict[str, Any] = {}
    wrong: list[Mistake] = []
    for column, text in row.items():
        text = text.strip() if isinstance(text, str) else text
        if column not in AREA_COLUMNS:
            mend = f"Use {', '.join(AREA_COLUMNS)}; put a name with a comma in it in quotes."
            wrong.append(_mistake(line, "", f'"{column or text}" is in no column of areas.csv.', mend))
        elif text and column in _LISTS:
            cells[column] = tuple(part.strip() for part in text.split("|") if part.strip())
        elif text and column in _DATES:
            try:
                cells[column] = date.fromisoformat(text)
            except ValueError:
                wrong.append(_mistake(line, column, f'"{text}" is not a date.', "Write it as 2023-04-01."))
        elif text:
            cells[column] = text
    return cells, wrong


def _wrong_with(
    line: int, code: str, cells: Mapping[str, Any], areas: Mapping[str, Area], lines: Mapping[str, int]
) -> list[Mistake]:
    """What is wrong with a row by itself."""
    if not code:
        return [_mistake(line, "code", "there is no code.", "Give each area its code.")]
    if code in lines:
        return [_mistake(line, "code", f"{code} is on line {lines[code]} already.", "Keep one of the two.")]
    wrong = []
    level = cells.get("level", "")
    if level and level not in LEVELS:
        near = get_close_matches(level, LEVELS, n=1) or [", ".join(LEVELS)]
        wrong.append(_mistake(line, "level", f'"{level}" is not a level.', f"Did you mean {near[0]}?"))
    for column in ("name", "level"):
        if code not in areas and not cells.get(column):
            wrong.append(_mistake(line, column, f"{code} is a new area without one.", f"Give it a {column}."))
    return wrong


def _wrong_links(line: int, area: Area, areas: Mapping[str, Area]) -> list[Mistake]:
    """Codes that are not in the register, days in the wrong order, an area above itself."""
    named = {"parent": filter(None, [area.parent]), "successors": area.successors, "members": area.members}
    wrong = [
        _mistake(line, column, f"{code} is not in the register.", "Add a row for it, or mend the code.")
        for column, codes in named.items()
        for code in codes
        if code not in areas
    ]
    if area.valid_from and area.valid_to and area.valid_from > area.valid_to:
        mend = "valid_from is the first day, valid_to the last."
        wrong.append(_mistake(line, "valid_to", f"{area.code} ends before it starts.", mend))
    if _is_above_itself(area, areas):
        what = f"{area.code} is above itself."
        wrong.append(_mistake(line, "parent", what, "Break the circle of parents."))
    return wrong


def _is_above_itself(area: Area, areas: Mapping[str, Area]) -> bool:
    seen: set[str] = set()
    above = areas.get(area.parent)
    while above is not None and above.code not in seen and above.code != area.code:
        seen.add(above.code)
        above = areas.get(above.parent)
    return above is not None and above.code == area.code


def _mistake(line: int, column: str, what: str, mend: str) -> Mistake:
    return Mistake(f"areas.csv:{line} {column}".rstrip(), what, mend)
