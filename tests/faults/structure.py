"""Rows, headers and separators gone wrong."""

from __future__ import annotations

from pathlib import Path

from fullpicture.collect.source import Reading
from tests.faults.fault import GOOD, HEADERS, bad_row, csv_text, faulty, table_with, written

CLEAN = csv_text(table_with())


def _lines(*bad: str) -> str:
    """The clean file with other lines in its middle."""
    lines = CLEAN.splitlines(keepends=True)
    return "".join([*lines[:7], *(f"{line}\r\n" for line in bad), *lines[7:]])


@faulty("rows", rules={"ROW-001": 2})
def rows_with_too_few_cells(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines("RX/1,01/02/2024", "RX/2"))


@faulty("rows", rules={"ROW-002": 1})
def a_row_with_too_many_cells(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with((*bad_row(), "more"))))


@faulty("rows", rules={"ROW-004": 1})
def a_quotation_mark_that_is_not_closed(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines('RX/1,01/02/2024,22A,F,30,M,16,"seen'))


@faulty("rows", rules={"ROW-004": 1})
def a_quotation_mark_that_is_not_closed_in_the_last_row(folder: Path) -> Path:
    return written(folder / "kent.csv", CLEAN + 'RX/1,"01/02/2024,22A,F,30,M,16,seen')


@faulty("rows", rules={"ROW-004": 1})
def text_after_a_closing_quotation_mark(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines('RX/1,01/02/2024,22A,F,30,M,16,"seen" twice'))


@faulty("rows")
def a_quotation_mark_in_the_middle_of_a_cell(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines('RX/1,01/02/2024,22A,F,30,M,16,6" tall'))


@faulty("rows")
def line_ends_of_an_old_mac(folder: Path) -> Path:
    return written(folder / "kent.csv", CLEAN.replace("\r\n", "\r"))


@faulty("rows")
def line_ends_of_every_kind(folder: Path) -> Path:
    ends = ("\r\n", "\n", "\r")
    lines = CLEAN.splitlines()
    text = "".join(line + ends[place % 3] for place, line in enumerate(lines))
    return written(folder / "kent.csv", text)


@faulty("rows", rules={"ROW-003": 12})
def line_ends_written_twice(folder: Path) -> Path:
    return written(folder / "kent.csv", CLEAN.replace("\r\n", "\r\r\n"))


@faulty("rows", rules={"ROW-003": 3})
def empty_rows_in_the_middle(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines("", ",,,,,,,", " , ,,,,,, "))


@faulty("rows", rules={"DAT-002": 1, "OFF-001": 1, "MAP-001": 4, "MAP-003": 1, "MAP-004": 1})
def the_header_again_in_the_middle(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with(HEADERS)))


@faulty("rows", rules={"ROW-001": 3})
def notes_under_the_table(folder: Path) -> Path:
    return written(folder / "kent.csv", f"{CLEAN}Source: the force\r\nNotes\r\nEnd of report\r\n")


@faulty("rows", rules={"DAT-002": 1, "OFF-001": 1})
def a_row_of_totals(folder: Path) -> Path:
    return written(folder / "kent.csv", f"{CLEAN}Total,,,,12,,,\r\n")


@faulty("rows", rules={"ROW-005": 1})
def a_cell_of_200_kilobytes(folder: Path) -> Path:
    return written(folder / "kent.csv", _lines(f"RX/1,01/02/2024,22A,F,30,M,16,{'x' * 200_000}"))


@faulty("rows", refused='there is no "Crime Ref"')
def one_line_of_200_kilobytes(folder: Path) -> Path:
    return written(folder / "kent.csv", "x" * 100_000 + "\r\n" + "x" * 100_000)


@faulty("headers", refused="no rows")
def headers_and_nothing_under_them(folder: Path) -> Path:
    return written(folder / "kent.csv", ",".join(HEADERS))


@faulty("headers", refused="empty")
def nothing_at_all(folder: Path) -> Path:
    return written(folder / "kent.csv", b"")


@faulty("headers", refused="header row is empty")
def nothing_but_white_space(folder: Path) -> Path:
    return written(folder / "kent.csv", " \r\n\t\r\n \r\n")


@faulty("headers", refused="the header cannot be read")
def nothing_but_a_quotation_mark(folder: Path) -> Path:
    return written(folder / "kent.csv", '"')


