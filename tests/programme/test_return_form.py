"""The table of a return becomes its mapping, or every mistake in it is listed with what to write instead."""

from __future__ import annotations

import tomllib

from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake
from fullpicture.programme.return_form import to_mapping

WHERE = "kent.toml [source.kent]"
KENT = """
title = "Kent's return"
layout = "return"
police_force = "E23000032"
unit = "crime-victim-suspect"
files = ["kent*.csv"]
encoding = "cp1252"
date_order = "dmy"
missing = { "#N/A" = "not recorded" }
empty = "unknown"
where = { "Minor text" = ["Rape", "Attempted rape"] }
duplicates = { header = "Duplicate", keep = "No" }
[field]
crime_ref = { header = "Crime Ref" }
offence_from = { at = 5, date_order = "ymd" }
victim_sex = { header = ["Sex", "Gender"], uses = "sex", codes = { I = "indeterminate", "9" = "unknown" } }
suspect_age = { born = "Susp DOB" }
outcome_type = { like = "*outcome*", uses = ["outcome", "outcome-prose"] }
domestic_abuse = { fixed = "no" }
victim_ethnicity = { header = "Eth", basis = "IC", by = "officer" }
"""


def _mistakes(text: str) -> list[str]:
    mistakes: list[Mistake] = []
    assert to_mapping("kent", tomllib.loads(text), WHERE, mistakes, Register.shipped()) is None
    return [str(mistake).removeprefix(f"{WHERE} ") for mistake in mistakes]


def test_a_table_becomes_its_mapping() -> None:
    mistakes: list[Mistake] = []

    found = to_mapping("kent", tomllib.loads(KENT), WHERE, mistakes, Register.shipped())

    assert mistakes == []
    assert found is not None
    assert (found.id, found.police_force, found.unit) == ("kent", "E23000032", "crime-victim-suspect")
    assert (found.date_order, found.empty, found.missing) == ("dmy", "unknown", {"#N/A": "not recorded"})
    assert found.duplicates == DuplicateMark("Duplicate", keep=("No",))
    assert found.where == {"Minor text": ("Rape", "Attempted rape")}
    assert found.reading.encoding == "cp1252"
    sex_codes = {"I": "indeterminate", "9": "unknown"}
    assert found.fields == (
        FieldMap("crime_ref", ("Crime Ref",)),
        FieldMap("offence_from", at=5, date_order="ymd"),
        FieldMap("victim_sex", ("Sex", "Gender"), uses=("sex",), codes=sex_codes),
        FieldMap("suspect_age", born="Susp DOB", basis="offence"),
        FieldMap("outcome_type", like="*outcome*", uses=("outcome", "outcome-prose")),
        FieldMap("domestic_abuse", fixed="no"),
        FieldMap("victim_ethnicity", ("Eth",), basis="IC", by="officer"),
    )


def test_all_mistakes_are_listed_at_once_each_with_what_to_write() -> None:
    text = """
    police_force = "Kent"
    unit = "crime"
    date_orde = "dmy"
    missing = { "x" = "none" }
    duplicates = { header = "Duplicate" }
    [field]
    crime_rf = { header = "a" }
    victim_sex = { header = "a" }
    csa = { header = "a", at = 2 }
    cse = { headr = "a" }
    contact = { pick = "(" , header = "a" }
    online = { header = "a", codes = { "J" = "ye" } }
    location_kind = { header = "a", uses = "location-kindd" }
    outcome_type = { header = "a", uses = "sex", basis = "IC" }
    recorded_year = { header = "a" }
    days_to_report = { header = "a", basis = "offence from to recordd" }
    recorded_on = { born = "a" }
    domestic_abuse = {}
    """

    assert _mistakes(text) == [
        "missing.x: this value is not known. "
        "Write one of 'unknown', 'not recorded', 'not applicable' or 'unusable'.",
        "date_orde: this key is not known. Did you mean date_order?",
        "field.cse headr: this key is not known. Did you mean header?",
        "field.crime_rf: there is no such field. Did you mean crime_ref?",
        "field.victim_sex: a row of unit crime does not have this field. "
        "Leave it out, or say what one row of the return is with unit.",
        "field.csa: it says header and at, of which one is enough. "
        "Write exactly one of header, at, like, born, fixed.",
        "field.contact pick: this is no regular expression: missing ), unterminated subpattern "
        "at position 0. Mend it, or leave it out.",
        'field.online codes.J: "ye" is not a value of online. Did you mean yes?',
        'field.location_kind uses: there is no list "location-kindd". Did you mean location-kind?',
        'field.outcome_type uses: the list "sex" has values that this field has not. '
        "Known here: outcome, outcome-prose.",
        "field.outcome_type basis: outcome_type is not taken in several ways. Leave it out.",
        "field.recorded_year basis: this key is missing: it says how recorded_year was taken. "
        "Write one of recorded, reported, created.",
        'field.days_to_report basis: "offence from to recordd" is not known. '
        "Did you mean offence from to recorded?",
        "field.recorded_on born: only an age is worked out from a birth date. Name the column with header.",
        "field.domestic_abuse: it does not say where it is. "
        "Write exactly one of header, at, like, born, fixed.",
        "duplicates: it must say which marks to keep, or which to drop, or both. "
        'Write keep = "No", or drop = "1".',
        'police_force: "Kent" is not the code of a police force area. Write E23000032.',
    ]


def test_an_age_by_birth_date_needs_the_first_day_of_the_offence() -> None:
    text = 'police_force = "E23000032"\nunit = "victim"\n[field]\nvictim_age = { born = "DOB" }'

    assert _mistakes(text) == [
        "field.victim_age born: an age is that on offence_from, which is not mapped. "
        "Map offence_from too, or map the birth date itself."
    ]


def test_codes_that_read_the_same_mean_the_same() -> None:
    codes = 'codes = { "N/K" = "unknown", "n.k" = "no" }'
    text = f'police_force = "E23000032"\nunit = "crime"\n[field]\ncsa = {{ header = "a", {codes} }}'

    assert _mistakes(text) == [
        "field.csa codes.n.k: another text that reads the same means something else. Keep one."
    ]
