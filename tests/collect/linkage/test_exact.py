"""Links by the forces' own marks, row by row."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from fullpicture.collect.linkage import Linked, Model, link, repeat_victims
from fullpicture.collect.linkage.candidates import Nodes, candidates
from tests.collect.linkage.invented import day, table, victim

VICTIM, CRIME = Model.shipped("victim"), Model.shipped("crime")
ANNA = {"victim_name_key": "a", "victim_born_on": day("1990-05-17"), "victim_sex": "female"}
RAPE = {"offence_code": "19C", "offence_from": day("2024-02-03")}


def linked(*tables: list[dict[str, Any]]) -> Linked:
    return link([table(*rows) for rows in tables], [VICTIM, CRIME])


def rules(found: Linked) -> list[tuple[str, str, int, int, str]]:
    return [
        (pair["of"], pair["rule"], pair["left_row"], pair["right_row"], pair["standing"])
        for pair in found.pairs.to_pylist()
    ]


def test_a_crime_in_two_years_files_is_one_crime_and_its_victim_one_victim() -> None:
    this = [victim("A", 2, "7", victim_ref="v", **RAPE)]
    last = [victim("A", 9, "7", victim_ref="v", **RAPE) | {"file": "A-2023.csv"}]
    found = linked(this, last)
    assert rules(found) == [
        ("victim", "LINK-004", 9, 2, "linked"),
        ("crime", "LINK-001", 9, 2, "linked"),
    ]
    assert repeat_victims(found).counts.to_pylist()[-1] == {
        "police_force": "ALL", "victims": 1, "linkable": 1, "repeat": 0, "repeat_here": 0, "across": 0,
    }  # fmt: skip


def test_references_of_two_forces_are_never_the_same() -> None:
    found = linked([victim("A", 2, "7", victim_ref="v"), victim("B", 2, "7", victim_ref="v")])
    assert rules(found) == []


def test_a_victim_with_the_same_reference_in_two_crimes_is_one_person() -> None:
    found = linked([victim("A", 2, "7", victim_ref="v", **ANNA), victim("A", 3, "8", victim_ref="v")])
    assert rules(found) == [("victim", "LINK-003", 2, 3, "linked")]
    assert repeat_victims(found).counts["repeat"].to_pylist() == [1, 1]


def test_a_reference_is_not_used_where_sex_or_birth_say_otherwise() -> None:
    rows = [
        victim("A", 2, "7", victim_ref="v", **ANNA),
        victim("A", 3, "8", victim_ref="v", victim_sex="male"),
    ]
    assert rules(linked(rows)) == []


def test_references_that_number_victims_within_a_crime_are_not_used_and_the_force_is_named() -> None:
    rows = [
        victim("A", number, str(number), victim_ref="1", victim_born_on=day(f"{1950 + 2 * number}-01-02"))
        for number in range(2, 12)
    ]
    found = linked(rows)
    assert rules(found) == []
    assert found.doubtful == ("A",)


def test_a_crime_passed_on_is_one_crime_and_does_not_make_a_repeat_victim() -> None:
    found = linked([victim("A", 2, "7", **ANNA, **RAPE), victim("B", 2, "9", **ANNA, **RAPE)])
    assert ("crime", "LINK-002", 2, 2, "linked") in rules(found)
    assert found.counts()["crimes"] == 1
    assert repeat_victims(found).counts["repeat"].to_pylist() == [0, 0, 0]


def test_two_crimes_of_one_force_beside_one_of_another_are_for_people_to_decide() -> None:
    rows = [victim("A", 2, "7"), victim("A", 3, "8"), victim("B", 2, "9")]
    found = linked([row | ANNA | RAPE for row in rows])
    assert "LINK-002" not in {rule for _, rule, *_ in rules(found)}


def test_two_victims_of_one_crime_are_never_one() -> None:
    twins = [victim("A", 2, "7", victim_ref="v", **ANNA), victim("A", 3, "7", victim_ref="w", **ANNA)]
    assert rules(linked(twins)) == []


def test_victims_in_files_of_their_own_take_the_day_from_their_crimes() -> None:
    crimes = table(victim("A", 2, "7", **RAPE)).append_column("outcome_type", [["16"]])
    victims = table(victim("A", 2, "7", victim_ref="v", victim_age=14) | {"file": "A-victims.csv"})
    mentions = [one for one in link([crimes, victims], []).mentions.to_pylist() if one["is_victim"]]
    assert [(one["offence_code"], one["victim_born_year"]) for one in mentions] == [("19C", 2010)]


def test_a_victim_with_two_suspects_is_mentioned_once() -> None:
    rows = [victim("A", row, "7", victim_ref=None, suspect_ref=str(row), **ANNA) for row in (2, 3)]
    assert link([table(*rows)], []).mentions.num_rows == 1


def test_a_stand_in_birth_date_says_nothing() -> None:
    rows = [victim("A", row, str(row), victim_sex="male", victim_born_on=day("1900-01-01")) for row in (2, 3)]
    found = link([table(*rows)], [VICTIM])
    assert found.mentions["victim_born_on"].null_count == 2
    assert rules(found) == []


def test_two_crimes_with_two_victims_each_carry_the_likelier_pair() -> None:
    rows = [
        victim("A", 2, "7", victim_ref="v", **ANNA, **RAPE),
        victim("A", 3, "7", victim_ref="w", victim_name_key="b", **RAPE),
        victim("B", 2, "9", victim_ref="x", **ANNA, **RAPE),
        victim("B", 3, "9", victim_ref="y", victim_name_key="b", **RAPE),
    ]
    mentions = link([table(*rows)], []).mentions
    found = pa.table({"left": [0, 1], "right": [2, 3], "probability": [0.6, 0.9], "agreed": ["a", "b"]})
    for scored in (found, found.take([1, 0])):
        made = candidates(Nodes("crime", mentions), [], scored)
        assert [(one.left, one.right, one.probability) for one in made.links] == [(0, 1, 0.9)]
        assert made.agreed == ("b",)
