"""What areas are read against, found out in the engine: sums, medians, ranks and trends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.facts import RANKED_LEVELS, Neighbour
from fullpicture.analyse.comparison.force_areas import force_area_sums
from fullpicture.analyse.comparison.neighbours import neighbour_medians
from fullpicture.analyse.comparison.rank import ranked
from fullpicture.analyse.comparison.series import Series
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.surroundings import AUTHORITY, FORCE_AREA, JOINT, Surroundings
from fullpicture.analyse.comparison.trend import recent_trend

Rows = list[dict[str, Any]]
_NEIGHBOURS = pa.schema([("area_code", pa.string()), ("neighbour", pa.string())])
_SUBJECTS = pa.schema(
    [("indicator", pa.string()), ("per", pa.float64())]
    + [(name, pa.bool_()) for name in ("is_ratio", "is_proportion", "is_rate")]
)
_RANKED = pa.schema(
    [(name, pa.string()) for name in ("indicator", "area_code", "area_level", "period_kind", "period")]
    + [("value", pa.float64()), ("polarity", pa.string())]
)


@dataclass(frozen=True)
class Comparators:
    """Asks the engine about the figures of one edition."""

    backend: ibis.BaseBackend
    subjects: Mapping[str, Subject]
    around: Surroundings

    def sums(self, series: Series) -> Rows:
        """Force areas of indicators that publish none: their authorities added up, or `why` not."""
        figures = series.table()
        published = figures.filter(pc.equal(figures["area_level"], FORCE_AREA))["indicator"].unique()
        asked = [one for one in self.subjects.values() if one.id not in published.to_pylist()]
        said = [
            (one.id, one.per, one.counts == "ratio", one.proportion, one.unit.startswith("per "))
            for one in asked
            if not one.why_not_summed
        ]
        authorities = figures.filter(pc.is_in(figures["area_level"], pa.array([AUTHORITY, JOINT])))
        members = self.around.members(series.periods())
        found = self._rows(
            force_area_sums(
                self._load("compared_authorities", authorities),
                self._load("compared_members", members),
                self._load("compared_subjects", _table(said, _SUBJECTS)),
            )
        )
        for row in found:
            row["why"] = _why(row)
        return found + _refused([one for one in asked if one.why_not_summed], series, members)

    def medians(self, figures: pa.Table, neighbours: Mapping[str, Sequence[Neighbour]]) -> Rows:
        """Medians of neighbours over all periods."""
        pairs = [(code, self.around.place[one.code]) for code, all_ in neighbours.items() for one in all_]
        listed = self._load("compared_neighbours", _table(pairs, _NEIGHBOURS))
        return self._rows(neighbour_medians(self._load("compared_figures", figures), listed))

    def ranks(self, series: Series) -> Rows:
        """Ranks of the latest figures."""
        rows = [
            (f.indicator, f.area_code, f.area_level, f.period_kind, f.period, f.value, polarity)
            for f in series.of_latest()
            if f.value is not None
            and f.area_level in RANKED_LEVELS
            and not self.subjects[f.indicator].why_not_judged
            and (polarity := self.subjects[f.indicator].polarity)
        ]
        return self._rows(ranked(self._load("compared_latest", _table(rows, _RANKED))))

    def trends(self, figures: pa.Table) -> Rows:
        """Recent trends of all series."""
        return self._rows(recent_trend(self._load("compared_series", figures), ["indicator", "place"]))

    def _load(self, name: str, table: pa.Table) -> ibis.expr.types.Table:
        return self.backend.create_table(name, table, temp=True, overwrite=True)

    def _rows(self, found: ibis.expr.types.Table) -> Rows:
        rows: Rows = self.backend.to_pyarrow(found).to_pylist()
        return rows


def _table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _why(row: Mapping[str, Any]) -> str:
    """Why a sum has no value."""
    if row["absence"] == "c":
        return "Not added up: the count of an authority is suppressed."
    if row["absence"] == "x":
        return f"Not added up: {row['with_value']} of {row['listed']} authorities have a count."
    return "There is nobody to count." if row["absence"] == "z" else ""


def _refused(subjects: Sequence[Subject], series: Series, members: pa.Table) -> Rows:
    """A row without a value for each force area whose authorities have a figure in the latest period."""
    inside = [row for row in members.to_pylist() if not row["is_joint"]]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for subject in subjects:
        latest = series.latest.get(subject.id)
        for row in inside:
            moment = (row["period_kind"], row["period"])
            if moment == latest and series.at(subject.id, row["place"], moment):
                found[subject.id, row["police_area"]] = {
                    "indicator": subject.id,
                    "area_code": row["police_area"],
                    "period_kind": moment[0],
                    "period": moment[1],
                    "absence": "x",
                    "why": subject.why_not_summed,
                }
    return list(found.values())
