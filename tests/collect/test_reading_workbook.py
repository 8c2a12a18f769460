"""Workbooks: one sheet as text with its own row numbers, and no workbook that can end the process."""

from __future__ import annotations

import resource
import struct
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
import xlsxwriter

from fullpicture.collect.reading import limits, read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused
from tests.collect.workbooks import cell, ods, ods_cell, ods_row, sheet_data, xlsx

PLAIN = Reading()
MIB = 1024 * 1024


def refusal(path: Path, reading: Reading = PLAIN) -> str:
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceRefused) as refused:
        read(path, reading)
    assert time.perf_counter() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024, "KiB in this process"
    return str(refused.value)


def rows_of(path: Path, reading: Reading = PLAIN) -> list[dict[str, object]]:
    found = read(path, reading)
    assert found.rows_in == found.rows.num_rows + sum(found.refused.values())
    return found.rows.to_pylist()  # type: ignore[no-any-return]


def test_every_kind_of_cell_is_text(tmp_path: Path) -> None:
    cells: dict[str, tuple[object, str, str]] = {
        "code": ("007", "", "007"),
        "whole": (20323.0, "", "20323"),
        "part": (0.1, "", "0.1"),
        "large": (1e22, "", "1e+22"),
        "day": (date(2024, 3, 1), "dd/mm/yyyy", "2024-03-01"),
        "moment": (datetime(2024, 3, 1, 4, 5), "dd/mm/yyyy hh:mm", "2024-03-01T04:05:00"),
        "time": (clock(4, 5), "hh:mm", "04:05:00"),
        "hours": (timedelta(hours=36), "[h]:mm", "36:00:00"),
        "truth": (True, "", "true"),
        "nothing": ("", "", ""),
    }
    path = tmp_path / "kinds.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for column, (header, (value, look, _)) in enumerate(cells.items()):
            sheet.write(0, column, header)
            sheet.write(1, column, value, book.add_format({"num_format": look}) if look else None)
    assert rows_of(path) == [{"row": 2} | {header: text for header, (_, _, text) in cells.items()}]


def test_error_values_stay_as_they_are_shown(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "errors.xlsx",
        sheet_data(
            (1, cell("A1", "a", "str") + cell("B1", "b", "str") + cell("C1", "e", "str")),
            (2, cell("A2", "#N/A", "e") + cell("B2", "#VALUE!", "e") + cell("C2", "#DIV/0!", "e")),
        ),
    )
    assert rows_of(path) == [{"row": 2, "a": "#N/A", "b": "#VALUE!", "e": "#DIV/0!"}]
    error = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
    )
    path = ods(
        tmp_path / "errors.ods", ods_row(ods_cell("a") + ods_cell("b")) + ods_row(error + ods_cell("x"))
    )
    assert rows_of(path) == [{"row": 2, "a": "#N/A", "b": "x"}]


def test_what_only_looks_like_an_error_value_stays_as_it_is(tmp_path: Path) -> None:
    looks = "&lt;c t='e'"
    text = f'<c r="A2" t="inlineStr"><is><t>{looks} t="e"</t></is></c>'
    data = sheet_data(
        (1, cell("A1", "a", "str") + cell("B1", "b", "str")), (2, text + cell("B2", "#N/A", "e"))
    )
    path = xlsx(tmp_path / "looks.xlsx", data)
    assert rows_of(path) == [{"row": 2, "a": "<c t='e' t=\"e\"", "b": "#N/A"}]


