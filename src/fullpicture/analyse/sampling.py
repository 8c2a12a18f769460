"""Draws a stratified sample of references: of answers to be coded twice, or of case files to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Drawn:
    """One reference of a sample: `weight` is how many of its stratum it stands for."""

    reference: str
    stratum: str
    weight: float


def stratified_sample(
    strata: Mapping[str, Sequence[str]], size: int, seed: int, at_least: int = 2
) -> list[Drawn]:
    """A sample without replacement, each stratum's share in proportion to its size.

    Every stratum has `at_least` of its references, or all where there are fewer; the rest is shared in
    proportion, the largest remainders first (Cochran 1977, Sampling Techniques, section 5.9). The same
    strata, size and seed give the same sample, whatever the order in which references come.

    Raises:
        ValueError: a size below what `at_least` asks for.

    Examples:
        >>> [one.reference for one in stratified_sample({"a": ["1", "2"], "b": ["3"]}, 3, seed=1)]
        ['1', '2', '3']
    """
    sizes = {name: len(references) for name, references in sorted(strata.items())}
    taken = {name: min(at_least, many) for name, many in sizes.items()}
    if size < sum(taken.values()):
        raise ValueError(f"a sample of {size} is too small: {len(sizes)} strata need {sum(taken.values())}.")
    _share_out(taken, sizes, min(size, sum(sizes.values())))
    generator, drawn = np.random.default_rng(seed), list[Drawn]()
    for name, many in taken.items():
        known = sorted(strata[name])
        chosen = sorted(generator.choice(len(known), many, replace=False).tolist())
        drawn += [Drawn(known[at], name, sizes[name] / many) for at in chosen]
    return drawn


def _share_out(taken: dict[str, int], sizes: Mapping[str, int], size: int) -> None:
    """Adds to what is taken of each stratum until `size` is reached."""
    total = sum(sizes.values())
    wanted = {name: size * many / total for name, many in sizes.items()}
    for _ in range(size - sum(taken.values())):
        short = [name for name in taken if taken[name] < sizes[name]]
        taken[min(short, key=lambda name: (taken[name] - wanted[name], name))] += 1
