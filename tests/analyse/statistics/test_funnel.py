"""Funnels have OHID's limits, and the variance between places of Spiegelhalter and of SHMI."""

from __future__ import annotations

import numpy as np
import pandas as pd
import PHStatsMethods as Peer  # type: ignore[import-untyped]
import pytest
from scipy.stats import norm, poisson

from fullpicture import funnel
from fullpicture.core.errors import UsageError

PLACES = pd.DataFrame({
    "force": [f"f{place}" for place in range(12)],
    "observed": [12, 40, 55, 7, 90, 130, 20, 33, 61, 18, 240, 75],
    "expected": [15.2, 31.0, 60.5, 9.1, 70.2, 141.3, 25.0, 30.0, 58.0, 21.7, 200.0, 80.0],
})  # fmt: skip


def test_limits_of_proportions_are_those_of_ohid() -> None:
    table = pd.DataFrame({"events": [30, 70, 150, 41], "population": [100, 250, 400, 200]})
    theirs = Peer.calculate_funnel_limits(table.copy(), "events", "proportion", 1, denom_col="population")
    grid = pd.DataFrame({"events": theirs.Population * 0.0 + table.events.sum() / 950 * theirs.Population,
                         "population": theirs.Population})  # fmt: skip
    ours = funnel(grid)
    for level, sigma in (("95", "2s"), ("99_8", "3s")):
        for side in ("lower", "upper"):
            expected = theirs[f"{side}_{sigma}_limit"].clip(upper=1).tolist()  # which it cuts off at 100
            assert ours[f"{side}_{level}"].to_pylist() == pytest.approx(expected, abs=1e-10)


def test_limits_of_ratios_meet_the_exact_poisson_distribution() -> None:
    """At an expected number whose limit is a whole count, the tail is what is left outside."""
    for count in (1, 5, 30, 400):
        low = poisson_expected(count, 0.025, below=True)
        high = poisson_expected(count, 0.025, below=False)
        ours = funnel({"observed": [count, count], "expected": [low, high]})
        assert ours["lower_95"][0].as_py() == pytest.approx(count / low, rel=1e-9)
        assert ours["upper_95"][1].as_py() == pytest.approx(count / high, rel=1e-9)


def poisson_expected(count: int, tail: float, below: bool) -> float:
    """The mean at which so much lies at or below (or above) a count, by halving."""
    low, high = 0.0, 10.0 * count + 20
    for _ in range(200):
        middle = (low + high) / 2
        outside = poisson.cdf(count, middle) if below else poisson.sf(count - 1, middle)
        low, high = (middle, high) if (outside > tail) == below else (low, middle)
    return (low + high) / 2


def test_limits_of_ratios_are_those_of_ohid_as_far_as_it_computes_them() -> None:
    theirs = Peer.calculate_funnel_limits(
        PLACES.copy(), "observed", "ratio", 1, denom_col="expected", ratio_type="isr"
    )
    for side in ("lower", "upper"):
        expected = theirs[f"{side}_2s_exp_events"]
        ours = funnel({"observed": theirs.Observed_events, "expected": expected})
        target = np.array(ours["target"].to_pylist())
        assert (target == 1).all()
        found = np.array(ours[f"{side}_95"].to_pylist()) * 100
        assert found == pytest.approx(theirs[f"{side}_2s_limit"].to_numpy(), rel=2e-6)


def test_variance_between_places_by_square_roots_pulled_in() -> None:
    o, e = PLACES.observed.to_numpy(), PLACES.expected.to_numpy()
    z = 2 * np.sqrt(e) * (np.sqrt(o / e) - 1)
    low, high = np.percentile(z, [10, 90])
    pulled = np.where(z < low, low, np.where(z > high, high, z))
    w = 4 * e
    phi = (pulled**2).mean()
    tau2 = (12 * phi - 11) / (w.sum() - (w**2).sum() / w.sum())
    found = funnel(PLACES, "winsorised").to_pandas()
    assert tau2 > 0
    assert found.tau2.tolist() == pytest.approx([tau2] * 12)
    spread = norm.ppf(0.999) * np.sqrt(1 / w + tau2)
    assert found.upper_99_8.tolist() == pytest.approx(list((1 + spread) ** 2))
    assert found.lower_99_8.tolist() == pytest.approx(list(np.maximum(1 - spread, 0) ** 2))


def test_variance_between_places_by_logarithms_with_a_tenth_left_out_at_each_end() -> None:
    o, e = PLACES.observed.to_numpy(), PLACES.expected.to_numpy()
    z = np.sqrt(e) * np.log(o / e)
    kept = [place for rank, place in enumerate(np.argsort(z)) if 0 < (rank + 1) * 10 // 13 < 9]
    assert len(kept) == 10
    w = e[kept]
    tau2 = max(0.0, ((z[kept] ** 2).sum() - (len(kept) - 1)) / (w.sum() - (w**2).sum() / w.sum()))
    found = funnel(PLACES, "shmi").to_pandas()
    assert found.tau2.tolist() == pytest.approx([tau2] * 12)
    spread = norm.ppf(0.975) * np.sqrt(1 / e + tau2)
    assert found.upper_95.tolist() == pytest.approx(list(np.exp(spread)))
    assert found.z.tolist() == pytest.approx(list(np.log(o / e) / np.sqrt(1 / e + tau2)))


def test_what_lies_outside_is_said_with_the_widest_level() -> None:
    found = funnel(pd.DataFrame({"observed": [50, 100, 125, 150], "expected": [100.0] * 4}))
    assert found["signal"].to_pylist() == ["below 99.8%", "", "above 95%", "above 99.8%"]


def test_places_without_anybody_have_no_limits_and_disturb_none() -> None:
    table = {"events": [3, 0, None, 9], "population": [10, 0, 4, 5]}
    found = funnel(table).to_pylist()
    assert [row["absence"] for row in found] == ["", "z", "x", "x"]
    assert found[0]["target"] == 0.3
    assert found[1]["upper_95"] is None
    with pytest.raises(UsageError, match="is not known"):
        funnel(table, "laney")  # type: ignore[arg-type]
