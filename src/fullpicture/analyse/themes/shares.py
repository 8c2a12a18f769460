"""The share of answers with a theme, corrected by a sample that a person has coded."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np


class Share(NamedTuple):
    """A share (0-1) with its interval; `audited` is how many answers a person has coded."""

    share: float
    lower: float
    upper: float
    audited: int


class Stratum(NamedTuple):
    """Some answers: how many there are and how many of them the machine gave the theme; and of those that a
    person has coded, drawn at random, what the machine and the person said (1 or 0)."""

    answers: int
    machine: int
    audited_machine: Sequence[int]
    audited_person: Sequence[int]


def corrected_share(strata: Sequence[Stratum], level: float = 0.95) -> Share:
    """The machine's share, with the mean difference of person and machine in the sample added.

    The difference estimator, stratum by stratum: `sum W_h (m_h + d_h)` with variance
    `sum W_h^2 (1 - n_h / N_h) s_h^2 / n_h`, where `d` is person less machine (Cochran 1977, Sampling
    Techniques, sections 5.3 and 7.6). It is unbiased however bad the machine is, which only widens it.

    Raises:
        ValueError: a stratum with fewer than two audited answers, whose variance cannot be told.

    Examples:
        >>> corrected_share([Stratum(100, 40, [1, 0, 1, 0], [1, 0, 0, 0])]).share
        0.15000000000000002
    """
    if any(len(one.audited_person) < min(2, one.answers) for one in strata):
        raise ValueError("every stratum needs two audited answers at least: draw the sample with at_least=2.")
    total = sum(one.answers for one in strata)
    share = variance = 0.0
    for one in strata:
        differences = np.subtract(one.audited_person, one.audited_machine, dtype=float)
        weight, drawn = one.answers / total, len(differences)
        share += weight * (one.machine / one.answers + float(differences.mean()))
        if drawn < one.answers:
            spread = float(differences.var(ddof=1)) / drawn * (1 - drawn / one.answers)
            variance += weight**2 * spread
    half = NormalDist().inv_cdf((1 + level) / 2) * variance**0.5
    audited = sum(len(one.audited_person) for one in strata)
    return Share(share, max(0.0, share - half), min(1.0, share + half), audited)
