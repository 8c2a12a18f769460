"""Ages: what nobody can be, and what does not go together."""

from __future__ import annotations

import ibis.expr.types as ir

from fullpicture.collect.rules.rule import rule

_PARTNERS = ("intimate partner", "ex-partner")


@rule(
    "AGE-001",
    "A victim is 105 or younger",
    fields=["victim_age"],
    what="The victim's age is over 105.",
    mend="Mend the age or the birth date; leave it empty if nobody knows it.",
)
def very_old_victim(record: ir.Table) -> ir.BooleanValue:
    return record.victim_age > 105


@rule(
    "AGE-002",
    "A suspect is 10 or older, unless the outcome is 11",
    fields=["suspect_age"],
    what="The suspect is under 10, the age of criminal responsibility.",
    mend="Mend the age, for victim and suspect may be swapped; if it is right the outcome is 11.",
)
def suspect_under_ten(record: ir.Table) -> ir.BooleanValue:
    """On whatever day the age was taken: nobody was older at the offence than afterwards."""
    return (record.suspect_age < 10) & ~(record.outcome_type == "11").fill_null(False)


@rule(
    "AGE-003",
    "A suspect is 100 or younger",
    fields=["suspect_age"],
    what="The suspect's age is over 100.",
    mend="Mend the age or the birth date; leave it empty if nobody knows it.",
)
def very_old_suspect(record: ir.Table) -> ir.BooleanValue:
    return record.suspect_age > 100


@rule(
    "AGE-004",
    "A suspect flagged as aged 10 to 17 is 10 to 17",
    fields=["suspect_child", "suspect_age"],
    what="The flag for a suspect aged 10 to 17 is {suspect_child} and the age at the offence is another.",
    mend="Mend the flag, or the suspect's age at the offence.",
)
def flagged_as_child(record: ir.Table) -> ir.BooleanValue:
    return (record.suspect_child == "yes") & ~record.suspect_age_at_offence.between(10, 17)


@rule(
    "AGE-005",
    "A suspect not flagged as aged 10 to 17 is not 10 to 17",
    fields=["suspect_child", "suspect_age"],
    what="The flag for a suspect aged 10 to 17 is {suspect_child} and so old was the suspect at the offence.",
    mend="Mend the flag, or the suspect's age at the offence.",
)
def not_flagged_as_child(record: ir.Table) -> ir.BooleanValue:
    return (record.suspect_child == "no") & record.suspect_age_at_offence.between(10, 17)


@rule(
    "AGE-006",
    "Ages are those at the offence",
    fields=["victim_age or suspect_age"],
    severity="note",
    what="The age was taken when the record was created, not at the offence.",
    mend="Send the age at the offence, or the birth date. Until then figures of age leave it out.",
    once=True,
)
def age_at_creation(record: ir.Table) -> ir.BooleanValue:
    victim = record.victim_age.notnull() & (record.victim_age_basis == "record created")
    suspect = record.suspect_age.notnull() & (record.suspect_age_basis == "record created")
    return victim | suspect


@rule(
    "AGE-007",
    "A victim's age agrees with the birth date",
    fields=["victim_age", "victim_born_on", "offence_from or offence_to"],
    what="The victim's age at the offence is not what the birth date gives.",
    mend="Mend the age, the birth date or the day of the offence.",
)
def age_disagrees(record: ir.Table) -> ir.BooleanValue:
    """An age on any day of the offence, first to last, agrees."""
    age = record.victim_age_at_offence
    first, last = record.offence_began, record.offence_ended
    return (age < _age_on(first, record.victim_born_on)) | (age > _age_on(last, record.victim_born_on))


@rule(
    "AGE-008",
    "A victim is born before the offence",
    fields=["victim_born_on", "offence_from or offence_to"],
    what="The victim is born after the offence.",
    mend="Mend the birth date or the day of the offence; the birth date's century may be wrong.",
)
def born_afterwards(record: ir.Table) -> ir.BooleanValue:
    return record.victim_born_on > record.offence_ended


@rule(
    "AGE-009",
    "A child under 10 has no partner",
    fields=["relationship", "victim_age"],
    what="The suspect is given as {relationship} of a victim under 10.",
    mend="Mend the relationship, or the victim's age.",
)
def partner_of_a_child(record: ir.Table) -> ir.BooleanValue:
    return record.relationship.isin(_PARTNERS) & (record.victim_age < 10)


@rule(
    "AGE-010",
    "A parent is at least 10 years older than the victim",
    fields=["relationship", "victim_age", "suspect_age"],
    what="The suspect is given as {relationship} and is not 10 years older than the victim.",
    mend="Mend the relationship or the ages; the relationship may be written the other way round.",
)
def young_parent(record: ir.Table) -> ir.BooleanValue:
    """Only where both ages were taken on the same kind of day."""
    same_basis = record.victim_age_basis == record.suspect_age_basis
    younger = record.suspect_age < record.victim_age + 10
    return (record.relationship == "parent") & same_basis & younger


def _age_on(day: ir.DateValue, born: ir.DateValue) -> ir.IntegerValue:
    """Whole years; nobody's birthday of 29 February comes before 1 March."""
    before = day.month() * 100 + day.day() < born.month() * 100 + born.day()
    return day.year() - born.year() - before.ifelse(1, 0)


@rule(
    "AGE-011",
    "An abuse of trust is by an adult",
    fields=["suspect_age", "offence_code"],
    what="Code {offence_code} is an abuse of trust, and the suspect is under 18 at the offence.",
    mend="Mend the suspect's age at the offence, or the offence code.",
)
def trusted_and_under_18(record: ir.Table) -> ir.BooleanValue:
    """Sexual Offences Act 2003, sections 16 to 19: a person aged 18 or over."""
    return (record.offence_code == "73") & (record.suspect_age_at_offence < 18)
