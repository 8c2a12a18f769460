"""Shares corrected by an audited sample, and the sample itself."""

from __future__ import annotations

import numpy as np
import pytest

from fullpicture.analyse.sampling import stratified_sample
from fullpicture.analyse.themes.shares import Stratum, corrected_share


def test_a_whole_audit_gives_the_persons_share_without_doubt() -> None:
    share = corrected_share([Stratum(4, 3, [1, 1, 1, 0], [1, 0, 0, 0])])
    assert (share.share, share.lower, share.upper) == (0.25, 0.25, 0.25)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(7)
    truth = (generator.random(2_000) < 0.3).astype(int)
    machine = np.where(generator.random(2_000) < 0.15, 1 - truth, truth)
    covered = 0
    for _ in range(400):
        at = generator.choice(2_000, 150, replace=False)
        share = corrected_share(
            [Stratum(2_000, int(machine.sum()), machine[at].tolist(), truth[at].tolist())]
        )
        covered += share.lower <= truth.mean() <= share.upper
    assert 0.92 <= covered / 400 <= 0.98


def test_a_stratum_nobody_audited_is_refused() -> None:
    with pytest.raises(ValueError, match="two audited answers"):
        corrected_share([Stratum(10, 3, [1], [1])])


def test_a_sample_is_proportional_repeats_and_minds_no_order() -> None:
    strata = {"kent": [str(n) for n in range(60)], "essex": [str(n) for n in range(100, 130)], "few": ["x"]}
    drawn = stratified_sample(strata, 31, seed=3)
    counts = {name: sum(one.stratum == name for one in drawn) for name in strata}
    assert counts == {"kent": 20, "essex": 10, "few": 1}
    assert sum(one.weight for one in drawn) == pytest.approx(91)
    assert drawn == stratified_sample({name: each[::-1] for name, each in strata.items()}, 31, seed=3)
    assert drawn != stratified_sample(strata, 31, seed=4)


def test_a_sample_too_small_for_its_strata_is_refused() -> None:
    with pytest.raises(ValueError, match="2 strata need 4"):
        stratified_sample({"a": ["1", "2"], "b": ["3", "4"]}, 3, seed=1)
