"""Figures of an indicator whose source is not supplied: not available anywhere, and why."""

from __future__ import annotations

import pyarrow as pa

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator
from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA

SUMMED_LEVELS = ("country", "region", "sub-region")
"""Levels above those that a source's parts are of."""


def unsupplied_figures(indicator: Indicator, basis: Basis, register: Register) -> pa.Table:
    """An `x` with the reason for every area that the source covers, in the period that it would have."""
    levels = indicator.levels or indicator.areas or (*SUMMED_LEVELS, *basis.base_levels)
    rows = [
        {
            "indicator": indicator.id,
            "area_code": area.code,
            "area_name": area.name,
            "area_level": area.level,
            "period": period.name,
            "period_kind": period.kind,
            "breakdown": "",
            "category": "",
            "unit": indicator.unit,
            "absence": Absence.NOT_AVAILABLE.value,
            "note": "",
            "source": " ".join(indicator.sources),
            "remark": f"Source not supplied: {basis.missing}",
        }
        for period in basis.periods
        for area in register.areas
        if area.level in levels and area.existed_in(period) and _is_covered(area.code, basis, register)
    ]
    return pa.Table.from_pylist(rows, FIGURE_SCHEMA).sort_by("area_code")


def _is_covered(code: str, basis: Basis, register: Register) -> bool:
    return not basis.covers or code == basis.covers or basis.covers in register.above(code)
