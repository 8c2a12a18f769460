"""Duplicates: rows that stand for the same thing; the first in the file is kept."""

from __future__ import annotations

import ibis
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
    """All mapped fields are the same, and so are the reasons where there is no value.

    In a file of victims or of suspects, rows without a reference of the person are left to DUP-015.
    """
    return ~record.is_nameless & _said_before(record)


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
    return record.unit_key.notnull() & later & ~_said_before(record)


@rule(
    "DUP-013",
    "A crime, or a person in it, is in one return of the force",
    fields=["crime_ref"],
    severity="refuse",
    what="Another return of the force has the same crime and people.",
    mend="Send it in one of them, the right one; until then the return that is read first is counted.",
)
def given_in_another_return(record: ir.Table) -> ir.BooleanValue:
    """Only where both returns are of the same unit, and the row has all references that say what it is of; of
    a crime without a victim or a suspect, the others.
    """
    return record.given_before


@rule(
    "DUP-014",
    "What a force says of a crime is in one return",
    fields=["crime_ref"],
    what="Another return of the force tells of the same crime or of people in it.",
    mend="Nothing to do for the crime: it is counted once. Who has no reference is counted in both: give it.",
)
def told_in_another_return(record: ir.Table) -> ir.BooleanValue:
    """A file of people is compared with others that tell of such people, any other with those of crimes."""
    return record.told_before & ~record.given_before.fill_null(False)


@rule(
    "DUP-015",
    "People who are alike have references",
    fields=["crime_ref"],
    what="The row says the same as an earlier one, and no reference says whether it is of the same person.",
    mend="Give each person a reference; if they are one person, send one row. Until then both are counted.",
    among="row_key",
)
def alike_and_nameless(record: ir.Table) -> ir.BooleanValue:
    """In a file of victims or of suspects: two children of one age and sex in one crime are two children."""
    return record.is_nameless & _said_before(record)


@rule(
    "DUP-016",
    "A crime has one reference",
    fields=["victim_ref", "offence_code", "offence_from", "crime_ref"],
    what="An earlier crime has the same victim and suspect, the same offence and the same days.",
    mend="If they are one crime recorded twice, cancel one of them; nothing to do if they are two.",
    among="victim_ref",
)
def recorded_twice(record: ir.Table) -> ir.BooleanValue:
    """Another reference, and the same in all that tells crimes apart; the victim's age and sex as well.

    What one offender does to one victim in one incident is one crime (Home Office Crime Recording Rules,
    general rules: one crime per victim, finished incident). Both are counted until the force has looked.
    """
    alike = ("victim_ref", "suspect_ref", "offence_code", "offence_from", "offence_to")
    rows = ibis.window(group_by=[*alike, "victim_sex", "victim_age", "suspect_sex", "suspect_age"])
    is_later = record.place > record.place.min().over(rows)
    known = record.victim_ref.notnull() & record.offence_code.notnull() & record.offence_began.notnull()
    return known & is_later & (record.crime_ref.min().over(rows) != record.crime_ref.max().over(rows))


def _said_before(record: ir.Table) -> ir.BooleanValue:
    return record.place > record.place.min().over(group_by="everything")
