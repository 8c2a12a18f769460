"""Rates, proportions, standardised rates and ratios are OHID's; what has no value says why."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import PHStatsMethods as Peer  # type: ignore[import-untyped]
import pyarrow as pa
import pytest

from fullpicture import dsr, indirectly_standardised, outcome_counts, proportion, rate, standardised_ratio
from fullpicture.core.errors import UsageError

STRATA = 6
_DRAW = np.random.default_rng(20240401)
TABLE = pd.DataFrame({
    "area": np.repeat(list("ABCDE"), STRATA),
    "age": np.tile(np.arange(STRATA), 5),
    "events": _DRAW.poisson(np.repeat([0.5, 1.6, 3, 12, 900], STRATA)),
    "population": _DRAW.integers(2000, 9000, 5 * STRATA),
    "standard": np.tile(_DRAW.integers(1000, 9000, STRATA), 5),
    "standard_events": np.tile(_DRAW.integers(10, 90, STRATA), 5),
    "standard_population": np.tile(_DRAW.integers(9000, 90000, STRATA), 5),
})  # fmt: skip


def same(ours: pa.Table, theirs: pd.DataFrame, level: str = "95") -> None:
    names = {"value": "Value", "lower": f"lower_{level}_ci", "upper": f"upper_{level}_ci"}
    for name, their_name in names.items():
        found = np.array(ours[name].to_numpy(), dtype=float)
        assert found == pytest.approx(theirs[their_name].to_numpy(), rel=1e-10, nan_ok=True)


@pytest.mark.parametrize(("level", "said"), [(0.95, "95"), (0.998, "99_8")])
def test_rates_and_proportions_are_those_of_ohid(level: float, said: str) -> None:
    with np.errstate(all="ignore"):
        theirs = Peer.ph_rate(TABLE[TABLE.events > 0].copy(), "events", "population", ["area", "age"],
                              confidence=level, multiplier=1000)  # fmt: skip
        same(rate(TABLE[TABLE.events > 0], by=["area", "age"], level=level), theirs, said)
        theirs = Peer.ph_proportion(TABLE.copy(), "events", "population", "area", confidence=level)
    same(proportion(TABLE, by=["area"], level=level), theirs, said)


def test_published_examples_come_out() -> None:
    """OHID's technical guide: 65 of 100 is 0.5525 to 0.7364; 25 events have 16.2 to 36.9."""
    share = proportion({"events": [65], "population": [100]}).to_pylist()[0]
    assert (share["lower"], share["upper"]) == (
        pytest.approx(0.5525, abs=5e-5),
        pytest.approx(0.7364, abs=5e-5),
    )
    number = rate({"events": [25], "population": [1]}, per=1).to_pylist()[0]
    assert (number["lower"], number["upper"]) == (
        pytest.approx(16.2, abs=0.05),
        pytest.approx(36.9, abs=0.05),
    )


def test_exact_limits_are_those_of_garwood() -> None:
    """Garwood (Biometrika 28, 1936): 0 events have 0 to 3.689, 5 1.623 to 11.668, 20 12.217 to 30.888."""
    found = rate({"events": [0, 5, 20], "population": [1, 1, 1]}, per=1, method="exact")
    assert found["lower"].to_pylist() == pytest.approx([0, 1.623, 12.217], abs=5e-4)
    assert found["upper"].to_pylist() == pytest.approx([3.689, 11.668, 30.888], abs=5e-4)


def test_what_has_no_value_says_why() -> None:
    table = {"force": list("abcde"), "events": [3, 0, None, -1, 5], "population": [0, 10, 10, 10, 3]}
    found = rate(table).to_pylist()
    assert [row["absence"] for row in found] == ["z", "", "x", "x", ""]
    assert found[1]["value"] == 0.0
    assert found[0]["value"] is None
    assert found[0]["note"] == "there is nobody, or nothing, to have a value of"
    assert proportion(table).to_pylist()[4]["note"] == "there are more events than there is to have them"


def test_standardised_rates_are_those_of_ohid() -> None:
    theirs = Peer.ph_dsr(TABLE.copy(), "events", "population", "standard", "area", euro_standard_pops=False)
    found = dsr(TABLE, by=["area"])
    same(found, theirs)
    assert found["absence"].to_pylist() == ["u", "u", "", "", ""]


