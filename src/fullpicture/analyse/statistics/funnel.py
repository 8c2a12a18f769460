"""Funnels: which places differ from all together by more than chance, given how many cases each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from scipy.special import gammainc, gammaincc
from scipy.stats import rankdata

from fullpicture.analyse.statistics.amounts_given import MORE, NEGATIVE, NOBODY, UNKNOWN, Given
from fullpicture.analyse.statistics.cells import Real
from fullpicture.analyse.statistics.curve_limits import normal_quantile
from fullpicture.analyse.statistics.given import as_arrow
from fullpicture.core.absence import Absence
from fullpicture.core.errors import UsageError

Kind = Literal["proportion", "rate", "ratio"]
_TAIL = 0.1
"""The share of places at each end whose distance is pulled in (winsorised) or left out (SHMI)."""
_HALVINGS = 100


def funnel(
    table: Any,
    overdispersion: Literal["winsorised", "shmi"] | None = None,
    limits: Sequence[float] = (0.95, 0.998),
    *,
    kind: Kind | None = None,
    per: float = 1,
) -> pa.Table:
    """Control limits of every place around the value of all together, with what lies outside them.

    Without over-dispersion: for a proportion p of n, p +- z sqrt(p(1-p)/n); for rates and ratios, exact
    Poisson limits: the count k at which P(X <= k), or P(X >= k), of the expected is half of what lies
    outside, over the expected (OHID, "Technical guide: funnel plots"). Places differ by more than chance for
    reasons nobody has recorded; the variance tau^2 between them is added to each place's own s^2:
    "winsorised" takes distances z = (y - target)/s of the square root (of the arcsine of it, for
    proportions), pulled in to their 10th and 90th percentiles (Spiegelhalter, Statist Med 24 (2005),
    1185-1202; Qual Saf Health Care 14 (2005), 347-351); "shmi" those of the logarithm of observed over
    expected, the lowest and highest tenth left out (NHS Digital, SHMI specification). With phi the mean of
    z^2 over I places and w = 1/s^2, tau^2 is (I phi - (I - 1)) / (sum w - sum w^2 / sum w), or 0.

    Args:
        table: one row per place: `events` and `population`, or `observed` and `expected`. overdispersion:
        None, "winsorised" or "shmi". limits: levels, such as 0.95 and 0.998. kind: "proportion" (events never
        exceed the population) or "rate"; a ratio where the table has observed and
            expected.
        per: 100 for percentages.

    Returns:
        The table's columns, `value`, `target`, `z` (distance, over-dispersion taken into account), `tau2`,
        for each level `lower_95`, `upper_95`, ..., `signal` (the widest level that the value lies outside of,
        as "above 99.8%"; empty inside all), `absence`, `note`.
    """
    if overdispersion not in (None, "winsorised", "shmi"):
        raise UsageError(f'funnel: "{overdispersion}" is not known. Use None, "winsorised" or "shmi".')
    whole = as_arrow(table)
    is_ratio = "observed" in whole.schema.names
    names = ("observed", "expected") if is_ratio else ("events", "population")
    kind = "ratio" if is_ratio else kind or "proportion"
    given = Given.of(whole, None, names, "funnel")
    number, below = (given.numbers(name) for name in names)
    absences = _absences(number, below, kind)
    usable = ~np.logical_or.reduce([where for _, where in absences.values()])
    scale = _Scale.of(number[usable], below[usable], kind, overdispersion)
    found = {name: _spread(values, usable) * per for name, values in scale.values().items()}
    found |= {name: _spread(values, usable) for name, values in scale.distances().items()}
    signal = np.full(len(number), "", object)
    for level in sorted(limits):
        lower, upper = (_spread(limit, usable) for limit in scale.limits(level))
        said = f"{level * 100:g}"
        found |= {f"{side}_{said.replace('.', '_')}": limit * per for side, limit in
                  (("lower", lower), ("upper", upper))}  # fmt: skip
        value = found["value"] / per
        signal[usable & (value > upper)] = f"above {said}%"
        signal[usable & (value < lower)] = f"below {said}%"
    result = given.result(dict(zip(names, (number, below), strict=True)), found, absences)
    return result.add_column(result.num_columns - 2, "signal", [signal.tolist()])


def _absences(number: Real, below: Real, kind: Kind) -> dict[str, tuple[Absence, Any]]:
    found = {
        UNKNOWN: (Absence.NOT_AVAILABLE, np.isnan(number) | np.isnan(below)),
        NEGATIVE: (Absence.NOT_AVAILABLE, (number < 0) | (below < 0)),
        NOBODY: (Absence.NOT_APPLICABLE, below == 0),
    }
    more = (number > below) & (kind == "proportion")
    return found | {MORE: (Absence.NOT_AVAILABLE, more)}


def _spread(values: Real, usable: Any) -> Real:
    whole = np.zeros(len(usable))
    whole[usable] = values
    return whole


@dataclass(frozen=True)
class _Scale:
    """Places on the scale on which they are compared: y, target, own error, and variance between places."""

    number: Real
    below: Real
    kind: Kind
    how: str | None
    target: float
    own: Real
    distance: Real
    between: float

    @classmethod
    def of(cls, number: Real, below: Real, kind: Kind, how: str | None) -> _Scale:
        together = float(number.sum() / below.sum()) if len(below) else 0.0
        target = 1.0 if kind == "ratio" else together
        if how == "shmi":
            expected = np.maximum(below * target, 1e-300)
            own = 1 / np.sqrt(expected)
            distance = np.log(np.where(number > 0, number, 0.5) / expected) / own
        else:
            own = 1 / (2 * np.sqrt(below))
            turn = _turn(kind)
            distance = (turn(number / below) - turn(np.array(target))) / own
        between = 0.0
        if how is not None and len(own) > 1:
            between = _between(*(_winsorised if how == "winsorised" else _truncated)(distance, own))
        return cls(number, below, kind, how, target, own, distance, between)

    def values(self) -> dict[str, Real]:
        return {"value": self.number / self.below, "target": np.full(len(self.below), self.target)}

    def distances(self) -> dict[str, Real]:
        wider = self.own / np.sqrt(self.own**2 + self.between)
        return {"z": self.distance * wider, "tau2": np.full(len(self.own), self.between)}

    def limits(self, level: float) -> tuple[Real, Real]:
        z = normal_quantile(level)
        if self.how is None and self.kind != "proportion":
            expected = self.below * self.target
            low, high = _poisson_control(expected, (1 - level) / 2)
            some = np.where(expected > 0, expected, 1.0)
            return low / some * self.target, high / some * self.target
        if self.how is None:
            spread = z * np.sqrt(self.target * (1 - self.target) / self.below)
            return np.maximum(self.target - spread, 0.0), np.minimum(self.target + spread, 1.0)
        wide = z * np.sqrt(self.own**2 + self.between)
        if self.how == "shmi":
            high = self.target * np.exp(np.minimum(wide, 700.0))
            low = self.target * np.exp(-wide)
            return low, np.minimum(high, 1.0) if self.kind == "proportion" else high
        middle = _turn(self.kind)(np.array(self.target))
        if self.kind == "proportion":
            low, high = np.maximum(middle - wide, 0.0), np.minimum(middle + wide, np.pi / 2)
            return np.sin(low) ** 2, np.sin(high) ** 2
        return np.maximum(middle - wide, 0.0) ** 2, (middle + wide) ** 2


def _turn(kind: Kind) -> Any:
    """The transformation whose error does not depend on the value."""
    return (lambda share: np.arcsin(np.sqrt(np.clip(share, 0.0, 1.0)))) if kind == "proportion" else np.sqrt


def _winsorised(distance: Real, own: Real) -> tuple[Real, Real]:
    return np.clip(distance, *np.quantile(distance, (_TAIL, 1 - _TAIL))), own


def _truncated(distance: Real, own: Real) -> tuple[Real, Real]:
    tenth = np.floor(rankdata(distance) / _TAIL / (len(distance) + 1))
    kept = (tenth > 0) & (tenth < 1 / _TAIL - 1)
    return distance[kept], own[kept]


def _between(distance: Real, own: Real) -> float:
    """The variance between places (DerSimonian and Laird's estimate)."""
    many, weight = len(distance), 1 / own**2
    if many < 2:
        return 0.0
    excess = float((distance**2).sum()) - (many - 1)
    return max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))


def _poisson_control(expected: Real, tail: float) -> tuple[Real, Real]:
    """Counts, as if there were fractions of them, that only a share `tail` lies at or beyond; by halving."""
    some = np.where(expected > 0, expected, 1.0)
    widest = some + 20 * np.sqrt(some) + 60
    low, high = (np.zeros_like(some), widest.copy()), (np.zeros_like(some), widest.copy())
    for _ in range(_HALVINGS):
        middle = (low[0] + low[1]) / 2
        beyond = gammaincc(middle + 1, some) > tail
        low = np.where(beyond, low[0], middle), np.where(beyond, middle, low[1])
        middle = (high[0] + high[1]) / 2
        within = gammainc(np.maximum(middle, 1e-300), some) > tail
        high = np.where(within, middle, high[0]), np.where(within, high[1], middle)
    return low[0], high[0]
