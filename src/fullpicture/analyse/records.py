"""The records of many returns as one national table, one row per unit, ready to be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.csae import READ, classified
from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.csae_units import (
    SUSPECT,
    VICTIM,
    crimes_of,
    links_of,
    place_of,
    suspects_of,
    tells_of,
    victims_of,
)
from fullpicture.analyse.withdrawal_kinds import READ as WITHDRAWAL_READ
from fullpicture.analyse.withdrawal_kinds import WITHDRAWAL, with_withdrawal
from fullpicture.core.period import PeriodKind

MEASURES: Mapping[str, str] = {
    "crime": "crimes",
    "victim": "victims",
    "suspect": "suspects",
    "crime-victim-suspect": "links",
}
"""What a counting unit's rows are added up as: the unit is part of the measure's name."""
WHOLE = "crime-victim-suspect"
_UNITS: Mapping[str, Callable[[ir.Table, CsaeRule], ir.Table]] = {
    "crime": crimes_of,
    "victim": victims_of,
    "suspect": suspects_of,
    WHOLE: links_of,
}
_PLACED = ("filename", "file", "row", "police_force", "crime_ref", "recorded_on", "recorded_year")
_PARTS = ("__state", "__rule", "_basis")
_PLACE = ("filename", "file", "row")
_HERE = {"victim": "victim_here", "suspect": "suspect_here"}
_MEETS_ON = ("police_force", "crime_ref")


def units_of(
    tables: Mapping[str, ir.Table], unit: str, rule: CsaeRule, dimensions: Sequence[str]
) -> ir.Table:
    """One row per crime, victim, suspect or link of all returns, with what the CSAE rule says of it.

    Args:
        tables: records of returns by what one of their rows is (`record.Unit`).
        dimensions: fields to keep besides those that tell where, when and what.

    Returns:
        As `csae_units` makes them; `file` and `row` are those of the unit's own first delivered row.
    """
    asked = (*dimensions, *(WITHDRAWAL_READ if WITHDRAWAL in dimensions else ()))
    narrow = {name: _needed(table, asked) for name, table in tables.items()}
    units = _UNITS[unit](classified(together(narrow, unit), rule), rule)
    return with_withdrawal(units) if WITHDRAWAL in dimensions else units


def _needed(table: ir.Table, dimensions: Sequence[str]) -> ir.Table:
    """The columns that anybody asks for: a record has five times as many."""
    asked = {*_PLACED, *READ, *VICTIM, *SUSPECT, *dimensions}
    asked |= {f"{name}{part}" for name in (*VICTIM, *SUSPECT, *dimensions) for part in _PARTS}
    return table.select([name for name in table.columns if name in asked])


def together(tables: Mapping[str, ir.Table], unit: str) -> ir.Table:
    """Records of all returns with the fields of crime, victim and suspect side by side.

    People whom a force delivers in files of their own are joined on its own crime references, to crimes that
    come alone or with other people; those of a crime that it did not deliver are in no crime and are left out
    (they are problems under LNK-010). Every victim of such a file stands beside every suspect of another: who
    belongs to whom is not known where a force does not say it, so that links are counted only from rows that
    have both.

    Args:
        unit: whose delivered row `file` and `row` are to name.

    Returns:
        As delivered, with `victim_here` and `suspect_here`, whether there is one in the row.
    """
    people = [name for name in ("victim", "suspect") if name in tables]
    parts = []
    if WHOLE in tables:
        parts.append(_with_presence(tables[WHOLE]))
        alone = _crimes_in(tables[WHOLE])
        parts += [_beside(alone, tables[name], name, name == unit, how="inner") for name in people]
    if "crime" in tables:
        joined = tables["crime"].mutate(**dict.fromkeys(_HERE.values(), ibis.literal(False)))
        for name in people:
            joined = _beside(joined, tables[name], name, name == unit, how="left")
        parts.append(joined)
    return _union(parts)


def _with_presence(records: ir.Table) -> ir.Table:
    return records.mutate(victim_here=tells_of(records, VICTIM), suspect_here=tells_of(records, SUSPECT))


def _crimes_in(records: ir.Table) -> ir.Table:
    """The crimes of records that tell of people as well, each once, by its first row, with nobody in them."""
    first = ibis.row_number().over(group_by=_MEETS_ON, order_by=["filename", "file", "row"])
    numbered = records.filter(records.crime_ref.notnull()).mutate(_number=first)
    kept = [name for name in records.columns if not name.startswith(("victim", "suspect", "relationship"))]
    crimes = numbered.filter(numbered._number == 0).select(kept)
    return crimes.mutate(**dict.fromkeys(_HERE.values(), ibis.literal(False)))


def _beside(crimes: ir.Table, people: ir.Table, entity: str, places: bool, how: str) -> ir.Table:
    """Crimes with the people of one kind beside them, each in a row; `left` keeps crimes without any."""
    own = [name for name in people.columns if name not in crimes.columns]
    found = people.select(
        *_MEETS_ON,
        *(name for name in own if name != f"{entity}_ref"),
        **{f"{entity}_ref": people[f"{entity}_ref"].fill_null(place_of(people))},
        **{f"_{name}": people[name] for name in _PLACE},
    )
    joined = crimes.join(found, list(_MEETS_ON), how=how)
    kept = joined.select(*crimes.columns, *own, *(f"_{name}" for name in _PLACE))
    kept = kept.mutate(**{_HERE[entity]: kept._row.notnull()})
    if places:
        kept = kept.mutate(**{name: kept[f"_{name}"].fill_null(kept[name]) for name in _PLACE})
    return kept.drop(*(f"_{name}" for name in _PLACE))


def _union(tables: Sequence[ir.Table]) -> ir.Table:
    """One table after the other; a column that one of them lacks is null there."""
    types = {name: type_ for table in tables for name, type_ in table.schema().items()}
    even = [
        table.select(**{name: _column(table, name, type_) for name, type_ in types.items()})
        for table in tables
    ]
    return ibis.union(*even) if len(even) > 1 else even[0]


def _column(table: ir.Table, name: str, type_: object) -> ir.Value:
    return table[name].cast(type_) if name in table.columns else ibis.null(type_)


def counted(
    units: ir.Table, unit: str, kinds: Sequence[PeriodKind], dimensions: Sequence[str], days: ir.Table
) -> ir.Table:
    """Units as rows of a collected source: where, when, by what, and one each.

    A unit is in the period in which its crime was recorded. Where a return gives a year and no day, it is in
    that calendar year and in no other kind of period.

    Args:
        days: which period of which kind each day is in: `day`, `period_kind`, `period`.

    Returns:
        `file`, `row`, `area_code`, `period_kind`, `period`, the dimensions as text (a value, or the state of
        a field without one), the measure of the unit (1), its absence, and `blank_reason` (both empty).
    """
    dated = units.inner_join(days, units.recorded_on == days.day)
    parts = [dated.select(**_said(dated, unit, dimensions, dated.period_kind, dated.period))]
    if "calendar" in kinds:
        yearly = units.filter(units.recorded_on.isnull() & units.recorded_year.notnull())
        year = yearly.recorded_year.cast("string")
        parts.append(yearly.select(**_said(yearly, unit, dimensions, ibis.literal("calendar"), year)))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _said(
    rows: ir.Table, unit: str, dimensions: Sequence[str], kind: ir.Value, period: ir.Value
) -> dict[str, ir.Value]:
    measure = MEASURES[unit]
    return {
        "file": rows.file.cast("string"),
        "row": rows["row"].cast("int64"),
        "area_code": rows.police_force.cast("string"),
        "period_kind": kind,
        "period": period,
        **{name: _text_of(rows, name) for name in dimensions},
        measure: ibis.literal(1.0),
        f"{measure}__absence": ibis.literal(""),
        "blank_reason": ibis.literal(""),
    }


def _text_of(rows: ir.Table, name: str) -> ir.StringValue:
    text = rows[name].cast("string")
    state = f"{name}__state"
    return text.fill_null(rows[state].cast("string")) if state in rows.columns else text.fill_null("")
