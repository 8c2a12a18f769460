"""Figures that no row stands for: of areas that report with another, and where nothing applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator
from fullpicture.core.absence import Absence
from fullpicture.core.area import Area
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA
from fullpicture.core.period import Period

JOINT = "joint return"


def completed(figures: pa.Table, indicator: Indicator, basis: Basis, register: Register) -> pa.Table:
    """The figures with a not applicable for each member of a joint return, and at levels that have none.

    A figure of two authorities together is theirs as a pair, an area of its own; each alone has none. An
    indicator that is only published for the country shows so everywhere else, and not a gap.
    """
    rows = [
        *_members_of_joint(figures, indicator, register),
        *_not_applicable(figures, indicator, basis, register),
    ]
    more = pa.Table.from_pylist(rows, FIGURE_SCHEMA)
    found = pa.concat_tables([figures, more]) if rows else figures
    return _with_states(found, indicator, basis) if indicator.state else found


def _with_states(figures: pa.Table, indicator: Indicator, basis: Basis) -> pa.Table:
    """The category that each area of the source itself is in, as the remark of its figure."""
    rows = basis.rows.select("area_code", "period_kind", "period", state=basis.rows[indicator.state])
    named = {tuple(row[:3]): row[3] for row in zip(*rows.to_pyarrow().to_pydict().values(), strict=True)}
    keys = zip(*(figures[name].to_pylist() for name in ("area_code", "period_kind", "period")), strict=True)
    states = [named.get(key, "") for key in keys]
    remarks = [state or remark for state, remark in zip(states, figures["remark"].to_pylist(), strict=True)]
    place = FIGURE_SCHEMA.get_field_index("remark")
    return figures.set_column(place, "remark", pa.array(remarks, pa.string()))


def _members_of_joint(
    figures: pa.Table, indicator: Indicator, register: Register
) -> Iterator[dict[str, object]]:
    pairs = {area.code: area for area in register.at_level(JOINT)}
    found = _keys(figures)
    if not pairs or not any(key["area_code"] in pairs for key in found):
        return
    there = {tuple(key.values()) for key in found}
    for key in found:
        pair = pairs.get(key["area_code"])
        for code in pair.members if pair else ():
            alone = {**key, "area_code": code}
            if tuple(alone.values()) not in there and pair:
                yield _absent(indicator, register.area(code), alone, f"Reported together: see {pair.name}.")


def _keys(figures: pa.Table) -> list[dict[str, str]]:
    names = ["area_code", "period_kind", "period", "breakdown", "category"]
    return list(figures.select(names).to_pylist())


def _not_applicable(
    figures: pa.Table, indicator: Indicator, basis: Basis, register: Register
) -> Iterator[dict[str, object]]:
    if not indicator.not_applicable:
        return
    moments = figures.select(["period_kind", "period"]).group_by(["period_kind", "period"]).aggregate([])
    for moment in moments.to_pylist():
        period = Period(moment["period_kind"], moment["period"])
        for area in register.areas:
            below = basis.covers in register.above(area.code)
            if area.level in indicator.not_applicable and below and area.existed_in(period):
                key = {**moment, "breakdown": "", "category": ""}
                yield _absent(indicator, area, key, "Not published at this level.")


def _absent(indicator: Indicator, area: Area, key: Mapping[str, str], why: str) -> dict[str, object]:
    return {
        **key,
        "indicator": indicator.id,
        "area_code": area.code,
        "area_name": area.name,
        "area_level": area.level,
        "unit": indicator.unit,
        "absence": Absence.NOT_APPLICABLE.value,
        "note": "",
        "source": " ".join(indicator.sources),
        "remark": why,
    }
