"""Rows of a return become records: none lost, every text kept, every value with the rule that made it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.returns.mapped import map_rows
from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap, ReturnMapping
from fullpicture.collect.returns.record import BY_NAME, KEYS, QUALIFIERS, STATES, fields_of
from fullpicture.core.errors import SourceRefused
from tests.collect.returns.rows import KEY, delivered, mapped, mapping, rules, values

CRIME = FieldMap("crime_ref", ("Crime Ref",))


def _rule(found: object, field: str) -> list[str]:
    rules: list[str] = found.records[f"{field}__rule"].to_pylist()  # type: ignore[attr-defined]
    return rules


def test_a_table_has_every_field_of_its_unit_in_order_mapped_or_not() -> None:
    found = mapped({"Sex": ["F"]}, FieldMap("victim_sex", ("Sex",), uses=("sex",)), unit="victim")

    expected = list(KEYS)
    for field in fields_of("victim"):
        raw = [] if field.identifying else [f"{field.name}__raw"]
        expected += [field.name, f"{field.name}__state", *raw, f"{field.name}__rule"]
    expected += [name for name in QUALIFIERS if name.startswith("victim")]
    assert found.records.column_names == expected
    assert values(found, "relationship") == ["[not recorded]"]
    assert _rule(found, "relationship") == [""]
    assert found.mapped == {"victim_sex"}


def test_every_value_says_the_rule_that_made_it() -> None:
    cells = ["I", "F", "female", "NULL", "", "Sixteen", "#REF!"]
    sex = FieldMap("victim_sex", ("Sex",), uses=("sex",), codes={"I": "indeterminate"})

    found = mapped({"Sex": cells}, sex, missing={"NULL": "unknown"})

    assert values(found, "victim_sex") == [
        "indeterminate", "female", "female", "[unknown]", "[not recorded]", "[unusable]", "[unusable]"
    ]  # fmt: skip
    assert _rule(found, "victim_sex") == [
        f"kent.victim_sex:{how}"
        for how in ("I", "list:sex", "list:sex", "missing:NULL", "empty", "none", "none")
    ]
    assert found.records["victim_sex__raw"].to_pylist() == cells
    assert rules(found) == [("MAP-001", 7), ("MAP-002", 8)]


def test_an_unknown_code_is_quoted_with_the_nearest_only_where_it_is_like_a_code() -> None:
    cells = ["Femal", "Mrs Ada Byron of 1 High Street", *["Z"] * 3]

    found = mapped({"Sex": cells}, FieldMap("victim_sex", ("Sex",), uses=("sex",)))

    assert [problem.what for problem in found.problems] == [
        '"Z" is no known value of Victim\'s sex (3 rows, this is the first).',
        '"Femal" is no known value of Victim\'s sex; the nearest known is "female" (female).',
        "this text is no known value of Victim's sex.",
    ]


def test_dates_are_read_in_the_order_stated_and_in_no_other() -> None:
    cells = [
        "01/03/2024",
        "2024-03-01T10:00:00",
        "1 March 2024",
        "03/25/2024",
        "45352",
        "1/3/24",
        "31/02/2024",
    ]
    texts = {"Recorded": cells}

    by_day = mapped(texts, FieldMap("recorded_on", ("Recorded",)), date_order="dmy")
    by_month = mapped(texts, FieldMap("recorded_on", ("Recorded",), date_order="mdy"), date_order="dmy")
    by_none = mapped(texts, FieldMap("recorded_on", ("Recorded",)))

    first = date(2024, 3, 1)
    assert values(by_day, "recorded_on") == [first, first, first, *["[unusable]"] * 4]
    assert values(by_month, "recorded_on") == [
        date(2024, 1, 3), first, first, date(2024, 3, 25), *["[unusable]"] * 3
    ]  # fmt: skip
    assert values(by_none, "recorded_on") == ["[unusable]", first, first, *["[unusable]"] * 4]
    assert rules(by_day) == [("MAP-003", row) for row in (5, 6, 7, 8)]
    assert not any(re.search(r"\d\d/\d|45352", problem.what) for problem in by_day.problems)


def test_ages_from_birth_dates_are_those_on_the_first_day_of_the_offence() -> None:
    columns = {
        "Born": ["2010-05-02", "2010-05-01", "2024-01-01", "", "2010-01-01", "1850-01-01"],
        "From": ["2020-05-01", "2020-05-01", "2020-05-01", "2020-05-01", "", "2020-05-01"],
    }

    found = mapped(
        columns, FieldMap("offence_from", ("From",)), FieldMap("suspect_age", born="Born", basis="offence")
    )

    assert values(found, "suspect_age") == [9, 10, "[unusable]", "[not recorded]", "[unknown]", "[unusable]"]
    assert set(_rule(found, "suspect_age")) == {"kent.suspect_age:born"}
    assert found.records["suspect_age_basis"].to_pylist() == ["offence", "offence", "", "", "", ""]
    assert set(found.records["suspect_age__raw"].to_pylist()) == {""}, "a birth date identifies"
    assert values(found, "suspect_child") == [
        "no",
        "yes",
        "[unusable]",
        "[not recorded]",
        "[unknown]",
        "[unusable]",
    ]
    assert [rule for rule, _ in rules(found)] == ["MAP-004", "MAP-004"]


def test_a_child_suspect_is_not_worked_out_from_an_age_when_the_record_was_created() -> None:
    age = FieldMap("suspect_age", ("Age",), basis="record created")

    found = mapped({"Age": ["15"]}, age)

    assert values(found, "suspect_age") == [15]
    assert values(found, "suspect_child") == ["[not recorded]"]


def test_days_between_dates_name_the_clock_they_were_taken_by() -> None:
    columns = {"Recorded": ["2024-01-01"], "Outcome": ["2024-02-01"], "From": ["2023-12-30"]}

    found = mapped(columns, FieldMap("recorded_on", ("Recorded",)), FieldMap("outcome_on", ("Outcome",)),
                   FieldMap("offence_from", ("From",)))  # fmt: skip

    assert (values(found, "days_to_report"), values(found, "days_to_outcome")) == ([2], [31])
    assert found.records["days_to_report_basis"].to_pylist() == ["offence from to recorded"]
    assert found.records["days_to_outcome_basis"].to_pylist() == ["recorded"]
    assert {"days_to_report", "days_to_outcome"} <= found.mapped


def test_a_reference_is_hashed_with_its_force_and_a_name_by_its_sound() -> None:
    columns = {"Crime Ref": ["42/0001/24", "42-0001-24", "", "4.2E+11", "NULL"],
               "Name": ["Ashcroft, Robert", "Rupert Ashcraft", "", "Li", "NULL"]}  # fmt: skip
    fields = (CRIME, FieldMap("victim_name_key", ("Name",)))
    missing = {"NULL": "unknown"}

    kent = mapped(columns, *fields, missing=missing)
    essex = mapped(columns, *fields, missing=missing, police_force="E23000028")

    refs, names = values(kent, "crime_ref"), values(kent, "victim_name_key")
    assert re.fullmatch("[0-9a-f]{32}", refs[0])
    assert refs[1:] == [refs[0], "[not recorded]", "[unusable]", "[unknown]"]
    assert values(essex, "crime_ref")[0] != refs[0]
    assert names[0] == names[1] == values(essex, "victim_name_key")[0]
    assert "crime_ref__raw" not in kent.records.column_names
    assert rules(kent) == [("MAP-006", 5)]


def test_several_columns_become_one_and_one_becomes_several() -> None:
    columns = {"Class": ["19", " ", ""], "Letter": ["d", "86", "\xa0"], "Suspect": ["M, White", "? (F)", ""]}

    joined = mapped(columns, FieldMap("offence_code", ("Class", "Letter"), join=" "),
                    FieldMap("suspect_sex", ("Suspect",), pick=r"^(\w+),", uses=("sex",)))  # fmt: skip
    first = mapped(columns, FieldMap("offence_code", ("Class", "Letter")))

    assert values(joined, "offence_code") == ["19D", "86", "[not recorded]"]
    assert values(joined, "suspect_sex") == ["male", "[unusable]", "[not recorded]"]
    assert values(first, "offence_code") == ["19", "86", "[not recorded]"]
    assert joined.records["offence_code__raw"].to_pylist() == ["19 d", "86", ""]


def test_a_column_is_found_by_place_by_pattern_or_not_needed() -> None:
    columns = {"Ref": ["7"], "X...Outcome.grouped": ["b. Charged (OC1)"]}

    found = mapped(columns, FieldMap("crime_ref", at=1), FieldMap("domestic_abuse", fixed="no"),
                   FieldMap("outcome_type", like="*outcome*grouped", uses=("outcome-prose",)))  # fmt: skip

    assert values(found, "outcome_type") == ["1"]
    assert values(found, "domestic_abuse") == ["no"]
    assert _rule(found, "domestic_abuse") == ["kent.domestic_abuse:fixed"]


def test_columns_that_are_not_there_are_all_named_with_the_nearest() -> None:
    file = delivered({"Crime Reference": ["1"], "Vic  Sex": ["F"], "vic.sex": ["F"], "Free text": ["x"]})
    age, mark = FieldMap("victim_age", at=9, basis="offence"), DuplicateMark("Dup", keep=("No",))
    wanted = mapping(CRIME, FieldMap("victim_sex", ("Vic Sex",)), age, duplicates=mark)

    with pytest.raises(SourceRefused) as refused:
        map_rows(file, wanted, KEY)

    assert refused.value.mistake.what == (
        'crime_ref: there is no "Crime Ref" (the nearest is "Crime Reference"); '
        'victim_sex: "Vic Sex" could be "Vic  Sex" and "vic.sex"; say which by its place (at = ...); '
        'victim_age: there is no column 9; choice of rows: there is no "Dup".'
    )


def test_columns_that_nobody_mapped_are_listed_once() -> None:
    found = mapped({"Crime Ref": ["1", "2"], "Officer": ["x", "y"], "Beat": ["1", "2"]}, CRIME)

    assert [(problem.rule, problem.row, problem.what) for problem in found.problems] == [
        ("MAP-005", None, 'these columns are not mapped: "Officer", "Beat".')
    ]


def test_offence_codes_that_no_list_has_are_kept_and_noted_once() -> None:
    found = mapped(
        {"Code": ["30A", "28", "019D", "86/1", "N1001", "sixteen"]}, FieldMap("offence_code", ("Code",))
    )

    assert values(found, "offence_code") == ["30A", "28", "19D", "86", "N100/1", "[unusable]"]
    assert rules(found) == [("MAP-007", 2), ("MAP-001", 7)]


def test_a_column_of_a_thousand_unknown_texts_makes_a_hundred_lines_and_one() -> None:
    found = mapped({"Sex": [f"text {place}" for place in range(1_000)]}, FieldMap("victim_sex", ("Sex",)))

    assert len(found.problems) == 101
    assert found.problems[-1].what == "900 more texts of this column cannot be used (900 rows)."


ODD = """F|M|No|#N/A|NULL|01/02/2023|2023-02-01|-1|16|16.0|1e400|4.2E+11|N1001|<5|(12)|[c]|x (OC2/3)|Â|٣|²"""
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(["", " ", "\n", "\xa0", *ODD.split("|")]))
HEADERS = ("Ref", "Sex", "Age", "From", "Born", "Outcome", "Mark")
ROWS = st.lists(TEXTS, min_size=len(HEADERS), max_size=len(HEADERS))
SIMPLE = (
    FieldMap("crime_ref", ("Ref",)),
    FieldMap("victim_sex", ("Sex",), uses=("sex",), codes={"-": "unknown"}),
    FieldMap("victim_age", ("Age",), basis="offence"),
    FieldMap("offence_from", ("From",)),
    FieldMap("victim_born_on", ("Born",)),
    FieldMap("outcome_type", ("Outcome",), uses=("outcome", "outcome-prose")),
)
MAPPINGS = (
    mapping(*SIMPLE, date_order="dmy", missing={"NULL": "unknown"}),
    mapping(*SIMPLE, duplicates=DuplicateMark("Mark", keep=("No",)), empty="unknown"),
    mapping(*SIMPLE, where={"Mark": ("*n*",)}, leave_out={"Sex": ("M",)}, unit="victim"),
    mapping(
        FieldMap("crime_ref", ("Ref", "Mark"), join="/"),
        FieldMap("suspect_ref", ("Ref",), pick="^(.)"),
        FieldMap("victim_name_key", ("Sex",)),
        FieldMap("suspect_age", born="Born", basis="offence"),
        FieldMap("offence_from", ("From", "Born")),
        FieldMap("outcome_on", ("Outcome",)),
        FieldMap("reported_on", at=4),
        FieldMap("offence_code", like="outc*", pick=r"(\d+)"),
        FieldMap("csa", ("Mark",), uses=("flag",)),
        date_order="mdy",
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(TEXTS, min_size=len(HEADERS), max_size=len(HEADERS)), max_size=8),
    st.sampled_from(MAPPINGS),
)
def test_any_table_by_any_mapping_keeps_every_row_and_every_text(
    rows: list[list[str]], one: ReturnMapping
) -> None:
    columns = {header: [row[place] for row in rows] for place, header in enumerate(HEADERS)}
    file = delivered(columns)

    found = map_rows(file, one, KEY)

    records = found.records
    assert records.num_rows + sum(found.refused.values()) == len(rows)
    kept = [rows[number - 2] for number in records["row"].to_pylist()]
    for field in one.fields:
        if len(field.headers) == 1 and not BY_NAME[field.name].identifying and field.name in found.mapped:
            texts = [row[HEADERS.index(field.headers[0])] for row in kept]
            assert records[f"{field.name}__raw"].to_pylist() == texts
    for field in fields_of(one.unit):
        states = records[f"{field.name}__state"].to_pylist()
        there = [value is not None for value in records[field.name].to_pylist()]
        assert all((state == "") == is_there for state, is_there in zip(states, there, strict=True))
        assert set(states) <= {"", *STATES}
    assert records.validate(full=True) is None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(TEXTS, min_size=len(HEADERS), max_size=len(HEADERS)), max_size=8),
    st.sampled_from(MAPPINGS),
)
def test_a_file_whose_texts_are_held_once_is_mapped_alike_and_leaves_no_text_of_a_row_refused(
    rows: list[list[str]], one: ReturnMapping
) -> None:
    file = delivered({header: [row[place] for row in rows] for place, header in enumerate(HEADERS)})
    coded = [file.rows["row"], *(column.dictionary_encode() for column in file.rows.columns[1:])]

    found = map_rows(file, one, KEY)
    also = map_rows(replace(file, rows=pa.table(coded, names=file.rows.column_names)), one, KEY)

    assert also.records.to_pylist() == found.records.to_pylist()
    assert {(p.rule, p.row, p.column) for p in also.problems} == {
        (p.rule, p.row, p.column) for p in found.problems
    }
    for name in (name for name in also.records.column_names if name.endswith("__raw")):
        for column in also.records[name].chunks:
            assert set(column.dictionary.to_pylist()) <= {*column.to_pylist(), ""}


def test_rows_refused_while_reading_are_counted_with_the_others() -> None:
    file = Delivered("kent.csv", "", pa.table({"row": [2], "Crime Ref": ["1"]}), 3, {"READ-001": 2})

    found = map_rows(file, mapping(CRIME), KEY)

    assert (found.records.num_rows, found.refused) == (1, {"READ-001": 2})
