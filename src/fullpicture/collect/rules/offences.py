"""Offences: what a Home Office code says of the victim, beside what the record says."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.collect.rules import offence_codes
from fullpicture.collect.rules.rule import rule

_AGE = "Mend the offence code, or the victim's age at the offence."
_SEX = "Mend the offence code, or the victim's sex."
_FLAG = "Mend the flag, or the victim's age at the offence."


@rule(
    "OFF-001",
    "A crime has an offence",
    fields=["offence_code or offence_class"],
    severity="refuse",
    what="There is no offence code and no offence class that can be used.",
    mend="Give the Home Office code of the offence.",
)
def no_offence(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isnull() & crime.offence_class.isnull()


@rule(
    "OFF-002",
    "A reported incident of rape is not a crime",
    fields=["offence_code"],
    severity="refuse",
    what="Code {offence_code} is a reported incident.",
    mend="Nothing to do if that is right: it is in no figure.",
)
def reported_incident(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.reported_incidents())


@rule(
    "OFF-003",
    "An offence on a female has a female victim",
    fields=["victim_sex", "offence_code"],
    what="Code {offence_code} is an offence on a female and the victim is male.",
    mend=_SEX,
)
def female_offence_male_victim(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.on("female")) & (crime.victim_sex == "male")


@rule(
    "OFF-004",
    "An offence on a male has a male victim",
    fields=["victim_sex", "offence_code"],
    what="Code {offence_code} is an offence on a male and the victim is female.",
    mend=_SEX,
)
def male_offence_female_victim(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.on("male")) & (crime.victim_sex == "female")


@rule(
    "OFF-005",
    "An offence on a child under 13 has a victim under 13",
    fields=["victim_age", "offence_code"],
    what="Code {offence_code} is an offence on a child under 13 and the victim was older.",
    mend=_AGE,
)
def too_old_for_under_13(crime: ir.Table) -> ir.BooleanValue:
    under_13 = offence_codes.naming_a_child(oldest=(12,))
    return crime.offence_code.isin(under_13) & (crime.victim_age_at_offence >= 13)


@rule(
    "OFF-006",
    "An offence on a child under 16 has a victim under 16",
    fields=["victim_age", "offence_code"],
    what="Code {offence_code} is an offence on a child under 16 and the victim was older.",
    mend=_AGE,
)
def too_old_for_under_16(crime: ir.Table) -> ir.BooleanValue:
    under_16 = offence_codes.naming_a_child(oldest=(15,))
    return crime.offence_code.isin(under_16) & (crime.victim_age_at_offence >= 16)


@rule(
    "OFF-007",
    "An offence on somebody of 16 or over has a victim of 16 or over",
    fields=["victim_age", "offence_code"],
    what="Code {offence_code} is an offence on somebody of 16 or over and the victim was younger.",
    mend=_AGE,
)
def too_young_for_16(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.from_age(16)) & (crime.victim_age_at_offence < 16)


@rule(
    "OFF-008",
    "An offence on somebody of 13 or over has a victim of 13 or over",
    fields=["victim_age", "offence_code"],
    what="Code {offence_code} is an offence on somebody of 13 or over and the victim was younger.",
    mend=_AGE,
)
def too_young_for_13(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.from_age(13)) & (crime.victim_age_at_offence < 13)


@rule(
    "OFF-009",
    "An offence that names a child is child sexual abuse",
    fields=["csa", "offence_code"],
    what="Code {offence_code} names a child and the flag for child sexual abuse is {csa}.",
    mend="Set the flag, or mend the offence code. The crime is counted by its offence either way.",
)
def child_offence_not_flagged(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_code.isin(offence_codes.naming_a_child()) & (crime.csa == "no")


@rule(
    "OFF-010",
    "Child sexual exploitation has a victim under 18",
    fields=["cse", "victim_age"],
    what="The flag for child sexual exploitation is {cse} and the victim was 18 or over.",
    mend=_FLAG,
)
def exploited_adult(crime: ir.Table) -> ir.BooleanValue:
    return (crime.cse == "yes") & (crime.victim_age_at_offence >= 18)


@rule(
    "OFF-011",
    "Child sexual abuse has a victim under 18",
    fields=["csa", "victim_age"],
    what="The flag for child sexual abuse is {csa} and the victim was 18 or over.",
    mend=_FLAG,
)
def abused_adult(crime: ir.Table) -> ir.BooleanValue:
    return (crime.csa == "yes") & (crime.victim_age_at_offence >= 18)


@rule(
    "OFF-012",
    "Obscene publications say whether they show children",
    fields=["offence_code"],
    severity="note",
    what="Code {offence_code} has no flag and no victim's age at the offence: it may be of children or not.",
    mend="Set the flag for child sexual abuse, yes or no. Until then it is counted as undecided.",
)
def images_of_nobody_knows_whom(crime: ir.Table) -> ir.BooleanValue:
    unflagged = crime.csa.isnull() & crime.cse.isnull()
    return (crime.offence_code == "86") & unflagged & crime.victim_age_at_offence.isnull()


@rule(
    "OFF-013",
    "Rape is a contact offence",
    fields=["contact", "offence_code or offence_class"],
    what="The offence is rape and contact is {contact}.",
    mend="Mend the offence, or the flag.",
)
def rape_without_contact(crime: ir.Table) -> ir.BooleanValue:
    by_code = crime.offence_code.isin(offence_codes.classes()["rape"]).fill_null(False)
    return (by_code | (crime.offence_class == "rape")) & (crime.contact == "no")


@rule(
    "OFF-014",
    "The class of an offence is that of its code",
    fields=["offence_class", "offence_code"],
    what="Code {offence_code} is not of class {offence_class}.",
    mend="Mend the code or the class; figures go by the code.",
)
def class_disagrees(crime: ir.Table) -> ir.BooleanValue:
    pairs = offence_codes.classes().items()
    return ibis.or_(
        *(crime.offence_code.isin(codes) & (crime.offence_class != name) for name, codes in pairs)
    )


@rule(
    "OFF-015",
    "Abuse of a position of trust or exploitation of a child has a victim under 18",
    fields=["victim_age", "offence_code"],
    what="Code {offence_code} is an offence on somebody under 18 and the victim was older.",
    mend=_AGE,
)
def too_old_for_under_18(crime: ir.Table) -> ir.BooleanValue:
    under_18 = offence_codes.naming_a_child(oldest=(17,))
    return crime.offence_code.isin(under_18) & (crime.victim_age_at_offence >= 18)


@rule(
    "OFF-016",
    "What happens online has an online part",
    fields=["online", "location_kind"],
    what="The place is {location_kind} and the flag for an online part is {online}.",
    mend="Mend the flag, or the place.",
)
def online_but_not_flagged(crime: ir.Table) -> ir.BooleanValue:
    return (crime.location_kind == "online") & (crime.online == "no")


@rule(
    "OFF-017",
    "Rape happens at a place",
    fields=["location_kind", "offence_code or offence_class"],
    what="The offence is rape and the place is {location_kind}.",
    mend="Give the place where it happened, or mend the offence; that it had an online part is a flag.",
)
def rape_online(crime: ir.Table) -> ir.BooleanValue:
    by_code = crime.offence_code.isin(offence_codes.classes()["rape"]).fill_null(False)
    return (by_code | (crime.offence_class == "rape")) & (crime.location_kind == "online")
