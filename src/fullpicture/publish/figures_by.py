"""Figures grouped once, by indicator and area, for pages to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

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
    """All figures of one indicator: totals by area and period, breakdowns apart; and all of each area."""

    def __init__(self, table: InternalTable | PublicTable) -> None:
        self.description: Description = table.description
        self.totals: dict[str, dict[str, Figure]] = defaultdict(dict)
        self.parts: dict[str, list[Figure]] = defaultdict(list)
        self.breakdowns: dict[str, list[Figure]] = defaultdict(list)
        self.by_area: dict[str, list[Figure]] = defaultdict(list)
        self.remarks: set[str] = set()
        figures = to_figures(table.figures)
        self.kind = _kind(figures)
        for figure in figures:
            self._add(figure)
        self.periods = _periods(self.totals.values())
        self.coverage = table.coverage.to_pylist()

    def _add(self, figure: Figure) -> None:
        self.by_area[figure.area_code].append(figure)
        if figure.breakdown:
            if figure.period_kind == self.kind:
                self.breakdowns[figure.breakdown].append(figure)
        elif figure.period_kind == self.kind:
            self.totals[figure.area_code][figure.period] = figure
        elif figure.period_kind == "financial-part":
            self.parts[figure.area_code].append(figure)
        if figure.remark:
            self.remarks.add(figure.remark)

    @cached_property
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
        return _period(self.kind, period)

    def latest_of(self, area: str) -> Figure | None:
        """An area's total in the series' latest period; its own last one where it has none then."""
        figures = self.totals.get(area, {})
        own = figures.get(self.latest)
        return own or max(figures.values(), key=lambda f: self.when(f.period).last_day, default=None)

    def year_before(self, figure: Figure) -> Figure | None:
        """The total of the same area a year before."""
        return self.at(figure.area_code, year_before(figure.period_kind, figure.period))


@cache
def _period(kind: PeriodKind, name: str) -> Period:
    return Period(kind, name)


@cache
def year_before(kind: PeriodKind, name: str) -> str:
    """The name of the same period a year before."""
    return _period(kind, name).shifted(-1).name


def _kind(figures: Iterable[Figure]) -> PeriodKind:
    kinds = {figure.period_kind for figure in figures}
    return next((kind for kind in YEARS if kind in kinds), "financial")


def _periods(totals: Iterable[dict[str, Figure]]) -> list[str]:
    found = {name: _period(f.period_kind, name) for periods in totals for name, f in periods.items()}
    return sorted(found, key=lambda name: (found[name].last_day, name))
