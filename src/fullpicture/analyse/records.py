"""The records of many returns as one national table, one row per unit, ready to be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from fullpicture.analyse.csae import READ, classified
from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.csae_units import SUSPECT, VICTIM, crimes_of, links_of, suspects_of, victims_of
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
_PLACED = ("file", "row", "police_force", "crime_ref", "recorded_on", "recorded_year")
_PARTS = ("__state", "__rule", "_basis")
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
    narrow = {name: _needed(table, dimensions) for name, table in tables.items()}
    return _UNITS[unit](classified(together(narrow, unit), rule), rule)


def _needed(table: ir.Table, dimensions: Sequence[str]) -> ir.Table:
    """The columns that anybody asks for: a record has five times as many."""
    asked = {*_PLACED, *READ, *VICTIM, *SUSPECT, *dimensions}
    asked |= {f"{name}{part}" for name in (*VICTIM, *SUSPECT, *dimensions) for part in _PARTS}
    return table.select([name for name in table.columns if name in asked])


def together(tables: Mapping[str, ir.Table], unit: str) -> ir.Table:
    """Records of all returns with the fields of crime, victim and suspect side by side.

    A force that delivers crimes, victims and suspects in files of their own has them joined on its own crime
    references; victims and suspects of a crime that it did not deliver are in no crime and are left out (they
    are problems under LNK-010). Every victim stands beside every suspect of the crime: who belongs to whom
    is not known where a force does not say it, so that links are counted only from returns that do.

    Args:
        unit: whose delivered row `file` and `row` are to name.
    """
    whole = [tables[WHOLE]] if WHOLE in tables else []
    if unit != WHOLE and "crime" in tables:
        joined = tables["crime"]
        for name in ("victim", "suspect"):
            if name in tables:
                joined = _beside(joined, tables[name], name, places=name == unit)
        whole.append(joined)
    if not whole:
        raise ValueError("no return has crimes in it.")
    return _union(whole)


def _beside(crimes: ir.Table, people: ir.Table, entity: str, places: bool) -> ir.Table:
    """Crimes with the people of one kind beside them; a crime without any stays."""
    own = [name for name in people.columns if name not in crimes.columns]
    place = people.file.cast("string") + "\t" + people["row"].cast("string")
    found = people.select(
        *_MEETS_ON,
        *(name for name in own if name != f"{entity}_ref"),
        **{
            f"{entity}_ref": people[f"{entity}_ref"].fill_null(place),
            "_file": people.file,
            "_row": people["row"],
        },
    )
    joined = crimes.left_join(found, list(_MEETS_ON))
    kept = joined.select(*crimes.columns, *own, "_file", "_row")
    if places:
        kept = kept.mutate(file=kept._file.fill_null(kept.file), row=kept._row.fill_null(kept["row"]))
    return kept.drop("_file", "_row")


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
