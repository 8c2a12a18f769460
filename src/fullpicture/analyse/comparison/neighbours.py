"""The median of an authority's statistical neighbours."""

from __future__ import annotations

import ibis.expr.types as ir

from fullpicture.core.engine import divide

LEAST_SHARE = 0.5
"""A median stands on at least half of the neighbours listed; our judgement, no publisher's."""


def neighbour_medians(figures: ir.Table, neighbours: ir.Table) -> ir.Table:
    """The median of the neighbours' values, with how many of those listed have one.

    The list says who is like whom from one side only: A's neighbours are those that A's lines name, whether
    or not they name A.

    Args:
        figures: `indicator`, `place`, `period_kind`, `period`, `value`, one row each.
        neighbours: `area_code`, `neighbour`, one row for each of an area's neighbours.

    Returns:
        One row per indicator, area and period in which a neighbour has a row: `indicator`, `area_code`,
        `period_kind`, `period`, `value` (null where fewer than half have one), `with_value`, `listed`.
    """
    listed = neighbours.group_by("area_code").agg(listed=neighbours.count())
    joined = neighbours.join(figures, neighbours.neighbour == figures.place)
    found = joined.group_by("indicator", "area_code", "period_kind", "period").agg(
        median=joined.value.median(), with_value=joined.count(where=joined.value.notnull())
    )
    both = found.join(listed, "area_code")
    enough = divide(both.with_value, both.listed) >= LEAST_SHARE
    return both.mutate(value=enough.ifelse(both.median.cast("float64"), None)).select(
        "indicator", "area_code", "period_kind", "period", "value", "with_value", "listed"
    )
