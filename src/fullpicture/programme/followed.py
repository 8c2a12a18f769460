"""What the internal page of crimes followed in time shows: curves, funnels and control charts by force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.asks import Ask
from fullpicture.analyse.basis import Basis
from fullpicture.analyse.incidence import EVENT, events_by_month, followed_counts, left_out_of
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.statistics.cumulative_incidence import cumulative_incidence
from fullpicture.analyse.statistics.funnel import funnel
from fullpicture.analyse.statistics.standardised_ratio import standardised_ratio
from fullpicture.analyse.statistics.xmr import xmr
from fullpicture.core.areas import Register
from fullpicture.programme.load import Programme
from fullpicture.programme.sources import Delivery
from fullpicture.publish.followed_page import Control, Followed, Outlier, Step

_MARKS = (0, 30, 90, 180, 365)
_FEWEST_MONTHS = 12
"""Months that a control chart takes at least."""


def followed(programme: Programme, found: Mapping[str, Delivery]) -> list[Followed]:
    """One of each outcome whose crimes are followed, by the longest of its measures."""
    longest: dict[tuple[object, ...], Indicator] = {}
    for one in programme.indicators.values():
        following = one.following
        if following is None or following.measure != "cumulative_incidence":
            continue
        key = (one.main.source, tuple(sorted(one.main.where.items())))
        best = longest.get(key)
        if best is None or best.following is None or best.following.at < following.at:
            longest[key] = one
    shown = (_shown(one, found[one.main.source], programme) for one in longest.values())
    return [one for one in shown if one is not None]


def _shown(indicator: Indicator, delivery: Delivery, programme: Programme) -> Followed | None:
    following = indicator.following
    assert following is not None
    source, register = delivery.source, programme.register
    if delivery.note.missing or not delivery.periods:
        return None
    rows = ibis.memtable(delivery.collected.table)
    basis = Basis(rows, delivery.periods, source.covers, source.base_levels, source.rounded)
    counts = followed_counts(Ask(indicator), basis)
    kinds = counts["period_kind"].unique().sort().to_pylist()
    counts = counts.filter(pc.equal(counts["period_kind"], kinds[0])) if kinds else counts
    out = {place[0] for place in left_out_of(counts)}
    kept = counts.filter(pc.invert(pc.is_in(counts["area_code"], pa.array(sorted(out), pa.string()))))
    if not kept.num_rows:
        return None
    curve = list(_steps(kept, following.at))
    marks = [step for step in curve if step.day in {*_MARKS, following.at}]
    first = min(period.first_day for period in delivery.periods) + timedelta(days=following.at)
    months = months_between(first, following.drawn_on)
    # Months of forces whose returns do not tell would be charts of nothing, and of each kind too many charts.
    monthly = [] if indicator.needs else _controls(events_by_month(Ask(indicator), basis), register, months)
    controls = list(monthly)
    controls.sort(key=lambda one: one.last_rule, reverse=True)
    names = sorted(_name(register, code) for code in out)
    forces = list(_forces(kept, following.at, register))
    return Followed(indicator.id, indicator.title, following.at, curve, marks, forces, controls, names)


def _steps(kept: pa.Table, at: int) -> Iterator[Step]:
    found = cumulative_incidence(kept.select(["day", "outcome", "refused", "n"]), at=range(at + 1))
    for row in found.to_pylist():
        if row["outcome"] == EVENT:
            share, lower, upper = (100 * row[name] for name in ("estimate", "lower", "upper"))
            yield Step(row["day"], share, lower, upper, row["n_risk"])


def _forces(kept: pa.Table, at: int, register: Register) -> Iterator[Outlier]:
    """Forces against what all together would have, between whom more differs than chance."""
    counts = kept.select(["area_code", "day", "outcome", "refused", "n"])
    ratios = standardised_ratio(counts, "area_code", at=at).filter(pc.field("outcome") == EVENT)
    if not ratios.num_rows:
        return
    found = funnel(ratios.select(["area_code", "observed", "expected"]), "winsorised")
    for row in found.to_pylist():
        if not row["absence"]:
            limits = [(row[f"lower_{level}"], row[f"upper_{level}"]) for level in ("95", "99_8")]
            force = _name(register, row["area_code"])
            yield Outlier(force, row["observed"], row["expected"], row["value"], limits, row["signal"])


def _controls(months: pa.Table, register: Register, every: Sequence[str]) -> Iterator[Control]:
    """A chart of each force that has the outcome in any of the months."""
    for code in months["area_code"].unique().sort().to_pylist():
        own = months.filter(pc.equal(months["area_code"], code))
        known = dict(zip(own["month"].to_pylist(), own["events"].to_pylist(), strict=True))
        values = np.array([known.get(month, 0) for month in every], dtype=np.float64)
        if len(every) >= _FEWEST_MONTHS and values.any():
            chart = xmr({"date": every, "value": values}).to_pydict()
            lower = [max(limit, 0.0) for limit in chart["lower"]]
            name = _name(register, code)
            limits = chart["mean"], lower, chart["upper"]
            yield Control(name, every, chart["value"], *limits, chart["rule"], code)


def months_between(first: date, last: date) -> list[str]:
    """Whole months: those that begin on or after the first day, and are over before the last.

    A chart of outcomes begins when crimes of the whole length of follow-up can have them: before, there are
    fewer because the returns begin.
    """
    year, month = (first.year, first.month) if first.day == 1 else _next(first.year, first.month)
    found = []
    while (year, month) < (last.year, last.month):
        found.append(f"{year}-{month:02}")
        year, month = _next(year, month)
    return found


def _next(year: int, month: int) -> tuple[int, int]:
    return year + month // 12, month % 12 + 1


def _name(register: Register, code: str) -> str:
    return next((area.name for area in register.areas if area.code == code), code)
