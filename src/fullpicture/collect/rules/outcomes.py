"""Outcomes: Home Office outcome types, their days, and who must be there for them."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from fullpicture.collect.rules import offence_codes
from fullpicture.collect.rules.rule import rule

_SUSPECT = "suspect_ref or suspect_sex or suspect_age"
_VICTIM = "victim_ref or victim_sex or victim_age"
_WHO = "Mend the outcome type, or the suspect."
_TO_A_SUSPECT = ("2", "2A", "3", "3A", "4", "5", "6", "7", "8", "9", "10", "11", "12", "17", "22")
"""Outcomes that somebody is given, or of which the framework says that a suspect was identified."""
_FRAMEWORK = 2014
"""The outcomes framework holds for crimes recorded from April 2014."""


@rule(
    "OUT-001",
    "An outcome with a day has a type",
    fields=["outcome_type", "outcome_on"],
    what="There is a day of an outcome and no outcome type.",
    mend="Give the outcome type, or leave the day empty while the crime is open.",
)
def day_without_type(crime: ir.Table) -> ir.BooleanValue:
    """An outcome type that cannot be read is a problem of its own (MAP-001)."""
    return (
        crime.outcome_on.notnull() & crime.outcome_type.isnull() & (crime.outcome_type__state != "unusable")
    )


@rule(
    "OUT-002",
    "An outcome with a type has a day",
    fields=["outcome_on", "outcome_type"],
    what="Outcome {outcome_type} has no day.",
    mend="Give the day of the outcome.",
)
def type_without_day(crime: ir.Table) -> ir.BooleanValue:
    given = crime.outcome_type.notin(["0", "cancelled", "incident"])
    return given & crime.outcome_on.isnull() & (crime.outcome_on__state != "unusable")


@rule(
    "OUT-003",
    "Outcome 22 is given from 1 April 2019",
    fields=["outcome_type", "outcome_on"],
    what="Outcome {outcome_type} is given before it existed.",
    mend="Give the outcome type that was in use, or mend the day.",
)
def diversion_too_early(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "22") & (crime.outcome_on < date(2019, 4, 1))


@rule(
    "OUT-004",
    "Outcome 21 is given from January 2016",
    fields=["outcome_type", "outcome_on"],
    what="Outcome {outcome_type} is given before it existed.",
    mend="Give the outcome type that was in use, or mend the day.",
)
def not_in_the_public_interest_too_early(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "21") & (crime.outcome_on < date(2016, 1, 1))


@rule(
    "OUT-005",
    "Outcome 19 is for fraud",
    fields=["outcome_type", "offence_code or offence_class"],
    what="Outcome {outcome_type} is for fraud cases and this is another offence.",
    mend="Give the outcome that the crime had in the force.",
)
def fraud_outcome_elsewhere(crime: ir.Table) -> ir.BooleanValue:
    """Fraud is in the class "other"; every class that has codes of its own in the list is something else."""
    classes = offence_codes.classes()
    codes = [code for each in classes.values() for code in each]
    another = crime.offence_code.isin(codes).fill_null(False) | crime.offence_class.isin(tuple(classes))
    return (crime.outcome_type == "19") & another


@rule(
    "OUT-006",
    "Outcomes 1A, 2A and 3A are for an alternative offence",
    fields=["outcome_type"],
    severity="note",
    what="Outcome {outcome_type}: the outcome is for another offence than the one recorded.",
    mend="Nothing to do: it is counted with 1, 2 or 3, and its offence as recorded.",
)
def alternative_offence(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type.isin(["1A", "2A", "3A"])


@rule(
    "OUT-007",
    "A crime without an outcome has no day of one",
    fields=["outcome_type", "outcome_on"],
    what="Outcome {outcome_type}, not yet assigned, has a day.",
    mend="Give the outcome type, or leave the day empty while the crime is open.",
)
def open_with_a_day(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "0") & crime.outcome_on.notnull()


@rule(
    "OUT-008",
    "Outcome 18 has no suspect",
    fields=["outcome_type", _SUSPECT],
    what="Outcome {outcome_type}, no suspect identified, and there is a suspect.",
    mend=_WHO,
    since=_FRAMEWORK,
)
def nobody_identified_but_a_suspect(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "18") & crime.suspect_present


@rule(
    "OUT-009",
    "Outcome 14 has no suspect",
    fields=["outcome_type", _SUSPECT],
    what="Outcome {outcome_type}, suspect not identified, and there is a suspect.",
    mend="If the suspect was identified it is outcome 16. Mend the outcome type, or the suspect.",
    since=_FRAMEWORK,
)
def not_identified_but_a_suspect(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "14") & crime.suspect_present


@rule(
    "OUT-010",
    "Outcomes 15 and 16 have a suspect",
    fields=["outcome_type", _SUSPECT],
    what="Outcome {outcome_type}, suspect identified, and there is no suspect.",
    mend=_WHO,
    since=_FRAMEWORK,
)
def identified_but_no_suspect(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type.isin(["15", "16"]) & ~crime.suspect_present


@rule(
    "OUT-011",
    "A charge has a suspect",
    fields=["outcome_type", _SUSPECT],
    what="Outcome {outcome_type}, charged or summonsed, and there is no suspect.",
    mend="Give the suspect, or mend the outcome type.",
)
def charged_without_suspect(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type.isin(["1", "1A"]) & ~crime.suspect_present


@rule(
    "OUT-012",
    "A youth caution is for somebody under 18",
    fields=["outcome_type", "suspect_age"],
    what="Outcome {outcome_type}, a youth caution, and the suspect was 18 or over at the offence.",
    mend="Mend the outcome type, or the suspect's age.",
)
def youth_caution_for_an_adult(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type.isin(["2", "2A"]) & (crime.suspect_age_at_offence >= 18)


@rule(
    "OUT-013",
    "An adult caution is for somebody of 18 or over",
    fields=["outcome_type", "suspect_age"],
    what="Outcome {outcome_type}, an adult caution, and the suspect was under 18.",
    mend="Mend the outcome type, or the suspect's age.",
)
def adult_caution_for_a_child(crime: ir.Table) -> ir.BooleanValue:
    """Whole years between offence and outcome are added to the age: a caution goes by the age when given."""
    days = crime.outcome_on.delta(crime.offence_from, unit="day").cast("int64")
    years = ibis.greatest(days // 365, 0).fill_null(0)
    return crime.outcome_type.isin(["3", "3A"]) & (crime.suspect_age_at_offence + years < 18)


@rule(
    "OUT-014",
    "A withdrawn crime must have a victim",
    fields=["outcome_type", _VICTIM],
    what="Outcome {outcome_type}, the victim does not support action, and there is no victim.",
    mend="Give the victim, or mend the outcome type.",
    since=_FRAMEWORK,
)
def withdrawn_without_victim(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type.isin(["14", "16"]) & ~crime.victim_present


@rule(
    "OUT-015",
    "Outcome 11 is for a suspect under 10",
    fields=["outcome_type", "suspect_age"],
    what="Outcome {outcome_type}, suspect under the age of responsibility, and the suspect was 10 or over.",
    mend="Mend the outcome type, or the suspect's age.",
)
def under_age_but_ten(crime: ir.Table) -> ir.BooleanValue:
    return (crime.outcome_type == "11") & (crime.suspect_age_at_offence >= 10)


@rule(
    "OUT-016",
    "A cancelled record is not a crime",
    fields=["outcome_type"],
    severity="refuse",
    what="The record was cancelled as no crime, transferred, or recorded in error.",
    mend="Nothing to do if that is right: it is in no figure.",
)
def cancelled(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type == "cancelled"


@rule(
    "OUT-017",
    "An incident is not a crime",
    fields=["outcome_type"],
    severity="refuse",
    what="The record was filed as an incident.",
    mend="Nothing to do if that is right: it is in no figure.",
)
def incident(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_type == "incident"


@rule(
    "OUT-018",
    "An outcome given to a suspect has one",
    fields=["outcome_type", _SUSPECT],
    what="Outcome {outcome_type} is given to a suspect, and there is no suspect.",
    mend=_WHO,
    since=_FRAMEWORK,
)
def given_to_nobody(crime: ir.Table) -> ir.BooleanValue:
    """Charges are asked for by OUT-011, outcomes 15 and 16 by OUT-010."""
    return crime.outcome_type.isin(_TO_A_SUSPECT) & ~crime.suspect_present


@rule(
    "OUT-019",
    "Penalty notices and drug warnings are not for sexual offences",
    fields=["outcome_type", "offence_code or offence_class"],
    what="Outcome {outcome_type} cannot be given for this offence.",
    mend="Mend the outcome type, or the offence.",
)
def penalty_for_a_sexual_offence(crime: ir.Table) -> ir.BooleanValue:
    """Penalty notices are for the offences in section 1 of the Criminal Justice and Police Act 2001."""
    classes = offence_codes.classes()
    sexual = ("rape", "other sexual offence", "indecent images", "exploitation")
    codes = [code for name in sexual for code in classes[name]]
    found = crime.offence_code.isin(codes).fill_null(False) | crime.offence_class.isin(sexual)
    return crime.outcome_type.isin(["6", "7"]) & found


@rule(
    "OUT-020",
    "Outcome 17 is not for rape",
    fields=["outcome_type", "offence_code or offence_class"],
    what="Outcome {outcome_type}, time limit expired, and rape has no time limit.",
    mend="Mend the outcome type, or the offence.",
)
def time_limit_of_a_rape(crime: ir.Table) -> ir.BooleanValue:
    by_code = crime.offence_code.isin(offence_codes.classes()["rape"]).fill_null(False)
    return (crime.outcome_type == "17") & (by_code | (crime.offence_class == "rape"))
