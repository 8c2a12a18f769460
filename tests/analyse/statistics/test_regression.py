"""Cox and Fine-Gray models from counts are those of R's coxph and crr."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from fullpicture import cause_specific_cox, fine_gray
from fullpicture.analyse.statistics.partial_likelihood import _efron
from fullpicture.core.errors import UsageError
from tests.analyse.statistics.reference import answers, counts

FORMULAS = {"invented": "force + age + sex", "late": "force", "mice": "environment"}
MODELS = {
    key: list(rows)
    for key, rows in groupby(
        answers("regression.csv"), lambda row: (row["data"], row["model"], int(row["outcome"]))
    )
    if key[:2] != ("invented", "fine-gray+0")  # crr's answer with censoring on day 0, which is not ours
}


def fitted(data: str, model: str, outcome: int) -> pa.Table:
    table = counts(data, FORMULAS[data].split(" + "))
    if model.startswith("fine-gray"):
        return fine_gray(table, outcome, FORMULAS[data])
    return cause_specific_cox(table, outcome, FORMULAS[data], ties=model)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", MODELS, ids=lambda key: "-".join(map(str, key)))
def test_coefficients_and_standard_errors_are_those_of_r(key: tuple[str, str, int]) -> None:
    """crr's at times one day later, for its answer changes there where cases are censored on day 0."""
    found = fitted(*key).to_pylist()
    close = 1e-6 if key[1].startswith("fine") else 1e-10
    for ours, theirs in zip(found, MODELS[key], strict=True):
        assert f"{ours['term']} {ours['level']}" == theirs["term"]
        assert ours["coefficient"] == pytest.approx(theirs["coefficient"], abs=close)
        assert ours["se"] == pytest.approx(theirs["se"], rel=1e-8)
        assert ours["lower"] < ours["hazard_ratio"] < ours["upper"]


@pytest.mark.parametrize("model", ["breslow", "efron", "fine-gray"])
def test_a_day_more_for_everybody_changes_nothing(model: str) -> None:
    table = counts("invented", ["force", "age", "sex"]).to_pyarrow()
    place = table.schema.get_field_index("day")
    later = table.set_column(place, "day", pa.array(table["day"].to_numpy() + 1))
    for given in (table, later):
        if model == "fine-gray":
            found = fine_gray(given, 1, "force")
        else:
            found = cause_specific_cox(given, 1, "force", ties=model)  # type: ignore[arg-type]
        if given is table:
            before = found
    assert found["coefficient"].to_pylist() == pytest.approx(before["coefficient"].to_pylist(), abs=1e-12)
    assert found["se"].to_pylist() == pytest.approx(before["se"].to_pylist(), rel=1e-10)


@pytest.mark.parametrize("tied", [40.0, 5_000.0, 600_000.0])
def test_many_events_of_a_day_are_added_up_as_a_few_are(tied: float) -> None:
    number, base = 700.0, 1_000_000.0
    shares = np.arange(number) / number
    phi = base - shares * tied
    one_by_one = (np.log(phi), 1 / phi, shares / phi, 1 / phi**2, shares / phi**2, shares**2 / phi**2)
    sums = _efron(np.array([number]), np.array([base]), np.array([tied]))
    apart = base / tied  # sums of shares are differences, of which less matters the further these are apart
    scale = (1, 1, apart, 1, apart, apart**2)
    for found, terms, times in zip(vars(sums).values(), one_by_one, scale, strict=True):
        assert found[0] == pytest.approx(terms.sum(), rel=1e-9 * times)


def test_a_category_without_the_outcome_has_a_note_and_disturbs_none() -> None:
    rows = [("a", 1, "x", 3), ("a", 2, None, 4), ("b", 1, "x", 2), ("b", 3, "x", 2), ("c", 2, None, 5)]
    force, day, outcome, n = zip(*rows, strict=True)
    table = pa.table({"force": force, "day": day, "outcome": outcome, "n": n})
    without = table.filter(pa.array([one != "c" for one in force]))
    for model in (cause_specific_cox, fine_gray):
        whole: list[dict[str, Any]] = model(table, "x", "force").to_pylist()  # type: ignore[operator]
        assert whole[1]["coefficient"] is None
        assert "hazard is zero" in whole[1]["note"]
        assert np.isfinite([whole[0]["coefficient"], whole[0]["se"]]).all()
        if model is cause_specific_cox:
            assert whole[0] == model(without, "x", "force").to_pylist()[0]


def test_a_category_that_always_comes_first_has_no_finite_estimate() -> None:
    """Of b all have it on day 1, while everybody of a is there; of a nobody has it before day 2."""
    table = pa.table(
        {"force": ["a", "a", "b"], "day": [2, 3, 1], "outcome": ["x", None, "x"], "n": [3, 2, 2]}
    )
    for model in (cause_specific_cox, fine_gray):
        found = model(table, "x", "force").to_pylist()[0]  # type: ignore[operator]
        assert (found["coefficient"], found["se"]) == (None, None)
        assert "rises without end" in found["note"]


def test_a_model_without_anything_to_compare_is_empty() -> None:
    table = pa.table({"force": ["a"], "day": [2], "outcome": ["x"], "n": [3]})
    for model in (cause_specific_cox, fine_gray):
        assert model(table, "x", "force").num_rows == 0  # type: ignore[operator]


def test_a_category_that_others_make_up_has_a_note() -> None:
    table = counts("invented", ["force", "age"]).to_pyarrow()
    table = table.append_column("same", table["force"])
    found = cause_specific_cox(table, 1, "force + same + age").to_pylist()
    assert [row["note"] for row in found] == ["", "", "", *["made up of the terms before it"] * 3, "", ""]


def test_interactions_are_written_with_colons_and_stars() -> None:
    table = counts("invented", ["force", "sex"])
    short = cause_specific_cox(table, 1, "~ force * sex")
    long = cause_specific_cox(table, 1, "force + C(sex) + force:sex")
    assert short == long
    assert short["term"].to_pylist() == ["force"] * 3 + ["sex"] + ["force:sex"] * 3


def test_calls_that_do_not_fit_are_refused() -> None:
    table = counts("mice")
    with pytest.raises(UsageError, match="no case has the outcome 9"):
        fine_gray(table, 9, "environment")
    with pytest.raises(UsageError, match="is no column"):
        cause_specific_cox(table, 1, "environment + log(days)")
    with pytest.raises(UsageError, match="no column region"):
        cause_specific_cox(table, 1, "region")
    with pytest.raises(UsageError, match='Use "breslow" or "efron"'):
        cause_specific_cox(table, 1, "environment", ties="exact")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="came late"):
        fine_gray(counts("late"), 1, "force")
