"""Crimes of police force areas over children of the authorities in them."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.figures import figures_of
from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.analyse.lineage import rows_behind
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.period import Period

REGISTER = Register.shipped()
KENT, NORTH_YORKSHIRE = "E23000032", "E23000009"
Rows = list[tuple[str, float | None, str]]
RATE = Indicator(
    id="rate", title="Rate", definition="Rate", population="Children", unit="per 100", per=100,
    numerator=Term("crime", "n", is_sum=True), denominator=Term("children", "n"),
    areas=("country", "region", "police force area"), periods=("financial",),
)  # fmt: skip


def basis(rows: Rows, when: Period, level: str) -> Basis:
    codes, numbers, absences = zip(*rows, strict=True)
    table = pa.table({
        "file": ["f.csv"] * len(rows), "row": list(range(2, len(rows) + 2)), "area_code": codes,
        "period_kind": [when.kind] * len(rows), "period": [when.name] * len(rows),
        "n": pa.array(numbers, pa.float64()), "n__absence": absences, "blank_reason": [""] * len(rows),
    })  # fmt: skip
    return Basis(ibis.memtable(table), (when,), "E92000001", (level,))


def bases(crimes: list[tuple[str, float]], children: Rows) -> dict[str, Basis]:
    counted = [(code, number, "") for code, number in crimes]
    return {
        "crime": basis(counted, Period("financial", "2024-25"), "police force area"),
        "children": basis(children, Period("reporting", "2025"), "local authority"),
    }


def found(crimes: list[tuple[str, float]], children: Rows) -> dict[str, Figure]:
    figures = to_figures(figures_of(RATE, bases(crimes, children), REGISTER))
    return {figure.area_code: figure for figure in figures}


def test_the_authorities_of_a_force_area_are_added_up_in_the_same_days() -> None:
    """Kent and Medway: 30 of 600; nothing is said of England and Wales, which the source does not cover."""
    figures = found([(KENT, 30.0)], [("E10000016", 500.0, ""), ("E06000035", 100.0, "")])
    assert (figures[KENT].value, figures[KENT].denominator) == (5.0, 600.0)
    assert figures["E12000008"].value == 5.0
    assert set(figures) == {KENT, "E12000008", "E92000001"}


@pytest.mark.parametrize(
    ("medway", "absence"),
    [([("E06000035", None, "c")], "c"), ([("E06000035", None, "x")], "x"), ([], "x")],
)
def test_an_authority_without_a_count_leaves_the_force_area_without_a_value(
    medway: Rows, absence: str
) -> None:
    figure = found([(KENT, 30.0)], [("E10000016", 500.0, ""), *medway])[KENT]
    assert (figure.value, figure.absence) == (None, absence)


def test_an_authority_under_its_former_code_is_one_place() -> None:
    figures = found([(NORTH_YORKSHIRE, 3.0)], [("E10000023", 200.0, ""), ("E06000014", 100.0, "")])
    assert figures[NORTH_YORKSHIRE].value == 1.0


def test_the_rows_behind_are_those_of_the_authorities() -> None:
    given = bases(
        [(KENT, 30.0)], [("E10000016", 500.0, ""), ("E06000001", 1.0, ""), ("E06000035", 100.0, "")]
    )
    figure = next(f for f in to_figures(figures_of(RATE, given, REGISTER)) if f.area_code == KENT)
    rows = {one.term.source: dict(one.rows) for one in rows_behind(RATE, figure, given, REGISTER)}
    assert rows == {"crime": {"f.csv": (2,)}, "children": {"f.csv": (2, 4)}}
