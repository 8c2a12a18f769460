"""Coverage: what is missing from a return as a whole, month by month and field by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.rules.return_facts import ReturnFacts, written
from fullpicture.collect.rules.rule import Finding, return_rule

EXPECTED = 5.0
"""Records a month from which a month without any is remarkable: by chance it is one in 150 (e to the -5)."""
JUMP, JUMP_FROM = 3, 20
ALIKE_FROM = 50
_MONTHS = "Send the records of that month; if there were none, say so."
_EXPECTED_ALIKE = {"crime_ref", "recorded_year", "offence_class"}
"""A return may well be of one year or of one class of offence."""


@return_rule(
    "COV-001",
    "Every month has records",
    fields=["recorded_on"],
    what="No record is from a month between others.",
    mend=_MONTHS,
)
def month_without_records(facts: ReturnFacts) -> Iterable[Finding]:
    """Where the other months have at least `EXPECTED` records each on average."""
    inner = [month for month in _empty(facts) if min(facts.months) < month < max(facts.months)]
    return [("recorded_on", f"No record is from {written(month)}.") for month in inner]


@return_rule(
    "COV-002",
    "The period has records from its beginning to its end",
    fields=["recorded_on"],
    what="The period begins or ends with months without records.",
    mend="Send the whole period, or say which part of it the return is for.",
)
def period_begins_or_ends_empty(facts: ReturnFacts) -> Iterable[Finding]:
    empty = _empty(facts)
    if not empty:
        return []
    before = sum(month < min(facts.months) for month in empty)
    after = sum(month > max(facts.months) for month in empty)
    said = ((before, "begins"), (after, "ends"))
    return [
        ("recorded_on", f"The period {verb} with {_count(months)} without records.")
        for months, verb in said
        if months
    ]


@return_rule(
    "COV-003",
    "Months have about as many records as each other",
    fields=["recorded_on"],
    severity="note",
    what=f"A month has more than {JUMP} times as many records as half of the others, or fewer than a third.",
    mend="Check that the month is complete and in it once; nothing to do if it is right.",
)
def sudden_jump(facts: ReturnFacts) -> Iterable[Finding]:
    """Against the median of the other months that have records, where one of the two is at least 20."""
    counts = {month: facts.months.get(month, 0) for month in facts.period if facts.months.get(month, 0)}
    for month, count in counts.items():
        usual = median([n for other, n in counts.items() if other != month] or [count])
        if max(count, usual) >= JUMP_FROM and not usual / JUMP <= count <= usual * JUMP:
            times = "more than 3 times" if count > usual else "fewer than a third"
            yield "recorded_on", f"{written(month)} has {times} as many records as other months usually have."


@return_rule(
    "COV-004",
    "A field that is sent has values",
    what="More than half of the records that should have a value have none.",
    mend="Check that the right column is mapped and its codes are known; else send what there is.",
)
def field_mostly_empty(facts: ReturnFacts) -> Iterable[Finding]:
    """The day of an outcome is not asked for here: a crime may be open (OUT-002)."""
    for field in facts.fields():
        concerned = facts.concerned(field)
        if field.name in ("offence_to", "outcome_on", "days_to_outcome") or not concerned:
            continue
        missing = concerned - facts.valued(field.name)
        if missing * 2 > concerned:
            yield field.name, f"{missing:,} of {concerned:,} records have no value in this field."


@return_rule(
    "COV-005",
    "A field has more than one value",
    severity="note",
    what=f"All of {ALIKE_FROM} or more records have the same value.",
    mend="Check that the right column is mapped; nothing to do if it is right.",
)
def field_always_alike(facts: ReturnFacts) -> Iterable[Finding]:
    """But for values that the mapping fixes, and for fields of which a return may well have one."""
    for field in facts.fields():
        if field.name in _EXPECTED_ALIKE or facts.kept.num_rows < ALIKE_FROM:
            continue
        column = facts.kept[field.name]
        if column.null_count == 0 and _one_value(column) and not _fixed(facts.kept[f"{field.name}__rule"]):
            yield field.name, f"All {len(column):,} records have the same value in this field."


@return_rule(
    "COV-006",
    "Crimes of the last three months have outcomes",
    fields=["outcome_type", "recorded_on"],
    severity="note",
    what="Most crimes of the last three months have no outcome yet.",
    mend="Nothing to do: outcomes of these months will change, and figures say so. Send them again later.",
)
def late_outcomes(facts: ReturnFacts) -> Iterable[Finding]:
    last = facts.period[-3:]
    if not last:
        return []
    first_day = pa.scalar(_first_day(last[0]), pa.date32())
    recent = facts.kept.filter(pc.greater_equal(facts.kept["recorded_on"], first_day))
    outcomes = recent["outcome_type"].cast("string")
    open_yet = int(pc.sum(pc.fill_null(pc.equal(outcomes, "0"), True)).as_py() or 0)
    if recent.num_rows < JUMP_FROM or open_yet * 2 <= recent.num_rows:
        return []
    said = f"{open_yet:,} of {recent.num_rows:,} crimes of the last three months have no outcome yet."
    return [("outcome_type", said)]


@return_rule(
    "COV-007",
    "Records are from the return's period",
    fields=["recorded_on"],
    severity="note",
    what="Some records are from outside the period.",
    mend="Send what was asked for; each such record is refused under DAT-001 or DAT-011.",
)
def share_outside(facts: ReturnFacts) -> Iterable[Finding]:
    if not facts.outside:
        return []
    return [("recorded_on", f"{facts.outside:,} of {facts.records.num_rows:,} records are from outside it.")]


def _empty(facts: ReturnFacts) -> list[int]:
    """Months of the period without records, if the months with records have enough of them."""
    within = [month for month in facts.period if facts.months.get(month, 0)]
    empty = [month for month in facts.period if not facts.months.get(month, 0)]
    counted = sum(facts.months[month] for month in within)
    return empty if within and counted >= EXPECTED * len(within) else []


def _count(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _one_value(column: pa.ChunkedArray) -> bool:
    """Most fields show another value in the first few rows, and then the rest need not be looked at."""
    return len(column[:ALIKE_FROM].unique()) == 1 and len(column.unique()) == 1


def _fixed(rules: pa.ChunkedArray) -> bool:
    used = rules.unique().to_pylist()
    return all(rule.endswith(":fixed") for rule in used)
