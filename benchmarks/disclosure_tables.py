"""Seeded tables of the kinds and sizes of police and local statistics, skewed as counts of crime are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fullpicture.disclosure.linked import Ints, LinkedTables, Tree
from fullpicture.disclosure.linking import link


class Kind(NamedTuple):
    """A table's name, the parent of each code of its dimensions, and the share of its small cells."""

    name: str
    dimensions: tuple[tuple[str, list[int]], ...]
    small: float
    spread: float


def flat(parts: int) -> list[int]:
    """One total and its parts."""
    return [-1, *[0] * parts]


def grouped(groups: Sequence[int]) -> list[int]:
    """One total, groups, and the parts of each; a group of one part stands for itself."""
    parents = [-1, *[0] * len(groups)]
    for group, parts in enumerate(groups, 1):
        parents += [group] * (parts if parts > 1 else 0)
    return parents


FORCES = grouped([3, 4, 5, 4, 6, 2, 5, 5, 5, 4])
OFFENCES = grouped([2, 3, 5, 2, 4, 3, 4, 2, 2])
AUTHORITIES = grouped([12, 23, 15, 9, 14, 11, 33, 18, 15])
ETHNICITIES = grouped([5, 4, 3, 4, 2])
REGIONS = grouped([24] * 19)[:457]

THRESHOLD = 4
AGES, INCOMES, MONTHS = flat(6), flat(5), flat(4)

KINDS = (
    Kind("force x offence", (("force", FORCES), ("offence", OFFENCES)), 0.286, 1.6),
    Kind("authority x ethnicity", (("authority", AUTHORITIES), ("ethnicity", ETHNICITIES)), 0.294, 1.4),
    Kind(
        "region x income x months",
        (("region", REGIONS), ("income", INCOMES), ("months", MONTHS)),
        0.194,
        1.0,
    ),
    Kind("force x offence x age", (("force", FORCES), ("offence", OFFENCES), ("age", AGES)), 0.254, 1.5),
    Kind(
        "3 regions x offence x age x sex",
        (("force", grouped([5, 5, 4])), ("offence", OFFENCES), ("age", AGES), ("sex", flat(3))),
        0.259,
        1.5,
    ),
    Kind(
        "authority x ethnicity x age",
        (("authority", AUTHORITIES), ("ethnicity", ETHNICITIES), ("age", flat(5))),
        0.305,
        1.4,
    ),
    Kind(
        "force x offence x age x sex",
        (("force", FORCES), ("offence", OFFENCES), ("age", AGES), ("sex", flat(3))),
        0.26,
        1.5,
    ),
    Kind(
        "authority x ethnicity x age x sex",
        (("authority", AUTHORITIES), ("ethnicity", ETHNICITIES), ("age", flat(5)), ("sex", flat(2))),
        0.28,
        1.4,
    ),
)


def table(kind: Kind, seed: int = 0) -> LinkedTables:
    """Every cell of the kind's cross-tabulation with totals, scaled until the share of small cells fits."""
    draws = np.random.default_rng([seed, *kind.name.encode()])
    trees = [np.array(parents) for _, parents in kind.dimensions]
    leaves = [np.setdiff1d(np.arange(len(parents)), parents) for parents in trees]
    shape = [len(part) for part in leaves]
    sizes = np.zeros(shape)
    for axis, length in enumerate(shape):
        effect = draws.normal(0, kind.spread * (1.2 if length > 10 else 0.7), length)
        sizes += effect.reshape([-1 if place == axis else 1 for place in range(len(shape))])
    sizes = np.exp(sizes + draws.normal(0, 0.6, shape))
    luck = draws.random(shape)
    low, high = -12.0, 12.0
    for _ in range(40):
        middle = (low + high) / 2
        full = _with_totals(_poisson(sizes * np.exp(middle), luck), trees, leaves)
        small = np.mean((full > 0) & (full <= THRESHOLD))
        empty = np.mean(full == 0)
        low, high = (middle, high) if empty > 0.4 or small > kind.small else (low, middle)
    return _linked(kind, trees, full)


def _poisson(sizes: np.ndarray, luck: np.ndarray) -> np.ndarray:
    from scipy.stats import poisson

    return np.asarray(poisson.ppf(luck, np.minimum(sizes, 1e7))).astype(np.int64)


def _with_totals(parts: np.ndarray, trees: Sequence[np.ndarray], leaves: Sequence[np.ndarray]) -> np.ndarray:
    full = parts
    for axis, (parents, below) in enumerate(zip(trees, leaves, strict=True)):
        sums = np.zeros((len(parents), len(below)), dtype=np.int64)
        for place, code in enumerate(below):
            above = int(code)
            while above >= 0:
                sums[above, place] = 1
                above = int(parents[above])
        full = np.moveaxis(np.tensordot(sums, full, axes=(1, axis)), 0, axis)
    return full


def _linked(kind: Kind, trees: Sequence[np.ndarray], full: np.ndarray) -> LinkedTables:
    keys: Ints = np.stack([index.ravel() for index in np.indices(full.shape)], axis=1)
    codes = [[f"{name}{code:03}" for code in range(len(parents))] for name, parents in kind.dimensions]
    return link(
        [name for name, _ in kind.dimensions],
        codes,
        [Tree(place, parents) for place, parents in enumerate(trees)],
        keys,
        full.ravel(),
    )
