"""Duplicates: rows that stand for the same thing; the first in the file is kept."""

from __future__ import annotations

import ibis.expr.types as ir

from fullpicture.collect.rules.rule import rule


@rule(
    "DUP-011",
    "A row is given once",
    fields=["crime_ref"],
    severity="refuse",
    what="The row says the same as an earlier one.",
    mend="Nothing to do: it is counted once. If the rows are of different people, give their references.",
    among="row_key",
)
def identical(record: ir.Table) -> ir.BooleanValue:
    """All mapped fields are the same, and so are the reasons where there is no value."""
    return record.place > record.place.min().over(group_by="everything")


@rule(
    "DUP-012",
    "A crime, or a person in it, is given once",
    fields=["crime_ref"],
    severity="refuse",
    what="An earlier row is of the same crime and people and says something else.",
    mend="Send one row, the right one; until then the first is counted.",
    among="row_key",
)
def given_again(record: ir.Table) -> ir.BooleanValue:
    """Only where the return maps all references that say what a row is of, and the row has them."""
    later = record.place > record.place.min().over(group_by="unit_key")
    return record.unit_key.notnull() & later & ~identical.condition(record)
