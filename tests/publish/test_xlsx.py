"""XLSX as written by the library up to the first row of each table and by us from there on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import python_calamine

from fullpicture.core.errors import PublicationBroken
from fullpicture.publish import xlsx
from fullpicture.publish.printing import printed
from fullpicture.publish.sheets import Sheet
from fullpicture.publish.workbook_check import check_workbook
from fullpicture.publish.xlsx import write_xlsx
from tests.publish.editions import edition

HEADERS = ("Code", "Area", "Level", "Value", "Marks")


def sheet(*rows: list[str | float], lines: int = 3) -> Sheet:
    return Sheet("1", [f"Line {number}" for number in range(lines)], HEADERS, rows, decimals=1)


def write(path: Path, *rows: list[str | float]) -> None:
    """A workbook with the sheet after a cover, as every workbook of ours begins."""
    cover = Sheet("Cover", ["About it"], ["About", "Answer"], [["Publisher", "Invented Office"]])
    write_xlsx([printed(cover), printed(sheet(*rows))], edition(), path)


def read(path: Path) -> list[list[object]]:
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("1").to_python()
    start = next(place for place, row in enumerate(rows) if row[0] == "Code")
    return rows[start + 1 :]


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_every_row_is_read_back_as_it_was(count: int, tmp_path: Path) -> None:
    rows = [[f"E{number}", "Kent", "county", number * 0.1, "[p]"] for number in range(count)]
    write(tmp_path / "book.xlsx", *rows)
    assert read(tmp_path / "book.xlsx") == [[*row[:3], pytest.approx(row[3]), row[4]] for row in rows]


def test_odd_texts_exact_numbers_and_symbols_between_the_ends(tmp_path: Path) -> None:
    odd: list[list[str | float]] = [
        ["E1", "<b>&\"'</b>", " blank ", 0.1 + 0.2, "=1+1"],
        ["E2", "Ynys Môn", "county", 1e-07, "12"],
        ["E3", "Kent", "county", "[c]", "none"],
    ]
    end: list[str | float] = ["E0", "Kent", "county", 1.0, "none"]
    write(tmp_path / "book.xlsx", end, *odd, end)
    assert read(tmp_path / "book.xlsx")[1:-1] == odd


def test_the_table_covers_all_rows_and_numbers_look_alike(tmp_path: Path) -> None:
    rows = [["E1", "Kent", "county", float(number), "none"] for number in range(5)]
    write(tmp_path / "book.xlsx", *rows)
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        assert b'ref="A4:E9"' in book.read("xl/tables/table2.xml")
        page = book.read("xl/worksheets/sheet2.xml").decode()
    styles = {page.split(f'<c r="D{row}"')[1].split(">")[0] for row in range(5, 10)}
    assert styles == {' s="2"'}
    assert '<dimension ref="A1:E9"/>' in page


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [["E1", "Kent", "county", float(number), "none"] for number in range(5)]
    for name in ("once.xlsx", "again.xlsx"):
        write(tmp_path / name, *rows)
    assert (tmp_path / "once.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["_NUMBERS", "_RANGE"])
def test_a_library_that_writes_otherwise_is_noticed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["E1", "Kent", "county", float(number), "none"] for number in range(5)]
    monkeypatch.setattr(xlsx, name, xlsx.re.compile("never(x)"))
    with pytest.raises(PublicationBroken, match="not written as it was expected"):
        write(tmp_path / "book.xlsx", *rows)


def test_a_workbook_keeps_the_rules_for_spreadsheets(tmp_path: Path) -> None:
    from fullpicture.publish import write_workbooks

    write_workbooks(edition(), tmp_path)
    assert check_workbook(tmp_path / "workbook.xlsx") == []
