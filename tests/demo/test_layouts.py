"""43 forces, at least twelve layouts, every way to save a table; no layout says one thing in two senses."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import pytest

from fullpicture.demo.columns import Code
from fullpicture.demo.layouts import LAYOUTS, Layout
from fullpicture.demo.mixed import OneCell
from fullpicture.demo.parts import Part
from fullpicture.demo.places import forces
from tests.demo.nation import Nation

PARTS = [
    pytest.param(part, id=f"{force.stem}-{part.name or 'all'}")
    for force, layout in zip(forces(), LAYOUTS, strict=True)
    for part in layout.parts
]


def test_43_forces_deliver_in_at_least_twelve_layouts_and_ten_make_no_mistake() -> None:
    assert len(LAYOUTS) == len(forces()) == 43
    assert len({layout.name for layout in LAYOUTS}) >= 12
    assert sum(layout.clean for layout in LAYOUTS) >= 10


def test_every_way_to_save_a_table_is_used() -> None:
    savings = [part.saving for layout in LAYOUTS for part in layout.parts]
    assert {one.form for one in savings} == {"csv", "csv.gz", "tsv", "xlsx", "xls", "ods", "parquet"}
    assert {one.encoding for one in savings} == {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    assert {one.separator for one in savings} >= {";", "|"}
    assert any(one.yearly for one in savings)
    assert any(one.below for one in savings)


def test_return_of_several_files_is_joined_by_the_crime() -> None:
    several = [layout for layout in LAYOUTS if len(layout.parts) > 1]
    assert several
    for layout in several:
        assert [part.unit for part in layout.parts] == ["crime", "victim", "suspect"]
        assert all("crime_ref" in part.fields for part in layout.parts)


def test_files_are_what_they_are_called(nation: Nation) -> None:
    starts = {
        "kestrelby.csv": b"=== CRIME EXTRACT",
        "harrowdale.csv": codecs.BOM_UTF8,
        "fallowby.tsv": codecs.BOM_UTF16_LE,
        "old-haven-city.xls": bytes.fromhex("d0cf11e0"),
        "greywater.xlsx": b"PK",
        "larkshire.ods": b"PK",
        "birchover.csv.gz": b"\x1f\x8b",
        "thornholme.parquet": b"PAR1",
    }
    returns = nation.folder / "data" / "returns"
    assert {name: (returns / name).read_bytes()[: len(start)] for name, start in starts.items()} == starts


@pytest.mark.parametrize("part", PARTS)
def test_text_means_one_thing_in_a_column(part: Part) -> None:
    for column in _codes(part):
        meanings: dict[str, set[str]] = {}
        for _, text, value, state in column._entries(part):
            meanings.setdefault(text.strip(), set()).add(value or state)
        assert {text: said for text, said in meanings.items() if len(said) > 1} == {}, column.header


@pytest.mark.parametrize("layout", LAYOUTS[:5], ids=lambda layout: layout.name)
def test_fields_have_one_column_each(layout: Layout) -> None:
    for part in layout.parts:
        fields = [name for column in part.columns for name in column.maps(part)]
        assert len(fields) == len(set(fields))


def _codes(part: Part) -> Iterator[Code]:
    for column in part.columns:
        if isinstance(column, Code):
            yield column
        elif isinstance(column, OneCell):
            yield column.sex