def test_error_values_far_down_and_rows_in_many_batches_are_read(tmp_path: Path) -> None:
    rows = [
        (row, cell(f"A{row}", row) + cell(f"C{row}", "#N/A", "e"))
        for row in range(2, 60_002)
        if row % 1000  # rows that are not there
    ]
    header = "".join(cell(f"{column}1", column, "str") for column in "ABC")
    found = read(xlsx(tmp_path / "long.xlsx", sheet_data((1, header), *rows)), Reading(footer_rows=1))
    assert found.rows.column("row").to_pylist() == [row for row, _ in rows[:-1]]
    assert found.rows.column("A").to_pylist() == [str(row) for row, _ in rows[:-1]]
    assert set(found.rows.column("B").to_pylist()) == {""}
    assert set(found.rows.column("C").to_pylist()) == {"#N/A"}
    assert found.refused == {"ROW-003": 59}, "the last empty row stands above the footer"


def test_a_row_has_the_number_that_the_sheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "low.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in [
            (2, ["A title"]),
            (6, ["a", "b"]),
            (7, ["1", "2"]),
            (9, ["3", "4"]),
            (10, ["A note"]),
        ]:
            sheet.write_row(row, 2, cells)
    found = read(path, Reading(header_row=7, footer_rows=1))
    assert found.rows.select(["row", "a", "b"]).to_pylist() == [
        {"row": 8, "a": "1", "b": "2"},
        {"row": 10, "a": "3", "b": "4"},
    ]
    assert (found.refused, found.problems[0].row, found.problems[0].sheet) == ({"ROW-003": 1}, 9, "Data")


def test_a_sheet_that_is_not_there_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Cover", "Return 2024", "Notes"):
            book.add_worksheet(name).write_column(0, 0, ["a", "1"])
    assert rows_of(path, Reading(sheet="Return 2024")) == [{"row": 2, "a": "1"}]
    assert 'no sheet "Retrun 2024". Did you mean "Return 2024"?' in refusal(
        path, Reading(sheet="Retrun 2024")
    )
    assert 'it has 3 sheets: "Cover", "Return 2024", "Notes". Say which one' in refusal(path)


def test_a_hidden_sheet_leaves_no_doubt_which_one_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").write_column(0, 0, ["a", "1"])
        book.add_worksheet("Lists").hide()
    assert read(path, PLAIN).sheet == "Data"


def test_a_sheet_without_cells_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "none.xlsx") as book:
        book.add_worksheet("Data")
    assert "it has no rows" in refusal(tmp_path / "none.xlsx")


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_not_a_workbook_is_refused(tmp_path: Path, whole: bool) -> None:
    path = xlsx(tmp_path / "cut.xlsx", sheet_data((1, cell("A1", 1)), (2, cell("A2", 2))))
    content = path.read_bytes()
    path.write_bytes(b"a,b\n1,2\n" if whole else content[: len(content) * 2 // 3])
    what = "it is not a workbook but text." if whole else "it is cut short or damaged, or is not a workbook."
    assert refusal(path).startswith(f"cut.xlsx: {what}")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "cut short or damaged, or is not a workbook"),
        (b"<html><table></table></html>", "not a workbook but a web page (HTML)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "cut short or damaged, or is not a workbook"),
    ],
)
def test_what_is_not_an_old_workbook_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "old.xls").write_bytes(content)
    assert f"old.xls: it is {what}" in refusal(tmp_path / "old.xls")


def test_a_new_workbook_under_an_old_name_is_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "new.xls", sheet_data((1, cell("A1", "a", "str")), (2, cell("A2", 2))))
    assert rows_of(path) == [{"row": 2, "a": "2"}]


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kent.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    assert "protected by a password" in refusal(tmp_path / "kent.xlsx")
    locked = ods(tmp_path / "kent.ods", ods_row(ods_cell("a")), "<manifest:encryption-data/>")
    assert "protected by a password" in refusal(locked)


def test_two_cells_at_the_ends_of_a_sheet_are_refused(tmp_path: Path) -> None:
    far = sheet_data((1, cell("A1", 1)), (1_048_576, cell("XFD1048576", 2)))
    assert "17,179,869,184 cells" in refusal(xlsx(tmp_path / "far.xlsx", far))


