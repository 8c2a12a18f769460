"""Whether the cumulative incidence of an outcome is the same in all groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.special import gammaincc

from fullpicture.analyse.statistics.cells import OPEN, Cells, Real, Whole, cells_of
from fullpicture.core.errors import UsageError

_DAYS_AT_ONCE = 512
"""Days that are multiplied with all later ones at a time."""


def gray_test(
    counts: Any,
    outcome: Any = None,
    group: str | Sequence[str] = "",
    strata: str | Sequence[str] | None = None,
) -> pa.Table:
    """Gray's test that an outcome's cumulative incidence is the same in all groups.

    For each group the score adds up, over the days of the outcome, its events less those expected if the
    subdistribution hazard were everywhere that of all groups together; R_i(t) = n_i(t) (1 - F_i(t-)) /
    S_i(t-) stands for the number at risk of it. The statistic is the scores' quadratic form in the inverse of
    their estimated covariance (with the correction for ties), chi-squared with one degree of freedom less
    than there are groups. With strata, scores and covariances are those within the strata, added up. Source:
    Gray, Ann Statist 16 (1988), 1141-1154, with rho 0.

    Args:
        counts: from `outcome_counts`; columns that are neither group nor strata are added up.
        outcome: the outcome to test; every outcome when not given.
        group: the column (or columns) that make the groups to compare.
        strata: column or columns within whose values groups are compared.

    Returns:
        One row per outcome: `outcome`, `statistic`, `df`, `p_value`. Where the scores do not vary (an outcome
        that at most one group could have) there is nothing to test: statistic 0, no degree of freedom, p 1.
    """
    groups, layers = _names(group), _names(strata)
    if not groups:
        raise UsageError("Gray's test: name the column of the groups to compare, as group=...")
    cells = cells_of(counts, [*layers, *groups])
    known = cells.outcomes.to_pylist()
    if outcome is not None and outcome not in known:
        raise UsageError(f"Gray's test: no case has the outcome {outcome}. There are {known}.")
    if cells.entry is not None:
        raise UsageError("Gray's test: cases that came late are not provided for. Leave out entry=...")
    tested = known if outcome is None else [outcome]
    found = [_tested(cells, known.index(one), layers, groups) for one in tested]
    statistic, df, p_value = zip(*found, strict=True) if found else ((), (), ())
    columns = {"statistic": pa.array(statistic, pa.float64()), "df": pa.array(df, pa.int64())}
    return pa.table({"outcome": pa.array(tested, cells.outcomes.type)} | columns | {"p_value": p_value})


def _names(given: str | Sequence[str] | None) -> list[str]:
    return [given] if isinstance(given, str) and given else list(given or ())


def _tested(cells: Cells, outcome: int, layers: list[str], groups: list[str]) -> tuple[float, int, float]:
    """Statistic, degrees of freedom and p-value of one outcome."""
    many, layer_of, group_of = _numbers(cells, layers, groups)
    score, covariance = np.zeros(many), np.zeros((many, many))
    for layer in np.unique(layer_of):
        one = _Stratum.of(cells, outcome, layer_of == layer, group_of, many)
        part = one.scored()
        score += part[0]
        covariance += part[1]
    score, covariance = score[:-1], covariance[:-1, :-1]
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * max(values.max(initial=0.0), 1e-300)
    df = int(kept.sum())
    if not df:
        return 0.0, 0, 1.0
    statistic = float((((vectors.T @ score)[kept]) ** 2 / values[kept]).sum())
    return statistic, df, float(gammaincc(df / 2, statistic / 2))


def _numbers(cells: Cells, layers: list[str], groups: list[str]) -> tuple[int, Whole, Whole]:
    """How many groups, and the stratum and the group of each of the cells' own groups."""
    rows = cells.groups.select([*layers, *groups]).to_pylist() if cells.groups.num_rows else []
    places: dict[tuple[Any, ...], int] = {}
    strata: dict[tuple[Any, ...], int] = {}
    for row in rows:
        places.setdefault(tuple(row[name] for name in groups), len(places))
        strata.setdefault(tuple(row[name] for name in layers), len(strata))
    layer = [strata[tuple(row[name] for name in layers)] for row in rows]
    group = [places[tuple(row[name] for name in groups)] for row in rows]
    return len(places), np.array(layer, dtype=np.int64), np.array(group, dtype=np.int64)


