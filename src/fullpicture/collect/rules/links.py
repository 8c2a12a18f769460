"""Links: what belongs to one crime, one victim or one suspect and must agree."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.collect.rules.facts import STAND_INS, differs
from fullpicture.collect.rules.rule import rule

MOST_VICTIMS = 30
_OFTEN_OF_NOBODY = ("27", "86", "88D")
"""Soliciting, obscene publications, unnatural offences: often there is no victim whom anybody could name."""
_ONE_CRIME = "Give the same in all rows of a crime; if they are two crimes, give each its own reference."
_ONE_PERSON = "Give the same in all rows of a person; if they are two people, give each their own reference."


@rule(
    "LNK-001",
    "A record names its crime",
    fields=["crime_ref"],
    severity="refuse",
    what="There is no crime reference.",
    mend="Give the reference of the crime.",
)
def no_crime_reference(record: ir.Table) -> ir.BooleanValue:
    return record.crime_ref.isnull()


@rule(
    "LNK-002",
    "A crime has one day of recording",
    fields=["recorded_on", "crime_ref"],
    what="Rows of the same crime have another day of recording.",
    mend=_ONE_CRIME,
    among="crime_ref",
)
def two_days_of_recording(record: ir.Table) -> ir.BooleanValue:
    return differs(record.recorded_on, within="crime_ref")


@rule(
    "LNK-003",
    "A crime has one offence code",
    fields=["offence_code", "crime_ref"],
    what="Code {offence_code}, and rows of the same crime have another.",
    mend=_ONE_CRIME,
    among="crime_ref",
)
def two_offences(record: ir.Table) -> ir.BooleanValue:
    return differs(record.offence_code, within="crime_ref")


@rule(
    "LNK-004",
    "A crime has one outcome",
    fields=["outcome_type", "crime_ref"],
    what="Outcome {outcome_type}, and rows of the same crime have another.",
    mend=_ONE_CRIME,
    among="crime_ref",
)
def two_outcomes(record: ir.Table) -> ir.BooleanValue:
    return differs(record.outcome_type, within="crime_ref")


@rule(
    "LNK-005",
    "A victim has one sex",
    fields=["victim_sex", "victim_ref"],
    what="The victim is {victim_sex}, and rows of the same victim say otherwise.",
    mend=_ONE_PERSON,
    among="victim_ref",
)
def victim_of_two_sexes(record: ir.Table) -> ir.BooleanValue:
    return differs(record.victim_sex, within="victim_ref")


@rule(
    "LNK-006",
    "A victim has one age in a crime",
    fields=["victim_age", "victim_ref", "crime_ref"],
    what="Rows of the same victim and crime give ages that are more than a year apart.",
    mend=_ONE_PERSON,
    among="crime_ref",
)
def victim_of_two_ages(record: ir.Table) -> ir.BooleanValue:
    rows = ibis.window(group_by=["crime_ref", "victim_ref"])
    apart = record.victim_age.max().over(rows) - record.victim_age.min().over(rows)
    return record.victim_ref.notnull() & record.victim_age.notnull() & (apart > 1)


@rule(
    "LNK-007",
    "A suspect has one sex",
    fields=["suspect_sex", "suspect_ref"],
    what="The suspect is {suspect_sex}, and rows of the same suspect say otherwise.",
    mend=_ONE_PERSON,
    among="suspect_ref",
)
def suspect_of_two_sexes(record: ir.Table) -> ir.BooleanValue:
    return differs(record.suspect_sex, within="suspect_ref")


@rule(
    "LNK-008",
    "A relationship has a suspect",
    fields=["relationship", "suspect_ref or suspect_sex or suspect_age"],
    what="The suspect is given as {relationship} and there is no suspect.",
    mend="Give the suspect, or leave the relationship empty.",
)
def related_to_nobody(record: ir.Table) -> ir.BooleanValue:
    """A stranger may be known to be one and not be found."""
    return record.relationship.notnull() & (record.relationship != "stranger") & ~record.suspect_present


@rule(
    "LNK-009",
    "A victim and a suspect are two people",
    fields=["suspect_ref", "victim_ref"],
    what="Victim and suspect have the same reference.",
    mend="Give each person their own reference.",
)
def victim_is_suspect(record: ir.Table) -> ir.BooleanValue:
    return record.victim_ref == record.suspect_ref


@rule(
    "LNK-010",
    "The crime of a victim or suspect is delivered",
    fields=["crime_ref"],
    what="The force's return has no crime of this reference.",
    mend="Send the crime, or mend the reference; it may be written in another way there.",
)
def crime_not_delivered(record: ir.Table) -> ir.BooleanValue:
    """Only in a file of victims or suspects, with the force's crimes beside it."""
    return ~record.crime_delivered


@rule(
    "LNK-011",
    "A crime has few victims",
    fields=["victim_ref", "crime_ref"],
    severity="note",
    what=f"The crime has more than {MOST_VICTIMS} victims.",
    mend="Check that the crime reference is not one that stands for many; nothing to do if it is right.",
    among="crime_ref",
)
def many_victims(record: ir.Table) -> ir.BooleanValue:
    victims = record.victim_number.max().over(group_by="crime_ref")
    return record.victim_ref.notnull() & (victims >= MOST_VICTIMS)


