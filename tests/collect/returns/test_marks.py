"""A force's marks of duplicates: what is marked is refused, and a mark that is not known is said and kept."""

from __future__ import annotations

import pytest

from fullpicture.collect.returns.mapped import Mapped
from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap
from tests.collect.returns.rows import mapped


def marked(marks: list[str], mark: DuplicateMark) -> Mapped:
    columns = {"Ref": [str(place) for place in range(len(marks))], "Dup": marks}
    return mapped(columns, FieldMap("crime_ref", ("Ref",)), duplicates=mark)


def said(found: Mapped) -> list[tuple[str, int | None, str]]:
    return [(one.rule, one.row, one.what) for one in found.problems if one.rule in ("MAP-008", "DUP-010")]


@pytest.mark.parametrize(
    ("mark", "refused", "unknown"),
    [
        (DuplicateMark("Dup", keep=("No",)), ["Yes", "Duplicate", "2"], ["Nope", ""]),
        (DuplicateMark("Dup", keep=("No",), drop=("Yes",)), ["Yes"], ["Duplicate", "2", "Nope", ""]),
        (DuplicateMark("Dup", drop=("Duplicates",)), [], ["Duplicate"]),
        (DuplicateMark("Dup", drop=("Yes", "Dup*")), ["Yes", "Duplicate"], []),
    ],
)
def test_a_mark_is_known_or_it_is_said(mark: DuplicateMark, refused: list[str], unknown: list[str]) -> None:
    marks = ["No", "Yes", "Duplicate", "2", "Nope", ""]
    found = marked(marks, mark)
    assert found.refused.get("DUP-010", 0) == len(refused)
    kept = [marks[row - 2] for row in found.records["row"].to_pylist()]
    assert kept == [text for text in marks if text not in refused]
    rows = [row for rule, row, _ in said(found) if rule == "MAP-008"]
    assert sorted(rows) == sorted(marks.index(text) + 2 for text in unknown)


def test_the_nearest_mark_is_named_and_nobodys_name_is() -> None:
    found = marked(["Original", "Orignal", "Ada Byron", ""], DuplicateMark("Dup", keep=("Original",)))
    words = "is no mark of duplicates that the mapping knows"
    assert said(found) == [
        ("MAP-008", 3, f'"Orignal" {words}; the nearest known is "Original".'),
        ("MAP-008", 4, f"this text {words}."),
        ("MAP-008", 5, f"an empty cell {words}."),
    ]
    assert found.refused.get("DUP-010", 0) == 0
