"""Agreement beyond chance, against published examples and another implementation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.analyse.themes.agreement import (
    alpha_with_interval,
    cohen_kappa,
    kappa_with_interval,
    krippendorff_alpha,
)

N = None
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
"""Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: 4 observers, 12 units."""


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_the_published_example(level: str, published: float) -> None:
    assert krippendorff_alpha(FOUR_CODERS, level) == pytest.approx(published, abs=5e-4)  # type: ignore[arg-type]


def test_alpha_of_the_published_example_exactly() -> None:
    """40 values in 11 units: 1 - 39 * observed / expected, in whole numbers."""
    observed = 2 * (3 * 1 / 3 + 3 * 1 / 3 + 6 / 3)
    margins = (9, 13, 10, 5, 3)
    expected = sum(a * b for at, a in enumerate(margins) for other, b in enumerate(margins) if at != other)
    assert krippendorff_alpha(FOUR_CODERS) == pytest.approx(1 - 39 * observed / expected, abs=1e-12)


def test_kappa_worked_by_hand() -> None:
    """20 units: both yes 8, both no 7, one yes 3, other yes 2; expected (11 * 10 + 9 * 10) / 400 = 0.5."""
    one = [1] * 8 + [0] * 7 + [1] * 3 + [0] * 2
    other = [1] * 8 + [0] * 7 + [0] * 3 + [1] * 2
    assert cohen_kappa(one, other) == pytest.approx((0.75 - 0.5) / 0.5, abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_kappa_equals_another_implementation(pairs: list[tuple[int, int]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    ours = cohen_kappa(one, other)
    if len({*one, *other}) == 1:
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(metrics.cohen_kappa_score(one, other), abs=1e-9)


def test_intervals_hold_the_value_and_repeat() -> None:
    one, other = [1, 1, 0, 0, 1, 0, 1, 0, 1, 1] * 5, [1, 0, 0, 0, 1, 0, 1, 1, 1, 1] * 5
    kappa = kappa_with_interval(one, other)
    assert kappa == kappa_with_interval(one, other)
    assert kappa.lower < kappa.value < kappa.upper
    alpha = alpha_with_interval([one, other])
    assert (alpha.lower < alpha.value < alpha.upper, alpha.units) == (True, 50)


def test_where_nobody_varies_there_is_no_agreement_beyond_chance() -> None:
    assert math.isnan(cohen_kappa([1, 1], [1, 1]))
    assert math.isnan(krippendorff_alpha([[1, 1], [1, 1]]))
    assert alpha_with_interval([[1, None], [None, 1]]).units == 0


def test_coders_need_the_same_units() -> None:
    with pytest.raises(ValueError, match="same units"):
        cohen_kappa([1], [1, 0])
    with pytest.raises(ValueError, match="write None where one did not code"):
        krippendorff_alpha([[1], [1, 0]])
    with pytest.raises(ValueError, match="ordinal codes are numbers"):
        krippendorff_alpha([["a"], ["b"]], "ordinal")
