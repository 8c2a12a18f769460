"""How many cases ended on which day with which outcome: one `GROUP BY`, all that the estimates need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.statistics.given import as_ibis, need
from fullpicture.core.errors import UsageError

OWN = ("entry", "day", "outcome", "refused", "n")
"""Columns of a table of counts that are not groups."""
NO_START, NO_DAY, NO_DAYS = "no first day", "an outcome without its day", "no number of days"
FUTURE, BACKWARDS = "after the day the data were drawn", "ends before it starts"
DateOrder = Literal["ymd", "dmy", "mdy"]
NO_DATE: Mapping[DateOrder, str] = {
    "ymd": "no date (YYYY-MM-DD)", "dmy": "no date (DD/MM/YYYY)", "mdy": "no date (MM/DD/YYYY)",
}  # fmt: skip
NOT_WHOLE, UNSEEN = "not a whole number of days", "ends before it comes under observation"


_Placed = tuple[ir.Column, ir.Column]


def outcome_counts(
    table: Any,
    by: Sequence[str] = (),
    *,
    start: str | None = None,
    end: str | None = None,
    outcome: str,
    as_of: date | str | None = None,
    days: str | None = None,
    entry: str | None = None,
    censored: Any = None,
    date_order: DateOrder = "ymd",
) -> ir.Table:
    """How many cases of each group ended on which day with which outcome, or were still open then.

    A case's time runs in whole days from its first day, which is day 0: an outcome on the first day is an
    outcome of day 0 and counts. A case without an outcome is open; it is followed to its last day, or, where
    it has none, to the day the data were drawn. Nothing is computed until the result is asked for, and then
    the engine reads the table once.

    A case that cannot be placed in time is counted apart with the reason, so that rows in are rows kept and
    rows refused: no first day or number of days; a text that is no date; an outcome without its day; an end
    before the start; a day after `as_of`; days that are no whole number; an end before the case comes under
    observation. No estimate uses these.

    Args:
        table: one row per case; an Ibis table, anything that Ibis can make one of, or a path.
        by: columns of groups; a missing value is a group of its own.
        start: column of the first day (a date or a time).
        end: column of the last day; may be empty where the outcome is.
        outcome: column of the outcome, empty while the case is open.
        as_of: the day the data were drawn; without it, the last day that `start` and `end` have.
        days: column of whole days from the first to the last, instead of `start` and `end`.
        entry: column of the day (counted from the first) on which the case came under observation, where that
            is later (left truncation); it is then at risk from the day after.
        censored: value of `outcome` that means open as well.
        date_order: how days are written as text: `ymd` (2024-12-31), `dmy` (31/12/2024) or `mdy`
            (12/31/2024). It is never guessed: 04/05/2024 is one day in each.

    Returns:
        The columns of `by`, `entry` if given, `day`, `outcome` (null: open), `refused` (null, or why) and
        `n`.

    Examples:
        >>> cases = {"force": ["Kent"] * 3, "days": [0, 9, 9], "outcome": ["16", None, "16"]}
        >>> counts = outcome_counts(cases, by=["force"], days="days", outcome="outcome")
        >>> counts.order_by("day", "n", "outcome").to_pyarrow()["n"].to_pylist()
        [1, 1, 1]
    """
    cases, by = as_ibis(table), [by] if isinstance(by, str) else list(by)
    named = [name for name in (start, end, outcome, days, entry) if name is not None]
    need(cases, [*by, *named], "outcome counts")
    _check_call(by, start, end, days)
    groups = {name: cases[name] for name in by}
    if days is not None:
        # What is the same is counted first: what follows is asked of some thousand rows, whatever the cases.
        late = {} if entry is None else {"_entry": cases[entry]}
        cases = cases.select(**groups, _days=cases[days], _outcome=cases[outcome], **late)
        cases = cases.group_by(list(cases.columns)).agg(_n=cases.count())
        known = _outcome(cases._outcome, censored)
        day, reason = _from_days(cases._days, _tries(cases))
        came = None if entry is None else cases._entry
    else:
        tries = _tries(cases)
        placed = [_as_date(cases[name], tries, date_order) for name in (start, end) if name is not None]
        known = _outcome(cases[outcome], censored)
        day, reason = _from_dates(cases, placed, known, as_of)
        reason = ibis.ifelse(reason == NO_DATE["ymd"], NO_DATE[date_order], reason)
        came = None if entry is None else cases[entry]
    return _counted(cases, by, {"day": day, "outcome": known}, reason, came)


def _counted(
    cases: ir.Table, by: Sequence[str], columns: dict[str, ir.Value], reason: ir.Value, came: ir.Value | None
) -> ir.Table:
    if came is not None:
        came = came.cast("int64").fill_null(0)
        unseen = ibis.ifelse((came > 0) & (columns["day"] <= came), UNSEEN, ibis.null("string"))
        reason, columns = ibis.coalesce(reason, unseen), {"entry": came, **columns}
    kept = {
        name: ibis.ifelse(reason.isnull(), value, ibis.null(value.type())) for name, value in columns.items()
    }
    number = cases._n if "_n" in cases.columns else ibis.literal(1, "int64")
    placed = cases.select(**{name: cases[name] for name in by}, **kept, refused=reason, _n=number)
    return placed.group_by([*by, *columns, "refused"]).agg(n=placed._n.sum().cast("int64"))


def _check_call(by: Sequence[str], start: str | None, end: str | None, days: str | None) -> None:
    if (days is None) == (start is None and end is None) or (start is None) != (end is None):
        raise UsageError("outcome counts: time is either `days`, or `start` and `end`. Name one way.")
    taken = [name for name in by if name in OWN]
    if taken:
        raise UsageError(f"outcome counts: a group cannot be called {', '.join(taken)}. Rename the column.")


def _outcome(column: ir.Column, censored: Any) -> ir.Column:
    """The outcome; whole numbers that came as decimals are whole again, empty text is no outcome."""
    kind = column.type()
    if kind.is_floating():
        column = ibis.ifelse(column.isnan(), ibis.null(kind), column).cast("int64")
    elif kind.is_string():
        column = column.strip().nullif("")
    elif kind.is_null():
        column = column.cast("string")
    if censored is None or censored == "":
        return column
    try:
        return column.nullif(ibis.literal(str(censored) if kind.is_string() else int(censored)))
    except ValueError:
        raise UsageError(f'outcome counts: outcomes are numbers; censored "{censored}" is none.') from None


def _tries(cases: ir.Table) -> Callable[[ir.Column, str], ir.Column]:
    """How a text becomes another type: null where it cannot, on engines that can try (PostgreSQL cannot)."""
    engines = cases._find_backends()[0]
    if engines and engines[0].name == "postgres":
        return lambda text, kind: text.cast(kind)
    return lambda text, kind: text.try_cast(kind)


def _from_days(column: ir.Column, tries: Callable[[ir.Column, str], ir.Column]) -> _Placed:
    given = column
    if column.type().is_string():
        given = column.strip().nullif("")
        column = tries(given, "float64")
    if column.type().is_floating():
        column = ibis.ifelse(column.isnan(), ibis.null(column.type()), column)
    reason = ibis.cases(
        (given.isnull(), NO_DAYS),
        (column.isnull(), NO_DAYS if given is column else NOT_WHOLE),
        (column < 0, BACKWARDS),
        (column != column.floor(), NOT_WHOLE),
    )
    return ibis.ifelse(reason.isnull(), column, ibis.null(column.type())).cast("int64"), reason


def _from_dates(
    cases: ir.Table, placed: Sequence[_Placed], known: ir.Column, as_of: date | str | None
) -> _Placed:
    (first, first_wrong), (last, last_wrong) = placed
    if as_of is None:
        latest = cases.aggregate(a=first.max(), b=last.max())
        drawn = latest.select(drawn=ibis.greatest(latest.a.fill_null(latest.b), latest.b.fill_null(latest.a)))
        until = drawn.as_scalar()
    else:
        until = ibis.literal(_day_of(as_of), type="date")
    ended = ibis.coalesce(last, until)
    day = ended.delta(first, unit="day").cast("int64")
    reason = ibis.cases(
        (first_wrong | last_wrong, NO_DATE["ymd"]),
        (first.isnull(), NO_START),
        (known.notnull() & last.isnull(), NO_DAY),
        ((first > until) | (last > until).fill_null(False), FUTURE),
        (day < 0, BACKWARDS),
    )
    return day, reason


def _day_of(said: date | str) -> date:
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise UsageError(f'outcome counts: as_of "{said}" is no date. Write it as 2024-12-31.') from None


def _as_date(column: ir.Column, tries: Callable[[ir.Column, str], ir.Column], order: DateOrder) -> _Placed:
    """A day, and whether it is a text that is none; text is read in this order, empty text is no day."""
    kind = column.type()
    if kind.is_string():
        given = column.strip().nullif("")
        found = tries(_turned(given, order), "date")
        return found, given.notnull() & found.isnull()
    if not (kind.is_date() or kind.is_timestamp() or kind.is_null()):
        raise UsageError(f"outcome counts: a day cannot be a {kind}. Give dates, or whole days as `days`.")
    return column.cast("date"), ibis.literal(False)


def _turned(text: ir.StringColumn, order: DateOrder) -> ir.Column:
    """A day as text with the year first; what is not written in the order is no day."""
    if order == "ymd":
        return text
    parts = r"^([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})([ T].*)?$"
    first, second, year = (text.re_extract(parts, group) for group in (1, 2, 3))
    day, month = (first, second) if order == "dmy" else (second, first)
    return year.concat("-", month.lpad(2, "0"), "-", day.lpad(2, "0"))


def refusals(counts: pa.Table) -> tuple[int, dict[str, int]]:
    """How many cases there were in a table of counts, and how many of them were refused for each reason."""
    n, reasons = counts["n"].to_pylist(), counts["refused"].to_pylist()
    refused: dict[str, int] = {}
    for number, reason in zip(n, reasons, strict=True):
        if reason is not None:
            refused[reason] = refused.get(reason, 0) + number
    return sum(n), dict(sorted(refused.items()))
