"""Faults of dates and outcomes, as a registrar meets them."""

from __future__ import annotations

from tests.faults_planted.planting import (
    Row,
    Rows,
    anywhere,
    cell_fault,
    day_of,
    fault,
    moved,
    where,
)

OPEN = where(Outcome_date="")
CLOSED = where(Outcome_date="*")
NO_SUSPECT = where(Suspect_ref="", Victim_ref="*", Outcome_date="*")
RAPES = ("19C", "19D", "19E", "19F", "19G", "19H")
ADULTS = tuple(str(age) for age in range(25, 60))


def is_recent(row: Row, rows: Rows) -> bool:
    return anywhere(row, rows) and (day_of(row["Recorded"]) - day_of(row["Offence from"])).days < 300


def is_old(row: Row, rows: Rows) -> bool:
    return anywhere(row, rows) and (day_of(row["Reported"]) - day_of(row["Offence to"])).days > 450


def unsaid(row: Row) -> None:
    """The days between dates are left out, so that only the dates themselves are wrong."""
    row.update({"Days to report": "", "Days to outcome": ""})


@fault("dates", "The offence ends a month before it begins.")
def ends_before_it_begins(row: Row, rows: Rows) -> None:
    row["Offence to"] = moved(row["Offence from"], -30)


@fault("dates", "The offence was reported ten days before it happened.", is_recent)
def reported_before_it_happened(row: Row, rows: Rows) -> None:
    row["Offence from"] = row["Offence to"] = moved(row["Reported"], 10)
    unsaid(row)


@fault("dates", "The offence goes on for forty days after it was reported and recorded.", is_recent)
def goes_on_after_the_report(row: Row, rows: Rows) -> None:
    row["Offence to"] = moved(row["Reported"], 40)


@fault("dates", "The crime was recorded 25 days before anybody reported it.", OPEN)
def recorded_before_the_report(row: Row, rows: Rows) -> None:
    row["Reported"] = moved(row["Recorded"], 25)
    unsaid(row)


@fault("dates", "Recorded 400 days after the report, when the counting rules allow 24 hours.", is_old)
def recorded_long_after_the_report(row: Row, rows: Rows) -> None:
    row["Reported"] = moved(row["Recorded"], -400)
    unsaid(row)


@fault("dates", "The day of recording is still to come (2026 typed for 2024).", OPEN)
def recorded_in_the_future(row: Row, rows: Rows) -> None:
    row["Recorded"] = row["Recorded"].replace("2024", "2026")
    row["Year"] = "2026"


@fault("dates", "The offence is said to have happened in 2042.", is_recent)
def happens_in_the_future(row: Row, rows: Rows) -> None:
    row["Offence from"] = row["Offence to"] = "12/03/2042"
    unsaid(row)


@fault("dates", "1 January 1900 is what the system writes where no date is known.")
def date_that_the_system_writes(row: Row, rows: Rows) -> None:
    row["Offence from"] = "01/01/1900"
    row.update({"Victim age": "", "Victim born": "", "Suspect age": "", "Suspect child": ""})
    unsaid(row)


@fault("dates", "The year of the offence was typed as 1824.")
def two_hundred_years_ago(row: Row, rows: Rows) -> None:
    row["Offence from"] = row["Offence from"][:6] + "1824"
    unsaid(row)


@fault("dates", "The year is not that of the day of recording.")
def year_of_another_day(row: Row, rows: Rows) -> None:
    row["Year"] = "2023"


@fault("dates", "The days to the report are not those between the two dates.")
def days_to_report_do_not_add_up(row: Row, rows: Rows) -> None:
    row["Days to report"] = str(int(row["Days to report"]) + 37)


@fault("dates", "The days from offence to report are below nothing.")
def days_below_nothing(row: Row, rows: Rows) -> None:
    row["Days to report"] = "-14"


@fault("dates", "The days to the outcome are not those between the two dates.", CLOSED)
def days_to_outcome_do_not_add_up(row: Row, rows: Rows) -> None:
    row["Days to outcome"] = str(int(row["Days to outcome"]) + 61)


@fault("dates", "Nobody wrote when the crime was recorded.", OPEN)
def no_day_of_recording(row: Row, rows: Rows) -> None:
    row.update({"Recorded": "", "Year": ""})


@fault("dates", "The outcome was given two weeks before the crime was reported.", CLOSED)
def outcome_before_the_report(row: Row, rows: Rows) -> None:
    row["Outcome date"] = moved(row["Reported"], -14)
    row["Days to outcome"] = ""


@fault("dates", "The outcome will be given a year from now.", CLOSED)
def outcome_in_the_future(row: Row, rows: Rows) -> None:
    row["Outcome date"] = "14/05/2026"
    row["Days to outcome"] = ""


