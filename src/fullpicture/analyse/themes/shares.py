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


class Audit(NamedTuple):
    """How many people were read, how many only the coder gave the theme, and how many only the machine."""

    read: int
    more: int
    fewer: int

    def and_(self, other: Audit) -> Audit:
        """Both together."""
        return Audit(self.read + other.read, self.more + other.more, self.fewer + other.fewer)


def audited_share(said: int, people: int, audit: Audit, level: float = 0.95) -> Share:
    """A share of people, corrected by an audit of some of them, as of people like those who answered.

    The difference estimator of one stratum (`corrected_share`), and to its variance that of a share,
    `p (1 - p) / N`, is added, because those who answered stand for others. Where audit and machine never
    differ, one difference is taken for the spread: no sample shows that there is none.

    Raises:
        ValueError: fewer than two people are audited.

    Examples:
        >>> share = audited_share(40, 100, Audit(50, 1, 6))
        >>> round(share.share, 2), round(share.lower, 2), round(share.upper, 2)
        (0.3, 0.19, 0.41)
    """
    if audit.read < 2:
        raise ValueError("an audit needs two people at least: draw a larger sample.")
    mean = (audit.more - audit.fewer) / audit.read
    share = min(1.0, max(0.0, said / people + mean))
    spread = (audit.more + audit.fewer - audit.read * mean**2) / (audit.read - 1)
    spread = max(spread, 1 / audit.read)
    variance = spread / audit.read * max(0.0, 1 - audit.read / people) + share * (1 - share) / people
    half = NormalDist().inv_cdf((1 + level) / 2) * variance**0.5
    return Share(share, max(0.0, share - half), min(1.0, share + half), audit.read)
