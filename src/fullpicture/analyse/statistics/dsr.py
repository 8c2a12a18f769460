"""Directly standardised rates: what the rate would be if every place had the standard's age and sex."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.amounts_given import NEGATIVE, NOBODY, UNKNOWN, Given
from fullpicture.analyse.statistics.cells import Real, grouped
from fullpicture.analyse.statistics.count_limits import FEW, poisson_limits
from fullpicture.core.absence import Absence
from fullpicture.core.errors import UsageError

FEWER = "fewer than 10 events: a standardised rate would not be reliable"


def dsr(
    table: Any,
    events: str = "events",
    population: str = "population",
    standard: str = "standard",
    *,
    by: Sequence[str] = (),
    per: float = 100_000,
    independent: bool = True,
    event_frequency: str | None = None,
    strata: Sequence[str] | str = (),
    level: float = 0.95,
) -> pa.Table:
    """Directly standardised rates with Dobson's interval, for independent events or for repeated ones.

    With O, n and w the events, population and standard population of each stratum, the rate is sum(w
    O/n)/sum(w), its variance v = sum(w^2 O/n^2)/sum(w)^2, and the limits are rate + sqrt(v/T) (L - T), with T
    all events and L the (Byar) limits of T. Where the same people have several events, `events` counts the
    people who have `event_frequency` events each: their events are the product of both, and v adds up f^2
    times the variance of the rate of people with f events. Sources: Dobson and others, Statist Med 10 (1991),
    457-462; OHID, "Technical guide: DSRs" and PHEindicatormethods (independent_events = FALSE).

    Args:
        table: one row per group and stratum (and, for repeated events, frequency). events: column of events;
        of people, for repeated events. population: column of the population of the group and stratum.
        standard: column of the stratum's standard population. by: columns of groups. per: so many.
        independent: whether each event is another person's. event_frequency: column of how many events each
        person had, for repeated events. strata: columns of the stratum, needed for repeated events, where its
        population stands in several rows. level: of the interval.

    Returns:
        The groups, `events`, `population`, `value`, `lower`, `upper` (per so many), `absence` and `note`.
        With fewer than 10 events there is no value ("u"); nor with a stratum that nobody is in ("z").
    """
    if independent == (event_frequency is not None) or (not independent and not strata):
        raise UsageError(
            "dsr: repeated events need independent=False, event_frequency=... and strata=..., others none."
        )
    names = [strata] if isinstance(strata, str) else list(strata)
    columns = [events, population, standard, *names, *([event_frequency] if event_frequency else [])]
    given = Given.of(table, list(by), columns, "dsr")
    times = given.numbers(event_frequency) if event_frequency else np.ones(given.table.num_rows)
    once = _first_rows(given, names) if event_frequency else np.ones(len(times), bool)
    people, below, weight = (given.numbers(name) for name in (events, population, standard))
    return _standardised(given, (people, below, weight), (times, once), (per, level))


def _standardised(
    given: Given, amounts: tuple[Real, Real, Real], repeats: tuple[Real, Any], how: tuple[float, float]
) -> pa.Table:
    (people, below, weight), (times, once), (per, level) = amounts, repeats, how
    some = np.where(below > 0, below, 1.0)
    whole = given.added(np.where(once, weight, 0.0))
    number, total = given.added(people * times), given.added(np.where(once, below, 0.0))
    divisor = np.where(whole > 0, whole, 1.0)
    value = given.added(weight * people * times / some) / divisor
    variance = given.added((weight / some) ** 2 * people * times**2) / divisor**2
    empty = given.added(((below == 0) | (weight < 0)).astype(float)) > 0
    negative = given.added(((people < 0) | (below < 0)).astype(float)) > 0
    absences = {
        UNKNOWN: (Absence.NOT_AVAILABLE, np.isnan(total) | np.isnan(whole) | np.isnan(number)),
        NEGATIVE: (Absence.NOT_AVAILABLE, negative),
        NOBODY: (Absence.NOT_APPLICABLE, empty | (whole == 0)),
        FEWER: (Absence.LOW_RELIABILITY, number < FEW),
    }
    found = {"value": value, **_dobson(value, np.nan_to_num(variance), np.nan_to_num(number), level)}
    scaled = {name: per * one for name, one in found.items()}
    return given.result({"events": number, "population": total}, scaled, absences)


def _first_rows(given: Given, strata: list[str]) -> Any:
    """The first row of each group and stratum, where a population is counted once."""
    stratum, _ = grouped(given.table, strata)
    key = given.group * (stratum.max(initial=0) + 1) + stratum
    first = np.zeros(len(key), bool)
    first[np.unique(key, return_index=True)[1]] = True
    return first


def _dobson(value: Real, variance: Real, number: Real, level: float) -> dict[str, Real]:
    known = np.maximum(number, 1.0)
    limits = poisson_limits(known, level)
    spread = np.sqrt(np.maximum(variance, 0.0) / known)
    return {
        name: value + spread * (limit - known) for name, limit in zip(("lower", "upper"), limits, strict=True)
    }