@rule(
    "LNK-012",
    "A crime on a person has a victim",
    fields=["victim_ref or victim_sex or victim_age"],
    what="There is nothing of a victim.",
    mend="Give the victim; if there is none, say that it does not apply.",
)
def nobody_in_it(record: ir.Table) -> ir.BooleanValue:
    often = record.offence_code.isin(_OFTEN_OF_NOBODY).fill_null(False)
    images = (record.offence_class == "indecent images").fill_null(False)
    return ~record.victim_present & ~often & ~images


@rule(
    "LNK-013",
    "A relationship has a victim",
    fields=["relationship", "victim_ref"],
    what="The suspect is given as {relationship} and there is no victim.",
    mend="Give the victim, or leave the relationship empty.",
)
def related_to_no_victim(record: ir.Table) -> ir.BooleanValue:
    nobody = record.victim_ref__state.isin(["not recorded", "not applicable"])
    nothing = record.victim_sex.isnull() & record.victim_age.isnull()
    return record.relationship.notnull() & (record.relationship != "stranger") & nobody & nothing


@rule(
    "LNK-014",
    "Domestic abuse is not by a stranger",
    fields=["relationship", "domestic_abuse"],
    what="The flag for domestic abuse is {domestic_abuse} and the suspect is given as {relationship}.",
    mend="Mend the relationship, or the flag.",
)
def domestic_abuse_by_a_stranger(record: ir.Table) -> ir.BooleanValue:
    """Domestic Abuse Act 2021, section 1: the two are personally connected."""
    return (record.domestic_abuse == "yes") & (record.relationship == "stranger")


@rule(
    "LNK-015",
    "A familial offence is not by a stranger",
    fields=["relationship", "offence_code"],
    what="Code {offence_code} is a familial offence and the suspect is given as {relationship}.",
    mend="Mend the relationship, or the offence code.",
)
def familial_offence_by_a_stranger(record: ir.Table) -> ir.BooleanValue:
    """Sexual Offences Act 2003, sections 25, 26 and 64."""
    return (record.offence_code == "23") & (record.relationship == "stranger")


@rule(
    "LNK-016",
    "A victim is born on one day",
    fields=["victim_born_on", "victim_ref"],
    what="Rows of the same victim give another birth date.",
    mend=_ONE_PERSON,
    among="victim_ref",
)
def victim_born_twice(record: ir.Table) -> ir.BooleanValue:
    """Days that systems write where none is given are no birth dates."""
    stand_in = record.victim_born_on.isin(STAND_INS)
    return differs(stand_in.ifelse(ibis.null("date"), record.victim_born_on), within="victim_ref")


_COUNTED_EACH = "Give references of people: then each person is counted once, in however many rows."


@rule(
    "LNK-017",
    "A victim in several rows of a crime has a reference",
    fields=["crime_ref", "victim_sex or victim_age", "suspect_ref or suspect_sex or suspect_age"],
    severity="note",
    what="Rows of one crime have a victim alike and without a reference; each row is counted as a victim.",
    mend=_COUNTED_EACH,
    among="crime_ref",
    once=True,
)
def victim_without_reference_again(record: ir.Table) -> ir.BooleanValue:
    """Where rows are of victims with suspects: one victim and two suspects are two rows."""
    nameless = record.victim_ref.isnull() & record.victim_present
    return nameless & _again(record, nameless, ("victim_sex", "victim_age"))


@rule(
    "LNK-018",
    "A suspect in several rows of a crime has a reference",
    fields=["crime_ref", "suspect_sex or suspect_age", "victim_ref or victim_sex or victim_age"],
    severity="note",
    what="Rows of one crime have a suspect alike and without a reference; each row is counted as a suspect.",
    mend=_COUNTED_EACH,
    among="crime_ref",
    once=True,
)
def suspect_without_reference_again(record: ir.Table) -> ir.BooleanValue:
    """Where rows are of victims with suspects: two victims and one suspect are two rows."""
    nameless = record.suspect_ref.isnull() & record.suspect_present
    return nameless & _again(record, nameless, ("suspect_sex", "suspect_age"))


@rule(
    "LNK-019",
    "A victim has a reference",
    fields=["victim_ref"],
    severity="note",
    what="There is a victim without a reference, and the return gives references of victims.",
    mend="Give the reference; until then the victim is in no other row, and cannot be seen again.",
)
def victim_without_reference(record: ir.Table) -> ir.BooleanValue:
    """Not where the reference is unusable: that is a problem of its own."""
    told = record.victim_sex.notnull() | record.victim_age.notnull() | record.victim_born_on.notnull()
    missing = record.victim_ref__state.isin(["not recorded", "not applicable", "unknown"])
    return record.victim_ref.isnull() & missing & told


@rule(
    "LNK-020",
    "A suspect's ages fit each other",
    fields=["suspect_age", "suspect_ref", "offence_from"],
    what="Rows of the same suspect give ages that are years apart, each taken from the day of its offence.",
    mend=_ONE_PERSON,
    among="suspect_ref",
)
def suspect_of_two_ages(record: ir.Table) -> ir.BooleanValue:
    """The year of birth that follows differs by more than two: ages are often of the record, not the day."""
    born = record.offence_began.year() - record.suspect_age_at_offence
    rows = ibis.window(group_by="suspect_ref")
    return born.notnull() & (born.max().over(rows) - born.min().over(rows) > 2)


def _again(record: ir.Table, which: ir.BooleanValue, alike: tuple[str, ...]) -> ir.BooleanValue:
    """Whether several of these rows are of one crime and say the same of somebody."""
    rows = ibis.window(group_by=["crime_ref", *alike])
    return which.fill_null(False).cast("int64").sum().over(rows) > 1
