"""How far each force's return can be relied on: its months, fields and outcomes, and what to mend first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.core.engine import divide

LATE_AFTER = 90
"""Days after recording from which an open crime is late. Half of all crimes have an outcome in about a
fortnight, rape takes months: the share is for comparing forces on like crimes, not for judging one."""
JUMP, JUMP_FROM, GAP_FROM = 3, 20, 5
"""A jump: more than 3 times, or less than a third of, the median of the force's other months with crimes,
where one of the two is at least 20. A gap: a month of the period without a crime, where months with crimes
have 5 on average (by chance alone one in 150 such would be empty). COV-001 and COV-003 ask the same."""
STATES = ("unknown", "not recorded", "not applicable", "unusable")


@dataclass(frozen=True)
class Window:
    """The days that a return is for, and the day on which it was taken from the force's system."""

    first_day: date
    last_day: date
    as_of: date

    @property
    def months(self) -> list[date]:
        """The first day of each month that the period touches."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first_day, self.last_day))
        return [date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]


def months_of(crimes: ir.Table, window: Window) -> ir.Table:
    """Crimes recorded in each month of the period, with its gaps and jumps (`JUMP`, `GAP_FROM`).

    Args:
        crimes: `police_force`, `recorded_on`.

    Returns:
        One row per force and month of the period: `police_force`, `month` (its first day), `crimes`, `usual`
        (the median of the force's other months with crimes), `mark` (`gap`, `up`, `down`, or empty). A force
        that gives no day at all has no rows.

    Examples:
        >>> days = [date(2024, 1, 9)] * 30 + [date(2024, 2, 9)] * 30 + [date(2024, 4, 9)] * 99
        >>> rows = ibis.memtable(pa.table({"police_force": ["A"] * 159, "recorded_on": days}))
        >>> found = months_of(rows, Window(date(2024, 1, 1), date(2024, 4, 30), date(2024, 5, 1)))
        >>> found.order_by("month").select("crimes", "usual", "mark").to_pyarrow().to_pydict()
        {'crimes': [30, 30, 0, 99], 'usual': [64.5, 64.5, 30.0, 30.0], 'mark': ['', '', 'gap', 'up']}
    """
    dated = crimes.filter(crimes.recorded_on.between(window.first_day, window.last_day))
    dated = dated.mutate(month=dated.recorded_on.truncate("M"))
    found = dated.group_by("police_force", "month").aggregate(crimes=dated.count())
    calendar = ibis.memtable(pa.table({"month": pa.array(window.months, pa.date32())}))
    every = found.select("police_force").distinct().cross_join(calendar)
    counted = every.left_join(found, ["police_force", "month"])
    counted = counted.select("police_force", "month", crimes=counted.crimes.fill_null(0))
    usual = counted.inner_join(_usual(found, calendar), ["police_force", "month"])
    usual = usual.select("police_force", "month", "crimes", "usual", "average")
    large = ibis.greatest(usual.crimes.cast("float64"), usual.usual) >= JUMP_FROM
    there = usual.crimes > 0
    mark = ibis.cases(
        ((usual.crimes == 0) & (usual.average >= GAP_FROM), "gap"),
        (there & large & (usual.crimes > usual.usual * JUMP), "up"),
        (there & large & (usual.crimes * JUMP < usual.usual), "down"),
        else_="",
    )
    return usual.select("police_force", "month", "crimes", "usual", mark=mark)


def _usual(found: ir.Table, calendar: ir.Table) -> ir.Table:
    """For each force and month the median of its other months with crimes; its own where it has no other."""
    every = found.select("police_force").distinct().cross_join(calendar)
    others = found.select("police_force", other="month", n="crimes")
    pairs = every.inner_join(others, "police_force")
    single = pairs.group_by("police_force", "month").aggregate(
        usual=pairs.n.cast("float64").median(where=pairs.other != pairs.month),
        whole=pairs.n.cast("float64").median(),
        average=pairs.n.cast("float64").mean(),
    )
    return single.mutate(usual=single.usual.fill_null(single.whole)).drop("whole")


def within_period(crimes: ir.Table, window: Window) -> ir.Table:
    """How many crimes were recorded within the period, before, after, or on no day that is given.

    Returns:
        One row per force: `police_force`, `crimes`, `within`, `before`, `after`, `undated`.
    """
    day = crimes.recorded_on
    return crimes.group_by("police_force").aggregate(
        crimes=crimes.count(),
        within=crimes.count(where=day.between(window.first_day, window.last_day)),
        before=crimes.count(where=day < window.first_day),
        after=crimes.count(where=day > window.last_day),
        undated=crimes.count(where=day.isnull()),
    )


def fields_of(records: ir.Table, fields: Sequence[str]) -> ir.Table:
    """Of every field of every force: how many records have a value, and why the others have none.

    `not_delivered` is a field that the return has no column for (its mapping rule is empty); it is the
    return's lack, not the record's, and is never added to the others.

    Returns:
        One row per force and field: `police_force`, `position` (its place in `fields`), `field`, `records`,
        `with_value`, `unknown`, `not_recorded`, `not_applicable`, `unusable`, `not_delivered`; the last six
        add up to `records`.
    """
    counted = reduce(ir.Table.union, [_states_of(records, name, at) for at, name in enumerate(fields)])
    has, lacks = (
        counted.has_value,
        ~counted.has_value & counted.has_no_rule & (counted.state == "not recorded"),
    )
    rows = counted["rows"]
    return counted.group_by("police_force", "position", "field").aggregate(
        records=rows.sum().cast("int64"),
        with_value=_sum(rows, has),
        **{state.replace(" ", "_"): _sum(rows, ~has & ~lacks & (counted.state == state)) for state in STATES},
        not_delivered=_sum(rows, lacks),
    )


def _states_of(records: ir.Table, name: str, position: int) -> ir.Table:
    """A pass over one field's columns: as much to read as all fields in one, and the same on every engine."""
    found = records.group_by(
        "police_force",
        state=records[f"{name}__state"].cast("string"),
        has_value=records[name].notnull(),
        has_no_rule=(records[f"{name}__rule"] == "").fill_null(True),
    ).aggregate(rows=records.count())
    return found.mutate(position=ibis.literal(position, "int64"), field=ibis.literal(name))


def _sum(rows: ir.IntegerColumn, where: ir.BooleanValue) -> ir.IntegerScalar:
    return rows.sum(where=where).fill_null(0).cast("int64")


def late_outcomes(crimes: ir.Table, window: Window, by_month: bool = False) -> ir.Table:
    """Crimes still open `LATE_AFTER` days or more after they were recorded, and the days to an outcome.

    A crime is open while it has no outcome type, or type 0 ("not yet assigned"), and no outcome day. One
    whose outcome cannot be read, or whose return has no outcomes, is neither open nor closed. The share
    stands on crimes old enough to be late, so that a return taken early looks no worse than one taken late.
    The median is that of closed crimes alone and therefore too short for recent months, whose slow crimes are
    still open. Days run from recording; a return that counts them from the report gives none.

    Args:
        crimes: `police_force`, `recorded_on`, `outcome_type`, `outcome_on`, with their states and rules.
        by_month: a row for each month of recording within the period.

    Returns:
        One row per force (and `month`): `police_force`, `crimes` (dated), `old` (recorded `LATE_AFTER` days
        or more before the extract, and open or closed), `late` (open among them), `late_share` (0-1),
        `closed`, `median_days`.
    """
    day, type_ = crimes.recorded_on, crimes.outcome_type
    silent = (crimes.outcome_type__rule == "") | (crimes.outcome_type__state == "unusable")
    unset = type_.isnull() | (type_ == "0")
    dated = crimes.filter(day.between(window.first_day, window.as_of)).mutate(
        month=day.truncate("M"),
        is_open=unset & ~(type_.isnull() & silent) & crimes.outcome_on.isnull(),
        is_closed=(~unset).fill_null(False) | crimes.outcome_on.notnull(),
        days=_days_to_outcome(crimes),
        is_old=day <= window.as_of - timedelta(days=LATE_AFTER),
    )
    old = dated.is_old & (dated.is_open | dated.is_closed)
    found = dated.group_by("police_force", *(["month"] if by_month else [])).aggregate(
        crimes=dated.count(),
        old=dated.count(where=old),
        late=dated.count(where=old & dated.is_open),
        closed=dated.count(where=dated.is_closed),
        median_days=dated.days.cast("float64").median(where=dated.is_closed & (dated.days >= 0)),
    )
    return found.mutate(late_share=divide(found.late, found.old))


def _days_to_outcome(crimes: ir.Table) -> ir.IntegerValue:
    """From the days themselves, else as delivered where the clock starts at recording."""
    days = crimes.outcome_on.delta(crimes.recorded_on, unit="day").cast("int32")
    if "days_to_outcome" not in crimes.columns:
        return days
    delivered = ibis.ifelse(crimes.days_to_outcome_basis == "recorded", crimes.days_to_outcome, None)
    return days.fill_null(delivered.cast("int32"))


def mend_first(problems: ir.Table) -> ir.Table:
    """What one mend clears, most first: problems by rule and column.

    Mends that let refused rows in or put wrong ones right come before notes, whose rows need no mend.

    Args:
        problems: `police_force`, `rule`, `severity`, `column`, `mend`, `rows` (how many it is of).

    Returns:
        One row per force, rule, severity, column and mend: these, `rows` and `position` (0 for the first).

    Examples:
        >>> rows = ibis.memtable(pa.table({"police_force": ["A"] * 3, "rule": ["X", "Y", "X"],
        ...     "severity": ["warn"] * 3, "column": ["c"] * 3, "mend": ["m"] * 3, "rows": [1, 2, 4]}))
        >>> mend_first(rows).order_by("position").select("rule", "rows").to_pyarrow().to_pydict()
        {'rule': ['X', 'Y'], 'rows': [5, 2]}
    """
    keys = ("police_force", "rule", "severity", "column", "mend")
    summed = problems.group_by(*keys).aggregate(rows=problems["rows"].sum().cast("int64"))
    is_note = (summed.severity == "note").ifelse(1, 0)
    weight = ibis.cases((summed.severity == "refuse", 0), (summed.severity == "warn", 1), else_=2)
    order = [is_note, summed["rows"].desc(), weight, summed.rule, summed.column, summed.mend]
    position = ibis.row_number().over(ibis.window(group_by="police_force", order_by=order))
    return summed.mutate(position=position)
