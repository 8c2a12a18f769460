"""Rank and quartile among areas of the same level."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.core.engine import divide

FEWEST = 4
"""A quartile needs an area in each quarter."""


def ranked(figures: ir.Table) -> ir.Table:
    """Rank (1 is best, equal values share one) and quartile (1 is the best quarter).

    Args:
        figures: `indicator`, `area_code`, `area_level`, `period_kind`, `period`, `value` (none missing),
            `polarity` (`high` or `low`).

    Returns:
        `indicator`, `area_code`, `rank`, `ranked` (of how many) and `quartile`, for groups of at least four.
    """
    among = ("indicator", "area_level", "period_kind", "period")
    badness = ibis.ifelse(figures.polarity == "high", -figures.value, figures.value)
    best_first = ibis.window(group_by=among, order_by=badness)
    placed = figures.mutate(
        rank=(ibis.rank().over(best_first) + 1).cast("int64"),
        ranked=figures.count().over(ibis.window(group_by=among)).cast("int64"),
    )
    quarter = divide((placed.rank - 1) * 4, placed.ranked).floor().cast("int64") + 1
    found = placed.mutate(quartile=quarter).filter(placed.ranked >= FEWEST)
    return found.select("indicator", "area_code", "rank", "ranked", "quartile")
