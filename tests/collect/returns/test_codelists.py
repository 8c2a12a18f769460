"""The shipped lists say one thing for each text, and only values that a field may have."""

from __future__ import annotations

import pytest

from fullpicture.collect.returns.codelists import canonical, names, rows_of, values_of
from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.record import FIELDS, STATES

OF = {"ethnicity-ic": "ethnicity", "ethnicity-16": "ethnicity", "ethnicity-18": "ethnicity",
      "outcome-prose": "outcome"}  # fmt: skip


@pytest.mark.parametrize("name", names())
def test_no_two_texts_that_read_the_same_mean_different_things(name: str) -> None:
    meant: dict[str, str] = {}
    for row in rows_of(name):
        texts = [row["written"]] if "written" in row else [row["code"], row["title"], *row["also"].split("|")]
        value = row.get("value") or row["code"]
        for text in filter(None, texts):
            assert meant.setdefault(plain(text), value) == value, text


@pytest.mark.parametrize("name", names())
def test_a_list_of_spellings_gives_values_of_its_field_or_states(name: str) -> None:
    assert set(values_of(name).values()) <= {*canonical(OF.get(name, name)), *STATES}


@pytest.mark.parametrize("name", names())
def test_every_value_can_be_written_as_itself(name: str) -> None:
    if name not in OF:
        assert all(values_of(name)[plain(value)] == value for value in canonical(name))


def test_every_code_field_has_its_list() -> None:
    assert {field.code_list for field in FIELDS if field.kind == "code"} <= set(names())


def test_every_fact_of_a_reference_list_is_cited() -> None:
    assert [row for name in ("offence", "outcome") for row in rows_of(name) if not row["source"]] == []


def test_outcomes_are_those_of_the_home_office_their_alternatives_and_two_that_are_no_crime() -> None:
    numbers = {str(number) for number in range(23)}
    assert set(canonical("outcome")) == {*numbers, "1A", "2A", "3A", "cancelled", "incident"}
