"""A report's tables as workbooks and as CSV: the numbers as printed, as numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fullpicture.core.absence import Absence
from fullpicture.core.errors import PublicationBroken
from fullpicture.publish.files import lines_of
from fullpicture.publish.ods import write_ods
from fullpicture.publish.printing import printed
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.document import Document, ReportTable
from fullpicture.publish.sheets import Cell, Sheet
from fullpicture.publish.words import NOTES
from fullpicture.publish.workbook_check import CONTENTS, COVER, NOTES_SHEET, check_workbook
from fullpicture.publish.xlsx import write_xlsx

TABLES = "tables"


def write_books(document: Document, publication: Publication, folder: Path) -> None:
    """Writes `<id>.xlsx`, `<id>.ods` and a CSV of each table, and checks the workbooks.

    Raises:
        PublicationBroken: a written workbook breaks a rule.
    """
    sheets = [printed(sheet) for sheet in sheets_of(document)]
    named = replace(publication, title=document.title)
    for ending, write in (("xlsx", write_xlsx), ("ods", write_ods)):
        path = folder / f"{document.id}.{ending}"
        write(sheets, named, path)
        broken = check_workbook(path)
        if broken:
            raise PublicationBroken(f"{path.name}: {' '.join(broken)}")
    (folder / TABLES).mkdir(exist_ok=True)
    for table in document.tables:
        lines = lines_of([table.columns, *([_plain(cell) for cell in row] for row in table.rows)])
        path = folder / TABLES / f"table-{table.number}.csv"
        path.write_text("".join(lines), encoding="utf-8", newline="")


def sheets_of(document: Document) -> list[Sheet]:
    """Cover, contents, notes, and a sheet for each table."""
    one = "This sheet has one table."
    contents: list[list[Cell]] = [[str(table.number), table.title] for table in document.tables]
    return [
        Sheet(COVER, [document.title, document.subtitle or one], ["About", "Answer"], _about(document)),
        Sheet(CONTENTS, ["Contents", one], ["Sheet", "Table"], contents),
        Sheet(NOTES_SHEET, ["Notes", one], ["Note", "Meaning"], _notes(document)),
        *(_sheet(table) for table in document.tables),
    ]


def _about(document: Document) -> list[list[Cell]]:
    facts: list[list[Cell]] = [
        ["Edition", document.edition],
        ["Version", document.version],
        ["Publisher", document.publisher],
        ["Published on", document.published_on],
        ["Contact", document.contact],
        ["Licence", document.licence or "none stated"],
        ["Notice", document.notice or "none"],
        ["How to cite", document.how_to_cite],
    ]
    corrections = [f"{one.on}: {one.what}" for one in document.corrections] or ["none"]
    return [*facts, ["Corrections", " ".join(corrections)]]


def _notes(document: Document) -> list[list[Cell]]:
    symbols: list[list[Cell]] = [[absence.in_brackets, absence.meaning] for absence in Absence]
    symbols += [[f"[{mark}]", meaning] for mark, meaning in NOTES.items()]
    return symbols + [[f"note {note.number}", note.text] for note in document.notes]


def _sheet(table: ReportTable) -> Sheet:
    title = f"Table {table.number}: {table.title}"
    lines = [title, "This sheet has one table. Symbols in square brackets are explained in the sheet Notes."]
    headers = list(dict.fromkeys(table.columns))
    assert len(headers) == len(table.columns), "columns have names of their own"
    rows = [[row[0], *(_number(cell) for cell in row[1:])] for row in table.rows]
    decimals = max((len(cell.partition(".")[2]) for row in table.rows for cell in row[1:]), default=0)
    return Sheet(str(table.number), lines, headers, rows, decimals)


def _number(cell: str) -> Cell:
    """A cell as printed, as a number where it is one."""
    plain = _plain(cell)
    try:
        return float(plain)
    except ValueError:
        return plain or Absence.NOT_APPLICABLE.in_brackets


def _plain(cell: str) -> str:
    """A number without its thousands separators and with the minus sign of a keyboard; any other text as it
    is.

    Examples:
        >>> _plain("1,204"), _plain("Barking, Dagenham")
        ('1204', 'Barking, Dagenham')
    """
    plain = cell.replace(",", "").replace("\N{MINUS SIGN}", "-")
    try:
        float(plain)
    except ValueError:
        return cell
    return plain
