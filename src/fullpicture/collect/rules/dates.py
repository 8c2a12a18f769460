"""Dates: in what order things happened, and what cannot have happened yet."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.collect.rules.facts import STAND_INS
from fullpicture.collect.rules.rule import rule

_FUTURE = "Give the day on which it happened; a year may be mistyped, or day and month swapped."
_ORDER = "Mend the day that is wrong; day and month may be swapped in one of them."


@rule(
    "DAT-001",
    "A crime is not recorded in the future",
    fields=["recorded_on or recorded_year"],
    severity="refuse",
    what="It is recorded after the day that this return describes.",
    mend=_FUTURE,
)
def recorded_in_the_future(crime: ir.Table) -> ir.BooleanValue:
    return (crime.recorded_on > crime.as_of) | (crime.recorded_in > crime.as_of.year())


@rule(
    "DAT-002",
    "A crime has the day or the year in which it was recorded",
    fields=["recorded_on or recorded_year"],
    severity="refuse",
    what="There is no day or year of recording that can be used.",
    mend="Give the day on which it was recorded as a crime.",
)
def recorded_at_no_time(crime: ir.Table) -> ir.BooleanValue:
    return crime.recorded_in.isnull()


@rule(
    "DAT-003",
    "A crime is reported before it is recorded, or on the same day",
    fields=["recorded_on", "reported_on"],
    what="It is recorded before it is reported.",
    mend=_ORDER,
)
def recorded_before_reported(crime: ir.Table) -> ir.BooleanValue:
    return crime.recorded_on < crime.reported_on


@rule(
    "DAT-004",
    "An offence begins before it is reported, or on the same day",
    fields=["reported_on", "offence_from"],
    what="It is reported before it begins.",
    mend=_ORDER,
)
def reported_before_it_began(crime: ir.Table) -> ir.BooleanValue:
    return crime.reported_on < crime.offence_began


@rule(
    "DAT-005",
    "An offence begins before it ends, or on the same day",
    fields=["offence_to", "offence_from"],
    what="It ends before it begins.",
    mend="Swap the two days if they are the wrong way round.",
)
def ended_before_it_began(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_ended < crime.offence_began


@rule(
    "DAT-006",
    "An outcome is given on or after the day of recording",
    fields=["outcome_on", "recorded_on"],
    what="The outcome is given before the crime is recorded.",
    mend=_ORDER,
)
def outcome_before_recorded(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_on < crime.recorded_on


@rule(
    "DAT-007",
    "An outcome is not in the future",
    fields=["outcome_on"],
    what="The outcome is given after the day that this return describes.",
    mend=_FUTURE,
)
def outcome_in_the_future(crime: ir.Table) -> ir.BooleanValue:
    return crime.outcome_on > crime.as_of


@rule(
    "DAT-008",
    "An offence begins before it is recorded, and not in the future",
    fields=["offence_from"],
    what="It begins after it is recorded, or after the day that this return describes.",
    mend=_FUTURE,
)
def began_after_recording(crime: ir.Table) -> ir.BooleanValue:
    return (crime.offence_began > crime.as_of) | (crime.offence_began > crime.recorded_on)


@rule(
    "DAT-009",
    "The days of an offence are real ones",
    fields=["offence_from or offence_to"],
    what="The offence is on a day that systems write where none is given, such as 1 January 1900.",
    mend="Give the day, or leave it empty if nobody knows it.",
)
def on_a_stand_in(crime: ir.Table) -> ir.BooleanValue:
    return crime.offence_from.isin(STAND_INS) | crime.offence_to.isin(STAND_INS)


@rule(
    "DAT-010",
    "A crime is recorded within a year of its report",
    fields=["recorded_on", "reported_on"],
    severity="note",
    what="It is recorded more than a year after it is reported.",
    mend="Check both days; nothing to do if they are right.",
)
def recorded_late(crime: ir.Table) -> ir.BooleanValue:
    return crime.recorded_on.delta(crime.reported_on, unit="day") > 366


@rule(
    "DAT-011",
    "A crime is recorded within the return's period",
    fields=["recorded_on or recorded_year"],
    severity="refuse",
    what="It is recorded outside the period that this return is for.",
    mend="Leave it out here and send it with the return of its own period; mend the day if it is wrong.",
)
def outside_the_period(crime: ir.Table) -> ir.BooleanValue:
    """By year where there is no day, and then only if all of that year is outside."""
    by_day = (crime.recorded_on < crime.first_day) | (crime.recorded_on > crime.last_day)
    by_year = (crime.recorded_in < crime.first_day.year()) | (crime.recorded_in > crime.last_day.year())
    return by_day | (by_year & (crime.recorded_year_basis == "recorded"))


@rule(
    "DAT-012",
    "Days from offence to report are not negative",
    fields=["days_to_report"],
    what="The number of days to the report is negative.",
    mend="Mend the days that it was worked out from.",
)
def negative_days_to_report(crime: ir.Table) -> ir.BooleanValue:
    return crime.days_to_report < 0


@rule(
    "DAT-013",
    "Days to the outcome are not negative",
    fields=["days_to_outcome"],
    what="The number of days to the outcome is negative.",
    mend="Mend the days that it was worked out from.",
)
def negative_days_to_outcome(crime: ir.Table) -> ir.BooleanValue:
    return crime.days_to_outcome < 0


@rule(
    "DAT-014",
    "Numbers of days agree with the days themselves",
    fields=["days_to_report or days_to_outcome"],
    what="A number of days differs from the days given by more than one.",
    mend="Work the number out again, or mend the day; the mapping says where the clock starts.",
)
def days_disagree(crime: ir.Table) -> ir.BooleanValue:
    """One day is allowed, because some systems count nights and others whole days of 24 hours."""
    clocks = (
        (crime.days_to_report_basis == "offence from to reported", crime.offence_from, crime.reported_on),
        (crime.days_to_report_basis == "offence from to recorded", crime.offence_from, crime.recorded_on),
        (crime.days_to_outcome_basis == "reported", crime.reported_on, crime.outcome_on),
        (crime.days_to_outcome_basis == "recorded", crime.recorded_on, crime.outcome_on),
    )
    counts = (crime.days_to_report, crime.days_to_report, crime.days_to_outcome, crime.days_to_outcome)
    differ = [
        basis & ((end.delta(start, unit="day") - days).abs() > 1)
        for (basis, start, end), days in zip(clocks, counts, strict=True)
    ]
    return differ[0] | differ[1] | differ[2] | differ[3]


@rule(
    "DAT-015",
    "The year agrees with the day",
    fields=["recorded_year", "recorded_on or reported_on"],
    what="The year is not that of the day given.",
    mend="Mend the year or the day.",
)
def year_disagrees(crime: ir.Table) -> ir.BooleanValue:
    recorded = (crime.recorded_year_basis == "recorded") & (crime.recorded_year != crime.recorded_on.year())
    reported = (crime.recorded_year_basis == "reported") & (crime.recorded_year != crime.reported_on.year())
    return recorded | reported


@rule(
    "DAT-016",
    "An offence was within the last hundred years",
    fields=["offence_from"],
    severity="note",
    what="It began over a hundred years before it is recorded.",
    mend="Check the year; nothing to do if it is right.",
)
def a_century_ago(crime: ir.Table) -> ir.BooleanValue:
    recorded_in = crime.recorded_in.fill_null(crime.as_of.year())
    return recorded_in - crime.offence_began.year() > 100


@rule(
    "DAT-017",
    "An offence ends before it is recorded, and not in the future",
    fields=["offence_to", "recorded_on"],
    what="It ends after it is recorded, or after the day that this return describes.",
    mend=_FUTURE,
)
def ended_after_recording(crime: ir.Table) -> ir.BooleanValue:
    """Not asked of the report: what is reported while it goes on may end between report and recording."""
    ended = crime.offence_to.notnull().ifelse(crime.offence_ended, ibis.null("date"))
    return (ended > crime.as_of) | (ended > crime.recorded_on)


@rule(
    "DAT-018",
    "A year is that of recording",
    fields=["recorded_year"],
    severity="note",
    what="There is no day of recording, and the year is that of the report or of the record's creation.",
    mend="Send the day or the year of recording. Until then the crime is counted in the year that is given.",
    once=True,
)
def year_of_another_day(crime: ir.Table) -> ir.BooleanValue:
    """Figures of the force and of its areas say so, if none of its crimes has a day of recording."""
    another = crime.recorded_year_basis.isin(["reported", "created"])
    return crime.recorded_on.isnull() & crime.recorded_year.notnull() & another
