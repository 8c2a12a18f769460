"""Every rule on records: what passes, what breaks it, and what it says."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pytest

from fullpicture.collect.findings import MOST_LISTED
from fullpicture.collect.returns.record import BY_NAME, FIELDS
from fullpicture.collect.rules import COVERAGE, FAMILIES, RECORD_RULES, RULES
from fullpicture.collect.rules.checking import check_records
from fullpicture.collect.rules.earlier import Earlier
from fullpicture.collect.rules.rule import rule
from tests.collect.rules.case import Case
from tests.collect.rules.cases import CASES
from tests.collect.rules.invented import CLEAN, Row, checked, context, everything, records

CODES = [each.code for each in RECORD_RULES]
ABOUT_NOTHING = {"DAT-002", "OFF-001", "LNK-001"}
"""Rules that ask for a value; all others say nothing where there is none."""


@cache
def listed_together(without: str = "") -> dict[tuple[str, int], list[int]]:
    """What single rules on single records list, case by case, all asked at once.

    `without` takes a value away: of the fields that the rule needs without an alternative, "0" is the first.
    """
    cases = {(code, n): case for code in CODES for n, case in enumerate(CASES[code]) if by_itself(code, case)}
    rows = [[spoiled(row, code, without) for row in case.rows] for (code, _), case in cases.items()]
    ends = list(accumulate(map(len, rows), initial=0))
    assert ends[-1] < MOST_LISTED
    places: dict[str, list[int]] = {}
    for problem in checked([row for each in rows for row in each]).problems:
        if problem.row:
            places.setdefault(problem.rule, []).append(problem.row - 2)
    return {
        (code, n): [place - start for place in places.get(code, []) if start <= place < end]
        for ((code, n), start, end) in zip(cases, ends, ends[1:], strict=False)
    }


def by_itself(code: str, case: Case) -> bool:
    """Whether a case's rows can be asked beside those of others."""
    rule_asked = next(each for each in RECORD_RULES if each.code == code)
    return not (rule_asked.among or rule_asked.once or case.facts)


def spoiled(row: Row, code: str, without: str) -> Row:
    needed = [name for name in RULES[code].fields if " or " not in name]
    gone = needed[int(without) : int(without) + 1] if without else []
    return {**row, **{name: None for name in gone}, **{f"{name}__state": "unusable" for name in gone}}


def rows_listed(code: str, n: int, without: str = "") -> list[int]:
    case = CASES[code][n]
    if by_itself(code, case):
        return listed_together(without)[code, n]
    facts: dict[str, Any] = dict(case.facts)
    if "earlier" in facts:
        known = {name: pa.array(texts, pa.string()) for name, texts in facts["earlier"].items()}
        facts["earlier"] = Earlier(**known)
    found = checked([spoiled(row, code, without) for row in case.rows], **facts)
    return [problem.row - 2 for problem in found.problems if problem.rule == code and problem.row]


@pytest.mark.parametrize("code", CODES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(code: str) -> None:
    cases = CASES[code]
    assert any(case.broken for case in cases)
    assert any(not case.broken for case in cases)
    assert [rows_listed(code, n) for n in range(len(cases))] == [list(case.broken) for case in cases]


def test_there_are_no_cases_of_rules_that_do_not_exist() -> None:
    assert sorted(CASES) == sorted(CODES)


@pytest.mark.parametrize("code", sorted(set(CODES) - ABOUT_NOTHING))
def test_a_rule_says_nothing_where_a_field_it_needs_cannot_be_used(code: str) -> None:
    needed = [name for name in RULES[code].fields if " or " not in name]
    for n, case in enumerate(CASES[code]):
        for which in range(len(needed)):
            assert not case.broken or rows_listed(code, n, without=str(which)) == []


def test_records_of_nothing_break_only_rules_that_ask_for_something() -> None:
    nothing = {field.name: None for field in FIELDS} | {
        f"{field.name}__state": "unusable" for field in FIELDS
    }
    found = checked([nothing, nothing])
    assert {problem.rule for problem in found.problems if problem.row} == ABOUT_NOTHING
    assert found.refused == {"DAT-002": 2}


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_applies_to_a_return_that_maps_all_that_it_needs(code: str) -> None:
    facts = RULES[code]
    assert facts.applies(everything())
    for needed in facts.fields:
        assert not facts.applies(everything() - set(needed.split(" or ")))


def test_rules_whose_fields_are_not_mapped_do_not_run() -> None:
    rows = [row for cases in CASES.values() for case in cases for row in case.rows]
    found = check_records(records(rows), frozenset({"offence_code"}), context())
    assert {problem.rule for problem in found.problems if problem.row} == {"OFF-001", "OFF-002", "OFF-012"}


def test_a_rule_with_a_year_is_for_records_of_it_and_later() -> None:
    early = {"outcome_type": "18", "recorded_on": date(2013, 12, 31)}
    late = {"outcome_type": "18", "recorded_on": date(2014, 1, 1)}
    assert RULES["OUT-008"].since == 2014
    found = checked([early, late], first_day=None, last_day=None)
    assert [problem.row for problem in found.problems if problem.rule == "OUT-008"] == [3]


def test_codes_are_unique_and_say_their_family() -> None:
    listed = [*CODES, *(each.code for each in COVERAGE)]
    assert len(RULES) == len(set(listed)) == len(listed)
    families = [{each.code[:3] for each in family} for family in FAMILIES.values()]
    assert families == [{"DAT"}, {"OUT"}, {"OFF"}, {"AGE"}, {"LNK"}, {"DUP"}]


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_is_said_in_words_and_needs_fields_that_exist(code: str) -> None:
    facts = RULES[code]
    assert facts.title
    assert facts.what.endswith(".")
    assert facts.mend.endswith(".")
    assert {name for each in facts.fields for name in each.split(" or ")} <= set(BY_NAME)


@pytest.mark.parametrize("quoted", ["victim_age", "crime_ref", "recorded_on", "nothing_known"])
def test_only_codes_may_be_quoted(quoted: str) -> None:
    with pytest.raises(ValueError, match="TST-001: only codes and flags may be quoted"):
        rule("TST-001", "A test", what=f"It is {{{quoted}}}.")(lambda records: records.csa == "yes")


def test_the_clean_record_is_whole() -> None:
    assert {field.name for field in FIELDS if not field.identifying} <= set(CLEAN)