def test_repeated_events_widen_the_interval_as_their_squares() -> None:
    """As OHID's PHEindicatormethods: the variances of people with f events, times f squared, are added up."""
    rows = [("a", 1, 40, 1), ("a", 1, 9, 3), ("a", 2, 25, 1), ("a", 2, 4, 3)]
    force, age, people, times = (list(column) for column in zip(*rows, strict=True))
    below, weight = {1: 1000.0, 2: 3000.0}, {1: 200.0, 2: 800.0}
    table = {"force": force, "age": age, "events": people, "times": times,
             "population": [below[one] for one in age], "standard": [weight[one] for one in age]}  # fmt: skip
    found = dsr(
        table, by=["force"], per=1000, independent=False, event_frequency="times", strata="age"
    ).to_pylist()
    value = sum(weight[a] * p * f / below[a] for _, a, p, f in rows) / 1000
    variance = sum((weight[a] / below[a]) ** 2 * p * f**2 for _, a, p, f in rows) / 1000**2
    total = sum(p * f for _, _, p, f in rows)
    limit = rate({"events": [total], "population": [1]}, per=1).to_pylist()[0]
    assert found[0]["events"] == total
    assert found[0]["population"] == 4000
    assert found[0]["value"] == pytest.approx(1000 * value)
    for side in ("lower", "upper"):
        expected = value + (variance / total) ** 0.5 * (limit[side] - total)
        assert found[0][side] == pytest.approx(1000 * expected)
    with pytest.raises(UsageError, match="repeated events need"):
        dsr(table, by=["force"], independent=False)


def test_a_stratum_that_nobody_is_in_has_no_standardised_rate() -> None:
    table = TABLE.assign(population=np.where(TABLE.index == len(TABLE) - 1, 0, TABLE.population))
    last = dsr(table, by=["area"]).to_pylist()[-1]
    assert (last["value"], last["absence"]) == (None, "z")


def test_indirectly_standardised_ratios_are_those_of_ohid() -> None:
    some = TABLE[TABLE.groupby("area").events.transform("sum") > 0].copy()
    theirs = Peer.ph_ISRatio(some, "events", "population", "standard_events", "standard_population", "area")
    same(indirectly_standardised(some, "area"), theirs)


def cases(rows: list[tuple[Any, ...]]) -> Any:
    force, age, days, outcome = zip(*rows, strict=True)
    table = {"force": force, "age": age, "days": days, "outcome": outcome}
    return outcome_counts(table, ["force", "age"], days="days", outcome="outcome")


def test_expected_outcomes_are_those_of_everybody_in_the_same_case_mix_while_followed() -> None:
    """Stratum 1: on day 2 two of four have it; on day 5 one of one. b's second case is open from day 3 on."""
    counts = cases(
        [("a", 1, 2, "x"), ("a", 1, 5, "x"), ("b", 1, 2, "x"), ("b", 1, 3, None), ("b", 2, 9, "x")]
    )
    found = {row["force"]: row for row in standardised_ratio(counts, "force", ["age"]).to_pylist()}
    assert found["a"]["expected"] == pytest.approx(2 * 2 / 4 + 1)
    assert found["b"]["expected"] == pytest.approx(2 * 2 / 4 + 1)
    assert (found["a"]["observed"], found["b"]["observed"]) == (2, 2)
    early = {row["force"]: row for row in standardised_ratio(counts, "force", ["age"], at=4).to_pylist()}
    assert (early["a"]["observed"], early["a"]["expected"]) == (1, pytest.approx(1.0))


def test_expected_add_up_to_observed() -> None:
    draw = np.random.default_rng(7)
    outcomes = [None, "x", "y"]
    rows = [
        (f"f{draw.integers(5)}", int(draw.integers(3)), int(draw.integers(40)), outcomes[draw.integers(3)])
        for _ in range(400)
    ]
    found = standardised_ratio(cases(rows), "force", ["age"], at=25).to_pandas()
    sums = found.groupby("outcome")[["observed", "expected"]].sum()
    assert sums.observed.tolist() == pytest.approx(sums.expected.tolist())


def test_a_column_that_is_not_of_numbers_is_named() -> None:
    table = {"events": ["3", "abc"], "population": [100, 200], "standard": [1000, 2000]}
    with pytest.raises(UsageError, match="events: this is a column of string, not of numbers alone"):
        dsr(table, by=[])
