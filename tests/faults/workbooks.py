"""Workbooks that are damaged, locked, or not what a table is."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import xlsxwriter

from fullpicture.collect.source import Reading
from tests.collect.workbooks import ods, ods_cell, ods_row
from tests.faults.books import changed, ods_bytes, replaced, xlsx_bytes, xlsx_of
from tests.faults.containers import ole, xls
from tests.faults.fault import CATALOGUE, GOOD, HEADERS, Fault, bad_row, faulty, table_with, written

SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "damaged"


@faulty("locked", refused="protected by a password")
def a_workbook_locked_with_a_password(folder: Path) -> Path:
    streams = {"EncryptionInfo": b"\4\0\4\0\x40\0\0\0<encryption/>", "EncryptedPackage": bytes(8192)}
    return written(folder / "kent.xlsx", ole(streams))


@faulty("locked", refused="password")
def a_locked_workbook_under_the_old_name(folder: Path) -> Path:
    streams = {"EncryptionInfo": b"\4\0\4\0\x40\0\0\0<encryption/>", "EncryptedPackage": bytes(8192)}
    return written(folder / "kent.xls", ole(streams))


@faulty("locked", refused="password")
def an_old_workbook_locked_with_a_password(folder: Path) -> Path:
    return written(folder / "kent.xls", xls(table_with(), is_locked=True))


@faulty("locked", refused="protected by a password")
def an_open_document_locked_with_a_password(folder: Path) -> Path:
    locked = ods(folder / "kent.ods", ods_row(ods_cell("a")), "<manifest:encryption-data/>")
    return locked


@faulty("locked", refused="protected by a password")
def a_zip_file_locked_with_a_password(folder: Path) -> Path:
    content = bytearray(xlsx_bytes())
    place = content.find(b"PK\1\2")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\1\2", place + 1)
    return written(folder / "kent.xlsx", bytes(content))


@faulty("sheets", refused='it has 3 sheets: "Crimes 2023", "Crimes 2024", "Notes"')
def several_sheets_and_none_declared(folder: Path) -> Path:
    sheets = {"Crimes 2023": table_with(), "Crimes 2024": table_with(), "Notes": [("a note",)]}
    return written(folder / "kent.xlsx", xlsx_of(sheets))


@faulty("sheets", reading=Reading(sheet="Crime 2024"), refused='Did you mean "Crimes 2024"?')
def a_sheet_that_is_called_otherwise(folder: Path) -> Path:
    return written(folder / "kent.xlsx", xlsx_of({"Crimes 2023": table_with(), "Crimes 2024": table_with()}))


@faulty("sheets")
def another_sheet_hidden_so_that_only_a_macro_shows_it(folder: Path) -> Path:
    content = xlsx_of({"Data": table_with(), "Lists": [("F", "M")]})
    hidden = replaced("xl/workbook.xml", 'name="Lists"', 'name="Lists" state="veryHidden"')
    return written(folder / "kent.xlsx", changed(content, hidden, {}))


@faulty("sheets", rules={"MAP-001": 1})
def a_sheet_whose_name_is_a_formula(folder: Path) -> Path:
    return written(folder / "kent.xlsx", xlsx_of({"=1+1": table_with(bad_row(Vic_sex="neither"))}))


@faulty("sheets", refused="all its sheets are hidden")
def the_only_sheet_hidden_so_that_only_a_macro_shows_it(folder: Path) -> Path:
    hidden = replaced("xl/workbook.xml", 'name="Data"', 'name="Data" state="veryHidden"')
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), hidden, {}))


@faulty("sheets", refused="has no rows")
def an_empty_workbook(folder: Path) -> Path:
    return written(folder / "kent.xlsx", xlsx_of({"Data": []}))


@faulty("sheets", refused="it has no rows")
def a_workbook_of_nothing_but_a_chart(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "kent.xlsx") as book:
        page = book.add_worksheet("Data")
        page.hide()
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$A$5"})
        charted = book.add_chartsheet("Chart")
        charted.set_chart(chart)
        charted.activate()
    return folder / "kent.xlsx"


@faulty("sheets", refused="Row 2 looks like the header")
def cells_merged_across_the_header(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "kent.xlsx") as book:
        page = book.add_worksheet("Data")
        page.merge_range(0, 0, 0, len(HEADERS) - 1, "Crimes recorded")
        for row, cells in enumerate(table_with(), start=1):
            page.write_row(row, 0, cells)
    return folder / "kent.xlsx"


@faulty("cells", rules={"LNK-001": 1})
def cells_merged_down_a_column(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "kent.xlsx") as book:
        page = book.add_worksheet("Data")
        for row, cells in enumerate(table_with(bad_row(Crime_Ref=""))):
            page.write_row(row, 0, cells)
        page.merge_range(6, 0, 7, 0, GOOD[5][0])
    return folder / "kent.xlsx"


@faulty("cells", rules={"MAP-002": 4})
def formulas_that_failed(folder: Path) -> Path:
    failed = [
        bad_row(Crime_Ref=f"RX/{place}/24", Vic_sex=error)
        for place, error in enumerate(("#N/A", "#REF!", "#NAME?", "#DIV/0!"), start=91)
    ]
    with xlsxwriter.Workbook(folder / "kent.xlsx") as book:
        page = book.add_worksheet("Data")
        for row, cells in enumerate(table_with(*failed)):
            for column, text in enumerate(cells):
                if text.startswith("#"):
                    page.write_formula(row, column, "=VLOOKUP(A1,Lists!A:B,2,0)", None, text)
                else:
                    page.write_string(row, column, text)
    return folder / "kent.xlsx"


@faulty("cells")
def formulas_that_call_another_program(folder: Path) -> Path:
    with xlsxwriter.Workbook(folder / "kent.xlsx") as book:
        page = book.add_worksheet("Data")
        for row, cells in enumerate(table_with(bad_row())):
            page.write_row(row, 0, cells[:-1])
            page.write_formula(row, len(HEADERS) - 1, "=cmd|'/c calc'!A0", None, cells[-1])
    return folder / "kent.xlsx"


@faulty("cells", rules={"MAP-001": 1})
def texts_that_are_formulas_only_to_a_careless_writer(folder: Path) -> Path:
    return written(folder / "kent.xlsx", xlsx_bytes(bad_row(Vic_sex="=cmd|'/c calc'!A0")))


@faulty("links")
def links_to_another_workbook(folder: Path) -> Path:
    link = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
        "</externalLink>"
    )
    target = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    parts = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": target,
    }
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), {}, parts))


@faulty("links", refused=DAMAGED)
def parts_that_stand_outside_the_workbook(folder: Path) -> Path:
    away = replaced("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../../etc/passwd")
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), away, {}))


@faulty("links")
def parts_that_would_be_unpacked_somewhere_else(folder: Path) -> Path:
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), {}, {"../../outside.xml": "<a/>"}))


@faulty("damaged", refused=DAMAGED)
def a_sheet_that_is_not_xml(folder: Path) -> Path:
    broken = {SHEET: lambda text: text[: len(text) // 2]}
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), broken, {}))


@faulty("damaged", refused=DAMAGED)
def a_shared_text_that_is_not_there(folder: Path) -> Path:
    shared = replaced(SHEET, 't="s"><v>0</v>', 't="s"><v>99999999</v>')
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), shared, {}))


@faulty("damaged", refused=DAMAGED)
def a_zip_file_of_a_version_that_there_is_not(folder: Path) -> Path:
    content = bytearray(xlsx_bytes())
    content[content.find(b"PK\1\2") + 6] = 195
    return written(folder / "kent.xlsx", bytes(content))


@faulty("damaged", refused=DAMAGED)
def a_workbook_without_its_sheet(folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes())) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != SHEET:
                new.writestr(part, old.read(part))
    return written(folder / "kent.xlsx", out.getvalue())


@faulty("damaged", refused="two of its parts have the same name")
def a_workbook_with_two_parts_of_one_name(folder: Path) -> Path:
    content = xlsx_of({"Data": [HEADERS, ("RX/1", *GOOD[0][1:])]})
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        other = old.read(SHEET)
    out = io.BytesIO(xlsx_bytes())
    with zipfile.ZipFile(out, "a") as new:
        new.writestr(SHEET.upper(), other)
        new.filelist[-1].filename = SHEET
    return written(folder / "kent.xlsx", out.getvalue())


def _cut(place: int) -> None:
    def make(folder: Path) -> Path:
        content = xlsx_bytes()
        return written(folder / "kent.xlsx", content[: random.Random(place).randrange(len(content))])

    CATALOGUE.append(Fault(f"a workbook cut short, seed {place}", "damaged", make, refused=DAMAGED))


for place in range(8):
    _cut(place)


@faulty("damaged", refused=DAMAGED)
def an_open_document_cut_short(folder: Path) -> Path:
    content = ods_bytes(folder)
    return written(folder / "kent.ods", content[: len(content) // 2])


@faulty("damaged", refused=DAMAGED)
def an_old_workbook_cut_short(folder: Path) -> Path:
    content = xls(table_with())
    return written(folder / "kent.xls", content[: len(content) // 2])


@faulty("damaged", refused="memory")
def an_old_workbook_whose_sectors_run_in_a_circle(folder: Path) -> Path:
    content = xls(table_with())
    fat = content[-512:]
    circle = bytes([0, 0, 0, 0]) * 16 + fat[64:]
    return written(folder / "kent.xls", content[:-512] + circle)
