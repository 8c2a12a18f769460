"""Figures grouped once, by indicator and area, for pages to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache, cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.core.comparison import COMPARATOR_SCHEMA, COMPARISON_SCHEMA, Comparison, to_comparisons
from fullpicture.core.digest import digest_of, fingerprint
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
    """All figures of one indicator: totals by area and period, breakdowns apart; and what they stand beside.

    What figures say is looked up when it is first asked for: of most series, no page asks again.
    """

    def __init__(
        self,
        table: InternalTable | PublicTable,
        facts: pa.Table | None = None,
        comparators: pa.Table | None = None,
    ) -> None:
        self.description: Description = table.description
        self._table = table
        self._facts = COMPARISON_SCHEMA.empty_table() if facts is None else facts
        self._comparators = COMPARATOR_SCHEMA.empty_table() if comparators is None else comparators
        self.kind = _kind(pc.unique(table.figures["period_kind"]).to_pylist())

    @cached_property
    def digest(self) -> str:
        """A short name for everything that pages say of it."""
        tables = (self._table.figures, self._facts, self._comparators)
        return fingerprint(self.description, [digest_of(table) for table in tables])

    @cached_property
    def areas(self) -> frozenset[str]:
        """The areas with any figure."""
        return _codes(self._table.figures)

    @cached_property
    def areas_with_totals(self) -> frozenset[str]:
        """The areas with a total."""
        figures = self._table.figures
        is_total = pc.and_(pc.equal(figures["breakdown"], ""), pc.equal(figures["period_kind"], self.kind))
        return _codes(figures.filter(is_total))

    @cached_property
    def coverage(self) -> list[dict[str, Any]]:
        """The rows of its coverage."""
        rows: list[dict[str, Any]] = self._table.coverage.to_pylist()
        return rows

    @cached_property
    def _figures(self) -> list[Figure]:
        return to_figures(self._table.figures)

    @cached_property
    def by_area(self) -> dict[str, list[Figure]]:
        """All figures of each area."""
        found = defaultdict(list)
        for figure in self._figures:
            found[figure.area_code].append(figure)
        return found

    @cached_property
    def totals(self) -> dict[str, dict[str, Figure]]:
        """The totals of each area by period."""
        found: dict[str, dict[str, Figure]] = defaultdict(dict)
        for figure in self._figures:
            if figure.period_kind == self.kind and not figure.breakdown:
                found[figure.area_code][figure.period] = figure
        return found

    @cached_property
    def breakdowns(self) -> dict[str, list[Figure]]:
        """The figures of each breakdown."""
        found = defaultdict(list)
        for figure in self._figures:
            if figure.period_kind == self.kind and figure.breakdown:
                found[figure.breakdown].append(figure)
        return found

    @cached_property
    def parts(self) -> dict[str, list[Figure]]:
        """The totals of each area of parts of a year, where whole years have figures too."""
        found = defaultdict(list)
        for figure in self._figures:
            if figure.period_kind == "financial-part" != self.kind and not figure.breakdown:
                found[figure.area_code].append(figure)
        return found

    @cached_property
    def remarks(self) -> set[str]:
        """What figures are remarked upon."""
        return {figure.remark for figure in self._figures if figure.remark}

    @cached_property
    def facts(self) -> dict[str, Comparison]:
        """What is compared of each area."""
        return {fact.area_code: fact for fact in to_comparisons(self._facts)}

    @cached_property
    def sums(self) -> dict[str, dict[str, float]]:
        """What a police force area's authorities have together, by period."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for row in self._comparators.to_pylist():
            if row["comparator"] == "sum of authorities":
                found[row["area_code"]][row["period"]] = row["value"]
        return found

    @cached_property
    def periods(self) -> list[str]:
        """The periods of its totals in order."""
        return _periods(self.totals.values())

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

    def line(self, area: str) -> list[float | None]:
        """An area's values in all periods, its authorities' together where it has none."""
        figures = self.totals.get(area)
        if figures is None:
            return [self.sums.get(area, {}).get(period) for period in self.periods]
        return [value_of(figures.get(period)) for period in self.periods]

    def sum_before(self, figure: Figure) -> float | None:
        """What an area's authorities had together a year before a figure."""
        return self.sums.get(figure.area_code, {}).get(year_before(figure.period_kind, figure.period))


def value_of(figure: Figure | None) -> float | None:
    """A figure's value; None where there is no figure."""
    return figure.value if figure else None


@cache
def _period(kind: PeriodKind, name: str) -> Period:
    return Period(kind, name)


@cache
def year_before(kind: PeriodKind, name: str) -> str:
    """The name of the same period a year before."""
    return _period(kind, name).shifted(-1).name


def _kind(kinds: Collection[PeriodKind]) -> PeriodKind:
    return next((kind for kind in YEARS if kind in kinds), "financial")


def _codes(figures: pa.Table) -> frozenset[str]:
    return frozenset(pc.unique(figures["area_code"]).to_pylist())


def _periods(totals: Iterable[dict[str, Figure]]) -> list[str]:
    found = {name: _period(f.period_kind, name) for periods in totals for name, f in periods.items()}
    return sorted(found, key=lambda name: (found[name].last_day, name))