@faulty("headers", refused='more than one column is called "Crime Ref"')
def the_same_header_twice(folder: Path) -> Path:
    header = ("Crime Ref", "Crime  Ref", *HEADERS[2:])
    return written(folder / "kent.csv", csv_text(table_with(header=header)))


@faulty("headers", refused='could be "Vic sex" and "VIC - SEX"')
def two_headers_that_read_the_same(folder: Path) -> Path:
    header = (*HEADERS[:-1], "VIC - SEX")
    return written(folder / "kent.csv", csv_text(table_with(header=header)))


@faulty("headers", refused='there is no "Vic age"')
def a_header_that_is_empty(folder: Path) -> Path:
    header = tuple("" if name == "Vic age" else name for name in HEADERS)
    return written(folder / "kent.csv", csv_text(table_with(header=header)))


@faulty("headers", refused='the nearest is "Offense codes"')
def a_header_that_is_called_otherwise(folder: Path) -> Path:
    header = tuple("Offense codes" if name == "Offence code" else name for name in HEADERS)
    return written(folder / "kent.csv", csv_text(table_with(header=header)))


@faulty("headers", refused="at most 16,384 are read")
def seventeen_thousand_columns(folder: Path) -> Path:
    more = tuple(f"c{place}" for place in range(17_000))
    cells = ("1",) * 17_000
    rows = [(*HEADERS, *more), *((*row, *cells) for row in GOOD)]
    return written(folder / "kent.csv", csv_text(rows))


@faulty("headers")
def fifteen_thousand_columns_that_are_not_mapped(folder: Path) -> Path:
    more = tuple(f"an unmapped column {place}" for place in range(15_000))
    rows = [(*HEADERS, *more), *((*row, *("1",) * len(more)) for row in GOOD)]
    return written(folder / "kent.csv", csv_text(rows))


@faulty("headers", rules={"MAP-001": 1})
def headers_that_are_formulas(folder: Path) -> Path:
    header = tuple(sign + name for sign, name in zip("=+@-=+@-", HEADERS, strict=True))
    return written(folder / "kent.csv", csv_text(table_with(bad_row(Vic_sex="neither"), header=header)))


@faulty("headers", rules={"MAP-001": 1})
def a_name_that_is_a_formula(folder: Path) -> Path:
    return written(folder / "=1+1.csv", csv_text(table_with(bad_row(Vic_sex="neither"))))


@faulty("headers")
def a_header_of_40_thousand_characters(folder: Path) -> Path:
    header = (*HEADERS[:-1], "N" + "o" * 40_000)
    return written(folder / "kent.csv", csv_text(table_with(header=header)))


@faulty("headers", refused='there is no "Crime Ref"')
def a_title_above_the_table(folder: Path) -> Path:
    return written(folder / "kent.csv", "Return of Kent\r\n\r\nCreated 01/02/2025\r\n" + CLEAN)


@faulty("headers", refused="Row 4 looks like the header")
def a_title_above_the_table_with_the_commas_of_a_spreadsheet(folder: Path) -> Path:
    commas = "," * (len(HEADERS) - 1)
    return written(folder / "kent.csv", f"Return of Kent{commas}\r\n{commas}\r\nCreated{commas}\r\n" + CLEAN)


@faulty("separators", refused='separator = ";"')
def semicolons_that_are_not_declared(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with(), ";"))


@faulty("separators", refused='separator = "\\t"')
def tabs_in_a_file_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with(), "\t"))


@faulty("separators", refused='separator = ","')
def commas_in_a_file_called_tsv(folder: Path) -> Path:
    return written(folder / "kent.tsv", CLEAN)


@faulty("separators", reading=Reading(separator=";"), rules={"MAP-004": 1})
def semicolons_with_decimal_commas(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with(bad_row(Vic_age="34,5")), ";"))


@faulty("separators", refused='separator = ";"')
def a_line_that_tells_a_spreadsheet_the_separator(folder: Path) -> Path:
    return written(folder / "kent.csv", "sep=;\r\n" + csv_text(table_with(), ";"))


@faulty("separators", refused="The header has 8 cells, most rows have 9")
def separators_at_the_end_of_every_row_but_the_header(folder: Path) -> Path:
    text = "\r\n".join([",".join(HEADERS), *(",".join(row) + "," for row in GOOD)])
    return written(folder / "kent.csv", text)


@faulty("separators")
def separators_at_the_end_of_every_row(folder: Path) -> Path:
    text = "\r\n".join(",".join(row) + ",," for row in table_with())
    return written(folder / "kent.csv", text)
