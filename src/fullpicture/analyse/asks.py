"""What one set of figures is asked for: an indicator with one of its breakdowns.

Figures of many asks are computed in one question to the engine: putting a question into the engine's words
takes longer than answering it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import NOT_RECORDED, Indicator, Term


@dataclass(frozen=True)
class Ask:
    """An indicator and the columns that its figures are broken down by; none for its totals."""

    indicator: Indicator
    breakdown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Which ask a row belongs to, inside the engine."""
        return f"{self.indicator.id}/{'|'.join(sorted(self.breakdown))}"

    def term(self, term: Term) -> Term:
        """The amount as this ask takes it: of a column that readers may split by, the default or the rest."""
        if term.source != self.indicator.main.source:
            return term
        where, leave_out = dict(term.where), dict(term.leave_out)
        for column, default in self.indicator.split.items():
            if column in self.breakdown:
                leave_out[column] = (default,)
            else:
                where[column] = (default,)
        return replace(term, where=where, leave_out=leave_out)

    def folds_of(self, source: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Values of a source's columns to be read as one."""
        return self.indicator.fold if source == self.indicator.main.source else {}


def asks_of(indicator: Indicator) -> tuple[Ask, ...]:
    """The totals, unless they would all be the whole, then every breakdown, at its own levels of area."""
    totals = [] if indicator.share_of else [()]
    columns = [*totals, *((column,) for column in indicator.split)]
    whole = [Ask(indicator, breakdown) for breakdown in columns]
    at = replace(indicator, areas=indicator.breakdown_areas or indicator.areas)
    return (*whole, *(Ask(at, breakdown) for breakdown in indicator.breakdowns))


Columns = Callable[[Ask], Mapping[str, Term]]
"""The amounts wanted of an ask by name; all of one ask are of one source and the same rows."""


def placed(asks: Sequence[Ask], columns: Columns, bases: Mapping[str, Basis]) -> ir.Table:
    """Delivered rows of every ask, one below the other.

    Returns:
        `ask`, `area_code`, `from_kind`, `from_period`, `category`, `whole` (the category without the column
        that shares are taken of), `reason`, and for each amount its number and `<name>__absence`.
    """
    return stacked([_placed(ask, columns(ask), bases) for ask in asks])


def _placed(ask: Ask, columns: Mapping[str, Term], bases: Mapping[str, Basis]) -> ir.Table:
    first = ask.term(next(iter(columns.values())))
    rows = matching(folded(bases[first.source].rows, ask.folds_of(first.source)), first)
    amounts: dict[str, ir.Value] = {}
    for name, term in columns.items():
        amounts[name] = rows[term.column]
        amounts[f"{name}__absence"] = rows[f"{term.column}__absence"]
    rest = tuple(name for name in ask.breakdown if name != ask.indicator.share_of)
    return rows.select(
        "area_code",
        ask=ibis.literal(ask.name),
        from_kind=rows.period_kind,
        from_period=rows.period,
        category=category_of(rows, ask.breakdown),
        whole=category_of(rows, rest),
        reason=rows.blank_reason,
        **amounts,
    )


def folded(rows: ir.Table, folds: Mapping[str, Mapping[str, Sequence[str]]]) -> ir.Table:
    """The rows with several values of a column read as one; a value in no fold keeps its name."""
    for column, names in folds.items():
        branches = [(rows[column].isin(list(values)), name) for name, values in names.items()]
        rows = rows.mutate(**{column: ibis.cases(*branches, else_=rows[column])})
    return rows


def matching(rows: ir.Table, term: Term) -> ir.Table:
    """The rows whose columns have one of the values named, and none of those left out."""
    taken = [rows[name].isin(list(values)) for name, values in term.where.items()]
    taken += [~rows[name].isin(list(values)) for name, values in term.leave_out.items()]
    return rows.filter(*taken) if taken else rows


def category_of(rows: ir.Table, breakdown: Sequence[str]) -> ir.Value:
    """The category's name: the values joined by `|` in the order of the columns' names, "" for a total."""
    parts = [rows[name].nullif("").fill_null(NOT_RECORDED) for name in sorted(breakdown)]
    return reduce(lambda left, right: left.concat("|", right), parts) if parts else ibis.literal("")


def stacked(tables: Sequence[ir.Table]) -> ir.Table:
    """Tables of the same columns, one below the other; halved, so that the question does not nest deeply."""
    if len(tables) == 1:
        return tables[0]
    middle = len(tables) // 2
    return stacked(tables[:middle]).union(stacked(tables[middle:]))


def lookup(columns: Mapping[str, pa.DataType], rows: Sequence[Sequence[object]]) -> ir.Table:
    """A small table of ours inside the engine."""
    found = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(column, kind) for column, kind in zip(found, columns.values(), strict=True)]
    return ibis.memtable(pa.table(arrays, names=list(columns)))
