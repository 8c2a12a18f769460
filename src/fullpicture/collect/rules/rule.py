"""What a rule is: a short function that says which records break it, with its facts in the decorator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

import ibis.expr.types as ir

from fullpicture.collect.returns.record import BY_NAME, Unit
from fullpicture.collect.rules.earlier import Earlier
from fullpicture.core.problem import Severity

if TYPE_CHECKING:
    from fullpicture.collect.rules.return_facts import ReturnFacts

Condition = Callable[[ir.Table], ir.BooleanValue]
Finding = tuple[str, str]
"""The field that is meant, "" for none, and what was found."""


@dataclass(frozen=True)
class Context:
    """What rules know of a return beside its records.

    Args:
        file, sheet: named in problems of the whole file; those of a row name the record's own `file`.
        as_of: the day the return is taken to describe: later days are in the future.
        first_day, last_day: the period that the return is for, where one was asked for.
        headers: the delivered header of each field, so that problems name what the force sees.
        earlier: references of what the force's other returns told of before, hashed.
    """

    file: str
    sheet: str
    as_of: date
    first_day: date | None
    last_day: date | None
    unit: Unit
    headers: Mapping[str, str] = field(default_factory=dict)
    earlier: Earlier = field(default_factory=Earlier)


class RuleFacts(TypedDict, total=False):
    """The facts of a rule that its decorator takes by name."""

    fields: Sequence[str]
    severity: Severity
    what: str
    mend: str
    among: str
    since: int | None
    until: int | None
    once: bool


@dataclass(frozen=True)
class Rule:
    """A rule of the return.

    Args:
        code: stable, never used again for another rule.
        title: what must be so, in a force's words.
        fields: what it needs, the field to mend first; `a or b` where one of them will do. It runs only on a
            return that maps them.
        severity: refuse the record, warn, or note.
        what: what was found; a code in braces, as `{outcome_type}`, is quoted from the record.
        mend: what to do about it.
        among: it compares records that have this column in common (`facts.shared_facts`).
        since, until: the first and the last year of recording that it is for.
        once: it is said once for the file, with the number of records, because one cause makes them all.
    """

    code: str
    title: str
    fields: tuple[str, ...] = ()
    severity: Severity = "warn"
    what: str = ""
    mend: str = ""
    among: str = ""
    since: int | None = None
    until: int | None = None
    once: bool = False

    def __post_init__(self) -> None:
        quoted = [BY_NAME[name] for name in self.quoted if name in BY_NAME]
        if len(quoted) < len(self.quoted) or any(each.kind not in ("code", "flag") for each in quoted):
            raise ValueError(f"{self.code}: only codes and flags may be quoted.")

    @property
    def quoted(self) -> tuple[str, ...]:
        """The fields whose codes `what` quotes."""
        return tuple(re.findall(r"{(\w+)}", self.what))

    def applies(self, mapped: frozenset[str]) -> bool:
        """Whether a return maps what the rule needs."""
        return all(any(name in mapped for name in _alternatives(each)) for each in self.fields)

    def field_to_mend(self, mapped: frozenset[str]) -> str:
        """The first of its fields that the return maps."""
        return next((name for each in self.fields for name in _alternatives(each) if name in mapped), "")


@dataclass(frozen=True)
class RecordRule(Rule):
    """A rule on records: `condition` is true where a record breaks it; null is not."""

    condition: Condition = field(kw_only=True)

    def breaks(self, records: ir.Table) -> ir.BooleanValue:
        """Which records break it, within the years that it is for; never null."""
        found = self.condition(records)
        if self.since is not None:
            found &= records.recorded_in >= self.since
        if self.until is not None:
            found &= records.recorded_in <= self.until
        return found.fill_null(False)


@dataclass(frozen=True)
class ReturnRule(Rule):
    """A rule on a whole return: `find` says what is found of it, field by field or month by month."""

    find: Callable[[ReturnFacts], Iterable[Finding]] = field(kw_only=True)


def rule(code: str, title: str, **facts: Unpack[RuleFacts]) -> Callable[[Condition], RecordRule]:
    """Makes a rule of a function from a table of records to the condition under which a record breaks it.

    The condition, not the records, because all rules are asked in one pass over the table.
    """
    return lambda condition: RecordRule(**_as_fields(code, title, facts), condition=condition)  # type: ignore[arg-type]


def return_rule(
    code: str, title: str, **facts: Unpack[RuleFacts]
) -> Callable[[Callable[[ReturnFacts], Iterable[Finding]]], ReturnRule]:
    """Makes a rule of a function from the facts of a whole return to what is found."""
    return lambda find: ReturnRule(**_as_fields(code, title, facts), find=find)  # type: ignore[arg-type]


def _as_fields(code: str, title: str, facts: RuleFacts) -> dict[str, object]:
    return {**facts, "code": code, "title": title, "fields": tuple(facts.get("fields", ()))}


def _alternatives(entry: str) -> list[str]:
    return entry.split(" or ")
