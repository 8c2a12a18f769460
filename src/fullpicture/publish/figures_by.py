"""Figures grouped once, by indicator and area, for pages to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.period import Period, PeriodKind
from fullpicture.core.table import Description, InternalTable, PublicTable

YEARS: tuple[PeriodKind, ...] = (
    "reporting",
    "financial",
    "academic",
    "calendar",
    "as-at",
    "financial-quarter",
)
"""Kinds of period in the order in which a page takes its series: years before quarters."""


class Series:
    """All figures of one indicator: totals by area and period, breakdowns apart."""

    def __init__(self, table: InternalTable | PublicTable) -> None:
        self.description: Description = table.description
        self.totals: dict[str, dict[str, Figure]] = defaultdict(dict)
        self.parts: dict[str, list[Figure]] = defaultdict(list)
        self.breakdowns: dict[str, list[Figure]] = defaultdict(list)
        self.remarks: set[str] = set()
        figures = to_figures(table.figures)
        self.kind = _kind(figures)
        for figure in figures:
            self._add(figure)
        self.periods = _periods(self.totals.values())
        self.coverage = table.coverage.to_pylist()

    def _add(self, figure: Figure) -> None:
        if figure.breakdown:
            if figure.period_kind == self.kind:
                self.breakdowns[figure.breakdown].append(figure)
        elif figure.period_kind == self.kind:
            self.totals[figure.area_code][figure.period] = figure
        elif figure.period_kind == "financial-part":
            self.parts[figure.area_code].append(figure)
        if figure.remark:
            self.remarks.add(figure.remark)

    @property
    def latest(self) -> str:
        """The last period in which any area has a value; the last one at all where none has."""
        for period in reversed(self.periods):
            if any(
                periods[period].value is not None for periods in self.totals.values() if period in periods
            ):
                return period
        return self.periods[-1] if self.periods else ""

    def at(self, area: str, period: str) -> Figure | None:
        """The total of an area in a period."""
        return self.totals.get(area, {}).get(period)

    def when(self, period: str) -> Period:
        """A period of the series as a noun."""
        return Period(self.kind, period)


def _kind(figures: Iterable[Figure]) -> PeriodKind:
    kinds = {figure.period_kind for figure in figures}
    return next((kind for kind in YEARS if kind in kinds), "financial")


def _periods(totals: Iterable[dict[str, Figure]]) -> list[str]:
    found = {figure.period: figure.when for periods in totals for figure in periods.values()}
    return sorted(found, key=lambda name: (found[name].last_day, name))
