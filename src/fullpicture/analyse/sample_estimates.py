"""Shares of a whole, estimated from a stratified sample that people have coded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import beta, t


class Case(NamedTuple):
    """One case of a sample: its stratum, how many cases that has, and whether the answer is yes.

    `is_so` is None where the file does not say: such a case is of the sample but not of the base.
    """

    stratum: str
    population: int
    is_so: bool | None


class Estimate(NamedTuple):
    """A share (0-1) where known with its interval; `cases` of the `base` have it, `unknown` do not say.

    The counts are of the sample, the share is of the whole: it is not the one divided by the other.
    """

    share: float
    lower: float
    upper: float
    cases: int
    base: int
    unknown: int


def weighted_share(sample: Sequence[Case], level: float = 0.95) -> Estimate | None:
    """The share of the whole that a stratified sample without replacement says, or None where nobody knows.

    Each case stands for `population / cases drawn` of its stratum. The share where known is a ratio of two
    estimated totals; its variance is that of the linearised values, stratum by stratum, with the correction
    for finite populations (Cochran 1977, Sampling Techniques, sections 5.5 and 6.11). The interval is that of
    Korn and Graubard (1998, Survey Methodology 24(2), 193-201): Clopper and Pearson's with the effective size
    of the sample in place of its size, so that it keeps within 0 and 1 and exists for shares of 0 and 1.

    Raises:
        ValueError: a stratum of several cases with one drawn, whose variance cannot be told.

    Examples:
        >>> weighted_share([Case("a", 2, True), Case("a", 2, False)])
        Estimate(share=0.5, lower=0.5, upper=0.5, cases=1, base=2, unknown=0)
    """
    strata = _by_stratum(sample)
    weights = {name: cases[0].population / len(cases) for name, cases in strata.items()}
    whole = sum(weights[case.stratum] for case in sample if case.is_so is not None)
    if not whole:
        return None
    share = sum(weights[case.stratum] for case in sample if case.is_so) / whole
    known = [case.is_so for case in sample if case.is_so is not None]
    counts = (sum(known), len(known), len(sample) - len(known))
    if all(cases[0].population == len(cases) for cases in strata.values()):
        return Estimate(share, share, share, *counts)
    variance = sum(_variance(cases, share, whole) for cases in strata.values())
    freedom = sum(len(cases) - 1 for cases in strata.values())
    size = _effective_size(share, variance, len(known), freedom)
    lower, upper = _clopper_pearson(share, size, level)
    return Estimate(share, lower, upper, *counts)


def _by_stratum(sample: Sequence[Case]) -> dict[str, list[Case]]:
    strata = defaultdict(list)
    for case in sample:
        strata[case.stratum].append(case)
    alone = [name for name, cases in strata.items() if len(cases) == 1 < cases[0].population]
    if alone:
        raise ValueError("every stratum needs two cases at least, or all it has: draw with at_least=2.")
    return strata


def _variance(cases: Sequence[Case], share: float, whole: float) -> float:
    """What one stratum adds to the variance of the ratio."""
    drawn, population = len(cases), cases[0].population
    if drawn == population:
        return 0.0
    values = [0.0 if case.is_so is None else (case.is_so - share) / whole for case in cases]
    return float(population**2 * (1 - drawn / population) * np.var(values, ddof=1) / drawn)


def _effective_size(share: float, variance: float, known: int, freedom: int) -> float:
    """How many cases drawn at random would say as much; never more than are known."""
    if variance == 0 or known < 2 or freedom < 1:
        return float(known)
    size = share * (1 - share) / variance
    return min(float(known), size * float(t.ppf(0.975, known - 1) / t.ppf(0.975, freedom)) ** 2)


def _clopper_pearson(share: float, size: float, level: float) -> tuple[float, float]:
    having, tail = share * size, (1 - level) / 2
    lower = float(beta.ppf(tail, having, size - having + 1)) if share > 0 else 0.0
    upper = float(beta.ppf(1 - tail, having + 1, size - having)) if share < 1 else 1.0
    return lower, upper
