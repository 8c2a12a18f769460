"""How far two coders, or a coder and the machine, agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Level = Literal["nominal", "ordinal", "interval"]
DRAWS = 2_000
Codes = Sequence[str | float | bool | None]


class Agreement(NamedTuple):
    """A coefficient with its bootstrap interval; `units` is how many were coded by at least two.

    `value` is NaN where it is not defined: nobody varied, so there is nothing to agree on beyond chance.
    """

    value: float
    lower: float
    upper: float
    units: int


def cohen_kappa(one: Codes, other: Codes) -> float:
    """Cohen's kappa of two coders: (observed - expected agreement) / (1 - expected).

    Expected agreement is that of two coders with the same shares who code at random (Cohen 1960, Educational
    and Psychological Measurement 20(1), 37-46).

    Returns:
        At most 1; NaN where both used one and the same code throughout.

    Raises:
        ValueError: the coders have not coded the same number of units, or none.

    Examples:
        >>> cohen_kappa([1, 1, 0, 0], [1, 0, 0, 0])
        0.5
    """
    if len(one) != len(other) or not len(one):
        raise ValueError("two coders need the same units, at least one: give a code of each for every unit.")
    codes = {code: number for number, code in enumerate(dict.fromkeys([*one, *other]))}
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, ([codes[code] for code in one], [codes[code] for code in other]), 1.0)
    return _kappa(table)


def _kappa(table: NDArray[np.float64]) -> float:
    total = table.sum()
    expected = float(table.sum(axis=0) @ table.sum(axis=1)) / total**2
    return float((np.trace(table) / total - expected) / (1 - expected)) if expected < 1 else float("nan")


def krippendorff_alpha(codings: Sequence[Codes], level: Level = "nominal") -> float:
    """Krippendorff's alpha: 1 - observed / expected disagreement, for any number of coders.

    From the coincidences of values within units; the difference of two values is 0 or 1 (nominal), the
    squared distance of their ranks as coincidences have them (ordinal), or their squared distance (interval)
    (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).

    Args:
        codings: one sequence for each coder, of the same units in the same order; None where not coded.

    Returns:
        At most 1; NaN where no unit was coded twice, or every code is the same.

    Raises:
        ValueError: coders with different numbers of units, or values that are no numbers where order counts.

    Examples:
        >>> krippendorff_alpha([[1, 2, None, 3], [1, 2, 3, 3]])
        1.0
    """
    values, units = _coded(codings, level)
    return _alpha(_coincidences(units, len(values)), _differences(values, level))


def _coded(codings: Sequence[Codes], level: Level) -> tuple[list[object], list[list[int]]]:
    """The values there are, and for each unit the numbers of the values that it was given."""
    if len({len(codes) for codes in codings}) != 1:
        raise ValueError("coders need the same units: write None where one did not code.")
    given = {code for codes in codings for code in codes if code is not None}
    if level != "nominal" and not all(isinstance(code, int | float) for code in given):
        raise ValueError(f"{level} codes are numbers: some of these are not.")
    values = sorted(given, key=lambda code: (str(type(code)), code) if level == "nominal" else code)
    number = {code: at for at, code in enumerate(values)}
    units = [[number[code] for code in unit if code is not None] for unit in zip(*codings, strict=True)]
    return list(values), units


def _coincidences(units: Sequence[Sequence[int]], size: int) -> NDArray[np.float64]:
    """Every ordered pair of values within a unit, weighted by one less than the unit's number of values."""
    table = np.zeros((size, size))
    for unit in units:
        if len(unit) > 1:
            counts = np.bincount(unit, minlength=size).astype(float)
            table += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return table


def _differences(
    values: Sequence[object], level: Level
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """The squared differences of values, which for ordinal ones depend on how often each occurs."""
    if level == "nominal":
        return lambda _: 1.0 - np.eye(len(values))
    if level == "interval":
        numbers = np.array(values, dtype=float)
        return lambda _: (numbers[:, None] - numbers[None, :]) ** 2

    def ordinal(margins: NDArray[np.float64]) -> NDArray[np.float64]:
        ranks = np.cumsum(margins) - margins / 2
        return (ranks[:, None] - ranks[None, :]) ** 2

    return ordinal


def _alpha(
    table: NDArray[np.float64], differences: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> float:
    margins = table.sum(axis=0)
    total = margins.sum()
    squared = differences(margins)
    expected = float((np.outer(margins, margins) * squared).sum())
    observed = (float(total) - 1) * float((table * squared).sum())
    return 1 - observed / expected if expected else float("nan")


def kappa_with_interval(one: Codes, other: Codes, level: float = 0.95, seed: int = 0) -> Agreement:
    """Cohen's kappa with the percentile interval of units drawn again (Efron and Tibshirani 1993, ch. 13)."""
    value = cohen_kappa(one, other)
    codes = {code: number for number, code in enumerate(dict.fromkeys([*one, *other]))}
    size = len(codes)
    pairs = np.array([codes[a] * size + codes[b] for a, b in zip(one, other, strict=True)])
    shares = np.bincount(pairs, minlength=size**2) / len(pairs)
    drawn = np.random.default_rng(seed).multinomial(len(pairs), shares, DRAWS)
    values = [_kappa(table.reshape(size, size).astype(float)) for table in drawn]
    return Agreement(value, *_percentiles(values, level), len(pairs))


def alpha_with_interval(
    codings: Sequence[Codes], measure: Level = "nominal", level: float = 0.95, seed: int = 0
) -> Agreement:
    """Krippendorff's alpha with the percentile interval of units drawn again."""
    values, units = _coded(codings, measure)
    twice = [unit for unit in units if len(unit) > 1]
    differences = _differences(values, measure)
    value = _alpha(_coincidences(twice, len(values)), differences)
    if not twice:
        return Agreement(value, float("nan"), float("nan"), 0)
    alike = Counter(tuple(sorted(unit)) for unit in twice)
    each = np.array([_coincidences([unit], len(values)).ravel() for unit in alike])
    shares = np.array(list(alike.values())) / len(twice)
    weights = np.random.default_rng(seed).multinomial(len(twice), shares, DRAWS)
    tables = (weights @ each).reshape(DRAWS, len(values), len(values))
    drawn = [_alpha(table, differences) for table in tables]
    return Agreement(value, *_percentiles(drawn, level), len(twice))


def _percentiles(values: Sequence[float], level: float) -> tuple[float, float]:
    """The middle of the draws in which the coefficient is defined."""
    known = np.array(values)[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    lower, upper = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)
