"""The national record: the kept records of all returns, one row per unit, as a collected source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.records import MEASURES, counted, units_of
from fullpicture.collect.delivered import Collected
from fullpicture.collect.source import Source
from fullpicture.core.engine import connect
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.period import Period, PeriodKind
from fullpicture.programme.receiving import Received
from fullpicture.programme.toml import nearest_hint
from fullpicture.programme.vintages import Store

Columns = tuple[Sequence[str], Sequence[str]]


def records_by_unit(
    engine: ibis.BaseBackend, received: Sequence[Received], store: Store
) -> dict[str, ir.Table]:
    """Records of returns by what a row of them is, read from the store when they are needed."""
    paths: dict[str, list[str]] = defaultdict(list)
    for one in received:
        if one.vintage is not None:
            paths[one.source.mapping.unit].append(str(store.path(one.vintage)))
    return {
        unit: engine.read_parquet(found, union_by_name=True, filename=True) for unit, found in paths.items()
    }


def national(
    source: Source, received: Sequence[Received], store: Store, rule: CsaeRule, columns: Columns
) -> Collected:
    """Joins the returns that the source names; those of which nothing could be read are not in it.

    Args:
        columns: dimensions and measures that indicators ask for.

    Raises:
        ProgrammeRefused: no return has anything in it, or an indicator asks for columns that a record lacks.
    """
    dimensions = columns[0]
    tables = records_by_unit(connect(), received, store)
    needed = (
        ("crime-victim-suspect",)
        if source.unit == "crime-victim-suspect"
        else ("crime", "crime-victim-suspect")
    )
    if not set(needed) & set(tables):
        what = f"none of the returns that it joins and that could be read is of unit {' or '.join(needed)}."
        mend = "Check each of them: fullpicture check FILE --force ..."
        raise ProgrammeRefused([Mistake(f"[source.{source.id}]", what, mend)])
    units = units_of(tables, source.unit, rule, dimensions)
    _check_columns(source, columns, units.columns)
    kinds: Sequence[PeriodKind] = source.period_kinds or ("calendar",)
    rows = counted(units, source.unit, kinds, dimensions, _days(tables, kinds)).to_pyarrow()
    rows = rows.sort_by([(name, "ascending") for name in ("area_code", "file", "row", "period_kind")])
    return Collected(source.id, rows, rows.num_rows, {}, ())


def _check_columns(source: Source, columns: Columns, known: Sequence[str]) -> None:
    """What indicators ask for is there, and what they add up is what a row of the record is."""
    where, named = f"[source.{source.id}]", [name for name in known if "__" not in name]
    dimensions, measures = columns
    unit = MEASURES[source.unit]
    mistakes = [
        Mistake(where, f'a {source.unit} has no column "{name}".', nearest_hint(name, named))
        for name in dimensions
        if name not in named
    ] + [
        Mistake(where, f'a record of unit {source.unit} has no "{name}" to add up.', f"Add up {unit}.")
        for name in measures
        if name != unit
    ]
    if mistakes:
        raise ProgrammeRefused(mistakes)


def _days(tables: Mapping[str, ir.Table], kinds: Sequence[PeriodKind]) -> ir.Table:
    """Which periods each day of recording is in."""
    dated = [
        table.select("recorded_on").distinct() for table in tables.values() if "recorded_on" in table.columns
    ]
    found = {day for table in dated for day in table.to_pyarrow()["recorded_on"].to_pylist()}
    known = sorted(found - {None})
    rows = [(day, kind, Period.holding(kind, day).name) for day in known for kind in kinds]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    types = {"day": pa.date32(), "period_kind": pa.string(), "period": pa.string()}
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, types.values(), strict=True)]
    return ibis.memtable(pa.table(arrays, names=list(types)))
