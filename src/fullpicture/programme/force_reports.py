"""What is known of each force's return, put together for its page and for the national matrix."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from fullpicture.analyse.quality import LATE_AFTER, mend_first
from fullpicture.collect.returns.record import BY_NAME
from fullpicture.core.areas import Register
from fullpicture.core.problem import Problem
from fullpicture.programme.desk import returns as desk_returns
from fullpicture.programme.load import Programme
from fullpicture.programme.quality import Measured
from fullpicture.programme.receiving import Received
from fullpicture.programme.rule_words import title_of
from fullpicture.programme.sources import Intake
from fullpicture.programme.state import State
from fullpicture.publish.force_report import (
    FieldStates,
    ForceReport,
    Month,
    Outcomes,
    Refused,
    ReturnState,
    ToMend,
)

BY_CHOICE = ("DUP-010", "SEL-001")
"""Rules under which rows are refused because the mapping says so: the force has nothing to mend."""
_MORE = re.compile(r"\(([\d,]+) (?:rows|records), this is the first\)|^([\d,]+) more ")

Rows = Mapping[str, list[dict[str, Any]]]
"""Rows of a small table by force."""


@dataclass(frozen=True)
class _Desk:
    """Where a force's return stands: the newest period that it was asked for."""

    state: ReturnState
    since: date | None = None
    due: date | None = None
    is_overdue: bool = False


def force_reports(programme: Programme, intake: Intake, measured: Measured) -> list[ForceReport]:
    """A report for every force that is asked for a return, those without one as well.

    What is overdue is judged as of the day of publication: the clock is not read.
    """
    received = _by_force(intake.returns.values())
    desk = _desk(programme)
    tables = {name: _rows(table) for name, table in measured.tables.items()}
    mends = _rows(_mends(received, programme.register))
    asked = programme.returns.asked
    period = _words(asked.first_day, asked.last_day)
    reports = []
    for code in _expected(programme, received):
        own = received.get(code, [])
        stands = desk.get(code) or _Desk("received" if any(one.vintage for one in own) else "not requested")
        reports.append(
            ForceReport(
                code=code,
                name=programme.register.area(code).name,
                state=stands.state,
                state_since=stands.since,
                due_on=stands.due,
                is_overdue=stands.is_overdue,
                period=period,
                as_of=asked.as_of,
                **_counts(own),
                mend=tuple(map(_to_mend, sorted(mends.get(code, []), key=_position))),
                **_quality(tables, code, sum(one.rows_kept for one in own)),
            )
        )
    return reports


def _by_force(received: Iterable[Received]) -> dict[str, list[Received]]:
    found: dict[str, list[Received]] = defaultdict(list)
    for one in received:
        found[one.source.mapping.police_force].append(one)
    return found


def _expected(programme: Programme, received: Mapping[str, object]) -> list[str]:
    """Forces of the areas that national records cover, and whoever else sent a return."""
    codes: dict[str, None] = {}
    for source in programme.sources.values():
        for level in source.base_levels if source.joins else ():
            codes |= dict.fromkeys(programme.register.base_members(source.covers, level))
    day = programme.returns.asked.as_of
    living = [code for code in codes if (programme.register.area(code).valid_to or date.max) >= day]
    return sorted({*living, *received})


def _desk(programme: Programme) -> dict[str, _Desk]:
    today = programme.form.published_on
    stood = sorted(desk_returns(State(programme.folder)), key=lambda one: one.period.last_day)
    return {
        one.police_force: _Desk(one.standing, one.since.date(), one.due, one.days_overdue(today) > 0)
        for one in stood
    }


def _words(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def _counts(own: Sequence[Received]) -> dict[str, Any]:
    """Files and rows of all that a force delivered."""
    refused: Counter[str] = Counter()
    for one in own:
        refused.update(one.refused)
    return {
        "files": tuple(name for one in own for name, _ in one.files),
        "rows_in": sum(one.rows_in for one in own),
        "rows_kept": sum(one.rows_kept for one in own),
        "refused": tuple(
            Refused(rule, title_of(rule), rows, rule in BY_CHOICE) for rule, rows in sorted(refused.items())
        ),
    }


def _mends(received: Mapping[str, Sequence[Received]], register: Register) -> pa.Table:
    """Problems of every force by rule and column, with how many rows each is of."""
    rows: list[tuple[object, ...]] = []
    for code, own in received.items():
        for one in own:
            rows += [
                (code, p.rule, p.severity, p.column, p.mend, rows_of(p))
                for p in one.problems
                if p.rule not in BY_CHOICE
            ]
    names = ("police_force", "rule", "severity", "column", "mend", "rows")
    types = [pa.int64() if name == "rows" else pa.string() for name in names]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)]
    return mend_first(ibis.memtable(pa.table(arrays, names=list(names)))).to_pyarrow()


def rows_of(problem: Problem) -> int:
    """How many rows a problem is of: one, or as many as it says of those that are not listed.

    Examples:
        >>> what = '"X" is not a sex (12 rows, this is the first).'
        >>> rows_of(Problem("kent.csv", "", 7, "Sex", "MAP-001", "warn", what, ""))
        12
    """
    said = _MORE.search(problem.what)
    return int((said[1] or said[2]).replace(",", "")) if said else 1


def _position(row: Mapping[str, Any]) -> int:
    return int(row["position"])


def _to_mend(row: Mapping[str, Any]) -> ToMend:
    rule = str(row["rule"])
    said = {name: row[name] for name in ("severity", "column", "mend", "rows")}
    return ToMend(rule, title_of(rule), **said)


def _rows(table: pa.Table) -> Rows:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        found[row.pop("police_force")].append(row)
    return found


def _quality(tables: Mapping[str, Rows], code: str, kept: int) -> dict[str, Any]:
    """A force's months, fields and outcomes; nothing of a force that delivered nothing."""
    if not kept:
        return {}

    def of(name: str) -> list[dict[str, Any]]:
        return tables[name].get(code, [])

    months = sorted(of("months"), key=lambda row: str(row["month"]))
    period = of("period")
    fields = {str(row["field"]): row for row in of("fields")}
    return {
        "months": tuple(
            Month(*(row[name] for name in ("month", "crimes", "usual", "mark"))) for row in months
        ),
        "outside": tuple(period[0][name] for name in ("before", "after", "undated")) if period else (0, 0, 0),
        "fields": tuple(_field(name, fields.get(name), kept) for name in BY_NAME),
        "outcomes": _outcomes(of("outcomes")[0]) if of("outcomes") else None,
        "outcome_months": tuple(map(_outcomes, sorted(of("outcomes_by_month"), key=_month))),
        "late_after": LATE_AFTER,
    }


def _month(row: Mapping[str, Any]) -> str:
    return str(row["month"])


_STATES = ("records", "with_value", "unknown", "not_recorded", "not_applicable", "unusable", "not_delivered")


def _field(name: str, row: Mapping[str, Any] | None, kept: int) -> FieldStates:
    """A field that no file of the force is of is not delivered."""
    title = BY_NAME[name].title
    if row is None:
        return FieldStates(title, kept, 0, not_delivered=kept)
    return FieldStates(title, *(int(row[state]) for state in _STATES))


def _outcomes(row: Mapping[str, Any]) -> Outcomes:
    names = ("crimes", "old", "late", "closed", "median_days", "month")
    return Outcomes(**{name: row.get(name) for name in names})  # type: ignore[arg-type]
