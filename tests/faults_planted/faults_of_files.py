"""Faults of duplicates, of texts, and of what a file covers."""

from __future__ import annotations

from tests.faults_planted.faults_of_dates import CLOSED, OPEN
from tests.faults_planted.planting import Row, Rows, cell_fault, fault, moved, where

NAMED = where(Victim_ref="*", Suspect_ref="*")


# Duplicates.
@fault("duplicates", "A row stands twice in the file.")
def row_twice(row: Row, rows: Rows) -> Rows:
    return [dict(row)]


@fault("duplicates", "A row stands three times in the file.")
def row_three_times(row: Row, rows: Rows) -> Rows:
    return [dict(row), dict(row)]


@fault("duplicates", "A row stands twice, once with capitals and spaces.", NAMED)
def row_twice_in_other_letters(row: Row, rows: Rows) -> Rows:
    return [{**row, "Victim sex": f" {row['Victim sex'].upper()} ", "Location": row["Location"].lower()}]


@fault("duplicates", "A crime with its victim and suspect stands twice, once with an ethnicity.", NAMED)
def row_twice_with_more_known(row: Row, rows: Rows) -> Rows:
    other = "A1" if row["Victim ethnicity"] != "A1" else "B1"
    return [{**row, "Victim ethnicity": other}]


@fault("duplicates", "The crime's number stands twice, once with a space at its end.", NAMED)
def number_with_a_space(row: Row, rows: Rows) -> Rows:
    return [{**row, "Crime number": row["Crime number"] + " "}]


@fault("duplicates", "One crime was recorded under two numbers, with everything else the same.", NAMED)
def one_crime_under_two_numbers(row: Row, rows: Rows) -> Rows:
    return [{**row, "Crime number": "46/900001/24"}]


cell_fault("duplicates", "marked_by_the_force", "The force marks the row as a duplicate.", Duplicate="Yes")

# Texts.
for header, text, says, fits in (
    ("Victim sex", "Femal", "A sex spelt wrong.", NAMED),
    ("Victim sex", "#MULTIVALUE", "A spreadsheet's mark for several values.", NAMED),
    ("Suspect sex", "Decoy", "An undercover officer in place of a sex.", NAMED),
    ("Victim age", "#VALUE!", "A spreadsheet's error in place of an age.", NAMED),
    ("Victim age", "twelve", "An age in words.", NAMED),
    ("Victim age", "1998", "A year of birth in place of an age.", NAMED),
    ("Suspect age", "-4", "An age below nothing.", NAMED),
    ("Outcome", "99", "An outcome of the force's own, that nobody explained.", CLOSED),
    ("Outcome date", "CANCELLED", "A word in place of the day of the outcome.", CLOSED),
    ("Reported", "31/02/2024", "A day that there is not.", OPEN),
    ("Reported", "45351", "A spreadsheet's number in place of a day.", OPEN),
    ("Offence from", "02/25/2024", "A day written the American way.", OPEN),
    ("Offence from", "sometime in 2019", "A day in prose.", OPEN),
    ("Location", "Spaceport", "A kind of place that is on no list.", OPEN),
    ("Online", "Maybe", "A flag that is neither yes nor no.", OPEN),
    ("Victim ethnicity", "Z7", "An ethnicity of another scheme.", NAMED),
    ("Suspect ethnicity", "W1", "A self-defined ethnicity in the column of officers' codes.", NAMED),
    ("Relationship", "Godfather's neighbour", "A relationship that is on no list.", NAMED),
    ("HO code", "19Q", "A code that is not one of the Home Office's.", OPEN),
    ("Crime number", "4.61E+11", "A number that a spreadsheet rounded.", OPEN),
    ("Year", "24", "A year of two digits.", OPEN),
    ("Days to report", "about a week", "Days in prose.", OPEN),
):
    name = f"{header}_{text}".replace(" ", "_")
    cell_fault("mapping", name, says, fits, **{header.replace(" ", "_"): text})


# What the file covers.
@fault("dates", "The crime was recorded two years before the period asked for.", OPEN)
def recorded_before_the_period(row: Row, rows: Rows) -> None:
    for header in ("Recorded", "Reported", "Offence to", "Offence from"):
        row[header] = moved(row[header], -1096)
    row["Year"] = row["Recorded"][-4:]
    row["Victim born"] = ""


@fault("dates", "The crime was recorded after the period asked for.", OPEN)
def recorded_after_the_period(row: Row, rows: Rows) -> None:
    row.update({"Recorded": "20/01/2025", "Reported": "20/01/2025", "Year": "2025", "Days to report": ""})


def without(rows: Rows, months: tuple[str, ...]) -> None:
    rows[:] = [row for row in rows if row["Recorded"][3:5] not in months]


@fault("coverage", "No crime was recorded in June.", of_file=True)
def no_crime_in_june(row: Row, rows: Rows) -> None:
    without(rows, ("06",))


@fault("coverage", "No crime was recorded in the last three months: drawn too early.", of_file=True)
def nothing_since_october(row: Row, rows: Rows) -> None:
    without(rows, ("10", "11", "12"))


@fault("coverage", "A tenth as many crimes in August as in other months: an upload failed.", of_file=True)
def hardly_any_in_august(row: Row, rows: Rows) -> None:
    august = [one for one in rows if one["Recorded"][3:5] == "08"]
    rows[:] = [one for one in rows if one["Recorded"][3:5] != "08"] + august[:1]


def emptied(rows: Rows, *headers: str, text: str = "") -> None:
    for one in rows:
        one.update(dict.fromkeys(headers, text))


@fault("coverage", "The column of victims' sexes is empty from top to bottom.", of_file=True)
def no_sex_of_any_victim(row: Row, rows: Rows) -> None:
    emptied(rows, "Victim sex")


@fault("coverage", "The age of every victim is unknown.", of_file=True)
def no_age_of_any_victim(row: Row, rows: Rows) -> None:
    emptied(rows, "Victim born")
    emptied(rows, "Victim age", text="Unknown")


@fault(
    "coverage", "No crime of a whole year has an outcome, but for those of suspects under ten.", of_file=True
)
def no_outcome_at_all(row: Row, rows: Rows) -> None:
    emptied([one for one in rows if one["Outcome"] != "11"], "Outcome", "Outcome date", "Days to outcome")


@fault("coverage", "No crime has a relationship.", of_file=True)
def no_relationship_at_all(row: Row, rows: Rows) -> None:
    emptied(rows, "Relationship")


@fault("coverage", "No crime of a whole year has a suspect.", of_file=True)
def no_suspect_at_all(row: Row, rows: Rows) -> None:
    emptied(rows, "Suspect ref", "Suspect sex", "Suspect age", "Suspect ethnicity", "Suspect child")
    for one in rows:
        if one["Outcome"] not in ("", "0", "18", "14"):
            one["Outcome"] = "18"
        one["Relationship"] = ""
        one["Domestic abuse"] = "No"
        one["Group"] = "No"
    kept = {(one["Crime number"], one["Victim ref"]): one for one in rows}
    rows[:] = list(kept.values())