def test_a_far_cell_that_the_first_look_does_not_see_ends_the_child_only(tmp_path: Path) -> None:
    far = sheet_data((1_048_576, "<c><v>1</v></c>"), (1, "<c r='XFD1'><v>1</v></c>"))
    message = refusal(xlsx(tmp_path / "far.xlsx", far))
    assert "needs more than 2,048 MiB of memory" in message


def test_a_cell_beyond_any_sheet_ends_the_child_only(tmp_path: Path) -> None:
    far = sheet_data((1, "<c r='ZZZZZZ1'><v>1</v></c><c r='A99999999999'><v>1</v></c>"))
    assert "far.xlsx: it is cut short or damaged" in refusal(xlsx(tmp_path / "far.xlsx", far))


def test_a_dimension_that_says_too_much_does_no_harm(tmp_path: Path) -> None:
    data = sheet_data(
        (1, cell("A1", "a", "str")), (2, cell("A2", 1)), (1_048_576, '<c r="XFD1048576" s="0"/>')
    )
    path = xlsx(tmp_path / "styled.xlsx", f'<dimension ref="A1:XFD1048576"/>{data}')
    assert rows_of(path) == [{"row": 2, "a": "1"}]


def test_repeats_of_empty_cells_are_legal_and_repeats_of_full_ones_are_counted(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = ods_row(ods_cell("a") + ods_cell("b") + empty) + ods_row(ods_cell("x", 2) + empty, repeated=3)
    end = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_570)
    assert [row["row"] for row in rows_of(ods(tmp_path / "kent.ods", rows + end))] == [2, 3, 4]
    full = ods_row(ods_cell("x", 16_384), repeated=1_048_570)
    assert "17,179,770,880 cells" in refusal(ods(tmp_path / "far.ods", full))
    low = ods_row(ods_cell("a")) + end + ods_row(ods_cell("x", 16_384))
    assert "cells from A1" in refusal(ods(tmp_path / "low.ods", low))


def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "declares entities" in refusal(
        xlsx(tmp_path / "dtd.xlsx", sheet_data((1, cell("A1", "&b;"))), bomb)
    )
    late = f"<!-- {'x' * 3 * MIB} -->{bomb}"
    assert "declares entities" in refusal(xlsx(tmp_path / "late.xlsx", "", late))


def zeros(path: Path, mebibytes: int) -> Path:
    """A zip file with so many mebibytes of zeros in a part that a workbook has."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(mebibytes):
            part.write(bytes(MIB))
    return path


def test_a_zip_bomb_is_refused_by_the_size_it_declares(tmp_path: Path) -> None:
    assert "unpacks to more than 512 MiB" in refusal(zeros(tmp_path / "bomb.xlsx", 600))


def test_a_zip_bomb_that_declares_a_small_size_is_refused_while_it_unpacks(tmp_path: Path) -> None:
    path = zeros(tmp_path / "bomb.xlsx", 80)
    content = path.read_bytes()
    declared = struct.pack("<I", 80 * MIB)
    assert content.count(declared) >= 1
    path.write_bytes(content.replace(declared, struct.pack("<I", 99)))
    assert "500 times its size" in refusal(path)


def test_a_zip_file_with_too_many_parts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.xlsx", "w") as packed:
        for number in range(limits.ENTRY_LIMIT + 1):
            packed.writestr(str(number), b"")
    assert "10,001 parts" in refusal(tmp_path / "many.xlsx")


def test_a_workbook_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "slow.xlsx", sheet_data((1, cell("A1", 1)), (2, cell("A2", 2))))
    monkeypatch.setattr(limits, "TIME_LIMIT", 0.001)
    assert "takes more than 0 seconds" in refusal(path)


def test_a_workbook_that_needs_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "wide.xlsx", sheet_data((1, cell("A1", 1)), (400_000, cell("T400000", 2))))
    monkeypatch.setattr(limits, "MEMORY_LIMIT", 200 * MIB)
    assert "needs more than 200 MiB of memory" in refusal(path)
