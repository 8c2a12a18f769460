"""Faults of ages and links: what does not fit the people of whom it is said, or who belongs to what."""

from __future__ import annotations

from tests.faults_planted.faults_of_dates import RAPES
from tests.faults_planted.planting import Row, Rows, cell_fault, fault, moved, shared, where

ADULTS = tuple(str(age) for age in range(25, 60))
LAX = ("11A", "13", "36", "106", "88C", "22A", "88E")
"""Offences that name no age."""
UNBORN = {"Victim_born": ""}


def of_crime_with_more_rows(row: Row, rows: Rows) -> bool:
    return shared(row, rows, "Crime number")


def others_of(row: Row, rows: Rows, *headers: str) -> Rows:
    return [
        one for one in rows if one is not row and row[headers[0]] and all(one[h] == row[h] for h in headers)
    ]


def victim_again(row: Row, rows: Rows) -> bool:
    found = others_of(row, rows, "Victim ref")
    return any(one["Crime number"] != row["Crime number"] for one in found)


def suspect_again(row: Row, rows: Rows) -> bool:
    found = others_of(row, rows, "Suspect ref")
    return not shared(row, rows, "Crime number") and any(
        one["Crime number"] != row["Crime number"] for one in found
    )


# Ages.
@fault(
    "ages",
    "The age is 14 more than the birth date gives, as taken today.",
    where(Victim_born="*", HO_code=LAX, Relationship=("Stranger", "Acquaintance", "Associate")),
)
def age_of_another_day(row: Row, rows: Rows) -> None:
    row["Victim age"] = str(int(row["Victim age"]) + 14)
    row["CSA"] = "No" if int(row["Victim age"]) >= 18 else row["CSA"]


@fault("ages", "The victim was born a year after the offence.", where(Victim_born="*", HO_code=LAX))
def born_after_the_offence(row: Row, rows: Rows) -> None:
    row["Victim born"] = moved(row["Offence to"], 365)
    row["Victim age"] = ""


@fault("ages", "The victim's birth date is the system's 1 January 1900.", where(Victim_born="*", HO_code=LAX))
def birth_date_that_the_system_writes(row: Row, rows: Rows) -> None:
    row["Victim born"] = "01/01/1900"


@fault("ages", "The parent is younger than the child.", where(Relationship="Parent"))
def parent_younger_than_the_child(row: Row, rows: Rows) -> None:
    young = max(0, int(row["Victim age"]) - 1)
    row.update({"Suspect age": str(max(10, young)), "Suspect child": "Yes"})
    if int(row["Victim age"]) < 11:
        row.update({"Suspect age": "12"})


cell_fault(
    "ages",
    "partner_of_a_child_of_five",
    "The suspect is said to be the intimate partner of a child of five.",
    where(HO_code=("19E", "20B", "17B", "21"), Suspect_age=ADULTS),
    Relationship="Intimate partner",
    Victim_age="5",
    **UNBORN,
)
cell_fault(
    "ages",
    "domestic_abuse_of_a_child_of_eight",
    "Domestic abuse in law is between people of 16 and over; the victim was eight.",
    where(HO_code=("21", "20B", "17B"), Relationship=("Parent", "Other family"), Suspect_age=ADULTS),
    Domestic_abuse="Yes",
    Victim_age="8",
    **UNBORN,
)
cell_fault(
    "offences",
    "child_abuse_of_a_woman_of_45",
    "Flagged as child sexual abuse, and the victim was 45 at the offence.",
    where(HO_code=("22A", "88E", "88C")),
    CSA="Yes",
    Victim_age="45",
    **UNBORN,
)
cell_fault(
    "offences",
    "child_exploitation_of_a_man_of_52",
    "Flagged as child sexual exploitation, and the victim was 52 at the offence.",
    where(HO_code=("22A", "88E", "88C")),
    CSE="Yes",
    CSA="Yes",
    Victim_age="52",
    **UNBORN,
)
cell_fault(
    "ages",
    "child_of_forty",
    "The suspect is marked as a child of 10 to 17, and is 40.",
    where(Suspect_age=ADULTS, HO_code=("88A", "86", "22A", "20A")),
    Suspect_child="Yes",
    Suspect_age="40",
)
cell_fault(
    "ages",
    "no_child_at_fifteen",
    "The suspect was 15, and is marked as no child of 10 to 17.",
    where(Suspect_age=("13", "14", "15", "16"), Suspect_child="Yes"),
    Suspect_child="No",
)
cell_fault(
    "ages",
    "suspect_of_two",
    "A suspect of two years: the victim's age stands in the suspect's column.",
    where(Suspect_age="*", Outcome_date="", Relationship=("Stranger", "Acquaintance")),
    Suspect_age="2",
    Suspect_child="No",
)
cell_fault(
    "ages",
    "victim_of_118",
    "A victim of 118 years.",
    where(HO_code=("22A", "88C", "36"), Relationship=("Stranger", "Acquaintance", "Associate")),
    Victim_age="118",
    **UNBORN,
)
cell_fault(
    "ages",
    "suspect_of_117",
    "A suspect of 117 years.",
    where(Suspect_age=ADULTS, Relationship=("Stranger", "Acquaintance", "Associate")),
    Suspect_age="117",
)
cell_fault(
    "ages",
    "trusted_at_fourteen",
    "A position of trust is held by adults, and the suspect was 14.",
    where(HO_code="73"),
    Suspect_age="14",
    Suspect_child="Yes",
)

