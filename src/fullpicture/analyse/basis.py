"""What an analysis needs to know of a collected source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis.expr.types as ir

from fullpicture.core.period import Period


@dataclass(frozen=True)
class Basis:
    """A collected source inside the engine.

    `rows` is `collect.Collected.table`; `periods` those found in it; `covers` the area whose parts it is
    meant to cover, `base_levels` the levels of those parts; `rounded` to what counts are rounded, by level;
    `missing` why there are no rows where its files are not supplied; `years` names areas whose calendar years
    are not those of recording, with what they are of (`reported`, `created`).
    """

    rows: ir.Table
    periods: tuple[Period, ...]
    covers: str = ""
    base_levels: tuple[str, ...] = ()
    rounded: Mapping[str, int] = field(default_factory=dict)
    missing: str = ""
    years: Mapping[str, str] = field(default_factory=dict)