cell_fault(
    "outcomes",
    "youth_caution_for_a_grown_man",
    "A youth caution for a suspect of 45, of an offence of last year.",
    where(Suspect_age=ADULTS, Outcome_date="*", HO_code=("20A", "86", "88E", "88A", "17A")),
    Outcome="2",
    Suspect_age="45",
)
cell_fault(
    "outcomes",
    "adult_caution_for_a_boy",
    "An adult caution for a suspect who was 12 at an offence a few weeks before.",
    lambda row, rows: (
        is_recent(row, rows)
        and bool(row["Suspect ref"] and row["Outcome date"])
        and row["HO code"] in ("88A", "86", "22B", "20A", "17A", "20B", "17B")
        and row["Relationship"] in ("", "Stranger", "Acquaintance")
    ),
    Outcome="3",
    Suspect_age="12",
    Suspect_child="Yes",
)
cell_fault(
    "outcomes",
    "under_age_for_a_grown_man",
    "Prosecution prevented because the suspect is under age, and he is 30.",
    where(Suspect_age=ADULTS, Outcome_date="*"),
    Outcome="11",
)
cell_fault(
    "outcomes", "charged_nobody", "Somebody was charged, and no suspect is named.", NO_SUSPECT, Outcome="1"
)
cell_fault(
    "outcomes",
    "identified_nobody",
    "Suspect identified and victim supports action (15), and no suspect is named.",
    NO_SUSPECT,
    Outcome="15",
)
cell_fault(
    "outcomes",
    "withdrawn_with_nobody_identified",
    "Suspect identified, victim does not support action (16), and no suspect is named; that is 14.",
    NO_SUSPECT,
    Outcome="16",
)
cell_fault(
    "outcomes",
    "not_identified_but_named",
    "Suspect not identified (14), and a suspect is named; that is 16.",
    where(Outcome="16", Suspect_ref="*"),
    Outcome="14",
)
cell_fault(
    "outcomes",
    "no_suspect_but_named",
    "Investigation complete, no suspect identified (18), and a suspect is named.",
    where(Outcome=("15", "1"), Suspect_ref="*"),
    Outcome="18",
)
cell_fault("outcomes", "nobody_died", "The offender died, and there is no offender.", NO_SUSPECT, Outcome="5")
cell_fault(
    "outcomes",
    "rape_on_a_fixed_penalty",
    "A penalty notice for disorder cannot be given for rape.",
    where(HO_code=RAPES, Suspect_age=ADULTS, Outcome_date="*"),
    Outcome="6",
)
cell_fault(
    "outcomes",
    "rape_as_cannabis",
    "A cannabis warning cannot be given for a sexual offence.",
    where(HO_code=(*RAPES, "20A", "17A"), Suspect_age=ADULTS, Outcome_date="*"),
    Outcome="7",
)
cell_fault(
    "outcomes",
    "rape_resolved_in_the_community",
    "A community resolution for a rape is not open to the police without somebody asking.",
    where(HO_code=RAPES, Suspect_age=ADULTS, Outcome_date="*"),
    Outcome="8",
)
cell_fault(
    "outcomes",
    "sexual_offence_as_fraud",
    "Passed to the National Fraud Intelligence Bureau, and it is no fraud.",
    where(HO_code=(*RAPES, "20A", "20B", "88A"), Outcome_date="*"),
    Outcome="19",
)
cell_fault(
    "outcomes",
    "time_limit_of_a_rape",
    "The time limit expired for a rape, which has none.",
    where(HO_code=RAPES, Suspect_age=ADULTS, Outcome_date="*"),
    Outcome="17",
)
cell_fault(
    "outcomes",
    "closed_without_a_day",
    "The crime has an outcome and nobody wrote when.",
    CLOSED,
    Outcome_date="",
    Days_to_outcome="",
)
cell_fault(
    "outcomes", "day_without_an_outcome", "The day of the outcome, and no outcome.", CLOSED, Outcome=""
)
cell_fault(
    "outcomes",
    "open_with_a_day",
    "Not yet assigned an outcome (0), and the day of the outcome is given.",
    CLOSED,
    Outcome="0",
)
cell_fault(
    "outcomes",
    "no_victim_to_withdraw",
    "The victim does not support action, of images in which nobody was identified.",
    where(HO_code="86", Victim_ref="", Outcome_date="*", Suspect_ref="*"),
    Outcome="16",
)
cell_fault(
    "outcomes",
    "cancelled_and_still_here",
    "The crime was cancelled and is no crime, and is still in the return.",
    CLOSED,
    Outcome="cancelled",
)
cell_fault(
    "outcomes",
    "incident_and_still_here",
    "It was filed as an incident and not as a crime, and is still in the return.",
    CLOSED,
    Outcome="incident",
)
cell_fault(
    "ages",
    "charged_at_eight",
    "A child of eight was charged, which the law does not allow before ten.",
    where(Outcome="11", Outcome_date="*"),
    Outcome="1",
    Suspect_age="8",
)
