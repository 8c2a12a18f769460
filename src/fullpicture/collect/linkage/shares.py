"""How often true pairs, and pairs by chance, are at each level of a comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fullpicture.collect.linkage.settings import Comparison, Model

_LEAST_TRUE, _LEAST_CHANCE = 0.0005, 1e-7
"""No level is ever impossible: one wrong sex must not outweigh everything else for certain."""


@dataclass(frozen=True)
class Shares:
    """Of one comparison: the share at each level among pairs of the same and among pairs by chance.

    `learned` says whether the first were learned from the data; otherwise they are those of the settings.
    """

    expected: tuple[float, ...]
    at_random: tuple[float, ...]
    learned: bool = False


def from_settings(model: Model) -> dict[str, Shares]:
    """What the settings expect, before any data is seen."""
    return {one.field: Shares(one.expected, one.at_random) for one in model.compare}


def settled(
    model: Model, found: Mapping[str, Sequence[tuple[float | None, float | None]]]
) -> dict[str, Shares]:
    """What was estimated, level by level, where it can be meant; else what the settings expect.

    Estimates where agreement speaks against a pair are those of a round of learning that found no true pairs;
    the settings stand for that comparison then. Numbers are rounded to six places that count, so that the
    same data gives the same links to the byte.
    """
    return {one.field: _settled(one, found[one.field]) for one in model.compare}


def _settled(one: Comparison, found: Sequence[tuple[float | None, float | None]]) -> Shares:
    chance = [_rounded(_LEAST_CHANCE, u, given) for (_, u), given in zip(found, one.at_random, strict=True)]
    if any(m is None for m, _ in found):
        return Shares(one.expected, tuple(chance))
    true = [_rounded(_LEAST_TRUE, m, given) for (m, _), given in zip(found, one.expected, strict=True)]
    if true[0] <= chance[0]:
        return Shares(one.expected, tuple(chance))
    return Shares(tuple(true), tuple(chance), learned=True)


def _rounded(least: float, found: float | None, given: float) -> float:
    share = given if found is None or not math.isfinite(found) else found
    return float(f"{min(max(share, least), 1 - least):.6g}")
