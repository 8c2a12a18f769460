"""Sheets that are kept are taken as they were made, and made again when a figure changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.publish import write_workbooks
from fullpicture.publish.workbook import sheets_of
from tests.publish.editions import Memory, crimes, edition, figure, table, unsupported

BOOKS = ("workbook.xlsx", "workbook.ods")


def test_a_workbook_of_kept_sheets_has_the_same_bytes(tmp_path: Path) -> None:
    kept = Memory()
    for name in ("made", "kept"):
        (tmp_path / name).mkdir()
        write_workbooks(edition(), tmp_path / name, kept)
    for book in BOOKS:
        assert (tmp_path / "made" / book).read_bytes() == (tmp_path / "kept" / book).read_bytes()


def test_only_a_table_that_changed_is_made_again() -> None:
    kept = Memory()
    assert sheets_of(edition(unsupported(), crimes()), kept)[1] == ["Cover", "Contents", "Notes", "1", "2"]
    assert sheets_of(edition(unsupported(), crimes()), kept)[1] == ["Cover", "Contents", "Notes"]
    other = table("crimes_recorded", [figure("E23000028", "2025", 1.0, unit="count")], unit="count")
    sheets, made = sheets_of(edition(other, unsupported()), kept)
    assert made == ["Cover", "Contents", "Notes", "1"]
    assert [sheet.name for sheet in sheets] == ["Cover", "Contents", "Notes", "1", "2"]


@pytest.mark.parametrize("changed", [{"title": "Another"}, {"decimals": 3}, {"unit": "per 1,000"}])
def test_a_definition_that_changed_makes_its_sheet_anew(changed: dict[str, object]) -> None:
    kept = Memory()
    rows = [figure("E23000028", "2025", 1.0)]
    sheets_of(edition(table("share", rows)), kept)
    assert sheets_of(edition(table("share", rows, **changed)), kept)[1][-1] == "1"
