"""Total figures of many indicators, found by place and period, and which period of each is the latest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from fullpicture.analyse.comparison.subject import ENGLAND
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period, PeriodKind

Moment = tuple[PeriodKind, str]
_WHOLE_FIRST: tuple[PeriodKind, ...] = (
    "financial", "reporting", "academic", "calendar", "as-at", "financial-quarter", "financial-part",
)  # fmt: skip
"""Kinds in the order in which one is chosen to be compared: a year before its parts."""


class Series:
    """Total figures by indicator, place and period; a place keeps its figures when its code changes."""

    def __init__(self, figures: Iterable[Figure], place: Mapping[str, str]) -> None:
        self._place = place
        self._found: dict[tuple[str, str, Moment], Figure] = {}
        self._codes: dict[str, None] = {}
        self._moments: dict[str, set[Moment]] = defaultdict(set)
        for figure in figures:
            self._add(figure)
        self.latest = {indicator: _latest(moments) for indicator, moments in self._moments.items()}

    def _add(self, figure: Figure) -> None:
        moment: Moment = (figure.period_kind, figure.period)
        key = (figure.indicator, self._place[figure.area_code], moment)
        known = self._found.get(key)
        if known is None or known.value is None:
            self._found[key] = figure
        self._moments[figure.indicator].add(moment)

    def at(self, indicator: str, area: str, moment: Moment) -> Figure | None:
        """The figure of the area's place in a period."""
        return self._found.get((indicator, self._place[area], moment))

    def year_before(self, figure: Figure) -> Figure | None:
        """The figure of the same place and kind of period a year earlier."""
        earlier = figure.when.shifted(-1)
        return self.at(figure.indicator, figure.area_code, (earlier.kind, earlier.name))

    def england(self, figure: Figure) -> float | None:
        """England's value beside a figure."""
        found = self.at(figure.indicator, ENGLAND, (figure.period_kind, figure.period))
        return found.value if found else None

    def of_latest(self) -> list[Figure]:
        """Every figure of its indicator's latest period."""
        return [
            figure
            for (indicator, _, moment), figure in self._found.items()
            if moment == self.latest[indicator]
        ]

    def table(self) -> pa.Table:
        """Figures of the kinds of period that are compared, for the engine.

        Columns `indicator`, `place`, `area_level`, `period_kind`, `period`, `day`, `value`, `lower`, `upper`,
        `numerator`, `denominator`, `absence`; parts of a year only where there are no years.
        """
        chosen = [
            (place, figure)
            for (indicator, place, moment), figure in self._found.items()
            if moment[0] == self.latest[indicator][0]
        ]
        days = {(when.kind, when.name): when.last_day.isoformat() for when in self.periods()}
        figures = [figure for _, figure in chosen]
        cells = dict(zip(Figure._fields, zip(*figures, strict=True), strict=True)) if figures else {}
        columns = {
            "place": pa.array([place for place, _ in chosen], pa.string()),
            "day": pa.array([days[figure.period_kind, figure.period] for figure in figures], pa.string()),
        }
        for name in ("indicator", "area_level", "period_kind", "period", "absence"):
            columns[name] = pa.array(cells.get(name, ()), pa.string())
        for name in ("value", "lower", "upper", "numerator", "denominator"):
            columns[name] = pa.array(cells.get(name, ()), pa.float64())
        return pa.table(columns)

    def periods(self) -> list[Period]:
        """Every period of those kinds, once."""
        kinds = {(indicator, latest[0]) for indicator, latest in self.latest.items()}
        moments = {
            moment
            for indicator, all_ in self._moments.items()
            for moment in all_
            if (indicator, moment[0]) in kinds
        }
        return [Period(*moment) for moment in sorted(moments)]


def _latest(moments: Iterable[Moment]) -> Moment:
    """The last period of the kind that is compared."""
    all_ = list(moments)
    kind = min((moment[0] for moment in all_), key=_WHOLE_FIRST.index)
    return max((one for one in all_ if one[0] == kind), key=lambda one: Period(*one).last_day)
