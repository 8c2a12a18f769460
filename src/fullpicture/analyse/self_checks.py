"""What published tables say against themselves: labels, values beside counts, numbers that repeat."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.trend import DECREASING, INCREASING, NO_CHANGE, recent_trend
from fullpicture.analyse.indicator import Indicator
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.period import Period

_SAID = {"increasing": INCREASING, "decreasing": DECREASING, "no significant change": NO_CHANGE}
_MOST_DECIMALS = 8
FEWEST_ALIKE = 30
"""Two tables are only called the same where so many numbers agree: few may agree by chance."""

Place = tuple[str, str]
"""An area and a category ("" for the total)."""


class Label(NamedTuple):
    """What a row of a file says of the series that ends with it."""

    file: str
    row: int
    place: Place
    text: str


class Contradicted(NamedTuple):
    """Labels of a file and a category that their series contradict, among those that say up or down."""

    file: str
    category: str
    rows: tuple[int, ...]
    inverted: int
    judged: int


def trends_of(figures: pa.Table) -> dict[Place, str]:
    """The recent trend of every series of an indicator's figures that has one."""
    days = [
        Period(kind, name).last_day
        for kind, name in zip(*(figures[c].to_pylist() for c in ("period_kind", "period")), strict=True)
    ]
    columns = ["area_code", "category", "value", "lower", "upper"]
    series = figures.select(columns).append_column("day", pa.array(days, pa.date32()))
    found = recent_trend(ibis.memtable(series), ["area_code", "category"]).to_pyarrow().to_pylist()
    return {(row["area_code"], row["category"]): row["trend"] for row in found}


def contradicted_labels(labels: Sequence[Label], trends: Mapping[Place, str]) -> list[Contradicted]:
    """Labels that are not what the series behind them gives, by file and category.

    A label reads `Increasing...`, `Decreasing...` or `No significant change`; anything else says nothing. An
    inverted one says up where the series goes down, or down where it goes up.

    Examples:
        >>> up = Label("a.csv", 7, ("E10000016", ""), "Increasing and getting worse")
        >>> contradicted_labels([up], {("E10000016", ""): "decreasing"})
        [Contradicted(file='a.csv', category='', rows=(7,), inverted=1, judged=1)]
        >>> contradicted_labels([up], {("E10000016", ""): "increasing"})
        []
    """
    wrong: dict[Place, list[tuple[int, bool]]] = defaultdict(list)
    judged: dict[Place, int] = defaultdict(int)
    for label in labels:
        said, trend = _said(label.text), trends.get(label.place)
        if said is None or trend is None:
            continue
        group = (label.file, label.place[1])
        judged[group] += NO_CHANGE not in (said, trend)
        if said != trend:
            wrong[group].append((label.row, NO_CHANGE not in (said, trend)))
    return [
        Contradicted(*group, tuple(row for row, _ in rows), sum(turned for _, turned in rows), judged[group])
        for group, rows in wrong.items()
    ]


def _said(text: str) -> str | None:
    plain = text.strip().lower()
    return next((trend for start, trend in _SAID.items() if plain.startswith(start)), None)


def beyond_counts(indicator: Indicator, figures: pa.Table, rounded: Mapping[str, int]) -> list[Figure]:
    """Published values that no counts can give which round to the counts published beside them.

    A value may differ from the ratio of its counts by half of its last digit, and by as much as the counts
    are rounded at its level of area, or in their own last digit where they are no whole numbers.
    """
    if indicator.value is None or indicator.of is None or indicator.complement is not None:
        return []
    full = figures.filter(pc.and_(pc.is_valid(figures["value"]), pc.is_valid(figures["numerator"])))
    full = full.filter(pc.and_(pc.is_valid(full["denominator"]), pc.greater(full["denominator"], 0)))
    value, above, below = (
        full[name].to_numpy(zero_copy_only=False) for name in ("value", "numerator", "denominator")
    )
    slack = np.array([rounded.get(level, 0) / 2 for level in full["area_level"].to_pylist()])
    over, under = (np.maximum(slack, _digit_of_measure(counts)) for counts in (above, below))
    digit = half_digit(value)
    with np.errstate(divide="ignore"):
        least = (above - over) / (below + under) * indicator.per - digit
        most = (above + over) / np.maximum(below - under, 0) * indicator.per + digit
    return to_figures(full.filter(pa.array((value < least) | (value > most), pa.bool_())))


def _digit_of_measure(counts: npt.NDArray[np.float64]) -> float:
    """Half of the last digit of what is measured and not counted, as working time is; a count is exact."""
    return half_digit(counts) if np.any(counts != np.round(counts)) else 0.0


def half_digit(values: npt.NDArray[np.float64]) -> float:
    """Half of the last digit that a column is published with, and a little for binary fractions.

    Examples:
        >>> round(half_digit(np.array([1.0, 22.5])), 6), round(half_digit(np.array([3.0])), 6)
        (0.05, 0.5)
    """
    for decimals in range(_MOST_DECIMALS):
        scaled = values * 10.0**decimals
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-6 * np.maximum(1, np.abs(scaled))):
            return 0.5 * 10.0**-decimals * (1 + 1e-9) + 1e-12
    return 0.5 * 10.0**-_MOST_DECIMALS


def same_numbers(tables: Mapping[str, pa.Table]) -> list[tuple[str, ...]]:
    """Indicators whose figures are the same number for number, in groups; those with few numbers aside."""
    groups: dict[str, list[str]] = defaultdict(list)
    for id_, figures in tables.items():
        if pc.count(figures["value"]).as_py() >= FEWEST_ALIKE:
            groups[_digest(figures)].append(id_)
    return [tuple(ids) for ids in groups.values() if len(ids) > 1]


def _digest(figures: pa.Table) -> str:
    keys = ["area_code", "period_kind", "period", "category", "absence"]
    named = figures.select([*keys, "value"]).sort_by([(key, "ascending") for key in keys])
    digest = hashlib.sha256()
    for key in keys:
        digest.update("\x1f".join(named[key].to_pylist()).encode())
    digest.update(np.nan_to_num(named["value"].to_numpy(), nan=-1.0).tobytes())
    return digest.hexdigest()
