"""The multi-agency view: what a police force area's authorities and its police record of one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.surroundings import FORCE_AREA, Surroundings
from fullpicture.core.area import Area
from fullpicture.core.comparison import Comparisons
from fullpicture.core.digest import digest_of, fingerprint
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.joint import JOINT_SCHEMA, JointView, Theme
from fullpicture.core.period import Period
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.programme.cache import Cache, code_of
from fullpicture.programme.load import Programme

Tables = Sequence[InternalTable] | Sequence[PublicTable]
Days = tuple[date, date]


def joint_view(programme: Programme, tables: Tables, compared: Comparisons, cache: Cache) -> JointView:
    """The programme's `[[joint]]` themes for every police force area, of one edition's figures.

    All figures of a theme are of the last days that all of its indicators have in common; one that has none
    in them is of its own last period, and says so.
    """
    themes = tuple(
        Theme(
            id=one.id,
            title=one.title,
            safeguarding=tuple(one.safeguarding),
            police=tuple(one.police),
            both=tuple(one.both),
            may=one.may,
            may_not=one.may_not,
        )
        for one in programme.form.joint
    )
    if not themes:
        return JointView.none()
    ids = {id_ for theme in themes for id_ in (*theme.safeguarding, *theme.police, *theme.both)}
    read = [*(table.figures for table in tables if table.description.indicator in ids), compared.sums]
    code = code_of("analyse", "core", "programme")
    key = fingerprint("joint", themes, [digest_of(table) for table in read], programme.register.areas, code)
    kept = cache.get(key)
    if kept is None:
        kept = [_rows(themes, read, Surroundings(programme.register))], None
        cache.put(key, *kept)
    return JointView(themes, kept[0][0])


def _rows(themes: Sequence[Theme], read: Sequence[pa.Table], around: Surroundings) -> pa.Table:
    figures = _Figures.of(themes, read, around)
    rows = [row for theme in themes for row in _Rows(theme, figures, around).all()]
    columns = {name: [row[name] for row in rows] for name in JOINT_SCHEMA.names}
    return pa.table(columns, schema=JOINT_SCHEMA)


class _At(NamedTuple):
    indicator: str
    place: str
    days: Days


@dataclass(frozen=True)
class _Figures:
    """Total figures of the themes' indicators by area and days; `periods` those in which one has a value."""

    by_days: dict[_At, Figure]
    periods: dict[str, dict[Days, Period]]

    @classmethod
    def of(cls, themes: Sequence[Theme], tables: Sequence[pa.Table], around: Surroundings) -> _Figures:
        ids = {id_ for theme in themes for id_ in (*theme.safeguarding, *theme.police, *theme.both)}
        by_days: dict[_At, Figure] = {}
        periods: dict[str, dict[Days, Period]] = {id_: {} for id_ in ids}
        for table in tables:
            wanted = pc.and_(pc.is_in(table["indicator"], pa.array(ids)), pc.equal(table["breakdown"], ""))
            for figure in to_figures(table.filter(wanted)):
                when = figure.when
                by_days[_At(figure.indicator, around.place[figure.area_code], when.days)] = figure
                if figure.value is not None:
                    periods[figure.indicator][when.days] = when
        return cls(by_days, periods)


@dataclass(frozen=True)
class _Rows:
    """Rows of one theme."""

    theme: Theme
    figures: _Figures
    around: Surroundings

    def all(self) -> Iterator[dict[str, Any]]:
        """By police force area, side and indicator; the force area's own row before its authorities'."""
        sides = {
            "safeguarding": self.theme.safeguarding,
            "police": self.theme.police,
            "both": self.theme.both,
        }
        common = self._common()
        for force in self.around.register.at_level(FORCE_AREA):
            for side, indicators in sides.items():
                for indicator in indicators:
                    days = self._days(indicator, common)
                    for figure in self._in_force(indicator, force, days):
                        yield self._row(figure, (force, side), common)

    def _common(self) -> Days | None:
        """The last days that all indicators with any value have in common."""
        all_ids = (*self.theme.safeguarding, *self.theme.police, *self.theme.both)
        having = [set(self.figures.periods[id_]) for id_ in all_ids if self.figures.periods[id_]]
        shared = set.intersection(*having) if having else set()
        return max(shared, key=lambda days: days[1], default=None)

    def _days(self, indicator: str, common: Days | None) -> Days | None:
        own = self.figures.periods[indicator]
        if common in own or not own:
            return common
        return max(own, key=lambda days: days[1])

    def _in_force(self, indicator: str, force: Area, days: Days | None) -> Iterator[Figure]:
        """The figures of a force area and of what is in it."""
        if days is None:
            return
        period = self.figures.periods[indicator].get(days)
        codes = self.around.inside(force.code, period) if period else {}
        for code in (force.code, *sorted(codes, key=self._name)):
            figure = self.figures.by_days.get(_At(indicator, code, days))
            if figure is not None:
                yield figure

    def _name(self, code: str) -> str:
        return self.around.register.area(code).name

    def _row(self, figure: Figure, place: tuple[Area, str], common: Days | None) -> dict[str, Any]:
        force, side = place
        why = figure.remark
        if figure.when.days != common:
            why = f"Of another period than the rest: {figure.when.label}. {why}".strip()
        return {
            "theme": self.theme.id,
            "police_area_code": force.code,
            "police_area_name": force.name,
            "side": side,
            "count": figure.numerator,
            "why": why,
            **{name: getattr(figure, name) for name in _AS_IN_FIGURES},
        }


_AS_IN_FIGURES = (
    "indicator", "area_code", "area_name", "area_level", "period", "period_kind", "value", "unit", "absence",
)  # fmt: skip
