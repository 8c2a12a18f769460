"""Areas whose returns do not tell what an indicator needs: they have no value, and sums are without them."""

from __future__ import annotations

from functools import reduce

import ibis.expr.types as ir
import pyarrow as pa

from fullpicture.analyse.asks import Ask, folded, lookup
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.places import periods_kept, sums_of

_SILENT = ("", "not recorded")
_KEYS = ("area_code", "period_kind", "period")


def untold(ask: Ask, basis: Basis) -> set[tuple[str, str, str]]:
    """Base areas and published periods in which a column that is needed says nothing in any row.

    A force that has no such column sends nothing of it; to count its crimes as those in which it is not so
    would make a missing column look like a low figure. A period of several parts needs all of them told.
    """
    needs = ask.indicator.needs
    if not needs:
        return set()
    rows = folded(basis.rows, ask.folds_of(ask.indicator.main.source))
    told = {name: rows.count(where=_says(rows[name])) for name in needs}
    delivered = rows.group_by("area_code", from_kind=rows.period_kind, from_period=rows.period).agg(**told)
    names = ("from_kind", "from_period", "period_kind", "period")
    kept = periods_kept(basis.periods, ask.indicator.since)
    periods = lookup(
        dict.fromkeys(names, pa.string()), [row[:4] for row in sums_of(kept, ask.indicator.periods)]
    )
    silent = reduce(lambda one, other: one | other, (delivered[name] == 0 for name in needs))
    found = delivered.filter(silent).join(periods, ["from_kind", "from_period"]).select(*_KEYS).distinct()
    return {(row["area_code"], row["period_kind"], row["period"]) for row in found.to_pyarrow().to_pylist()}


def why_untold(indicator: Indicator) -> str:
    """What a figure without such areas says, their own among them."""
    words = " and ".join(name.replace("_", " ") for name in indicator.needs)
    return f"Returns that do not tell {words} are left out."


def _says(column: ir.Column) -> ir.BooleanValue:
    return column.notnull() & ~column.isin(list(_SILENT))
