"""A workbook by the rules for statistics in spreadsheets: cover, contents, notes, one table a sheet.

Source: Analysis Function, "Releasing statistics in spreadsheets": no merged cells, no empty cell inside a
table, one marked-up table a sheet, shorthand in square brackets and explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from fullpicture.core.absence import Absence
from fullpicture.core.areas import LEVELS
from fullpicture.core.errors import PublicationBroken
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.table import Description, InternalTable, PublicTable
from fullpicture.publish.kept import Kept, Nothing
from fullpicture.publish.ods import write_ods
from fullpicture.publish.printing import printed, printed_table
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Cell, Printed, Sheet
from fullpicture.publish.words import NOTES
from fullpicture.publish.workbook_check import CONTENTS, COVER, NOTES_SHEET, check_workbook
from fullpicture.publish.xlsx import write_xlsx

Table = InternalTable | PublicTable


def sheets_of(publication: Publication, kept: Kept) -> tuple[list[Printed], list[str]]:
    """Every sheet of the edition's workbook in order, and the names of those that had to be made."""
    tables, made = [], [COVER, CONTENTS, NOTES_SHEET]
    for name, table in _numbered(publication):
        sheet, is_new = printed_table(table, kept, partial(_table_sheet, table))
        tables.append(replace(sheet, name=name))
        made += [name] if is_new else []
    contents = [[name, table.description.title] for name, table in _numbered(publication)]
    one = "This sheet has one table."
    fixed = [
        _cover(publication),
        Sheet(CONTENTS, ["Contents", one], ["Sheet", "Table"], contents),
        Sheet(NOTES_SHEET, ["Notes", one], ["Symbol", "Meaning"], _notes()),
    ]
    return [*map(printed, fixed), *tables], made


def _numbered(publication: Publication) -> list[tuple[str, Table]]:
    """The edition's tables with the names of their sheets."""
    tables: Sequence[Table] = publication.tables
    return [(str(place), table) for place, table in enumerate(tables, start=1)]


def _cover(publication: Publication) -> Sheet:
    facts = [
        ["Edition", publication.edition],
        ["Publisher", publication.publisher],
        ["Published on", publication.published_on],
        ["Contact", publication.contact],
        ["Licence", publication.licence or "none stated"],
        ["Notice", publication.notice or "none"],
        ["How to cite", f"{publication.publisher}, {publication.title}, {publication.published_on}"],
    ]
    return Sheet(COVER, [publication.title, publication.summary], ["About", "Answer"], facts)


def _notes() -> list[list[Cell]]:
    said: list[list[Cell]] = [[absence.in_brackets, absence.meaning] for absence in Absence]
    return said + [[f"[{mark}]", meaning] for mark, meaning in NOTES.items()]


_SIDES = {"lower": "Lower limit (95%)", "upper": "Upper limit (95%)"}


def _table_sheet(table: Table) -> Sheet:
    description, figures = table.description, sorted(to_figures(table.figures), key=_order)
    sides = {**_SIDES, "numerator": "Numerator", "denominator": "Denominator"}
    used = [side for side in sides if any(getattr(figure, side) is not None for figure in figures)]
    used = [side for side in used if side in _SIDES or description.unit != "count"]
    is_split = any(figure.breakdown for figure in figures)
    has_notes = any(figure.note for figure in figures)
    headers = ["Area code", "Area", "Level", "Period", "Period kind"]
    headers += ["Breakdown", "Category"] if is_split else []
    headers += [f"Value ({description.unit})", *(sides[side] for side in used)]
    headers += ["Marks"] if has_notes else []
    rows = [_row(figure, used, is_split, has_notes) for figure in figures]
    return Sheet("", _lines(description), headers, rows, description.decimals)


def _lines(description: Description) -> list[str]:
    sources = "; ".join(
        ", ".join(filter(None, (s.title, s.publisher, s.licence))) for s in description.sources
    )
    return [
        description.title,
        "This sheet has one table. Symbols in square brackets are explained in the sheet Notes.",
        description.definition,
        f"Source: {sources}",
    ]


def _order(figure: Figure) -> tuple[object, ...]:
    when = figure.when
    return (
        figure.breakdown,
        LEVELS.index(figure.area_level),
        figure.period_kind,
        -when.last_day.toordinal(),
        figure.category,
        figure.value is None,
        figure.area_name,
    )


def _row(figure: Figure, used: Sequence[str], is_split: bool, has_notes: bool) -> list[Cell]:
    symbol = Absence(figure.absence).in_brackets if figure.absence else Absence.NOT_APPLICABLE.in_brackets
    row: list[Cell] = [
        figure.area_code,
        figure.area_name,
        figure.area_level,
        figure.period,
        figure.period_kind,
    ]
    if is_split:
        row += [figure.breakdown or "All", figure.category or "All"]
    for side in ("value", *used):
        value = getattr(figure, side)
        row.append(symbol if value is None else float(value))
    if has_notes:
        row.append(" ".join(f"[{mark}]" for mark in figure.note.split()) or "none")
    return row


def write_workbooks(publication: Publication, folder: Path, kept: Kept | None = None) -> None:
    """Writes `workbook.xlsx` and `workbook.ods`, opens them again and checks them against the rules.

    Args:
        kept: sheets of earlier builds, which were checked when they were made.

    Raises:
        PublicationBroken: a written workbook breaks a rule.
    """
    sheets, made = sheets_of(publication, kept or Nothing())
    for name, write in (("workbook.xlsx", write_xlsx), ("workbook.ods", write_ods)):
        write(sheets, publication, folder / name)
        broken = check_workbook(folder / name, made)
        if broken:
            raise PublicationBroken(f"{name}: {' '.join(broken)}")