# Links.
cell_fault("links", "crime_without_a_number", "The crime has no reference.", Crime_number="")
cell_fault(
    "links",
    "rape_of_nobody",
    "A rape without any victim.",
    where(HO_code=RAPES, Outcome_date=""),
    Victim_ref="",
    Victim_sex="",
    Victim_age="",
    Victim_ethnicity="",
    Victim_born="",
    Victim_name="",
    Relationship="",
)
cell_fault(
    "links",
    "suspect_without_a_number",
    "A suspect has a sex and an age, and no reference.",
    where(Suspect_ref="*"),
    Suspect_ref="",
)
cell_fault(
    "links",
    "victim_without_a_number",
    "A victim has a sex, an age and a name, and no reference.",
    where(Victim_ref="*"),
    Victim_ref="",
)
cell_fault(
    "links",
    "parent_whom_nobody_knows",
    "The suspect is the victim's parent, and no suspect is named.",
    where(Suspect_ref="", Victim_ref="*"),
    Relationship="Parent",
)
cell_fault(
    "links",
    "ex_partner_of_nobody",
    "The suspect is an ex-partner, and there is no victim.",
    where(Victim_ref="", Suspect_ref="*"),
    Relationship="Ex-partner",
)
cell_fault(
    "links",
    "domestic_abuse_by_a_stranger",
    "Domestic abuse by a stranger.",
    where(Relationship="Stranger", Victim_age=ADULTS, Suspect_age=ADULTS),
    Domestic_abuse="Yes",
)
cell_fault(
    "links",
    "familial_offence_by_a_stranger",
    "A familial sexual offence by a stranger.",
    where(HO_code="23"),
    Relationship="Stranger",
)


@fault("links", "Victim and suspect are one person.", where(Victim_ref="*", Suspect_ref="*"))
def one_person_is_both(row: Row, rows: Rows) -> None:
    row["Suspect ref"] = row["Victim ref"]


@fault("links", "One crime has two offence codes.", of_crime_with_more_rows, ("Crime number",))
def crime_of_two_offences(row: Row, rows: Rows) -> None:
    row["HO code"] = {"106": "72", "72": "106", "71": "72"}.get(row["HO code"], "88C")
    row["Offence group"] = "Exploitation" if row["HO code"] in ("106", "72") else "Other sexual offence"


@fault("links", "One crime was recorded on two days.", of_crime_with_more_rows, ("Crime number",))
def crime_recorded_twice(row: Row, rows: Rows) -> None:
    row["Recorded"] = moved(row["Recorded"], 1 if row["Recorded"][:2] < "20" else -1)
    row["Reported"] = moved(row["Recorded"], 0) if row["Recorded"][:2] >= "20" else row["Reported"]
    row["Days to report"] = ""


@fault(
    "links",
    "One crime has two outcomes.",
    lambda row, rows: of_crime_with_more_rows(row, rows) and bool(row["Outcome date"]),
    ("Crime number",),
)
def crime_with_two_outcomes(row: Row, rows: Rows) -> None:
    row["Outcome"] = "20" if row["Outcome"] != "20" else "15"


@fault(
    "links",
    "One victim of one crime has two sexes.",
    lambda row, rows: bool(others_of(row, rows, "Victim ref", "Crime number")),
    ("Crime number", "Victim ref"),
)
def victim_with_two_sexes(row: Row, rows: Rows) -> None:
    row["Victim sex"] = "Male" if row["Victim sex"] == "Female" else "Female"


@fault(
    "links",
    "One victim was born on two days.",
    lambda row, rows: victim_again(row, rows) and bool(row["Victim age"]),
    ("Victim ref",),
)
def victim_born_twice(row: Row, rows: Rows) -> None:
    row["Victim born"] = moved(row["Offence from"], -int(365.25 * (int(row["Victim age"]) + 0.5)))
    for other in others_of(row, rows, "Victim ref"):
        other["Victim born"] = moved(row["Victim born"], 40)


@fault("links", "One suspect has two sexes in two crimes.", suspect_again, ("Suspect ref",))
def suspect_with_two_sexes(row: Row, rows: Rows) -> None:
    row["Suspect sex"] = "Female" if row["Suspect sex"] == "Male" else "Male"


@fault("links", "One suspect was 22 and 70 in the same year.", suspect_again, ("Suspect ref",))
def suspect_with_two_ages(row: Row, rows: Rows) -> None:
    row["Suspect age"] = "22" if int(row["Suspect age"]) > 42 else "70"
