"""CSV and TSV: every row is kept or refused, with the number of its line."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import read
from fullpicture.collect.reading.limits import PROBLEMS_LISTED
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused

PLAIN = Reading()


def delivered(
    folder: Path, content: str | bytes, reading: Reading = PLAIN, name: str = "kent.csv"
) -> Delivered:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path, reading)
    assert found.rows_in == found.rows.num_rows + sum(found.refused.values())
    return found


def refusal(folder: Path, content: str | bytes, reading: Reading = PLAIN, name: str = "kent.csv") -> str:
    with pytest.raises(SourceRefused) as refused:
        delivered(folder, content, reading, name)
    return str(refused.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_any_line_end_gives_the_same_rows(tmp_path: Path, end: str, last: bool) -> None:
    found = delivered(tmp_path, end.join(["a,b", "1,2", "3,4"]) + (end if last else ""))
    assert found.rows.to_pylist() == [{"row": 2, "a": "1", "b": "2"}, {"row": 3, "a": "3", "b": "4"}]
    assert (found.file, found.sheet, found.rows_in, found.problems) == ("kent.csv", "", 2, ())


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_text_is_read_in_the_encoding_declared(tmp_path: Path, codec: str, declared: str) -> None:
    found = delivered(tmp_path, "ardal,nifer\nMôn – £,1\n".encode(codec), Reading(encoding=declared))  # type: ignore[arg-type]
    assert found.rows.to_pylist() == [{"row": 2, "ardal": "Môn – £", "nifer": "1"}]


def test_another_encoding_is_never_guessed(tmp_path: Path) -> None:
    message = refusal(tmp_path, "a,b\n1,2\n£,4\n".encode("cp1252"))
    assert message == (
        "kent.csv, line 3: byte 9 is not utf-8. "
        'If the file is from Excel on Windows, declare encoding = "cp1252".'
    )


@pytest.mark.parametrize(
    ("content", "declared", "says"),
    [
        ("a,b\n1,2\n".encode("utf-16"), "utf-8", 'Declare encoding = "utf-16"'),
        ("a,b\n1,2\n".encode("utf-16-le"), "utf-8", 'Declare encoding = "utf-16"'),
        ("a,b\n1,2\n".encode("utf-8-sig"), "cp1252", 'Declare encoding = "utf-8"'),
        (b"a,b\n1,\x81\n", "cp1252", "line 2: byte 7 is not cp1252"),
        (b"\xff\xfea", "utf-16", "is not utf-16"),
        (b"PK\x03\x04rest", "utf-8", "a packed file"),
    ],
)
def test_what_a_file_is_instead_is_said(tmp_path: Path, content: bytes, declared: str, says: str) -> None:
    assert says in refusal(tmp_path, content, Reading(encoding=declared))  # type: ignore[arg-type]


def test_ragged_rows_are_refused_and_the_others_kept(tmp_path: Path) -> None:
    found = delivered(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert found.rows.column("row").to_pylist() == [2, 5]
    assert found.refused == {"ROW-001": 1, "ROW-002": 1}
    few, many = found.problems
    assert (few.file, few.row, few.severity, few.rule) == ("kent.csv", 3, "refuse", "ROW-001")
    assert few.what == "The row has 1 cell where the header has 2."
    assert (many.row, many.rule) == (4, "ROW-002")
    assert many.what == "The row has 3 cells where the header has 2."


def test_empty_rows_are_noted_unless_they_are_at_the_end(tmp_path: Path) -> None:
    found = delivered(tmp_path, "a,b\n\n1,2\n,\n \n3,4\n\n,,\n\n")
    assert found.rows.column("row").to_pylist() == [3, 6]
    assert found.refused == {"ROW-003": 3}
    assert [(problem.row, problem.severity) for problem in found.problems] == [
        (2, "note"),
        (4, "note"),
        (5, "note"),
    ]


def test_a_row_has_the_number_of_its_first_line(tmp_path: Path) -> None:
    found = delivered(tmp_path, 'a,b\n"one\ntwo\r\nthree\rfour",2\n3,4\n')
    assert found.rows.to_pylist() == [
        {"row": 2, "a": "one\ntwo\r\nthree\rfour", "b": "2"},
        {"row": 6, "a": "3", "b": "4"},
    ]


def test_an_unclosed_quotation_mark_costs_its_own_line_only(tmp_path: Path) -> None:
    found = delivered(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n"seven\n",8\n9,""\n')
    assert found.rows.column("row").to_pylist() == [2, 4, 5, 7]
    assert [(problem.row, problem.rule) for problem in found.problems] == [(3, "ROW-004")]


def test_an_unclosed_quotation_mark_far_from_the_end_costs_its_own_line_only(tmp_path: Path) -> None:
    rows = "".join(f"{number},x\n" for number in range(60_000))
    found = delivered(tmp_path, f'a,b\n"0,x\n{rows}')
    assert found.rows.num_rows == 60_000
    assert found.refused == {"ROW-004": 1}


def test_text_after_a_closing_quotation_mark_is_refused_not_joined(tmp_path: Path) -> None:
    found = delivered(tmp_path, 'a,b\n"1"x,2\n3,4\n')
    assert found.rows.column("row").to_pylist() == [3]
    assert found.refused == {"ROW-004": 1}


def test_a_row_that_swallowed_others_says_over_which_lines(tmp_path: Path) -> None:
    found = delivered(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n7,8"\n9,"0",0\n')
    assert found.rows.column("row").to_pylist() == [2, 3]
    found = delivered(tmp_path, 'a,b\n1,2\n"3\n5,6\n7",8,9\n')
    assert "It runs over lines 3 to 5" in found.problems[0].what


def test_a_cell_longer_than_the_limit_and_nul_characters_cost_their_rows_only(tmp_path: Path) -> None:
    padding = "".join("5,6\n" for _ in range(60))
    found = delivered(tmp_path, f"a,b\n{padding}{'x' * 140_000},2\n\0,3\n4,5\n")
    assert found.refused == {"ROW-005": 1, "ROW-006": 1}
    assert [problem.row for problem in found.problems] == [62, 63]
    assert found.rows.num_rows == 61


def test_preamble_and_footer_are_left_out_when_declared(tmp_path: Path) -> None:
    text = 'Table 1: "crime\n\n,,\na,b\n1,2\n3,4\n\nSource: a note, with, commas\n[x] not available\n\n'
    found = delivered(tmp_path, text, Reading(header_row=4, footer_rows=2))
    assert found.rows.column("row").to_pylist() == [5, 6]
    assert (found.rows_in, found.refused) == (2, {})


def test_an_undeclared_footer_is_refused_row_by_row(tmp_path: Path) -> None:
    found = delivered(tmp_path, "a,b\n1,2\nSource: a note\n")
    assert found.refused == {"ROW-001": 1}
    assert "footer_rows" in found.problems[0].mend


def test_an_undeclared_preamble_refuses_the_file(tmp_path: Path) -> None:
    assert "none of its 3 rows fits the header in row 1" in refusal(tmp_path, "Table 1\na,b\n1,2\n3,4\n")
    message = refusal(tmp_path, "Table 1,,,,\n,,,,\na,b,c,d,e\n1,2,3,4,5\n")
    assert "only 1 of 5 columns have a header. Row 3 looks like the header." in message


def test_a_header_row_beyond_the_end_refuses_the_file(tmp_path: Path) -> None:
    message = refusal(tmp_path, "a,b\n1,2\n", Reading(header_row=7))
    assert "it has 2 lines, and the header is declared to be in row 7" in message


@pytest.mark.parametrize("content", ["", "a,b\n", "a,b\n\n,\n", "\n\n", b"\xef\xbb\xbf"])
def test_a_file_without_rows_is_refused(tmp_path: Path, content: str | bytes) -> None:
    message = refusal(tmp_path, content)
    assert "no rows" in message or "header row is empty" in message


def test_headers_that_are_the_same_refuse_the_file_and_are_named(tmp_path: Path) -> None:
    assert 'more than one column is called "a b", "c"' in refusal(tmp_path, "a b,c,a  b,c\n1,2,3,4\n")


def test_an_empty_header_is_named_by_its_place(tmp_path: Path) -> None:
    found = delivered(tmp_path, '"",X,row, n\n1,2,3,4\n')
    assert found.rows.to_pylist() == [{"row": 2, "column_1": "1", "X": "2", "row_in_file": "3", "n": "4"}]


def test_a_column_at_the_right_without_header_or_cells_is_left_out(tmp_path: Path) -> None:
    assert delivered(tmp_path, "a,b,,\n1,2,,\n3,4,,\n").rows.column_names == ["row", "a", "b"]
    assert delivered(tmp_path, "a,b,,\n1,2,,\n3,4,5,\n").rows.column_names == ["row", "a", "b", "column_3"]


def test_the_separator_is_declared_or_that_of_the_name(tmp_path: Path) -> None:
    row = {"row": 2, "a": "1", "b": "2,5"}
    assert delivered(tmp_path, "a\tb\n1\t2,5\n", name="kent.tsv").rows.to_pylist() == [row]
    assert delivered(tmp_path, "a;b\n1;2,5\n", Reading(separator=";")).rows.to_pylist() == [row]
    assert 'Declare separator = ";"' in refusal(tmp_path, "a;b\n1;2\n")
    assert "a separator is one character" in refusal(tmp_path, "a;b\n", Reading(separator=";;"))


def test_a_file_packed_with_gzip_is_read_like_the_same_file(tmp_path: Path) -> None:
    found = delivered(tmp_path, gzip.compress(b"a,b\n1,2\n"), name="kent.csv.gz")
    assert found.rows.to_pylist() == [{"row": 2, "a": "1", "b": "2"}]


@pytest.mark.parametrize("content", [b"not gzip", gzip.compress(b"a,b\n1,2\n" * 99)[:-12], b""])
def test_a_damaged_gzip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    message = refusal(tmp_path, content, name="kent.csv.gz")
    assert "damaged" in message or "no rows" in message


def test_a_gzip_file_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "kent.csv.gz", "wb") as stream:
        for _ in range(70):
            stream.write(bytes(1024 * 1024))
    with pytest.raises(SourceRefused, match="unpacks to 500 times its size"):
        read(tmp_path / "kent.csv.gz", PLAIN)


def test_more_refused_rows_than_are_listed_are_counted_and_said(tmp_path: Path) -> None:
    found = delivered(tmp_path, "a,b\n1,2\n" + "3\n" * (PROBLEMS_LISTED + 5))
    assert found.refused == {"ROW-001": PROBLEMS_LISTED + 5}
    assert len(found.problems) == PROBLEMS_LISTED + 1
    assert (found.problems[-1].row, found.problems[-1].what[:12]) == (None, "5 more rows ")


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "kent_2024.csv").write_text("a\n1\n")
    with pytest.raises(SourceRefused, match=r"it is not there\. Did you mean kent_2024\.csv"):
        read(tmp_path / "kent_2025.csv", PLAIN)
    with pytest.raises(SourceRefused, match="nor is its folder"):
        read(tmp_path / "none" / "kent.csv", PLAIN)
    with pytest.raises(SourceRefused, match="this is a folder"):
        read(tmp_path, PLAIN)


def test_an_unknown_kind_of_file_lists_the_known_ones(tmp_path: Path) -> None:
    assert ".csv, .tsv, .csv.gz" in refusal(tmp_path, "{}", name="kent.json")


def test_a_file_is_called_what_the_caller_calls_it(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3\n")
    found = read(tmp_path / "x.csv", PLAIN, name="returns/kent.csv")
    assert (found.file, found.problems[0].file) == ("returns/kent.csv", "returns/kent.csv")


def _in_or_refused(path: Path, text: str) -> Delivered | None:
    path.write_bytes(text.encode())
    try:
        return read(path, PLAIN)
    except SourceRefused:
        return None


@given(st.text(alphabet=['"', ",", "\n", "\r", "a", " ", "\0", "\x85", "é"], max_size=60))
@settings(max_examples=300, deadline=None)
def test_rows_in_are_rows_kept_and_rows_refused_whatever_the_text(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    found = _in_or_refused(tmp_path_factory.getbasetemp() / "any.csv", "a,b\n1,2\n" + text + "\n3,4\n")
    if found is None:
        assert "\0" in text
        return
    rows = found.rows.column("row").to_pylist()
    assert found.rows_in == len(rows) + sum(found.refused.values())
    numbers = sorted(rows + [problem.row for problem in found.problems])
    assert len(set(numbers)) == found.rows_in
    assert numbers[0] == 2


@given(
    st.lists(st.tuples(*[st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))] * 2))
)
@settings(max_examples=200, deadline=None)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("a", "b"), ("first", "1"), *cells, ("last", "1")])
    found = _in_or_refused(tmp_path_factory.getbasetemp() / "written.csv", out.getvalue())
    assert found is not None
    kept = [(row["a"], row["b"]) for row in found.rows.to_pylist()]
    has_text = [pair for pair in cells if "".join(pair).strip()]
    assert [pair for pair in kept if "".join(pair).strip()] == [("first", "1"), *has_text, ("last", "1")]
    assert found.rows_in == len(cells) + 2


@pytest.mark.parametrize("reading", [Reading(header_row=0), Reading(footer_rows=-1)])
def test_a_header_before_the_first_row_is_refused(tmp_path: Path, reading: Reading) -> None:
    assert "header_row counts from 1" in refusal(tmp_path, "a,b\n1,2\n", reading)


def test_the_widest_file_of_commas_is_read_in_seconds(tmp_path: Path) -> None:
    row = "," * 16_383 + "\n"
    assert delivered(tmp_path, f"a{row}1{row}" + f"2{row}" * 60).rows.column_names == ["row", "a"]
    assert "at most 16,384 are read" in refusal(tmp_path, f"a,{row}")
