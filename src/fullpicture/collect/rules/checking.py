"""Checks one table of records against all rules that it has the fields for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.findings import MOST_LISTED
from fullpicture.collect.returns.references import all_differ
from fullpicture.collect.rules import COVERAGE, RECORD_RULES
from fullpicture.collect.rules.alike import Array
from fullpicture.collect.rules.asking import Places, asked_of, asking
from fullpicture.collect.rules.facts import known_of
from fullpicture.collect.rules.return_facts import ReturnFacts
from fullpicture.collect.rules.rule import Context, RecordRule, Rule
from fullpicture.core.problem import Problem

_REFERENCES = ("crime_ref", "victim_ref", "suspect_ref")


@dataclass(frozen=True)
class CheckedRecords:
    """The records that stay, in their order. Records in = `kept` + the sum of `refused`."""

    kept: pa.Table
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]


def check_records(records: pa.Table, mapped: frozenset[str], context: Context) -> CheckedRecords:
    """Asks every rule of one table of records: first each record by itself, in one pass over the table, then
    those that are not refused beside the others of the same crime, person or row.

    A refused record counts once, under the first rule that refuses it. At most 1,000 records are listed for a
    rule, then one line says how many more there are.

    Args:
        records: as `returns.mapped` makes them, of one file or of several of the same source.
        mapped: the fields that the return maps; a rule runs if they are all that it needs.
        context: what is known of the return.
    """
    rules = [rule for rule in RECORD_RULES if rule.applies(mapped)]
    broken = _broken(records, mapped, context)
    refused = _first_refusals(rules, broken)
    kept = _without(records, refused)
    problems = [problem for rule in rules for problem in _listed(rule, broken, records, mapped, context)]
    facts = ReturnFacts(records, kept, mapped, context)
    counts = {code: len(places) for code, places in refused.items()}
    return CheckedRecords(kept, counts, (*problems, *_of_the_return(facts)))


def _broken(records: pa.Table, mapped: frozenset[str], context: Context) -> Places:
    """Which records break which rules."""
    rules = [rule for rule in RECORD_RULES if rule.applies(mapped)]
    asked = asked_of(records, context)
    known = known_of(mapped, context, RECORD_RULES)
    with asking(context.unit, asked, known, mapped) as ask:
        broken = ask("")
        refused = _all(_first_refusals(rules, broken))
        shared = {name: _is_shared(records, name) for name in _REFERENCES}
        for key in dict.fromkeys(rule.among for rule in rules if rule.among):
            if shared["crime_ref" if key == "row_key" else key]:
                broken |= ask(key, without=refused)
    return broken


def _is_shared(records: pa.Table, reference: str) -> bool:
    """Whether two records have a reference in common; where none have there is nothing to compare."""
    if reference not in records.column_names:
        return False
    found = records[reference].drop_null()
    return not all_differ(found) and int(pc.count_distinct(found).as_py()) < len(found)


def _first_refusals(rules: Sequence[Rule], broken: Places) -> Places:
    """The records refused, each under the first rule that refuses it."""
    refused: dict[str, Array] = {}
    for rule in rules:
        if rule.severity == "refuse" and rule.code in broken:
            places = np.setdiff1d(broken[rule.code], _all(refused), assume_unique=True)
            refused |= {rule.code: places} if len(places) else {}
    return refused


def _all(places: Places) -> Array:
    return np.concatenate([np.empty(0, np.int64), *places.values()])


def _without(records: pa.Table, refused: Places) -> pa.Table:
    if not refused:
        return records
    kept = np.ones(records.num_rows, dtype=bool)
    kept[_all(refused)] = False
    return records.filter(pa.array(kept))


def _listed(
    rule: RecordRule, broken: Places, records: pa.Table, mapped: frozenset[str], context: Context
) -> Iterator[Problem]:
    """One problem for each record up to the bound, then one for the others; or one for all of them."""
    places = broken.get(rule.code, np.empty(0, np.int64))
    told = 1 if rule.once else MOST_LISTED
    names = list(dict.fromkeys(("file", "row", *rule.quoted)))
    rows = records.select(names).take(pa.array(places[:told])).to_pylist()
    more = len(places) - len(rows)
    for row in rows:
        what = rule.what.format(**row)
        if rule.once and more:
            what = f"{what} ({more + 1:,} records, this is the first)"
        yield _problem(rule, mapped, context, (row["file"], row["row"], what))
    if more and not rule.once:
        what = f"{more:,} more records break this rule."
        yield _problem(rule, mapped, context, (context.file, None, what))


def _of_the_return(facts: ReturnFacts) -> Iterator[Problem]:
    for rule in COVERAGE:
        if rule.applies(facts.mapped):
            for name, what in rule.find(facts):
                column = facts.context.headers.get(name, name)
                yield _line(rule, facts.context, column, (facts.context.file, None, what))


def _problem(
    rule: Rule, mapped: frozenset[str], context: Context, found: tuple[str, int | None, str]
) -> Problem:
    name = rule.field_to_mend(mapped)
    return _line(rule, context, context.headers.get(name, name), found)


def _line(rule: Rule, context: Context, column: str, found: tuple[str, int | None, str]) -> Problem:
    file, row, what = found
    return Problem(file, context.sheet, row, column, rule.code, rule.severity, what, rule.mend)
