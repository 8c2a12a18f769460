"""A figure is one row of the table of figures, known by its id."""

from __future__ import annotations

import pyarrow as pa
import pytest

from fullpicture.core.absence import Absence
from fullpicture.core.figure import FIGURE_COLUMNS, FIGURE_SCHEMA, Figure, to_figures
from fullpicture.core.period import Period

KENT = Figure(
    "recorded", "E23000032", "Kent", "police force area", "2024-25", "financial", "age|sex", "10-15|female",
    12.0, None, None, 12.0, None, "count", "", "p", "prc",
)  # fmt: skip


def test_fields_columns_and_schema_are_in_one_order():
    assert tuple(FIGURE_SCHEMA.names) == Figure._fields == (*FIGURE_COLUMNS, "remark")


def test_columns_are_those_of_the_contract():
    assert ",".join(FIGURE_COLUMNS) == (
        "indicator,area_code,area_name,area_level,period,period_kind,breakdown,category,"
        "value,lower,upper,numerator,denominator,unit,absence,note,source"
    )


def test_an_id_keeps_its_empty_parts():
    total = KENT._replace(breakdown="", category="")
    assert KENT.id == "recorded/E23000032/financial:2024-25/age|sex/10-15|female"
    assert total.id == "recorded/E23000032/financial:2024-25//"


def test_a_figure_knows_its_period_and_why_it_is_absent():
    hidden = KENT._replace(value=None, absence="c")
    assert KENT.when == Period("financial", "2024-25")
    assert KENT.why_absent is None
    assert hidden.why_absent is Absence.SUPPRESSED


@pytest.mark.parametrize(
    "figures", [[], [KENT], [KENT, KENT._replace(period="2023-24", value=None, absence="x")]]
)
def test_figures_come_back_from_a_table_as_they_went_in(figures):
    table = pa.Table.from_pylist([figure._asdict() for figure in figures], schema=FIGURE_SCHEMA)
    assert to_figures(table) == figures
