"""The order in which files list figures: area, then period, then breakdown; never by value."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.core.areas import LEVELS

_KEYS = ("level_rank", "area_code", "period_kind", "period", "breakdown", "category")


def in_order(figures: pa.Table) -> pa.Table:
    """One indicator's figures by level of area (as in `LEVELS`), code, kind of period, period and breakdown.

    An order by value would tell what a suppressed figure lies between, so values play no part in it.
    """
    rank = pc.index_in(figures["area_level"], value_set=pa.array(LEVELS)).fill_null(len(LEVELS))
    keyed = figures.append_column("level_rank", rank)
    return figures.take(pc.sort_indices(keyed, sort_keys=[(key, "ascending") for key in _KEYS]))
