"""Figures by what an author calls them: indicator, period, area, breakdown and category."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure
from fullpicture.core.period import Period
from fullpicture.core.table import Description, InternalTable, PublicTable
from fullpicture.publish.figures_by import YEARS, Series


class NotThere(Exception):
    """What an author names is not there: what is wrong, and what to write instead."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@dataclass(frozen=True)
class Wanted:
    """Which figure: `by` and `of` name a breakdown and its category; a total has none."""

    indicator: str
    period: str
    area: str
    by: str = ""
    of: str = ""


class Lookup:
    """The figures of one edition's tables."""

    def __init__(self, tables: Iterable[InternalTable | PublicTable], register: Register) -> None:
        self.register = register
        self.series = {table.description.indicator: Series(table) for table in tables}
        self._found: dict[str, dict[tuple[str, str, str, str, str], Figure]] = {
            id_: {
                (f.area_code, f.period_kind, f.period, f.breakdown, f.category): f
                for figures in one.by_area.values()
                for f in figures
            }
            for id_, one in self.series.items()
        }

    def of(self, indicator: str) -> Series:
        """The series of an indicator.

        Raises:
            NotThere: there is none.
        """
        if indicator not in self.series:
            raise NotThere(f'there is no indicator "{indicator}".', _near(indicator, self.series))
        return self.series[indicator]

    def description(self, indicator: str) -> Description:
        """What an indicator is."""
        return self.of(indicator).description

    def area(self, said: str) -> str:
        """The code of an area that is named by its code or its name."""
        code = said if said in self.register else self.register.find(said)
        if code is None:
            near = self.register.nearest(said)
            mend = f"Did you mean {near}?" if near else "Write its code."
            raise NotThere(f'there is no area "{said}".', mend)
        return code

    def when(self, indicator: str, period: object) -> Period:
        """The period of a name, of the first kind that the indicator has one of."""
        there = self._found[self.of(indicator).description.indicator]
        kinds = {kind for _, kind, name, _, _ in there if name == str(period)}
        kind = next((kind for kind in (*YEARS, "financial-part") if kind in kinds), None)
        if kind is None:
            known = sorted({name for _, _, name, _, _ in there})
            raise NotThere(f"{indicator} has no period {period}.", f"Write one of {', '.join(known)}.")
        return Period(kind, str(period))

    def figure(self, wanted: Wanted) -> Figure | None:
        """The figure; None where the indicator has none of this area, period and category.

        Raises:
            NotThere: the indicator, the area, the period, the breakdown or the category is nowhere.
        """
        when, area = self.when(wanted.indicator, wanted.period), self.area(wanted.area)
        found = self._found[wanted.indicator].get((area, when.kind, when.name, wanted.by, wanted.of))
        if found is None and wanted.by:
            known = {f.category for f in self._split(wanted.indicator, wanted.by)}
            if wanted.of not in known:
                what = f'{wanted.indicator} by {wanted.by} has no category "{wanted.of}".'
                raise NotThere(what, f"Write one of {', '.join(sorted(known))}.")
        return found

    def categories(self, wanted: Wanted) -> list[Figure]:
        """The figures of a breakdown in an area and a period, as they come."""
        when, area = self.when(wanted.indicator, wanted.period), self.area(wanted.area)
        return [
            figure
            for figure in self._split(wanted.indicator, wanted.by)
            if figure.area_code == area and (figure.period_kind, figure.period) == (when.kind, when.name)
        ]

    def _split(self, indicator: str, by: str) -> Sequence[Figure]:
        parts = self.of(indicator).breakdowns
        if by not in parts:
            raise NotThere(f'{indicator} is not broken down by "{by}".', _near(by, parts))
        return parts[by]

    def of_level(self, indicator: str, level: str, period: object) -> list[Figure]:
        """The totals of all areas of a level in a period, by name."""
        when = self.when(indicator, period)
        found = [
            figures[when.name]
            for figures in self.of(indicator).totals.values()
            if when.name in figures and figures[when.name].area_level == level
        ]
        if not found:
            totals = self.of(indicator).totals.values()
            levels = {figure.area_level for figures in totals for figure in figures.values()}
            raise NotThere(f'{indicator} has no figures of a "{level}".', _near(level, levels))
        return sorted(found, key=lambda figure: (figure.area_name, figure.area_code))

    def coverage(self, indicator: str, period: Period) -> tuple[int, int, str]:
        """How many areas are in a period, how many should be, and which are missing (`|` between codes)."""
        for row in self.of(indicator).coverage:
            if (row["period_kind"], row["period"]) == (period.kind, period.name):
                return int(row["areas_in"]), int(row["areas_expected"]), str(row["missing"] or "")
        return 0, 0, ""

    def change_of(self, indicator: str) -> str:
        """The id of the indicator's change on the year before."""
        for id_, one in self.series.items():
            if one.description.changes == self.of(indicator).description.indicator:
                return id_
        raise NotThere(f"{indicator} has no change on the year before.", 'Write "change = true" in its file.')


def _near(said: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(said, names, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(names[:12]) or 'nothing'}."
