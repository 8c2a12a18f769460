"""What must be the same on every engine."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.figures import figures_of, figures_of_all
from fullpicture.analyse.indicator import BlankPeriods, Indicator, Term
from fullpicture.analyse.intervals import byar, wilson
from fullpicture.core.areas import Register
from fullpicture.core.engine import connect, divide
from fullpicture.core.errors import EngineMissing
from fullpicture.core.figure import to_figures
from fullpicture.core.period import Period
from tests.engines.conftest import MakeTable


def rows(engine: ibis.BaseBackend, expression: ibis.expr.types.Table) -> list[dict[str, object]]:
    table: pa.Table = engine.to_pyarrow(expression)
    return table.to_pylist()


def test_whole_numbers_are_divided_exactly(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    table = make_table("counts", pa.table({"n": [1, 2, 3], "d": [4, 3, 0]}))
    found = table.select("n", share=divide(table.n, table.d)).order_by("n")
    assert rows(engine, found) == [
        {"n": 1, "share": 0.25},
        {"n": 2, "share": pytest.approx(2 / 3)},
        {"n": 3, "share": None},
    ]


def test_conditions_are_counted(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    table = make_table("crimes", pa.table({"outcome": [14, 16, 1, None]}))
    found = table.aggregate(closed=table.count(where=table.outcome.notnull()), all=table.count())
    assert rows(engine, found) == [{"closed": 3, "all": 4}]


def test_a_table_is_made_and_dropped_by_its_name(engine: ibis.BaseBackend) -> None:
    engine.create_table("passing", pa.table({"n": [1]}), overwrite=True)
    engine.drop_table("passing")
    assert "passing" not in engine.list_tables()


def test_the_version_of_sqlglot_that_drops_without_a_name_is_kept_out() -> None:
    assert tuple(map(int, version("sqlglot").split(".")[:2])) < (30, 18)


def test_an_engine_nobody_knows_is_answered_with_those_there_are() -> None:
    with pytest.raises(EngineMissing, match="Use one of duckdb, postgres, spark"):
        connect("oracle")


def test_intervals_agree_with_published_worked_examples(
    engine: ibis.BaseBackend, make_table: MakeTable
) -> None:
    """Wilson for 65 of 100: 0.5525 to 0.7364; Byar for 25: 16.18 to 36.91 (OHID's technical guide)."""
    table = make_table("counts", pa.table({"n": [65.0], "d": [100.0], "k": [25.0]}))
    low, high = wilson(table.n, table.d)
    least, most = byar(table.k)
    found = rows(engine, table.select(low=low, high=high, least=least, most=most))[0]
    assert found["low"] == pytest.approx(0.5525, abs=1e-4)
    assert found["high"] == pytest.approx(0.7364, abs=1e-4)
    assert found["least"] == pytest.approx(16.17, abs=0.02)
    assert found["most"] == pytest.approx(36.91, abs=0.02)


def test_a_share_by_force_and_region(engine: ibis.BaseBackend, make_table: MakeTable) -> None:
    forces = ["E23000032", "E23000032", "E23000031"]
    table = make_table("returns", pa.table({
        "file": ["a.csv"] * 3, "row": [2, 3, 4], "area_code": forces, "period_kind": ["calendar"] * 3,
        "period": ["2024"] * 3, "outcome": ["14", "1", "14"], "crimes": [3.0, 1.0, 4.0],
        "crimes__absence": [""] * 3, "blank_reason": [""] * 3,
    }))  # fmt: skip
    share = Indicator(
        id="share", title="Share", definition="Share", population="Crimes", unit="%", per=100,
        proportion=True,
        numerator=Term("returns", "crimes", {"outcome": ("14",)}, is_sum=True),
        denominator=Term("returns", "crimes", is_sum=True),
        areas=("region", "police force area"), periods=("calendar",),
    )  # fmt: skip
    basis = Basis(table, (Period("calendar", "2024"),), "E92000001", ("police force area",))
    figures = to_figures(figures_of(share, {"returns": basis}, Register.shipped()))
    assert {f.area_code: (f.value, f.numerator, f.denominator) for f in figures} == {
        "E23000032": (75.0, 3.0, 4.0),
        "E23000031": (100.0, 4.0, 4.0),
        "E12000008": (87.5, 7.0, 8.0),
    }


def test_folds_shares_sums_blanks_and_many_indicators_at_once(
    engine: ibis.BaseBackend, make_table: MakeTable
) -> None:
    areas = ["E09000007", "E09000012", "E09000007", "E09000012"]
    table = make_table("staff", pa.table({
        "file": ["a.csv"] * 4, "row": [2, 3, 4, 5], "area_code": areas, "period_kind": ["reporting"] * 4,
        "period": ["2025"] * 4, "role": ["First line", "First line", "Middle", "Agency"],
        "group": ["A", "A", "B", "A"], "n": [3.0, 4.0, 1.0, None], "n__absence": ["", "", "", "c"],
        "blank_reason": [""] * 4,
    }))  # fmt: skip
    count = Indicator("count", "Staff", "Staff", "Staff", "count", numerator=Term("s", "n", is_sum=True))
    shares = replace(
        count, id="shares", unit="%", per=100, numerator=Term("s", "n"), share_of="group",
        fold={"role": {"Manager": ("First line", "Middle")}}, breakdowns=(("group", "role"),),
    )  # fmt: skip
    total = replace(
        count, numerator=Term("s", "n", {"role": ("First line",)}, is_sum=True), sums=("sub-region",)
    )
    blank = replace(total, id="blank", blank=(BlankPeriods(("2025",), "x", "Not asked."),))
    basis = Basis(table, (Period("reporting", "2025"),), "E92000001", ("local authority",))
    tables = figures_of_all([total, blank, shares], {"s": basis}, Register.shipped())
    found = [figure for one in tables.values() for figure in to_figures(one)]
    assert {
        (f.indicator, f.area_code, f.category): f.value if f.value is not None else f.absence for f in found
    } == {
        ("count", "E09000007", ""): 3.0,
        ("count", "E09000012", ""): 4.0,
        ("count", "E13000001", ""): 7.0,
        ("blank", "E09000007", ""): "x",
        ("blank", "E09000012", ""): "x",
        ("blank", "E13000001", ""): "x",
        ("shares", "E09000007", "A|Manager"): 75.0,
        ("shares", "E09000007", "B|Manager"): 25.0,
        ("shares", "E09000012", "A|Agency"): "c",
        ("shares", "E09000012", "A|Manager"): 100.0,
    }
