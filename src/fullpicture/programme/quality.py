"""Measures the quality of every force's return from the records that were kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.quality import Window, fields_of, late_outcomes, months_of, within_period
from fullpicture.analyse.records import units_of
from fullpicture.collect.returns.record import ENTITIES, FIELDS
from fullpicture.core.digest import fingerprint
from fullpicture.core.engine import connect
from fullpicture.programme.cache import Cache, code_of
from fullpicture.programme.load import Programme
from fullpicture.programme.national import records_by_unit
from fullpicture.programme.receiving import Received
from fullpicture.programme.vintages import Store

NAMES = ("months", "period", "fields", "outcomes", "outcomes_by_month")
_ASKED = ("recorded_on", "outcome_type", "outcome_on", "days_to_outcome")
"""Fields of a crime that its months and outcomes are told from."""


@dataclass(frozen=True)
class Measured:
    """The five small tables of `analyse.quality`, of all forces."""

    tables: Mapping[str, pa.Table]


def measured(programme: Programme, received: Sequence[Received], cache: Cache) -> Measured:
    """The quality of all returns; what was measured of the same vintages is not measured again."""
    there = [one for one in received if one.vintage is not None]
    vintages = [one.vintage.id for one in there if one.vintage]
    key = fingerprint("quality", vintages, programme.returns.asked, code_of("analyse", "core", "programme"))
    kept = cache.get(key)
    if kept is None:
        nothing = pa.table({"police_force": pa.array([], pa.string())})
        kept = _tables(programme, there) if there else [nothing] * len(NAMES), None
        cache.put(key, kept[0], None)
    return Measured(dict(zip(NAMES, kept[0], strict=True)))


def _tables(programme: Programme, received: Sequence[Received]) -> list[pa.Table]:
    records = records_by_unit(connect(), received, Store(programme.folder))
    crimes = units_of(records, "crime", programme.returns.csae, _ASKED).cache()
    window = _window(programme, crimes)
    fields = pa.concat_tables([_fields(unit, table) for unit, table in records.items()])
    return [
        months_of(crimes, window).to_pyarrow(),
        within_period(crimes, window).to_pyarrow(),
        fields,
        late_outcomes(crimes, window).to_pyarrow(),
        late_outcomes(crimes, window, by_month=True).to_pyarrow(),
    ]


def _fields(unit: str, records: ir.Table) -> pa.Table:
    """The states of the fields that a table of a unit is of; a crime's reference is told of by its crimes."""
    names = [one.name for one in FIELDS if one.entity in ENTITIES[unit]]  # type: ignore[index]
    return fields_of(records, names).to_pyarrow()


def _window(programme: Programme, crimes: ir.Table) -> Window:
    """The days asked for; where none were, those from the first to the last day of recording."""
    asked = programme.returns.asked
    found = crimes.aggregate(first=crimes.recorded_on.min(), last=crimes.recorded_on.max()).to_pyarrow()
    first, last = (found[name][0].as_py() or asked.as_of for name in ("first", "last"))
    ends: date = min(asked.last_day or last, asked.as_of)
    return Window(asked.first_day or first, ends, asked.as_of)
