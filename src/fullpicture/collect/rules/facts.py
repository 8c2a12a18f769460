"""What rules know of each record beside its fields: the return's days, ages at the offence, who is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.collect.returns.record import FIELDS, QUALIFIERS, REFERENCES, Entity, Unit, fields_of
from fullpicture.collect.rules.earlier import NOTES
from fullpicture.collect.rules.rule import Context, Rule

STAND_INS = tuple(
    date.fromisoformat(day)
    for day in (
        "1753-01-01",
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1901-01-01",
        "1904-01-01",
        "1970-01-01",
        "2099-12-31",
        "9999-12-31",
    )
)
"""Days that systems write where nobody gave one, such as the first or last that a database can hold."""

_TYPES = {"date": "date", "whole number": "int32"}
_NOBODY = {"victim": ("not recorded",), "suspect": ("not recorded", "not applicable")}
"""States that say that there is no such person. A victim to whom things do not apply may be a decoy."""


def with_facts(delivered: ir.Table, known: ir.Table) -> ir.Table:
    """The records with what rules ask for; what is not known is null, and a null breaks no rule.

    Args:
        delivered: records, with the fields of their unit.
        known: one row that says what is known of the return, as `known_of` makes it.

    Returns:
        The records with the fields of other units as null, all columns of `known`, `recorded_in` (a year),
        `offence_began` and `offence_ended` (null on a stand-in day; the end is the beginning where none is
        given), `victim_age_at_offence` and `suspect_age_at_offence` (null where the age was taken on another
        day), `victim_present` and `suspect_present`.
    """
    records = _with_all_fields(delivered).cross_join(known)
    return records.mutate(
        recorded_in=ibis.coalesce(records.recorded_on.year(), records.recorded_year),
        offence_began=_real_day(records.offence_from),
        offence_ended=_real_day(ibis.coalesce(records.offence_to, records.offence_from)),
        victim_age_at_offence=_at_offence(records.victim_age, records.victim_age_basis),
        suspect_age_at_offence=_at_offence(records.suspect_age, records.suspect_age_basis),
        victim_present=_present(records, "victim"),
        suspect_present=_present(records, "suspect"),
    )


def known_of(mapped: frozenset[str], context: Context, rules: Iterable[Rule]) -> pa.Table:
    """What is known of a return, as one row: its days, whose references it maps, which rules run.

    It is a table and not part of the question, so that one question serves every return.
    """
    days = {"as_of": context.as_of, "first_day": context.first_day, "last_day": context.last_day}
    columns = {name: pa.array([day], pa.date32()) for name, day in days.items()}
    maps = {f"maps_{name}": pa.array([name in mapped]) for name in ("victim_ref", "suspect_ref")}
    return pa.table(
        columns | maps | {f"runs_{rule.code}": pa.array([rule.applies(mapped)]) for rule in rules}
    )


def with_row_key(records: ir.Table, unit: Unit) -> ir.Table:
    """Adds `row_key`: all references of the unit that there are; null without a crime reference."""
    return records.mutate(row_key=_joined([records.crime_ref, *_persons(records, unit)]))


def shared_facts(records: ir.Table, unit: Unit) -> ir.Table:
    """What rules ask for that compare records: which are of the same thing, and which are the same.

    Adds `unit_key` (null unless the record has all references of its unit), `everything` (all values),
    `is_nameless` (of somebody, and nothing says of whom) and `victim_number` (0 for the first of a crime's
    victims).
    """
    number = records.victim_ref.dense_rank().over(group_by="crime_ref", order_by="victim_ref")
    return records.mutate(
        unit_key=_joined([records[name] for name in REFERENCES[unit]]),
        everything=_joined([_text(records, field.name) for field in fields_of(unit)]),
        is_nameless=records[f"{unit}_ref"].isnull() if unit in ("victim", "suspect") else ibis.literal(False),
        victim_number=records.victim_ref.notnull().ifelse(number, ibis.null("int64")),
    )


def differs(column: ir.Value, within: str) -> ir.BooleanValue:
    """Whether there is another value among the records that have `within` in common."""
    rows = ibis.window(group_by=within)
    return column.notnull() & (column.min().over(rows) != column.max().over(rows))


def _with_all_fields(delivered: ir.Table) -> ir.Table:
    missing: dict[str, ir.Value] = {}
    for field in FIELDS:
        missing[field.name] = ibis.null(_TYPES.get(field.kind, "string"))
        missing[f"{field.name}__state"] = ibis.literal("not recorded")
    missing |= {name: ibis.literal("") for name in QUALIFIERS}
    missing |= {name: ibis.null("boolean") for name in NOTES}
    return delivered.mutate(**{name: of for name, of in missing.items() if name not in delivered.columns})


def _present(records: ir.Table, entity: Entity) -> ir.BooleanValue:
    """True where a field of the person has a value, false where all say that there is none, else null.

    Where the return maps the person's reference, its absence alone says that there is none.
    """
    names = [field.name for field in FIELDS if field.entity == entity]
    absent = {name: records[f"{name}__state"].isin(_NOBODY[entity]) for name in names}
    nobody = ibis.and_(*absent.values()) | (records[f"maps_{entity}_ref"] & absent[f"{entity}_ref"])
    somebody = ibis.or_(*(records[name].notnull() for name in names))
    return ibis.cases((somebody, True), (nobody, False), else_=ibis.null("boolean"))


def _at_offence(age: ir.NumericValue, basis: ir.StringValue) -> ir.NumericValue:
    return (basis == "offence").ifelse(age, ibis.null("int32"))


def _real_day(day: ir.DateValue) -> ir.DateValue:
    return day.isin(STAND_INS).ifelse(ibis.null("date"), day)


def _persons(records: ir.Table, unit: Unit) -> list[ir.StringValue]:
    return [records[name].fill_null("-") for name in REFERENCES[unit] if name != "crime_ref"]


def _text(records: ir.Table, name: str) -> ir.StringValue:
    """A value as text, or the reason why there is none."""
    return ibis.coalesce(records[name].cast("string"), ibis.literal("?") + records[f"{name}__state"])


def _joined(texts: list[ir.StringValue]) -> ir.StringValue:
    """Texts after one another; null where one is."""
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + "|" + text
    return joined
