"""Shares of a theme that a machine gave, corrected by the people whose answers a coder has read as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from fullpicture.analyse.asks import Ask, asks_of, category_of, folded, matching
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.places import membership, periods_kept, published_periods, sums_of
from fullpicture.analyse.themes.people import SAID
from fullpicture.analyse.themes.shares import Audit, audited_share
from fullpicture.core.absence import Absence
from fullpicture.core.areas import Register
from fullpicture.core.figure import FIGURE_SCHEMA

FEWEST = 30
"""Audited people below whom a group's share is not corrected: a normal interval of fewer says little."""
NOT_CORRECTED = f"As the machine coded it: a coder has read the answers of fewer than {FEWEST} people here."
CORRECTED = "The machine's share, corrected by {many:,} people whose answers a coder has read."
_PLACE = ("area_code", "period_kind", "period")
_Key = tuple[str, ...]


def with_audit(indicator: Indicator, figures: pa.Table, basis: Basis, register: Register) -> pa.Table:
    """A theme's figures with the corrected share and its interval where a machine gave the theme.

    Numerator and denominator stay those of the machine. With fewer than 30 audited people a figure keeps the
    machine's share, without an interval, and is of low reliability (`u`). Where people coded everything,
    nothing changes. Values are rounded as they are printed.
    """
    if not basis.rows.machine.max().to_pyarrow().as_py():
        return figures
    known: dict[_Key, Audit] = {}
    for ask in asks_of(indicator):
        found = _audits(ask, basis, register)
        known |= {(*place, "|".join(sorted(ask.breakdown))): audit for place, audit in found.items()}
    rows = [_corrected(row, known, indicator.decimals) for row in figures.to_pylist()]
    return pa.Table.from_pylist(rows, FIGURE_SCHEMA)


def _corrected(row: dict[str, Any], known: Mapping[_Key, Audit], decimals: int) -> dict[str, Any]:
    if row["absence"] or not row["denominator"]:
        return row
    audit = known.get((*(row[name] for name in (*_PLACE, "category", "breakdown")),), Audit(0, 0, 0))
    if audit.read < FEWEST:
        said = " ".join(filter(None, (row["remark"], NOT_CORRECTED)))
        value = round(row["value"], decimals)
        low = str(Absence.LOW_RELIABILITY)
        return row | {"value": value, "lower": None, "upper": None, "absence": low, "remark": said}
    share = audited_share(round(row["numerator"]), round(row["denominator"]), audit)
    numbers = {
        name: round(100 * number, decimals)
        for name, number in (("value", share.share), ("lower", share.lower), ("upper", share.upper))
    }
    said = " ".join(filter(None, (row["remark"], CORRECTED.format(many=audit.read))))
    return row | numbers | {"remark": said}


def _audits(ask: Ask, basis: Basis, register: Register) -> dict[_Key, Audit]:
    """What the audit found, by area, period and category as published."""
    indicator = ask.indicator
    rows = matching(folded(basis.rows, ask.folds_of(indicator.main.source)), ask.term(indicator.main))
    rows = rows.filter(rows.audited == 1).mutate(category=category_of(rows, ask.breakdown))
    counted = rows.group_by([*_PLACE, "category"]).agg(
        read=rows.count(),
        more=rows.count(where=rows.audited_said > rows[SAID]),
        fewer=rows.count(where=rows.audited_said < rows[SAID]),
    )
    periods, members = _published(indicator, basis, register)
    found: defaultdict[_Key, Audit] = defaultdict(lambda: Audit(0, 0, 0))
    for row in counted.to_pyarrow().to_pylist():
        for kind, period in periods[row["period_kind"], row["period"]]:
            for area in members.get((row["area_code"], kind, period), ()):
                key = (area, kind, period, row["category"])
                found[key] = found[key].and_(Audit(row["read"], row["more"], row["fewer"]))
    return found


def _published(
    indicator: Indicator, basis: Basis, register: Register
) -> tuple[Mapping[tuple[str, str], list[tuple[str, str]]], Mapping[_Key, list[str]]]:
    """The published periods that each delivered one is in, and the areas each delivered area is in."""
    delivered = periods_kept(basis.periods, indicator.since)
    periods: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for part_kind, part, kind, whole, _ in sums_of(delivered, indicator.periods):
        periods[part_kind, part].append((kind, whole))
    wanted = published_periods(delivered, indicator.periods)
    members: defaultdict[_Key, list[str]] = defaultdict(list)
    for area, member, kind, period in membership(
        register, indicator.areas, basis.base_levels, wanted, basis.covers
    ):
        members[member, kind, period].append(area)
    return periods, members
