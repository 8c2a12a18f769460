"""Who is mentioned where: one row per victim in a crime in a file, from records of any unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.settings import BORN_YEAR
from fullpicture.core.engine import connect

CRIME = (
    "offence_code",
    "offence_class",
    "offence_from",
    "reported_on",
    "recorded_on",
    "location_kind",
    "outcome_type",
)
VICTIM = ("victim_sex", "victim_age", "victim_born_on", "victim_name_key", "victim_ethnicity", "relationship")
READ = ("file", "row", "police_force", "crime_ref", "victim_ref", *CRIME, *VICTIM)
"""Columns of records that linking reads, where a table has them; nothing else is needed."""

STAND_IN_BIRTHS = (date(1900, 1, 1), date(1901, 1, 1), date(1970, 1, 1), date(9999, 12, 31))
"""Birth dates that systems write where none is known: thousands share them, and they say nothing."""

_DATES = {"offence_from", "reported_on", "recorded_on", "victim_born_on"}
_NUMBERS = {"row": pa.int64(), "victim_age": pa.int32()}


def mentions_in(records: Sequence[pa.Table]) -> pa.Table:
    """Every mention of a victim, and every crime without one.

    A victim with a reference is mentioned once per crime and file, however many rows (of suspects, say) it
    has. Without a reference, rows of a crime with the same name, birth date and sex are one mention, and any
    other row is its own. Crimes and victims delivered in separate files meet on force and crime reference:
    what a victim's row does not say of the crime is taken from the first row of the crime that says it.

    Args:
        records: tables of canonical records of any force, year and unit; duplicates are refused already.

    Returns:
        In order of force, file and row: `place` (0, 1, ...), `file`, `row`, `police_force`, `crime_ref`,
        `victim_ref`, the fields of `CRIME` and `VICTIM`, `victim_born_year`, `crime` (a number per crime of a
        force, the same in every file; a row without a reference is a crime of its own), `delivered` (a number
        per crime and file), `victim` (a number per victim in a crime, likewise), `is_victim`.
    """
    rows = _together(records)
    engine = connect()
    try:
        found = engine.to_pyarrow(_mentions(engine.create_table("delivered_rows", rows)))
    finally:
        engine.disconnect()
    return _numbered(found)


def _together(records: Sequence[pa.Table]) -> pa.Table:
    """All rows with the columns that are read, in order of force, file and row, and `at`, their number."""
    whole = pa.concat_tables([_narrowed(table) for table in records]) if records else _narrowed(pa.table({}))
    whole = whole.sort_by([(name, "ascending") for name in ("police_force", "file", "row")])
    return whole.append_column("at", pa.array(np.arange(whole.num_rows), pa.int64()))


def _narrowed(table: pa.Table) -> pa.Table:
    columns = {}
    for name in READ:
        kind = pa.date32() if name in _DATES else _NUMBERS.get(name, pa.string())
        there = name in table.column_names
        columns[name] = table[name].cast(kind) if there else pa.nulls(table.num_rows, kind)
    born = columns["victim_born_on"]
    is_none = pc.is_in(born, pa.array(STAND_IN_BIRTHS, pa.date32()))
    columns["victim_born_on"] = pc.if_else(is_none, pa.scalar(None, pa.date32()), born)
    return pa.table(columns)


def _mentions(rows: ir.Table) -> ir.Table:
    own = ibis.literal("\t") + rows["at"].cast("string")
    rows = rows.mutate(
        of_crime=rows.police_force + "\t" + rows.crime_ref.fill_null(own), whom=_whom(rows, own)
    )
    crimes = rows.aggregate(**{name: _first(rows, name) for name in CRIME}, by="of_crime")
    firsts = {name: _first(rows, name) for name in ("crime_ref", "victim_ref", *VICTIM)}
    victims = rows.aggregate(
        at=rows["at"].min(), row=rows["row"].min(), **firsts, by=["file", "police_force", "of_crime", "whom"]
    )
    is_victim = victims.whom != ""
    victims = victims.mutate(is_victim=is_victim)
    named = victims.is_victim.max().over(group_by=["file", "of_crime"])
    victims = victims.mutate(named=named)
    kept = victims.filter(victims.is_victim | ~victims.named)
    return kept.inner_join(crimes, "of_crime").order_by("at")


def _whom(rows: ir.Table, own: ir.StringValue) -> ir.StringValue:
    """What makes rows of one crime the same victim; "" where a row says nothing of a victim."""
    parts = [rows.victim_name_key, rows.victim_born_on.cast("string"), rows.victim_sex]
    alike = parts[0].fill_null("") + "\t" + parts[1].fill_null("") + "\t" + parts[2].fill_null("")
    named = rows.victim_name_key.notnull() | rows.victim_born_on.notnull()
    told = ibis.or_(*(rows[name].notnull() for name in VICTIM if name != "relationship"))
    return ibis.cases(
        (rows.victim_ref.notnull(), ibis.literal("r") + rows.victim_ref),
        (named, ibis.literal("n") + alike),
        (told, ibis.literal("o") + own),
        else_="",
    )


def _first(rows: ir.Table, name: str) -> ir.Value:
    """The value of the first row that has one."""
    return rows[name].argmin(rows["at"], where=rows[name].notnull())


def _numbered(found: pa.Table) -> pa.Table:
    """With `place`, the numbers of crimes, and the year of birth."""
    crimes = _numbers(found["of_crime"])
    files = _numbers(found["file"])
    numbers = {
        "place": np.arange(len(crimes)),
        "crime": crimes,
        "delivered": _together_numbered(files, crimes),
        "victim": _together_numbered(crimes, _numbers(found["whom"])),
    }
    kept = found.select([*READ, "is_victim"])
    for name, each in numbers.items():
        kept = kept.append_column(name, pa.array(each, pa.int64()))
    return kept.append_column(BORN_YEAR, _born_years(kept))


def _together_numbered(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.unique(one * (other.max(initial=0) + 1) + other, return_inverse=True)[1]


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    codes = column.combine_chunks().dictionary_encode().indices
    return np.asarray(codes.to_numpy(zero_copy_only=False), np.int64)


def _born_years(mentions: pa.Table) -> pa.Array:
    """The year of the birth date; without one, of the offence or the record less the age."""
    when = pc.coalesce(mentions["offence_from"], mentions["recorded_on"], mentions["reported_on"])
    by_age = pc.subtract(pc.year(when), mentions["victim_age"].cast(pa.int64()))
    return pc.coalesce(pc.year(mentions["victim_born_on"]), by_age).cast(pa.int32())
