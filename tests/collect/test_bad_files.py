"""Bad files: one clear message each, with the file and how to mend it; nothing else is lost."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from fullpicture.collect import collect
from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading, Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused


def workbook(path: Path, cells: list[str]) -> Path:
    """A legal workbook with some cells."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for cell in cells:
            sheet.write(cell, "x")
    return path


def refusal(path: Path, reading: Reading | None = None) -> str:
    with pytest.raises(SourceRefused) as refused:
        read(path, reading or Reading())
    assert path.name in str(refused.value)
    return str(refused.value)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_empty_file(tmp_path: Path) -> None:
    assert "empty" in refusal(written(tmp_path / "kent.csv", b""))


def test_a_cp1252_file_is_refused_until_it_is_declared(tmp_path: Path) -> None:
    path = written(tmp_path / "kent.csv", "force,n\nDyfed\u2013Powys,1\n".encode("cp1252"))
    assert "cp1252" in refusal(path)
    rows = read(path, Reading(encoding="cp1252")).rows
    assert rows["force"].to_pylist() == ["Dyfed\u2013Powys"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_is_read_with_its_row_numbers(end: bytes, tmp_path: Path) -> None:
    path = written(tmp_path / "kent.csv", end.join([b"force,n", b"Kent,1", b"Surrey,2", b""]))
    delivered = read(path, Reading())
    assert delivered.rows.to_pydict() == {"row": [2, 3], "force": ["Kent", "Surrey"], "n": ["1", "2"]}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(codec: str, tmp_path: Path) -> None:
    path = written(tmp_path / "kent.csv", "force,n\nKént,1\n".encode(codec))
    encoding = "utf-16" if codec == "utf-16" else "utf-8"
    assert read(path, Reading(encoding=encoding)).rows["force"].to_pylist() == ["Ként"]  # type: ignore[arg-type]


def test_a_ragged_row_is_refused_and_the_others_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "kent.csv", b"force,n\nKent,1\nSurrey\nSussex,3,4\nEssex,5\n")
    delivered = read(path, Reading())
    assert delivered.rows["force"].to_pylist() == ["Kent", "Essex"]
    assert delivered.rows_in == delivered.rows.num_rows + sum(delivered.refused.values())
    assert [problem.row for problem in delivered.problems] == [3, 4]


def test_a_truncated_workbook(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["A1", "A2"]).read_bytes()
    refusal(written(tmp_path / "kent.xlsx", whole[: len(whole) // 2]))


def test_a_workbook_with_a_cell_at_the_far_corner_does_not_end_the_process(tmp_path: Path) -> None:
    assert "17,179,869,184 cells" in refusal(workbook(tmp_path / "kent.xlsx", ["A1", "XFD1048576"]))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "kent.xlsx"
    zeros = b"0" * 1024**2
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(2048):
            part.write(zeros)
    assert path.stat().st_size < 4 * 1024**2
    refusal(path)


def test_a_document_type_definition_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "kent.xlsx", ["A1", "A2"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/more.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    refusal(path)


def test_a_sheet_that_is_not_there_is_answered_with_the_nearest(tmp_path: Path) -> None:
    assert "Data" in refusal(workbook(tmp_path / "kent.xlsx", ["A1", "A2"]), Reading(sheet="Date"))


SOURCE = Source(
    id="crime",
    title="Crime",
    layout="home-office-crime",
    files=("kent.csv",),
    columns={
        "financial_year": ("FY",),
        "quarter": ("Q",),
        "police_force": ("Force",),
        "crimes": ("n",),
    },
)


def collected(tmp_path: Path, rows: str, measures: tuple[str, ...] = ("crimes",)) -> object:
    (tmp_path / "kent.csv").write_text(f"FY,Q,Force,n\n{rows}", encoding="utf-8")
    return collect(SOURCE, tmp_path, Register.shipped(), (), measures)


def test_all_missing_columns_are_named_at_once_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "kent.csv").write_text("FY,Q,Forces,n\n2024/25,1,Kent,1\n", encoding="utf-8")
    with pytest.raises(
        SourceRefused, match=r'no column "Force" \(the nearest is "Forces"\); there is no column "m"'
    ):
        collect(SOURCE, tmp_path, Register.shipped(), (), ("crimes", "m"))


def test_wrong_codes_are_refused_by_rule_and_the_rest_is_kept(tmp_path: Path) -> None:
    rows = "2024/25,1,Kent,1\n2024/25,1,Kemt,2\n2024/25,7,Kent,3\n2024/25,2,Kent,lots\n2024/25,3,Kent,-4\n"
    found = collected(tmp_path, rows)
    assert found.rows_in == 5  # type: ignore[attr-defined]
    assert found.refused == {"AREA-001": 1, "PER-001": 1}  # type: ignore[attr-defined]
    assert found.table["crimes"].to_pylist() == [1.0, None, -4.0]  # type: ignore[attr-defined]
    assert found.table["crimes__absence"].to_pylist() == ["", "x", ""]  # type: ignore[attr-defined]
    listed = {(p.rule, p.row) for p in found.problems}  # type: ignore[attr-defined]
    assert listed == {("AREA-001", 3), ("PER-001", 4), ("NUM-001", 5), ("CNT-001", 6)}


TIDY = Source(
    id="children",
    title="Children",
    layout="tidy",
    files=("cin.csv",),
    columns={},
    period_kinds=("reporting",),
)
BEFORE_ITS_TIME = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,n\n"
    "2020,Reporting year,Local authority,E92000001,England,E12000002,North West,942,E06000063,Cumberland,7\n"
)


def test_a_row_of_an_area_before_it_began_is_refused_unless_it_is_an_official_figure(tmp_path: Path) -> None:
    (tmp_path / "cin.csv").write_text(BEFORE_ITS_TIME, encoding="utf-8")
    ours = collect(TIDY, tmp_path, Register.shipped(), (), ("n",))
    official = collect(replace(TIDY, published=True), tmp_path, Register.shipped(), (), ("n",))
    assert (ours.rows_kept, ours.refused) == (0, {"AREA-002": 1})
    assert (official.rows_kept, official.refused) == (1, {})
    assert [problem.rule for problem in official.problems] == ["AREA-003"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", 1234.5), (".5", 0.5), ("1e5", 1e5), ("-3", -3.0), ("1,2", None), ("1_000", None)]
    + [(text, None) for text in ("12,34", ".", "-", "nan", "inf", "1e400", "٣")],
)
def test_what_is_not_plainly_a_number_is_no_number(tmp_path: Path, text: str, number: float | None) -> None:
    (tmp_path / "kent.csv").write_text(f'FY,Q,Force,n\n2024/25,1,Kent,"{text}"\n', encoding="utf-8")
    found = collect(SOURCE, tmp_path, Register.shipped(), (), ("crimes",))
    assert found.table["crimes"].to_pylist() == [number]
    assert [problem.rule for problem in found.problems if problem.rule == "NUM-001"] == ["NUM-001"] * (
        number is None
    )


def test_a_category_that_a_spreadsheet_would_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kent.csv").write_text(
        'FY,Q,Force,n,Group\n2024/25,1,Kent,1,Theft\n2024/25,1,Kent,2,"=HYPERLINK(""x"")"\n', encoding="utf-8"
    )
    found = collect(SOURCE, tmp_path, Register.shipped(), ("Group",), ("crimes",))
    assert (found.rows_in, found.rows_kept, found.refused) == (2, 1, {"TXT-001": 1})
