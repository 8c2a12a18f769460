"""What the columns of each layout are called, and how they say which area and which period a row is of."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from fullpicture.collect.source import Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused
from fullpicture.core.period import Period

FORCE_LEVELS = ("police force area", "police force", "fraud body")
SUMMED = ("home-office-crime", "home-office-outcomes")
"""Layouts whose rows are added up, so that rows may repeat."""

HEADERS: Mapping[str, Mapping[str, str]] = {
    "tidy": {
        "period": "time_period",
        "period_kind": "time_identifier",
        "level": "geographic_level",
        "country": "country_code",
        "region": "region_code",
        "authority": "new_la_code",
    },
    "fingertips": {"area": "Area Code", "period": "Time period"},
    "home-office-crime": {
        "financial_year": "Financial Year",
        "quarter": "Financial Quarter",
        "police_force": "Force Name",
        "offence": "Offence Description",
        "offence_group": "Offence Group",
        "offence_subgroup": "Offence Subgroup",
        "offence_code": "Offence Code",
        "crimes": "Number of Offences",
    },
    "home-office-outcomes": {
        "financial_year": "Financial Year",
        "quarter": "Financial Quarter",
        "police_force": "Force",
        "offence_group": "Offence Group",
        "outcome_group": "Outcome Group",
        "outcome_type": "Outcome Type",
        "crimes": "Force outcomes for offences recorded in quarter",
    },
    "sheet": {},
    "responses": {},
}
"""Our name for a column = the publisher's header; `source.columns` says otherwise where files differ."""

_DEPTHS = {"national": 0, "regional": 1}
_KINDS = {"reporting year": "reporting", "academic year": "academic", "financial year": "financial",
          "calendar year": "calendar"}  # fmt: skip


def header_of(source: Source, name: str, headers: Iterable[str]) -> str | None:
    """The header under which a column stands in a file: exactly, or forgiving case and spaces."""
    known = list(headers)
    wanted = _wanted(source, name)
    exact = next((header for header in wanted if header in known), None)
    if exact is not None:
        return exact
    forgiving = {_plain(header): header for header in known}
    return next((forgiving[_plain(header)] for header in wanted if _plain(header) in forgiving), None)


def _wanted(source: Source, name: str) -> tuple[str, ...]:
    """What a column may be called in the source's files."""
    return source.columns.get(name) or (HEADERS[source.layout].get(name) or name,)


def _plain(header: str) -> str:
    return re.sub(r"[\s\xa0._]+", " ", header).strip().lower()


def headers_for(source: Source, names: Iterable[str], headers: Iterable[str], file: str) -> dict[str, str]:
    """Where each column is.

    Raises:
        SourceRefused: some are not there; all of them are named, each with the nearest header.
    """
    known = [header for header in headers if header != "row"]
    found = {name: header_of(source, name, known) for name in names}
    missing = [name for name, header in found.items() if header is None]
    if missing:
        what = f"{'; '.join(_missing(source, name, known) for name in missing)}."
        mend = "Name the header in the source's columns = { ... }, or mend the file."
        raise SourceRefused(file, what, mend)
    return {name: header for name, header in found.items() if header is not None}


def _missing(source: Source, name: str, known: list[str]) -> str:
    wanted = " or ".join(_wanted(source, name))
    near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
    return f'there is no column "{wanted}"' + (f' (the nearest is "{near[0]}")' if near else "")


def key_columns(source: Source, headers: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that say the area and those that say the period, by our names."""
    if source.layout == "tidy":
        known = list(headers)
        depth = 2 if header_of(source, "authority", known) else bool(header_of(source, "region", known))
        return ("level", "country", "region", "authority")[: 2 + depth], ("period", "period_kind")
    if source.layout in ("home-office-crime", "home-office-outcomes"):
        return ("police_force",), ("financial_year", "quarter")
    area = "police_force" if "police_force" in source.columns else "area"
    return (area,), () if source.period else ("period",)


def area_of(source: Source, cells: tuple[str, ...], register: Register) -> str | None:
    """The code of the area that a row's cells name, or None.

    A tidy file has a code for each level down to that of its finest rows: a national one the country's alone.
    """
    if source.layout == "tidy":
        level, *codes = (cell.strip() for cell in cells)
        place = _DEPTHS.get(level.lower(), len(_DEPTHS))
        code = codes[place] if place < len(codes) else ""
        return code if code in register else register.find(code)
    text = cells[0].strip()
    if text in register:
        return text
    levels = FORCE_LEVELS if source.layout in SUMMED or "police_force" in source.columns else ()
    return register.find(text, levels)


def period_of(source: Source, cells: tuple[str, ...]) -> Period | None:
    """The period that a row's cells name, or None where they name none."""
    if source.period is not None:
        return source.period
    try:
        return _period(source, tuple(cell.strip() for cell in cells))
    except (ValueError, KeyError):
        return None


def _period(source: Source, cells: tuple[str, ...]) -> Period:
    if source.layout == "tidy":
        if source.state_on:
            return Period("as-at", f"{cells[0]}-{source.state_on}")
        kind = _KINDS[cells[1].lower()]
        return Period(kind, cells[0] if len(cells[0]) == 4 else _span(cells[0]))  # type: ignore[arg-type]
    if source.layout in ("home-office-crime", "home-office-outcomes"):
        return Period("financial-quarter", f"{_span(cells[0])}Q{int(float(cells[1]))}")
    kinds = source.period_kinds or (("financial",) if "/" in cells[0] else ("calendar",))
    return Period(kinds[0], _span(cells[0]) if len(cells[0]) > 4 and kinds[0] != "as-at" else cells[0])


def _span(year: str) -> str:
    """`2024/25`, `202425` or `2024-25` as `2024-25`."""
    digits = re.sub(r"\D", "", year)
    return f"{digits[:4]}-{digits[-2:]}" if len(digits) == 6 else year
