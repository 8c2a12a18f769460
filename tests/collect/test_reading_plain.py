"""Stretches read at once give what reading line by line gives, whatever the file."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import plain, read, refusals
from fullpicture.collect.reading.records import Records
from fullpicture.collect.reading.runs import LINE_ENDS, WHITE_SPACE
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused

PLAIN = Reading()
Outcome = tuple[object, ...] | str

cells = st.one_of(
    st.sampled_from(["", " ", "a", "12", '"q"', '"x,y"', '"x;y"', '"it is ""so"""', '""', '"two\nlines"']),
    st.sampled_from(['"\r\n"', '"', 'a"b', '"a"b', ' "a"', '"open', "\0", "\x85", "\xa0", "\x1c", "é", "£"]),
    st.text(alphabet=['"', ",", ";", "\n", "\r", "a", " ", "\ufeff"], max_size=5),
)
ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\r\n", "\n,,\n"])
rows = st.lists(st.tuples(st.lists(cells, min_size=1, max_size=4), ends), max_size=12)
tidy_rows = st.lists(
    st.tuples(st.lists(st.sampled_from(["a", '"b,"', "", '"\n"']), min_size=3, max_size=3), ends)
)


def outcome(path: Path, reading: Reading) -> Outcome:
    """All that a delivery says, or the reason why there is none."""
    try:
        found = read(path, reading)
    except SourceRefused as refused:
        return str(refused)
    return found.rows.to_pydict(), found.rows.schema, found.rows_in, found.refused, found.problems


@contextmanager
def line_by_line() -> Iterator[None]:
    """Nothing is plain."""
    with mock.patch.object(plain, "_read", return_value=None):
        yield


@contextmanager
def stretches_of(size: int, apart: int) -> Iterator[None]:
    """So many bytes are looked at at once, so that short texts have many stretches."""
    with mock.patch.multiple(plain, WINDOW=size, _RECORDS_APART=apart, _MOST_APART=apart):
        yield


def same(path: Path, reading: Reading, size: int) -> None:
    with stretches_of(size, apart=1):
        found = outcome(path, reading)
    with line_by_line():
        assert found == outcome(path, reading)


def text_of(lines: list[tuple[list[str], str]], separator: str) -> str:
    return "".join(separator.join(line) + end for line, end in lines)


@given(
    st.one_of(rows, tidy_rows),
    st.sampled_from([",", ";", "\t", "§"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.integers(1, 3),
    st.integers(0, 4),
    st.sampled_from([1, 3, 8, 30, 1000]),
    st.sampled_from(["", "1", '1,"2"', '"', "Source: a note"]),
)
@example([(["1", "2", "3"], "\r\n")] * 9, ",", "utf-8", 1, 2, 8, "")
@settings(max_examples=250, deadline=None)
def test_stretches_and_single_lines_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[tuple[list[str], str]],
    separator: str,
    codec: str,
    header_row: int,
    footer_rows: int,
    size: int,
    last: str,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    header = separator.join("abc") + "\n"
    text = "A title\n" * (header_row - 1) + header + text_of(lines, separator) + last
    path.write_bytes(text.encode(codec, "ignore"))
    encoding: Literal["utf-8", "utf-16", "cp1252"] = "utf-8" if codec == "utf-8-sig" else codec  # type: ignore[assignment]
    same(path, Reading(encoding, separator, header_row, footer_rows), size)


@given(st.text(alphabet=['"', ",", "\n", "\r", "a", " ", "\0", "\x85", "é"], max_size=80), st.integers(1, 40))
@settings(max_examples=250, deadline=None)
def test_any_text_gives_the_same(tmp_path_factory: pytest.TempPathFactory, text: str, size: int) -> None:
    path = tmp_path_factory.getbasetemp() / "text.csv"
    for header in ("a\n", "a,b\n"):
        path.write_bytes((header + text).encode())
        same(path, PLAIN, size)


def test_a_few_odd_lines_do_not_make_the_others_slow(tmp_path: Path) -> None:
    lines = [f'{number},"a ""b""",2024-01-01\n' for number in range(100_000)]
    lines[30_000] = "1,2\n"
    lines[50_000] = '5" pipe,"a",\n'
    lines[70_000] = '"one\r\ntwo",b,c\n'
    lines[80_000] = '"3,4\n'
    lines[90_000] = ",,\n"
    path = tmp_path / "kent.csv"
    path.write_text("a,b,c\n" + "".join(lines), newline="")
    with mock.patch.object(Records, "__next__", autospec=True, side_effect=Records.__next__) as one_by_one:
        found = read(path, PLAIN)
    assert one_by_one.call_count < 500
    assert found.refused == {"ROW-001": 1, "ROW-004": 1, "ROW-003": 1}
    assert [(problem.row, problem.rule) for problem in found.problems] == [
        (30_002, "ROW-001"),
        (80_003, "ROW-004"),
        (90_003, "ROW-003"),
    ]
    with line_by_line():
        careful = read(path, PLAIN)
    assert_equal(found, careful)


def assert_equal(found: Delivered, other: Delivered) -> None:
    assert found.rows.equals(other.rows)
    assert (found.rows_in, found.refused, found.problems) == (other.rows_in, other.refused, other.problems)


@pytest.mark.parametrize("length", [131_072, 131_073])
def test_the_longest_cell_is_the_same_both_ways(tmp_path: Path, length: int) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"a,b\n1,2\n{'x' * length},3\n{'é' * 70_000},4\n5,6\n")
    found = read(path, PLAIN)
    assert found.refused == ({} if length == csv.field_size_limit() else {"ROW-005": 1})
    with line_by_line():
        assert_equal(found, read(path, PLAIN))


def test_a_footer_longer_than_the_last_stretch_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "footer.csv"
    path.write_text("a,b\n" + "".join(f"{number},x\n" for number in range(100)) + ",\n,\n")
    with stretches_of(16, apart=1):
        found = read(path, Reading(footer_rows=60))
    assert found.rows.column("a").to_pylist() == [str(number) for number in range(40)]


def test_white_space_is_what_python_takes_off() -> None:
    every = {chr(code) for code in range(sys.maxunicode + 1) if not chr(code).strip()}
    assert set(WHITE_SPACE + LINE_ENDS) == every


@given(st.lists(st.sampled_from(["1", "1,2", "1,2,3,4", "", ",", '"a\nb"', ",,,", "1,2,3"]), max_size=40))
@settings(max_examples=100, deadline=None)
def test_more_ragged_rows_than_are_listed_are_counted_alike(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "ragged.csv"
    path.write_text("\n".join(["a,b,c", "1,2,3", *lines, "1,2,3"]))
    with mock.patch.object(refusals, "PROBLEMS_LISTED", 3):
        same(path, PLAIN, 1000)


def test_a_million_rows_under_the_wrong_header_are_counted_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "kent.csv"
    path.write_text("Return of,Kent\n2024,25\n" + "a,b,c,d\n" * 1_000_000)
    started = time.perf_counter()
    assert read(path, PLAIN).refused == {"ROW-002": 1_000_000}
    assert time.perf_counter() - started < 10
