"""What areas are read against, found out in the engine: sums, medians, ranks and trends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.facts import RANKED_LEVELS, Neighbour
from fullpicture.analyse.comparison.force_areas import force_area_sums
from fullpicture.analyse.comparison.neighbours import neighbour_medians
from fullpicture.analyse.comparison.rank import ranked
from fullpicture.analyse.comparison.series import Series
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.surroundings import AUTHORITY, JOINT, Surroundings
from fullpicture.analyse.comparison.trend import recent_trend
from fullpicture.programme.force_area_figures import Rows, force_area_figures

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
        authorities = figures.filter(pc.is_in(figures["area_level"], pa.array([AUTHORITY, JOINT])))

        def add_up(subjects: Sequence[Subject], members: pa.Table) -> Rows:
            said = [
                (one.id, one.per, one.counts == "ratio", one.proportion, one.unit.startswith("per "))
                for one in subjects
            ]
            tables = (authorities, members, _table(said, _SUBJECTS))
            names = ("compared_authorities", "compared_members", "compared_subjects")
            return self._rows(force_area_sums(*map(self._load, names, tables)))

        return force_area_figures(list(self.subjects.values()), series, self.around, add_up)

    def load(self, series: Series) -> ir.Table:
        """The figures of all series inside the engine, for `medians` and `trends`."""
        return self._load("compared_figures", series.table())

    def medians(self, figures: ir.Table, neighbours: Mapping[str, Sequence[Neighbour]]) -> Rows:
        """Medians of neighbours over all periods."""
        pairs = [(code, self.around.place[one.code]) for code, all_ in neighbours.items() for one in all_]
        listed = self._load("compared_neighbours", _table(pairs, _NEIGHBOURS))
        return self._rows(neighbour_medians(figures, listed))

    def ranks(self, series: Series) -> Rows:
        """Ranks of the latest figures, where at least half of the areas of a level have a value."""
        latest = [f for f in series.of_latest() if f.area_level in RANKED_LEVELS]
        asked = Counter((f.indicator, f.area_level) for f in latest)
        having = Counter((f.indicator, f.area_level) for f in latest if f.value is not None)
        rows = [
            (f.indicator, f.area_code, f.area_level, f.period_kind, f.period, f.value, subject.polarity)
            for f in latest
            if f.value is not None
            and not (subject := self.subjects[f.indicator]).why_not_judged
            and having[f.indicator, f.area_level] * 2 >= asked[f.indicator, f.area_level]
        ]
        return self._rows(ranked(self._load("compared_latest", _table(rows, _RANKED))))

    def trends(self, figures: ir.Table) -> Rows:
        """Recent trends of all series."""
        return self._rows(recent_trend(figures, ["indicator", "place"]))

    def _load(self, name: str, table: pa.Table) -> ir.Table:
        return self.backend.create_table(name, table, temp=True)

    def _rows(self, found: ir.Table) -> Rows:
        rows: Rows = self.backend.to_pyarrow(found).to_pylist()
        return rows


def _table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
