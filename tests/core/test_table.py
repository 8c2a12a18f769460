"""A table says what it is, and a public one comes out of protect() only."""

from __future__ import annotations

from dataclasses import fields, replace

import pyarrow as pa
import pytest

from fullpicture.core.errors import NotProtected
from fullpicture.core.figure import FIGURE_SCHEMA
from fullpicture.core.table import COVERAGE_SCHEMA, Description, InternalTable, PublicTable, SourceNote

RECORDED = Description(
    indicator="recorded",
    title="Recorded offences",
    definition="Offences recorded in the period.",
    population="offences",
    period="financial",
    place_level="police force area",
    unit="count",
    sources=(SourceNote("invented", "Invented returns"),),
)
FIGURES, COVERAGE = FIGURE_SCHEMA.empty_table(), COVERAGE_SCHEMA.empty_table()


@pytest.mark.parametrize(
    "lacking", ["indicator", "title", "population", "period", "place_level", "unit", "sources"]
)
def test_a_description_that_lacks_what_readers_need_is_refused(lacking):
    with pytest.raises(ValueError, match=f"needs {lacking}"):
        replace(RECORDED, **{lacking: () if lacking == "sources" else ""})


def test_all_that_is_lacking_is_said_at_once():
    with pytest.raises(ValueError, match="recorded: a table needs title, unit"):
        replace(RECORDED, title="", unit="")


def test_an_internal_table_has_the_columns_of_figures():
    assert InternalTable(RECORDED, FIGURES, COVERAGE).figures.schema == FIGURE_SCHEMA
    with pytest.raises(ValueError, match="in this order"):
        InternalTable(RECORDED, pa.table({"value": [1.0]}), COVERAGE)


@pytest.mark.parametrize("seal", [None, True, "seal", object()])
def test_a_public_table_cannot_be_made_without_protect(seal):
    with pytest.raises(NotProtected, match=r"recorded: .*protect\(\)"):
        PublicTable(RECORDED, FIGURES, COVERAGE, seal)


def test_a_public_table_does_not_keep_the_seal_for_a_copy_with_other_figures():
    assert [field.name for field in fields(PublicTable)] == ["description", "figures", "coverage"]
    assert PublicTable.seal is None
