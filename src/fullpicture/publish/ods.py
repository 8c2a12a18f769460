"""Writes sheets as ODS, straight as XML: libraries for it are many times slower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from fullpicture.publish.packed import Packed, write_zip
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Cell, Printed, Sheet

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def write_ods(sheets: Sequence[Printed], publication: Publication, path: Path) -> None:
    """Writes the workbook; each table is a database range that holds its header row."""
    entries: list[tuple[str, Iterable[str | Packed]]] = [
        ("content.xml", _content(sheets)),
        ("meta.xml", _document("meta", [_meta(publication)])),
        ("META-INF/manifest.xml", [_manifest()]),
    ]
    write_zip(path, entries, mimetype=_TYPE)


def _content(sheets: Sequence[Printed]) -> Iterator[str | Packed]:
    decimals = sorted({sheet.decimals for sheet in sheets})
    styles = "".join(
        f'<number:number-style style:name="n{digits}"><number:number number:decimal-places="{digits}" '
        f'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="c{digits}" style:family="table-cell" style:data-style-name="n{digits}"/>'
        for digits in decimals
    )
    bold = '<style:text-properties fo:font-weight="bold"/>'
    head = f'<style:style style:name="head" style:family="table-cell">{bold}</style:style>'
    start = (
        f"<office:automatic-styles>{styles}{head}</office:automatic-styles><office:body><office:spreadsheet>"
    )
    tables = (part for sheet in sheets for part in _table(sheet))
    ranges = "".join(_range(number, sheet) for number, sheet in enumerate(sheets, start=1))
    end = f"<table:database-ranges>{ranges}</table:database-ranges></office:spreadsheet></office:body>"
    return _document("content", chain([start], tables, [end]))


def _table(sheet: Printed) -> Iterator[str | Packed]:
    yield f"<table:table table:name={quoteattr(sheet.name)}>"
    yield f'<table:table-column table:number-columns-repeated="{len(sheet.headers)}"/>'
    for place, line in enumerate(sheet.lines):
        yield f"<table:table-row>{_text(line, 'head' if place == 0 else '')}</table:table-row>"
    yield "<table:table-header-rows><table:table-row>"
    yield from (_text(header, "head") for header in sheet.headers)
    yield "</table:table-row></table:table-header-rows>"
    yield sheet.ods
    yield "</table:table>"


def ods_rows(sheet: Sheet) -> str:
    """The XML of all rows of a sheet's table."""
    style = f"c{sheet.decimals}"
    rows = ["".join([_cell(cell, style) for cell in row]) for row in sheet.rows]
    return "".join([f"<table:table-row>{cells}</table:table-row>" for cells in rows])


@lru_cache(maxsize=100_000)
def _cell(cell: Cell, style: str) -> str:
    if isinstance(cell, str):
        return _text(cell)
    number = repr(cell).removesuffix(".0")
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{number}">'
        f"<text:p>{number}</text:p></table:table-cell>"
    )


def _text(said: str, style: str = "") -> str:
    look = f' table:style-name="{style}"' if style else ""
    start = f'<table:table-cell{look} office:value-type="string">'
    return f"{start}<text:p>{escape(said)}</text:p></table:table-cell>"


def _range(number: int, sheet: Printed) -> str:
    first = len(sheet.lines) + 1
    last = _letters(len(sheet.headers))
    target = f"'{sheet.name}'.A{first}:'{sheet.name}'.{last}{first + sheet.count}"
    return (
        f'<table:database-range table:name="table_{number}" table:contains-header="true" '
        f"table:target-range-address={quoteattr(target)}/>"
    )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _meta(publication: Publication) -> str:
    title, who = escape(publication.title), escape(publication.publisher)
    said = f"<dc:title>{title}</dc:title><dc:creator>{who}</dc:creator><dc:language>en-GB</dc:language>"
    return f"<office:meta>{said}</office:meta>"


def _document(kind: str, body: Iterable[str | Packed]) -> Iterator[str | Packed]:
    root = f"office:document-{kind}"
    yield f'<?xml version="1.0" encoding="UTF-8"?><{root} {_NAMES} {_DC} office:version="1.3">'
    yield from body
    yield f"</{root}>"


def _manifest() -> str:
    files = {"/": _TYPE, "content.xml": "text/xml", "meta.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in files.items()
    )
    root = f'<manifest:manifest {_NAMES} manifest:version="1.3">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{root}{entries}</manifest:manifest>'
