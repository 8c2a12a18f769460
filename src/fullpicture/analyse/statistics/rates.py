"""Rates of events per so many, and proportions, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.amounts_given import MORE, NEGATIVE, NOBODY, UNKNOWN, Given
from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.count_limits import poisson_limits, wilson_limits
from fullpicture.core.absence import Absence

_Absences = dict[str, tuple[Absence, Any]]


def rate(
    table: Any,
    events: str = "events",
    population: str = "population",
    *,
    per: float = 1_000,
    by: Sequence[str] | None = None,
    method: str = "byar",
    level: float = 0.95,
) -> pa.Table:
    """Events per so many of the population, with Byar's interval (exact below 10 events) or the exact one.

    The interval is that of a Poisson count: it takes the events as independent of each other, which repeat
    victimisation is not (see `dsr` with independent=False). Source: OHID, "Technical guide: confidence
    intervals" (2018).

    Args:
        table: columns `events` and `population`, and others.
        per: so many; 1,000 gives events per 1,000.
        by: columns within whose values to add up; without them each row has its rate.
        method: "byar" or "exact".
        level: of the interval.

    Returns:
        The groups (or the other columns), `events`, `population`, `value`, `lower`, `upper` (per so many),
        `absence` and `note`: where there is no population there is no value, and the note says why.

    Examples:
        >>> rate({"events": [25], "population": [1000]})["value"].to_pylist()
        [25.0]
    """
    given = Given.of(table, by, (events, population), "rate")
    number, below = given.added(given.numbers(events)), given.added(given.numbers(population))
    absences = _absences(number, below)
    some = np.where(below > 0, below, 1.0)
    limits = poisson_limits(np.where(number >= 0, number, 0.0), level, method)
    found = dict(zip(("value", "lower", "upper"), (number, *limits), strict=True))
    scaled = {name: values / some * per for name, values in found.items()}
    return given.result({"events": number, "population": below}, scaled, absences)


def proportion(
    table: Any,
    events: str = "events",
    population: str = "population",
    *,
    per: float = 1,
    by: Sequence[str] | None = None,
    level: float = 0.95,
) -> pa.Table:
    """The share of a population that has something, with Wilson's interval.

    Args:
        table: columns `events` (those who have it) and `population` (all), and others.
        per: 1 for a share, 100 for a percentage.
        by: columns within whose values to add up; without them each row has its share.
        level: of the interval.

    Returns:
        The groups (or the other columns), `events`, `population`, `value`, `lower`, `upper`, `absence`,
        `note`.

    Examples:
        >>> proportion({"events": [65], "population": [100]}, per=100)["value"].to_pylist()
        [65.0]
    """
    given = Given.of(table, by, (events, population), "proportion")
    number, below = given.added(given.numbers(events)), given.added(given.numbers(population))
    absences = _absences(number, below) | {MORE: (Absence.NOT_AVAILABLE, number > below)}
    some = np.where(below > 0, below, 1.0)
    inside = np.clip(np.nan_to_num(number), 0.0, some)
    lower, upper = wilson_limits(inside, some, level)
    found = {"value": inside / some * per, "lower": lower * per, "upper": upper * per}
    return given.result({"events": number, "population": below}, found, absences)


def _absences(number: Real, below: Real) -> _Absences:
    return {
        UNKNOWN: (Absence.NOT_AVAILABLE, np.isnan(number) | np.isnan(below)),
        NEGATIVE: (Absence.NOT_AVAILABLE, (number < 0) | (below < 0)),
        NOBODY: (Absence.NOT_APPLICABLE, below == 0),
    }
