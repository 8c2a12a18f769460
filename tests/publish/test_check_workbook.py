"""The workbook that goes back to a force: by the rules for spreadsheets, and nothing in it can run."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import pytest
import python_calamine

from fullpicture.core.problem import Problem, Severity
from fullpicture.publish.check_workbook import CheckBook, RuleWords, mends, rows_meant, write_check_workbook

INJECTIONS = [
    '=HYPERLINK("http://x.example","y")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "https://x.example/",
    "\x00\x07=1",
]


def problem(
    row: int | None, rule: str = "OUT-014", column: str = "Outcome", what: str = "It is wrong."
) -> Problem:
    severity: Severity = "refuse" if rule.startswith("DAT") else "note" if rule.startswith("COV") else "warn"
    return Problem("kent.csv", "Extract", row, column, rule, severity, what, "Mend it.")


def written(tmp_path: Path, problems: list[Problem], values: list[str] | None = None) -> Path:
    path = tmp_path / "kent.csv.check.xlsx"
    rules = [RuleWords("OUT-014", "A withdrawn crime has a victim", "warn", "Mend it.")]
    values = values or ["x"] * len(problems)
    write_check_workbook(CheckBook("What to mend in kent.csv", ["3 rows in"], problems, values, rules), path)
    return path


def sheet(path: Path, name: str) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()


def test_the_mend_that_clears_most_rows_comes_first_and_notes_come_last() -> None:
    problems = [
        problem(None, "COV-003", what="9,000 more records break this rule."),
        problem(5, "DAT-001", "Recorded"),
        *(problem(row) for row in (4, 2, 9)),
        problem(7, "MAP-001", "Sex", '"Femal" is not known (120 rows, this is the first).'),
    ]
    found = mends(problems)
    assert [(one.rule, one.rows) for one in found] == [
        ("MAP-001", 120),
        ("OUT-014", 3),
        ("DAT-001", 1),
        ("COV-003", 9_000),
    ]
    assert found[1].first_rows == (2, 4, 9)


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("It is wrong.", 1),
        ("1,234 more records break this rule.", 1_234),
        ("It cannot be used (2,000 rows, this is the first).", 2_000),
        ("12 more texts of this column cannot be used (3,400 rows).", 3_400),
        ("7 more rows are refused for the same reason.", 7),
        ("The row has 7 cells where the header has 8.", 1),
    ],
)
def test_a_problem_says_how_many_rows_it_is_about(what: str, rows: int) -> None:
    assert rows_meant(problem(1, what=what)) == rows


def test_each_sheet_has_a_title_and_one_table_without_empty_or_merged_cells(tmp_path: Path) -> None:
    path = written(tmp_path, [problem(2), problem(None, "COV-003", column="")], ["", "x"])
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Summary", "Problems", "Rules", "Notes"]
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[0][0]
        assert not any(rows[0][1:])
        start = next(place for place, row in enumerate(rows) if all(row[1:2]))
        assert all(cell != "" for row in rows[start:] for cell in row)
    with zipfile.ZipFile(path) as archive:
        assert sum(name.startswith("xl/tables/table") for name in archive.namelist()) == 4
        pages = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<mergeCell" in page for page in pages)


def test_every_problem_is_a_line_in_the_order_of_the_summary(tmp_path: Path) -> None:
    path = written(tmp_path, [problem(5, "DAT-001", "Recorded"), problem(4), problem(2)], ["a", "b", "c"])
    rows = [row[1:5] for row in sheet(path, "Problems")[3:]]
    assert rows == [
        [4.0, "Outcome", "b", "OUT-014"],
        [2.0, "Outcome", "c", "OUT-014"],
        [5.0, "Recorded", "a", "DAT-001"],
    ]


def test_nothing_that_a_force_wrote_is_a_formula_a_link_or_markup(tmp_path: Path) -> None:
    problems = [problem(row, column=text, what=text) for row, text in enumerate(INJECTIONS, start=2)]
    path = written(tmp_path, problems, INJECTIONS)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not re.search(rb"<f[ >]|<hyperlink\b", content)
            assert not name.startswith("xl/externalLinks")
        styles, page = archive.read("xl/styles.xml"), archive.read("xl/worksheets/sheet2.xml")
    marked = styles.count(b'quotePrefix="1"')
    assert marked == 1
    style = [b"quotePrefix" in xf for xf in re.findall(rb"<xf [^>]*>", styles.split(b"<cellXfs")[1])].index(
        True
    )
    texts = {row[3] for row in sheet(path, "Problems")[3:]}
    assert {text for text in INJECTIONS if "\x00" not in text and "\r" not in text} <= texts
    assert page.count(b's="%d"' % style) >= 3 * sum(text[0] in "=+-@\t\r" for text in INJECTIONS)


def test_long_texts_are_cut_and_nothing_to_mend_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, [problem(2)], ["x" * 40_000])
    assert len(str(sheet(path, "Problems")[3][3])) < 300
    empty = written(tmp_path, [])
    assert sheet(empty, "Summary")[3][4] == "Nothing is wrong."


def test_the_same_problems_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, [problem(2)]).read_bytes()
    assert written(tmp_path, [problem(2)]).read_bytes() == first


def test_eighty_thousand_problems_do_not_take_minutes(tmp_path: Path) -> None:
    problems = [problem(row, f"OUT-{row % 80:03d}") for row in range(80_000)]
    start = time.monotonic()
    written(tmp_path, problems)
    assert time.monotonic() - start < 30
