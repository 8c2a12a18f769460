"""The CSAE rule: a truth table by hand, and what must hold of any row."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.analyse.csae import FLAGS, classified
from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.csae_units import crimes_of, links_of, suspects_of, victims_of
from fullpicture.core.errors import ProgrammeRefused

RULE = CsaeRule.shipped()
TEXTS = (
    "file", "police_force", "crime_ref", "victim_ref", "suspect_ref", "offence_code", "offence_class",
    "location_kind", "csa", "cse", "contact", "online", "group_based", "relationship", "suspect_child",
    "victim_age_basis", "suspect_age_basis", "victim_age__state",
)  # fmt: skip
LATER = {"victim_age_basis": "record created"}
SCHEMA = pa.schema(
    [(name, pa.string()) for name in TEXTS]
    + [("row", pa.int64()), ("victim_age", pa.int32()), ("suspect_age", pa.int32())]
    + [("days_to_report", pa.int32())]
)
"""The columns of a record that the rule reads; the first are text."""


def records(*rows: dict[str, Any]) -> ir.Table:
    """Rows of one return; what is not said of a row is not recorded."""
    usual = {"file": "kent.csv", "police_force": "E23000032", "victim_age__state": ""}
    basis = {"victim_age_basis": "offence", "suspect_age_basis": "offence"}
    full = [usual | {"row": at} | basis | row for at, row in enumerate(rows, 2)]
    return ibis.memtable(pa.Table.from_pylist(full, schema=SCHEMA))


def answers(*rows: dict[str, Any], rule: CsaeRule = RULE) -> list[dict[str, Any]]:
    found = classified(records(*rows), rule)
    listed: list[dict[str, Any]] = found.order_by("row").to_pyarrow().to_pylist()
    return listed


@pytest.mark.parametrize(
    ("row", "csae", "because", "crime_type"),
    [
        # an offence that names a child, whatever else is written
        ({"offence_code": "19D"}, "yes", "offence", "rape of a child"),
        ({"offence_code": "17B", "victim_age": 40}, "yes", "offence", "sexual assault on a child"),
        ({"offence_code": "88A"}, "yes", "offence", "grooming and exploitation"),
        ({"offence_code": "73"}, "yes", "offence", "sexual activity with a child"),
        # an offence against anybody: by the victim's age at the offence
        ({"offence_code": "20A", "victim_age": 17}, "yes", "victim", "sexual assault on a child"),
        ({"offence_code": "20A", "victim_age": 18}, "no", "", ""),
        ({"offence_code": "20A"}, "undecidable", "", ""),
        ({"offence_code": "20A", "csa": "no"}, "undecidable", "", ""),
        ({"offence_code": "20A", "cse": "yes"}, "yes", "flag", "sexual assault on a child"),
        ({"offence_code": "19C", "victim_age": 30, "csa": "yes"}, "yes", "flag", "rape of a child"),
        # an age on a later day proves a child, and never an adult
        ({"offence_code": "88E", "victim_age": 12} | LATER, "yes", "victim", "other"),
        ({"offence_code": "88E", "victim_age": 19} | LATER, "undecidable", "", ""),
        ({"offence_code": "88E", "victim_age": 12, "victim_age_basis": ""}, "undecidable", "", ""),
        # images: outside "Sexual offences", never by the code alone
        ({"offence_code": "86"}, "undecidable", "", ""),
        ({"offence_code": "86", "csa": "yes"}, "yes", "flag", "indecent images of children"),
        ({"offence_code": "86", "victim_age": 9}, "yes", "victim", "indecent images of children"),
        ({"offence_code": "86", "victim_age": 30}, "no", "", ""),
        # not sexual of itself: by a flag alone
        ({"offence_code": "106", "victim_age": 15, "cse": "yes"}, "yes", "flag", "grooming and exploitation"),
        ({"offence_code": "106", "victim_age": 15}, "undecidable", "", ""),
        ({"offence_code": "106", "victim_age": 15, "cse": "no"}, "no", "", ""),
        ({"offence_code": "106"}, "no", "", ""),
        # any other offence, and none
        ({"offence_code": "8N", "victim_age": 5}, "no", "", ""),
        ({"offence_code": "8N", "csa": "yes"}, "yes", "flag", "other"),
        ({}, "undecidable", "", ""),
        ({"victim_age": 40}, "no", "", ""),
        ({"csa": "yes"}, "yes", "flag", "other"),
        # a group of offences where there is no code
        ({"offence_class": "rape", "victim_age": 10}, "yes", "victim", "rape of a child"),
        ({"offence_class": "rape"}, "undecidable", "", ""),
        ({"offence_class": "violence", "victim_age": 10}, "no", "", ""),
        ({"offence_code": "8N", "offence_class": "rape", "victim_age": 10}, "no", "", ""),
        # reported incidents are no crimes
        ({"offence_code": "N100/1", "victim_age": 10, "csa": "yes"}, "no", "", ""),
    ],
)  # fmt: skip
def test_the_truth_table(row: dict[str, Any], csae: str, because: str, crime_type: str) -> None:
    (found,) = answers(row)
    assert (found["csae"], found["csae_because"], found["crime_type"]) == (csae, because, crime_type)


@pytest.mark.parametrize(
    ("flag", "row", "said"),
    [
        ("contact", {"contact": "no", "offence_code": "19D"}, "no"),
        ("contact", {"offence_code": "19D"}, "yes"),
        ("contact", {"offence_code": "86", "csa": "yes"}, "no"),
        ("contact", {"offence_code": "22B"}, "not recorded"),
        ("contact", {"offence_code": "8N", "online": "yes"}, "not recorded"),
        ("online", {"online": "yes", "contact": "yes"}, "yes"),
        ("online", {"location_kind": "online"}, "yes"),
        ("online", {"location_kind": "dwelling"}, "not recorded"),
        ("online", {"offence_code": "86", "csa": "yes"}, "not recorded"),
        ("familial", {"relationship": "sibling"}, "yes"),
        ("familial", {"relationship": "stranger"}, "no"),
        ("familial", {"relationship": "other"}, "not recorded"),
        ("familial", {"offence_code": "23"}, "yes"),
        ("group_based", {"group_based": "no"}, "no"),
        ("group_based", {}, "not recorded"),
        ("child_on_child", {"victim_age": 9, "suspect_age": 17}, "yes"),
        ("child_on_child", {"victim_age": 9, "suspect_age": 9}, "yes"),
        ("child_on_child", {"victim_age": 9, "suspect_age": 18}, "no"),
        ("child_on_child", {"victim_age": 18, "suspect_age": 17}, "no"),
        ("child_on_child", {"victim_age": 9}, "not recorded"),
        ("child_on_child", {"suspect_age": 17}, "not recorded"),
        ("child_on_child", {"offence_code": "22B", "suspect_child": "yes"}, "yes"),
        ("child_on_child", {"victim_age": 9, "suspect_child": "no"}, "no"),
        ("child_on_child", {"victim_age": 9, "suspect_age": 17, "suspect_age_basis": ""}, "not recorded"),
        ("suspect_child", {"suspect_age": 10}, "yes"),
        ("suspect_child", {"suspect_age": 9}, "no"),
        ("suspect_child", {"suspect_age": 30, "suspect_child": "yes"}, "no"),
        ("suspect_child", {"suspect_child": "yes"}, "yes"),
        ("suspect_child", {}, "not recorded"),
    ],
)  # fmt: skip
def test_flags_say_what_is_written_and_then_what_the_offence_says(
    flag: str, row: dict[str, Any], said: str
) -> None:
    assert answers(row)[0][flag] == said


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ({"victim_age": 0}, ("0-3", "not recorded")),
        ({"victim_age": 4, "suspect_age": 0}, ("4-9", "under 10")),
        ({"victim_age": 15, "suspect_age": 17}, ("10-15", "10-17")),
        ({"victim_age": 17, "suspect_age": 25}, ("16-17", "18-25")),
        ({"victim_age": 18, "suspect_age": 59}, ("18+", "40-59")),
        ({"victim_age": 99, "suspect_age": 60}, ("18+", "60+")),
        ({"victim_age": 9} | LATER, ("not recorded", "not recorded")),
    ],
)
def test_bands_hold_ages_at_the_offence_alone(ages: dict[str, Any], bands: tuple[str, str]) -> None:
    (found,) = answers(ages)
    assert (found["victim_age_band"], found["suspect_age_band"]) == bands


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0-6"), (6, "0-6"), (7, "7-27"), (364, "28-364"), (365, "365-1824"), (1825, "1825+"),
     (-1, "not recorded"), (None, "not recorded")],
)  # fmt: skip
def test_days_to_the_report_are_in_one_band(days: int | None, band: str) -> None:
    (found,) = answers({"days_to_report": days})
    assert found["days_to_report_band"] == band


def test_a_rule_on_the_group_of_sexual_offences_alone_loses_a_quarter() -> None:
    """In the shares of crime types published for 2023: images are 27% of all, and all under code 86."""
    sexual = ["20B"] * 29 + ["19D"] * 18 + ["22B"] * 26
    rows = [{"offence_code": code} for code in sexual]
    rows += [{"offence_code": "86", "csa": "yes"}] * 20 + [{"offence_code": "86", "victim_age": 12}] * 7
    found = answers(*rows)
    whole = sum(row["csae"] == "yes" for row in found)
    in_group = sum(row["csae"] == "yes" and row["offence_code"] != "86" for row in found)
    assert (whole, in_group) == (100, 73)


def test_a_programme_has_its_own_rule() -> None:
    text = (files("fullpicture.analyse") / "csae.toml").read_text(encoding="utf-8")
    own = CsaeRule.from_toml(text.replace("later_age_proves = true", "later_age_proves = false"))
    later = {"offence_code": "88E", "victim_age": 12} | LATER
    assert answers(later, rule=own)[0]["csae"] == "undecidable"


def test_all_mistakes_of_a_rule_are_said_at_once() -> None:
    text = (files("fullpicture.analyse") / "csae.toml").read_text(encoding="utf-8")
    wrong = text.replace('"10-15", "16-17", "18+"]', '"10-15", "18+"]').replace('"26-39"', '"mid"')
    wrong = wrong.replace('type = "other"', 'type = "misc"', 1)
    wrong = wrong.replace('"stranger", "acq', '"parent", "acq')
    with pytest.raises(ProgrammeRefused) as refused:
        CsaeRule.from_toml(wrong, "rules/csae.toml")
    places = [mistake.where for mistake in refused.value.mistakes]
    assert places == [
        "rules/csae.toml 88C.type",
        "rules/csae.toml victim_bands",
        "rules/csae.toml suspect_bands",
        "rules/csae.toml familial",
    ]
    with pytest.raises(ProgrammeRefused, match="counts: input should be 'always', 'victim' or 'flag'"):
        CsaeRule.from_toml(text.replace('counts = "always"', 'counts = "sometimes"', 1))
    with pytest.raises(ProgrammeRefused, match="not valid TOML"):
        CsaeRule.from_toml("id = ")


def test_the_python_of_the_page_on_the_rule_runs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "csae.md").read_text(encoding="utf-8")
    exec(page.split("```python\n")[1].split("```")[0], {})


def test_the_page_on_the_rule_names_what_the_rule_has() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "csae.md").read_text(encoding="utf-8")
    named = [
        *RULE.codes(counts="always"),
        *RULE.codes(counts="flag"),
        *RULE.victim_bands,
        *RULE.suspect_bands,
    ]
    assert all(name in page for name in named)
    assert all(f"`{flag}`" in page for flag in FLAGS)


def test_the_eleven_offences_that_name_a_child_are_those_of_the_answer_in_parliament() -> None:
    named = {"17B", "19D", "19E", "19G", "19H", "20B", "21", "22B", "71", "73", "88A"}
    assert set(RULE.codes(counts="always")) == named


def test_a_table_of_another_unit_is_read_with_what_it_has() -> None:
    crimes = ibis.memtable(pa.table({"offence_code": ["19D", "20A"], "csa": ["no", None]}))
    found = classified(crimes, RULE)
    assert found.csae.to_pyarrow().to_pylist() == ["yes", "undecidable"]
    assert set(found.columns) - set(crimes.columns) == {
        "csae", "csae_because", "crime_type", "victim_age_band", "suspect_age_band", "suspect_child",
        "days_to_report_band", *FLAGS,
    }  # fmt: skip


def test_text_may_come_as_a_dictionary() -> None:
    columns = {"offence_code": ["19D", None, "86"], "contact": [None, "no", "no"], "csa": [None, "no", "no"]}
    table = pa.table({name: pa.array(column).dictionary_encode() for name, column in columns.items()})
    con = ibis.duckdb.connect()
    found = classified(con.create_table("records", table), RULE)
    assert found.csae.to_pyarrow().to_pylist() == ["yes", "undecidable", "undecidable"]
    assert found.contact.to_pyarrow().to_pylist() == ["yes", "no", "no"]


CODES = [*RULE.offences, "8N", "N100/1", "N100/3", None]
MAYBE = st.sampled_from(["yes", "no", None])
BASES = st.sampled_from(["offence", "record created", "reported", ""])
AGES = st.one_of(st.none(), st.integers(0, 20), st.integers(0, 110))
ROWS = st.fixed_dictionaries({
    "offence_code": st.sampled_from(CODES),
    "offence_class": st.sampled_from([*RULE.classes, "violence", None]),
    **dict.fromkeys(["csa", "cse", "contact", "online", "group_based", "suspect_child"], MAYBE),
    "relationship": st.sampled_from([*RULE.familial, *RULE.not_familial, "other", None]),
    "location_kind": st.sampled_from(["online", "dwelling", None]),
    "victim_age": AGES, "suspect_age": AGES, "victim_age_basis": BASES, "suspect_age_basis": BASES,
    "crime_ref": st.sampled_from(["a", "b", None]),
    "victim_ref": st.sampled_from(["v", "w", None]),
    "suspect_ref": st.sampled_from(["s", "t", None]),
})  # fmt: skip


def expected(row: dict[str, Any]) -> str:
    """The rule in words of its own: what a person would answer who reads one row."""
    code, class_ = row["offence_code"], row["offence_class"]
    if code and code.startswith("N100"):
        return "no"
    offence = RULE.offences.get(code) if code else RULE.classes.get(class_)
    counts = offence.counts if offence else ""
    flagged = "yes" in (row["csa"], row["cse"])
    age, basis = row["victim_age"], row["victim_age_basis"]
    child = age is not None and age < 18 and basis != ""
    adult = age is not None and age >= 18 and basis == "offence"
    if counts == "always" or flagged or (counts == "victim" and child):
        return "yes"
    if counts == "victim" or (not code and not class_):
        return "no" if adult else "undecidable"
    if counts == "flag" and child and row["csa"] is None and row["cse"] is None:
        return "undecidable"
    return "no"


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=30))
def test_every_row_has_exactly_one_answer(rows: list[dict[str, Any]]) -> None:
    found = answers(*rows)
    assert [row["csae"] for row in found] == [expected(row) for row in rows]
    for row in found:
        assert (row["csae_because"] != "") == (row["csae"] == "yes") == (row["crime_type"] != "")
        assert all(row[flag] in ("yes", "no", "not recorded") for flag in (*FLAGS, "suspect_child"))


@settings(max_examples=40, deadline=None)
@given(ROWS, st.sampled_from(["contact", "online", "group_based", "relationship"]))
def test_what_is_said_of_one_flag_changes_no_other(row: dict[str, Any], changed: str) -> None:
    other = {"relationship": "parent"}.get(changed, "yes")
    one, two = answers(row, row | {changed: other})
    flag = "familial" if changed == "relationship" else changed
    same = [name for name in ("csae", "crime_type", *FLAGS) if name != flag]
    assert [one[name] for name in same] == [two[name] for name in same]
    assert two[flag] == "yes"


def units(make: Any, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        make(classified(records(*rows), RULE), RULE).order_by("row").to_pyarrow().to_pylist()
    )
    return found


def test_a_crime_is_what_any_of_its_rows_says() -> None:
    adult = {"crime_ref": "a", "offence_code": "20A", "victim_age": 40, "online": "no"}
    child = {"crime_ref": "a", "offence_code": "20A", "victim_age": 12, "online": "yes", "contact": "no"}
    unknown = {"crime_ref": "b", "offence_code": "20A"}
    grown = {"crime_ref": "b", "offence_code": "20A", "victim_age": 50}
    one, two = units(crimes_of, adult, child, unknown, grown)
    assert [one[k] for k in ("row", "rows", "csae", "csae_because", "crime_type", "online", "contact")] == [
        2, 2, "yes", "victim", "sexual assault on a child", "yes", "yes",
    ]  # fmt: skip
    assert [two[k] for k in ("row", "rows", "csae", "crime_type", "online")] == [
        4, 2, "undecidable", "", "not recorded",
    ]  # fmt: skip
    assert not [name for name in one if name.startswith(("victim", "suspect", "relationship"))]


def test_a_crime_has_what_its_first_row_in_the_files_order_says() -> None:
    rows = [
        {"crime_ref": "a", "row": 12, "location_kind": "dwelling"},
        {"crime_ref": "a", "row": 3, "location_kind": "online"},
        {"crime_ref": "a", "row": 2, "location_kind": "vehicle", "file": "later.csv"},
        {"crime_ref": "a", "row": 9, "police_force": "W15000001", "location_kind": "other"},
    ]
    found = units(crimes_of, *rows)
    assert [(row["row"], row["rows"], row["location_kind"]) for row in found] == [
        (3, 3, "online"), (9, 1, "other"),
    ]  # fmt: skip


def test_rows_without_a_reference_are_crimes_of_their_own() -> None:
    assert [row["rows"] for row in units(crimes_of, {}, {}, {"crime_ref": "a"}, {"crime_ref": "a"})] == [
        1,
        1,
        2,
    ]


def test_victims_suspects_and_links_are_counted_apart() -> None:
    """One crime, two victims by reference and one without, two suspects; and a crime with nobody in it."""
    rows = [
        {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "s"},
        {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "t"},
        {"crime_ref": "a", "victim_ref": "w", "suspect_ref": "s"},
        {"crime_ref": "a", "victim_age": 9, "suspect_ref": "s"},
        {"crime_ref": "b"},
        {"crime_ref": "c", "victim_age__state": "unknown"},
    ]
    count = {make: len(units(make, *rows)) for make in (crimes_of, victims_of, suspects_of, links_of)}
    assert count == {crimes_of: 3, victims_of: 4, suspects_of: 2, links_of: 6}


def test_every_row_of_a_file_of_victims_is_one() -> None:
    rows = pa.table({
        "file": ["v.csv"] * 2, "row": [2, 3], "police_force": ["A"] * 2, "crime_ref": ["a"] * 2,
        "victim_ref": pa.array([None, "v"]), "victim_age": pa.array([None, 3], pa.int32()),
    })  # fmt: skip
    assert victims_of(classified(ibis.memtable(rows), RULE), RULE).count().to_pyarrow().as_py() == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=20))
def test_no_row_is_lost_among_the_crimes(rows: list[dict[str, Any]]) -> None:
    found = units(crimes_of, *rows)
    single = [row for row in rows if row["crime_ref"] is None]
    assert sum(row["rows"] for row in found) == len(rows)
    assert len(found) == len({row["crime_ref"] for row in rows} - {None}) + len(single)
