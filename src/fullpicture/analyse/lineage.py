"""The delivered rows behind a figure: which file, which rows, which cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from fullpicture.analyse.asks import Ask, category_of, folded, matching
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.analyse.places import match, members_of, parts_of, periods_kept
from fullpicture.analyse.smaller_areas import has_smaller_areas
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period


@dataclass(frozen=True)
class RowsBehind:
    """The cells of one column that a figure stands on: their rows by file, and what they add up to."""

    term: Term
    rows: Mapping[str, tuple[int, ...]]
    total: float | None
    in_category: bool

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(len(numbers) for numbers in self.rows.values())


def rows_behind(
    indicator: Indicator, figure: Figure, bases: Mapping[str, Basis], register: Register
) -> list[RowsBehind]:
    """Every term of the indicator with the rows that this figure takes from it."""
    found = []
    breakdown = tuple(figure.breakdown.split("|")) if figure.breakdown else ()
    ask = Ask(indicator, breakdown)
    for term in map(ask.term, indicator.terms):
        basis = bases[term.source]
        periods = _periods(indicator, term, figure.when, bases)
        areas = [figure.area_code]
        if figure.area_level in (*indicator.areas, *indicator.sums):
            areas = members_of(
                register, figure.area_code, figure.area_level, bases[indicator.main.source].base_levels
            )
        if has_smaller_areas(bases[indicator.main.source], basis):
            areas = [part for area in areas for part in _parts(register, area, basis)]
        rows = matching(folded(basis.rows, ask.folds_of(term.source)), term)
        rows = rows.filter(rows.area_code.isin(areas))
        in_category = bool(figure.breakdown) and term.source == indicator.main.source
        if in_category:
            rows = rows.filter(category_of(rows, breakdown) == figure.category)
        found.append(_summary(term, _in_periods(rows, periods), in_category))
    return found


def _parts(register: Register, area: str, basis: Basis) -> list[str]:
    """Areas of a source with smaller ones that are in an area."""
    return members_of(register, area, register.area(area).level, basis.base_levels)


def _periods(
    indicator: Indicator, term: Term, wanted: Period, bases: Mapping[str, Basis]
) -> Sequence[Period]:
    """The delivered periods that the figure's period is made of, or matched with."""
    basis = bases[term.source]
    if term.source == indicator.main.source and not term.lag:
        return parts_of(wanted, periods_kept(basis.periods, indicator.since), indicator.periods)
    matched = match(wanted, basis.periods, term.lag)
    return [matched] if matched else []


def _in_periods(rows: ir.Table, periods: Sequence[Period]) -> ir.Table:
    names = [f"{period.kind}:{period.name}" for period in periods]
    return rows.filter((rows.period_kind + ":" + rows.period).isin(names))


def _summary(term: Term, rows: ir.Table, in_category: bool) -> RowsBehind:
    cells = (
        rows.select("file", "row", amount=rows[term.column]).order_by("file", "row").to_pyarrow().to_pylist()
    )
    by_file: dict[str, list[int]] = {}
    for cell in cells:
        by_file.setdefault(cell["file"], []).append(cell["row"])
    amounts = [cell["amount"] for cell in cells if cell["amount"] is not None]
    rows_by_file = {file: tuple(numbers) for file, numbers in by_file.items()}
    return RowsBehind(term, rows_by_file, sum(amounts) if amounts else None, in_category)
