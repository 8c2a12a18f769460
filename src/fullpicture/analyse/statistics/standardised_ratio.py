"""Observed over expected: how a place's outcomes compare with what its case mix would make one expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.amounts_given import NEGATIVE, NOBODY, UNKNOWN, Given
from fullpicture.analyse.statistics.at_risk import leaving
from fullpicture.analyse.statistics.cells import Cells, Real, cells_of, grouped, repeated
from fullpicture.analyse.statistics.count_limits import poisson_limits
from fullpicture.core.absence import Absence


def standardised_ratio(
    counts: Any,
    by: str | Sequence[str],
    adjust: Sequence[str] = (),
    at: int | None = None,
    *,
    per: float = 1,
    method: str = "byar",
    level: float = 0.95,
) -> pa.Table:
    """Observed over expected numbers of every outcome up to a day, standardised indirectly for case mix.

    Expected is what the group's cases would have had if, on every day, those still open had the outcome at
    the rate of all groups together in the same stratum of case mix: the sum over strata and days of n_gs(t)
    d_s(t)/n_s(t). Open cases are expected to have outcomes only while they are followed, so that a place
    whose cases are younger is not made to look better; over all groups the expected add up to the observed.
    The interval is that of the observed count over the expected, which is taken as known. Sources: Breslow
    and Day, "Statistical methods in cancer research" II (1987), ch. 2-3; OHID, "Technical guide: confidence
    intervals" (2018).

    Args:
        counts: from `outcome_counts`; columns that are neither `by` nor `adjust` are added up.
        by: column or columns of the groups to compare.
        adjust: columns of case mix.
        at: the last day that counts, all days without it.
        per: 1 for a ratio, 100 for a percentage.
        method: "byar" (exact below 10 events) or "exact".
        level: of the interval.

    Returns:
        One row per group and outcome: the groups, `outcome`, `observed`, `expected`, `value`, `lower`,
        `upper`, `absence`, `note`.
    """
    names = [by] if isinstance(by, str) else list(by)
    cells = cells_of(counts, [*dict.fromkeys([*adjust, *names])])
    observed, expected, groups = _observed_and_expected(cells, names, list(adjust), at)
    kinds = len(cells.outcomes)
    table = pa.table(
        {
            **repeated(groups, kinds),
            "outcome": cells.outcomes.take(pa.array(np.tile(np.arange(kinds), groups.num_rows))),
            "observed": observed.ravel(),
            "expected": expected.ravel(),
        }
    )
    return _ratios(Given.of(table, None, ("observed", "expected"), "ratio"), (per, method, level))


def indirectly_standardised(
    table: Any,
    by: str | Sequence[str],
    *,
    events: str = "events",
    population: str = "population",
    standard_events: str = "standard_events",
    standard_population: str = "standard_population",
    per: float = 1,
    level: float = 0.95,
) -> pa.Table:
    """Observed over expected events from tables of counts, one row per group and stratum (OHID's ISR).

    Expected is the sum over strata of population times standard_events/standard_population.

    Args:
        table: the columns named, and those of `by`.
        by: column or columns of the groups.
        per: 1 for a ratio, 100 for a percentage.
        level: of the interval (Byar's, exact below 10 events).

    Returns:
        One row per group: the groups, `observed`, `expected`, `value`, `lower`, `upper`, `absence`, `note`.
    """
    names = [by] if isinstance(by, str) else list(by)
    given = Given.of(table, names, (events, population, standard_events, standard_population), "ratio")
    below = given.numbers(standard_population)
    each = given.numbers(standard_events) / np.where(below > 0, below, np.nan) * given.numbers(population)
    added = {"observed": given.added(given.numbers(events)), "expected": given.added(each)}
    groups = {name: given.groups[name] for name in given.groups.schema.names if name != "_"}
    whole = Given.of(pa.table(groups | added), None, ("observed", "expected"), "ratio")
    return _ratios(whole, (per, "byar", level))


def _ratios(given: Given, how: tuple[float, str, float]) -> pa.Table:
    per, method, level = how
    observed, expected = given.numbers("observed"), given.numbers("expected")
    some = np.where(expected > 0, expected, 1.0)
    limits = poisson_limits(np.where(observed >= 0, observed, 0.0), level, method)
    found = dict(zip(("value", "lower", "upper"), (observed, *limits), strict=True))
    absences = {
        UNKNOWN: (Absence.NOT_AVAILABLE, np.isnan(observed) | np.isnan(expected)),
        NEGATIVE: (Absence.NOT_AVAILABLE, (observed < 0) | (expected < 0)),
        NOBODY: (Absence.NOT_APPLICABLE, expected == 0),
    }
    scaled = {name: values / some * per for name, values in found.items()}
    return given.result({"observed": observed, "expected": expected}, scaled, absences)


def _observed_and_expected(
    cells: Cells, names: list[str], adjust: list[str], at: int | None
) -> tuple[Real, Real, pa.Table]:
    days = leaving(cells)
    stratum, strata = grouped(cells.groups, adjust)
    group, groups = grouped(cells.groups, names)
    horizon = cells.horizon if at is None else min(at + 1, cells.horizon)
    kinds, shape = len(cells.outcomes), (strata.num_rows, horizon)
    inside = days.day < horizon
    where = (stratum[days.group[inside]], days.day[inside])
    ends = np.zeros((*shape, kinds))
    np.add.at(ends, where, days.ends[inside].astype(float))
    risk = _at_risk(cells, horizon)
    together = np.zeros(shape)
    np.add.at(together, stratum, risk)
    rates = ends / np.maximum(together, 1.0)[:, :, None]
    expected = np.zeros((groups.num_rows, kinds))
    np.add.at(expected, group, np.einsum("gt,gtk->gk", risk, rates[stratum]))
    observed = np.zeros((groups.num_rows, kinds))
    np.add.at(observed, group[days.group[inside]], days.ends[inside].astype(float))
    return observed, expected, groups


def _at_risk(cells: Cells, horizon: int) -> Real:
    """How many are at risk, by group of the cells and day."""
    many, top = cells.groups.num_rows, cells.horizon
    left = np.zeros((many, top + 1))
    np.add.at(left, (cells.group, cells.day), cells.n)
    if cells.entry is not None:
        late = cells.entry > 0
        np.add.at(left, (cells.group[late], cells.entry[late]), -cells.n[late])
    return np.asarray(np.cumsum(left[:, ::-1], axis=1)[:, ::-1][:, :horizon])
