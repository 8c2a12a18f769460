"""What a force told of in earlier returns: the same unit is refused, the same crime is said to be again."""

from __future__ import annotations

import pytest

from fullpicture.collect.returns.record import Unit
from fullpicture.collect.rules.earlier import Earlier, read_of
from tests.collect.rules.invented import NO_SUSPECT, NO_VICTIM, Row, checked, records

A = {"crime_ref": "a", "victim_ref": "v", "suspect_ref": "s"}
NO_CRIME = dict.fromkeys(("offence_code", "offence_class", "recorded_on", "recorded_year"))


def found(unit: Unit, row: Row, before: Unit, *rows: Row) -> set[tuple[str, int | None]]:
    """What is said of a row and of another of nothing known, after an earlier return of some unit."""
    table = records(rows, before)
    earlier = Earlier.of(unit, [(before, table.select(read_of(table.column_names)))])
    said = checked([row, {"crime_ref": "another"}], unit, earlier=earlier).problems
    return {(one.rule, one.row) for one in said if one.rule.startswith("DUP") and one.row}


@pytest.mark.parametrize("unit", ["crime", "victim", "suspect", "crime-victim-suspect"])
def test_the_same_again_in_another_return_of_the_same_unit_is_refused(unit: Unit) -> None:
    assert found(unit, A, unit, A, {}) == {("DUP-013", 2)}


def test_a_crime_told_of_beside_its_people_and_alone_is_counted_once_and_said() -> None:
    assert found("crime", A, "crime-victim-suspect", A) == {("DUP-014", 2)}
    assert found("crime-victim-suspect", A, "crime", A) == {("DUP-014", 2)}


def test_rows_that_only_link_people_to_crimes_of_another_return_are_none_of_them() -> None:
    assert found("crime-victim-suspect", A | NO_CRIME, "crime", A) == set()
    assert found("crime", A, "crime-victim-suspect", A | NO_CRIME) == set()


def test_victims_are_told_of_twice_where_the_rows_of_crimes_tell_of_victims() -> None:
    assert found("victim", A, "crime-victim-suspect", A, {"crime_ref": "another"}) == {
        ("DUP-014", 2),
        ("DUP-014", 3),
    }
    assert found("victim", A, "crime-victim-suspect", A | NO_VICTIM, {"crime_ref": "another"}) == {
        ("DUP-014", 3)
    }


def test_people_of_other_crimes_and_of_another_kind_are_no_duplicates() -> None:
    assert found("victim", A, "victim", {"crime_ref": "b"}) == set()
    assert found("victim", A, "crime", A, {"crime_ref": "another"}) == set()
    assert found("suspect", A, "victim", A) == set()


def test_without_all_references_nobody_knows_whether_it_is_the_same() -> None:
    assert found("victim", A | {"victim_ref": None}, "victim", A) == {("DUP-014", 2)}


def test_a_crime_without_a_victim_or_a_suspect_is_the_same_if_it_has_nobody_in_both() -> None:
    nobody, alone = A | NO_VICTIM | NO_SUSPECT, A | NO_SUSPECT
    assert found("crime-victim-suspect", nobody, "crime-victim-suspect", nobody) == {("DUP-013", 2)}
    assert found("crime-victim-suspect", alone, "crime-victim-suspect", alone) == {("DUP-013", 2)}
    described = A | {"suspect_ref": None}
    assert found("crime-victim-suspect", described, "crime-victim-suspect", described) == {("DUP-014", 2)}
