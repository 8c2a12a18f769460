"""Thresholds give as many answers a theme as there are, in the answers learnt from and in a file."""

from __future__ import annotations

import numpy as np

from fullpicture.analyse.themes.thresholds import Thresholds, probability


def _coded(share: float, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Log odds that are right: each answer has the theme with just the probability that they say."""
    generator = np.random.default_rng(seed)
    odds = generator.normal(np.log(share / (1 - share)), 2.0, (size, 1))
    return odds, generator.random((size, 1)) < probability(odds)


def test_as_many_are_given_a_theme_as_people_gave_it() -> None:
    odds, has = _coded(0.2, 4_000, 1)
    learnt = Thresholds.learnt(odds, has)
    assert abs((odds >= learnt.least).mean() - has.mean()) < 0.01


def test_in_a_file_with_more_of_a_theme_more_are_given_it() -> None:
    learnt = Thresholds.learnt(*_coded(0.1, 4_000, 2))
    errors = []
    for seed in range(20):
        odds, has = _coded(0.3, 1_000, 10 + seed)
        moved, fixed = odds >= learnt.within(odds), odds >= learnt.least
        errors.append((abs(moved.mean() - has.mean()), abs(fixed.mean() - has.mean())))
    assert np.mean(errors, axis=0)[0] < 0.03 < np.mean(errors, axis=0)[1]


def test_one_answer_alone_is_judged_by_what_was_learnt() -> None:
    learnt = Thresholds.learnt(*_coded(0.2, 4_000, 3))
    for value in (-3.0, 0.0, 3.0):
        odds = np.array([[value]])
        assert (odds >= learnt.within(odds)).all() == (odds >= learnt.least).all()


def test_a_theme_that_nobody_coded_is_given_from_even_odds_on() -> None:
    odds = np.array([[-0.1], [0.1]])
    assert (odds >= Thresholds.at_zero(1).within(odds)).ravel().tolist() == [False, True]
