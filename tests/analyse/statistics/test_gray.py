"""Gray's test is that of R's cuminc, with strata and without."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from fullpicture import gray_test
from fullpicture.core.errors import UsageError
from tests.analyse.statistics.reference import answers, counts

ANSWERS = answers("gray.csv")


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: "-".join(map(str, list(row.values())[:4])))
def test_the_statistic_is_that_of_cuminc(row: dict[str, Any]) -> None:
    by = [name for name in (row["group"], row["strata"]) if name]
    found = gray_test(counts(row["data"], by), int(row["outcome"]), row["group"], row["strata"]).to_pylist()[
        0
    ]
    if row["statistic"] == -1:  # cuminc gives up where some groups cannot have the outcome
        assert (found["df"], found["p_value"]) == (5, pytest.approx(0.98799635, abs=1e-8))
        return
    assert found["statistic"] == pytest.approx(row["statistic"], abs=1e-10)
    assert (found["df"], found["outcome"]) == (row["df"], row["outcome"])
    assert found["p_value"] == pytest.approx(row["p_value"], abs=1e-10)


def test_every_outcome_is_tested_unless_one_is_named_and_other_columns_are_added_up() -> None:
    found = gray_test(counts("invented", ["sex", "force", "age"]), group="force")
    assert found["outcome"].to_pylist() == [1, 2, 3]
    assert found["statistic"][0].as_py() == pytest.approx(7.5303057264701305, abs=1e-10)


def test_an_outcome_that_no_two_groups_could_have_is_not_tested() -> None:
    table = pa.table({"force": ["a", "b"], "day": [1, 1], "outcome": [None, "x"], "n": [0, 3]})
    assert gray_test(table, "x", "force").to_pylist() == [
        {"outcome": "x", "statistic": 0.0, "df": 0, "p_value": 1.0}
    ]


def test_calls_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match="no case has the outcome 9"):
        gray_test(counts("mice"), 9, "environment")
    with pytest.raises(UsageError, match="name the column"):
        gray_test(counts("mice"))
    with pytest.raises(UsageError, match="came late"):
        gray_test(counts("late"), 1, "force")
    with pytest.raises(UsageError, match="no column region"):
        gray_test(counts("mice"), 1, "region")
