"""Which areas a period's figures stand on, and what totals say where some are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from fullpicture.analyse.basis import Basis
from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA, Figure
from fullpicture.core.period import Period, PeriodKind
from fullpicture.core.table import COVERAGE_SCHEMA

Moment = tuple[PeriodKind, str]
_YEARS = {"reported": "of the report", "created": "in which the record was created"}


class Coverage:
    """Base areas with a total figure in each period, against those the register expects there."""

    def __init__(self, figures: Iterable[Figure], basis: Basis, register: Register) -> None:
        self._register, self._basis = register, basis
        self._in: dict[Moment, set[str]] = defaultdict(set)
        self._moments: dict[Moment, None] = {}
        listed = list(figures)
        totals = [figure for figure in listed if not figure.breakdown]
        for figure in totals or listed:
            moment = (figure.period_kind, figure.period)
            self._moments[moment] = None
            if figure.area_level in basis.base_levels and figure.absence != Absence.NOT_AVAILABLE:
                self._in[moment].add(register.same_place(figure.area_code, figure.when))

    def expected(self, area: str, moment: Moment) -> set[str]:
        """Base areas below an area that exist in the period."""
        period = Period(*moment)
        codes = (
            code for level in self._basis.base_levels for code in self._register.base_members(area, level)
        )
        return {code for code in codes if self._register.area(code).existed_in(period)}

    def areas_in(self, area: str, moment: Moment) -> set[str]:
        """Base areas below an area that have a figure in the period."""
        return self.expected(area, moment) & self._in[moment]

    def places_in(self, area: str, moment: Moment) -> set[str]:
        """The same by their newest codes: an area whose code has changed is the same place."""
        return {self._register.newest(code) for code in self.areas_in(area, moment)}

    def place(self, area: str) -> str:
        """An area's newest code."""
        return self._register.newest(area)

    def table(self, indicator: str) -> pa.Table:
        """Rows of `coverage.csv` for the area that the source is meant to cover."""
        rows = []
        for kind, name in sorted(self._moments):
            expected = self.expected(self._basis.covers, (kind, name))
            found = expected & self._in[kind, name]
            missing = "|".join(sorted(expected - found))
            rows.append((indicator, kind, name, len(expected), len(found), missing))
        names = COVERAGE_SCHEMA.names
        return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], COVERAGE_SCHEMA)


def with_coverage_remarks(
    figures: list[Figure], coverage: Coverage, summed: Iterable[str], base_levels: Iterable[str]
) -> list[Figure]:
    """Says of each total that we add up how many of its areas are in it, where some are missing."""
    ours = set(summed) - set(base_levels)
    known: dict[tuple[str, Moment], str] = {}
    remarked = []
    for figure in figures:
        if figure.area_level in ours and figure.value is not None:
            key = (figure.area_code, (figure.period_kind, figure.period))
            if key not in known:
                known[key] = _shortfall(coverage, *key)
            figure = figure._replace(remark=" ".join(filter(None, (figure.remark, known[key]))))
        remarked.append(figure)
    return remarked


def with_year_remarks(figures: list[Figure], years: Mapping[str, str], register: Register) -> list[Figure]:
    """Says of each figure of a calendar year which of its areas count by another year than that of recording.

    Args:
        years: those areas, with what their years are of (`Basis.years`).
    """
    known: dict[str, str] = {}
    remarked = []
    for figure in figures:
        if years and figure.period_kind == "calendar" and figure.value is not None:
            if figure.area_code not in known:
                known[figure.area_code] = _of_other_years(figure.area_code, years, register)
            remark = " ".join(filter(None, (figure.remark, known[figure.area_code])))
            figure = figure._replace(remark=remark)
        remarked.append(figure)
    return remarked


def _of_other_years(area: str, years: Mapping[str, str], register: Register) -> str:
    said = []
    for basis, words in _YEARS.items():
        codes = [code for code, of in years.items() if of == basis and area in (code, *register.above(code))]
        if codes:
            names = ", ".join(sorted(register.area(code).name for code in codes))
            said.append(f"By the year {words} and not of recording: {names}.")
    return " ".join(said)


def _shortfall(coverage: Coverage, area: str, moment: Moment) -> str:
    expected, found = coverage.expected(area, moment), coverage.areas_in(area, moment)
    if not expected or len(found) == len(expected):
        return ""
    return f"{len(found)} of {len(expected)} areas are in this figure."


def as_table(figures: list[Figure]) -> pa.Table:
    """A list of figures as a table of `FIGURE_SCHEMA`."""
    columns = list(zip(*figures, strict=True)) or [()] * len(FIGURE_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FIGURE_SCHEMA, strict=True)]
    return pa.table(arrays, schema=FIGURE_SCHEMA)
