"""Internal tables of a programme: one of each indicator, and one of each change that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.change import change_id, change_unit, changes_of
from fullpicture.analyse.coverage import Coverage, as_table, with_coverage_remarks, with_year_remarks
from fullpicture.analyse.figures import figures_of_all
from fullpicture.analyse.incidence import with_incidence
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.themes.audited import with_audit
from fullpicture.core.digest import fingerprint
from fullpicture.core.engine import connect
from fullpicture.core.figure import to_figures
from fullpicture.core.period import Period
from fullpicture.core.table import Description, InternalTable
from fullpicture.programme.cache import Cache, code_of
from fullpicture.programme.load import Programme
from fullpicture.programme.sources import Delivery


def tables_of(
    programme: Programme, found: Mapping[str, Delivery], cache: Cache, watch: Callable[[str], None]
) -> list[InternalTable]:
    """The figures of every indicator in the order of the programme's files, each followed by its change."""
    code = code_of("analyse", "core", "programme")
    keys = {
        id_: fingerprint(one, [found[source].key for source in one.sources], programme.register.areas, code)
        for id_, one in programme.indicators.items()
    }
    kept = {id_: cache.get(key) for id_, key in keys.items()}
    fresh = [one for id_, one in programme.indicators.items() if kept[id_] is None]
    watch(f"{len(fresh)} of {len(keys)} indicators")
    computed = _computed(programme, fresh, Bases(programme, found))
    tables = []
    for id_, indicator in programme.indicators.items():
        if id_ in computed:
            cache.put(keys[id_], computed[id_], None)
        tables += _tables(indicator, found, computed.get(id_) or (kept[id_] or [])[0])
    return tables


class Bases:
    """Collected sources inside the engine; each is loaded when an indicator first needs it."""

    def __init__(self, programme: Programme, found: Mapping[str, Delivery]) -> None:
        self._found = found
        self._engine = programme.form.engine
        self._loaded: dict[str, Basis] = {}
        self._backend: ibis.BaseBackend | None = None

    def of(self, indicators: Iterable[Indicator]) -> dict[str, Basis]:
        return {source: self._basis(source) for one in indicators for source in one.sources}

    def _basis(self, id_: str) -> Basis:
        if id_ not in self._loaded:
            self._backend = self._backend or connect(self._engine)
            delivery = self._found[id_]
            rows = self._backend.create_table(id_, delivery.collected.table, temp=True)
            source = delivery.source
            missing = delivery.note.missing
            facts = (source.covers, source.base_levels, source.rounded, missing, delivery.years)
            self._loaded[id_] = Basis(rows, delivery.periods, *facts)
        return self._loaded[id_]


def _tables(
    indicator: Indicator, found: Mapping[str, Delivery], parts: Sequence[pa.Table]
) -> list[InternalTable]:
    """The table of an indicator and, where it has one, that of its change."""
    figures, coverage, *change = parts
    notes = tuple(found[source].note for source in indicator.sources)
    described = _description(indicator, figures, notes, found[indicator.main.source].source.base_levels)
    result = [InternalTable(described, figures, coverage)]
    if change:
        changed = _change_description(indicator, described, change[0])
        result.append(InternalTable(changed, change[0], _renamed(coverage, changed.indicator)))
    return result


def _computed(programme: Programme, fresh: Sequence[Indicator], bases: Bases) -> dict[str, list[pa.Table]]:
    """Figures, coverage and, where asked for, changes, by indicator."""
    loaded = bases.of(fresh)
    found = figures_of_all(fresh, loaded, programme.register)
    for one in fresh:
        if one.following is not None and not loaded[one.main.source].missing:
            basis = loaded[one.main.source]
            found[one.id] = with_incidence(one, found[one.id], basis, programme.register)
        if one.theme:
            found[one.id] = with_audit(one, found[one.id], loaded[one.main.source], programme.register)
    return {one.id: _with_coverage(programme, one, found[one.id], loaded[one.main.source]) for one in fresh}


def _with_coverage(
    programme: Programme, indicator: Indicator, table: pa.Table, delivered: Basis
) -> list[pa.Table]:
    basis = _published_base(indicator, delivered)
    figures = to_figures(table)
    coverage = Coverage(figures, basis, programme.register)
    if indicator.areas or indicator.sums:
        figures = with_coverage_remarks(
            figures, coverage, indicator.areas or indicator.sums, basis.base_levels
        )
    figures = with_year_remarks(figures, basis.years, programme.register)
    tables = [as_table(figures), coverage.table(indicator.id)]
    if indicator.change:
        tables.append(as_table(changes_of(indicator, figures, coverage)))
    return tables


def _published_base(indicator: Indicator, basis: Basis) -> Basis:
    """The basis with those of its levels that the indicator publishes: coverage is measured on them."""
    if not indicator.areas:
        return basis
    return replace(basis, base_levels=tuple(level for level in basis.base_levels if level in indicator.areas))


def _renamed(coverage: pa.Table, indicator: str) -> pa.Table:
    place = coverage.schema.get_field_index("indicator")
    return coverage.set_column(place, "indicator", pa.array([indicator] * coverage.num_rows, pa.string()))


def _description(
    indicator: Indicator, figures: pa.Table, notes: Sequence[object], base_levels: tuple[str, ...]
) -> Description:
    return Description(
        indicator=indicator.id,
        title=indicator.title,
        definition=indicator.definition,
        population=indicator.population or indicator.denominator_words or indicator.title,
        period=_span(figures),
        place_level=", ".join(sorted(pc.unique(figures["area_level"]).to_pylist())) or "none",
        unit=indicator.unit,
        sources=tuple(notes),  # type: ignore[arg-type]
        numerator=indicator.numerator_words,
        denominator=indicator.denominator_words,
        counting_unit=indicator.counting_unit,
        polarity=indicator.polarity,
        decimals=indicator.decimals,
        caveat=indicator.caveat,
        group=indicator.group,
        within=indicator.within,
        follows=indicator.follows,
        proportion=indicator.proportion,
        proposed=indicator.proposed,
        bands=tuple(indicator.bands.items()),
        splits=tuple(indicator.split.items()),
        states_at=base_levels if indicator.state else (),
    )


def _span(figures: pa.Table) -> str:
    """The first and the last period, by their last days."""
    pairs = figures.select(["period_kind", "period"]).group_by(["period_kind", "period"]).aggregate([])
    periods = [Period(row["period_kind"], row["period"]) for row in pairs.to_pylist()]
    periods.sort(key=lambda period: (period.last_day, period.name, period.kind))
    if not periods:
        return "none"
    return periods[0].name if len(periods) == 1 else f"{periods[0].name} to {periods[-1].name}"


def _change_description(indicator: Indicator, base: Description, figures: pa.Table) -> Description:
    how = "in percentage points" if change_unit(indicator) != "%" else "in per cent"
    return Description(
        indicator=change_id(indicator),
        title=f"Change on the year before: {indicator.title[:1].lower()}{indicator.title[1:]}",
        definition=f"Change {how} on the same period a year before, on the areas that both periods have.",
        population=base.population,
        period=_span(figures),
        place_level=base.place_level,
        unit=change_unit(indicator),
        sources=base.sources,
        numerator=f"{indicator.title}, this period",
        denominator=f"{indicator.title}, a year before",
        counting_unit=base.counting_unit,
        polarity=base.polarity,
        decimals=1,
        caveat="A part of a year is never compared with a whole one.",
        group=base.group,
        follows=(indicator.id,),
        changes=indicator.id,
    )