@dataclass(frozen=True)
class _Stratum:
    """Events of the outcome and of others, and those at risk, by day and group; estimates before each day.

    `before` and `after` are the shares without any outcome, `had` those with the outcome before the day.
    """

    ends: Real
    others: Real
    at_risk: Real
    before: Real
    after: Real
    had: Real

    @classmethod
    def of(cls, cells: Cells, outcome: int, here: Any, group_of: Whole, many: int) -> _Stratum:
        chosen = here[cells.group]
        group, day = group_of[cells.group[chosen]], cells.day[chosen]
        kind, n = cells.outcome[chosen], cells.n[chosen].astype(float)
        days = np.flatnonzero(np.bincount(day))
        place = np.searchsorted(days, day)
        size = len(days) * many

        def table(which: Any) -> Real:
            flat = np.bincount((place * many + group)[which], weights=n[which], minlength=size)
            return np.asarray(flat.reshape(len(days), many), dtype=np.float64)

        leave = table(kind >= OPEN)
        at_risk = np.cumsum(leave[::-1], axis=0)[::-1]
        ends, others = table(kind == outcome), table((kind != outcome) & (kind != OPEN))
        eventful = (ends + others).sum(axis=1) > 0
        ends, others, at_risk = ends[eventful], others[eventful], at_risk[eventful]
        below = np.maximum(at_risk, 1.0)
        after = np.cumprod(1.0 - (ends + others) / below, axis=0)
        before = _shifted(after, 1.0)
        had = _shifted(np.cumsum(before * ends / below, axis=0), 0.0)
        return cls(ends, others, at_risk, before, after, had)

    def scored(self) -> tuple[Real, Real]:
        """The groups' scores and their covariances."""
        is_there = (self.at_risk > 0) & (self.before > 0)
        weight = np.where(is_there, self.at_risk / np.where(is_there, self.before, 1.0), 0.0)
        free = weight * (1.0 - self.had)
        now = self.ends.sum(axis=1, keepdims=True)
        total = np.maximum(weight.sum(axis=1, keepdims=True), 1e-300)
        shares = free / np.maximum(free.sum(axis=1, keepdims=True), 1e-300)
        score = np.where(is_there, self.ends - now * shares, 0.0).sum(axis=0)
        had_by_all = np.cumsum(now / total, axis=0)
        steps = now / total / (1.0 - _shifted(had_by_all, 0.0))
        factor, of_outcome, later = self._variances(weight, total, now, had_by_all)
        return score, _covariance(weight, total, steps, (factor, of_outcome, later))

    def _variances(self, weight: Real, total: Real, now: Real, had: Real) -> tuple[Real, Real, Real]:
        """What the outcome's events of a group and day do: the factor by which they move later scores, their
        variance, and how much all events, the others' too, move later scores squared."""
        is_there = weight > 0
        rest = np.where(self.after > 0, (1.0 - had) / np.where(self.after > 0, self.after, 1.0), 0.0)
        factor = np.where(self.after > 0, 1.0 - rest, 1.0)
        expected = total * self.before
        ties = np.where(now > 1, 1.0 - (now - 1) / np.where(expected > 1, expected - 1, 1.0), 1.0)
        below = np.maximum(self.at_risk, 1.0)
        of_outcome = np.where(is_there, ties * self.before * now / (total * below), 0.0)
        others = self.others
        other_ties = np.where(others > 1, 1.0 - (others - 1) / np.maximum(below - 1, 1.0), 1.0)
        of_others = np.where(is_there, other_ties * self.before**2 * others / below**2, 0.0)
        return factor, of_outcome, factor**2 * of_outcome + rest**2 * of_others


def _covariance(weight: Real, total: Real, steps: Real, variances: tuple[Real, Real, Real]) -> Real:
    """Covariances of the scores, in products of arrays over days and groups.

    On day t the weights are A(t) = diag(R) - R R'/sum(R), R = n/S, and E(t) adds up steps(s) A(s) over the
    days s after t. The outcome's events of group k on day t bring A(t) + f_k(t) E(t), the others' E(t); the
    sum of their squares with variances v is rearranged so that each day meets the sum of the days before it
    (`earlier`) or after it.
    """
    factor, of_outcome, later = variances
    earlier = _shifted(np.cumsum(later, axis=0), 0.0)
    share, forward = weight / total, weight * steps / total
    own = weight * (of_outcome + steps**2 * earlier)
    across = weight * (factor * of_outcome + steps * earlier)
    after = np.cumsum((steps * weight)[::-1], axis=0)[::-1] - steps * weight
    once = (own * weight).T @ share
    both = np.diag((own * weight).sum(axis=0)) - once - once.T
    both += (share * (own * weight).sum(axis=1, keepdims=True)).T @ share
    half = np.diag((across * after).sum(axis=0)) - share.T @ (after * across)
    half -= (_shifted(np.cumsum(across, axis=0), 0.0) * forward).T @ weight
    for start in range(0, len(weight), _DAYS_AT_ONCE):
        part = slice(start, start + _DAYS_AT_ONCE)
        meeting = np.triu(across[part] @ weight[start:].T, 1)
        half += share[part].T @ (meeting @ forward[start:])
    return np.asarray(both + half + half.T)


def _shifted(values: Real, first: float) -> Real:
    """Each day's value before the day."""
    return np.concatenate((np.full((1, values.shape[1]), first), values[:-1]))
