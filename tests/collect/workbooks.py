"""Workbooks written by hand, so that what is wrong with each can be read here."""

from __future__ import annotations

import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)


def _relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def xlsx(path: Path, sheet: str, before: str = "") -> Path:
    """A workbook with one sheet, "Data", whose XML is given; `before` stands in front of its root."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        sheets = '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>'
        )
        packed.writestr("xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml"))
        packed.writestr("xl/worksheets/sheet1.xml", f'{before}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>')
    return path


def cell(place: str, value: object, kind: str = "") -> str:
    """One cell of a sheet's XML; text is `kind` "str", an error value "e"."""
    return f'<c r="{place}"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}><v>{value}</v></c>'


def sheet_data(*rows: tuple[int, str]) -> str:
    """Rows of a sheet's XML by their number."""
    return "<sheetData>" + "".join(f'<row r="{row}">{cells}</row>' for row, cells in rows) + "</sheetData>"


def ods(path: Path, rows: str, manifest: str = "") -> Path:
    """A workbook with one sheet, "Data", whose rows' XML is given."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "calcext")
    )
    table = f'<table:table table:name="Data">{rows}</table:table>'
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{table}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{manifest}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", listed)
    return path


def ods_cell(text: str, repeated: int = 1) -> str:
    """One text cell of an ODS row, or so many of them."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_row(cells: str, repeated: int = 1) -> str:
    """One row, or so many of them."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'
