"""A catalogue of faulty files: each is refused with one clear message, or read with every good row."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from fullpicture.core.errors import Mistake
from tests.faults import bombs, damaged_parquet, disguises, encodings, structure, texts, workbooks
from tests.faults.fault import CATALOGUE, PLAIN, SECRET, Fault, csv_text, table_with, written
from tests.faults.running import SECONDS, Found, Worker, live_cells, tried

FAMILIES = (bombs, damaged_parquet, disguises, encodings, structure, texts, workbooks)
"""Modules that put files into the catalogue when they are imported."""

IN_A_SHELL = ("disguises", "headers", "injection", "cells")
"""Families that are checked with `fullpicture check` as well; a file that is refused always is."""

MOST_MEBIBYTES = 1536
LONGEST_MESSAGE = 600


def clean(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with()))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def rules_of_a_clean_file(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Counter[str]:
    folder = tmp_path_factory.mktemp("clean")
    found: Found = worker.ask(tried, clean(folder), PLAIN, True)
    assert not found.crash, found.crash
    return Counter(found.rules)


def test_the_catalogue_has_62_files_or_more_and_no_two_of_one_name() -> None:
    names = Counter(fault.name for fault in CATALOGUE)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= 62


def case(fault: Fault) -> ParameterSet:
    return pytest.param(fault, id=f"{fault.family}-{fault.name}"[:90])


@pytest.mark.parametrize("fault", [case(fault) for fault in CATALOGUE])
def test_a_faulty_file(
    fault: Fault,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    worker: Worker,
    rules_of_a_clean_file: Counter[str],
) -> None:
    path = fault.make(tmp_path)
    if fault.name == "a file that may not be read" and os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    started = time.perf_counter()
    found: Found = worker.ask(tried, path, fault.reading, fault.family in IN_A_SHELL)
    assert time.perf_counter() - started < SECONDS
    assert not found.crash, found.crash
    assert found.mebibytes < MOST_MEBIBYTES
    if fault.refused:
        is_clear(found.checked_mistake, path)
        assert fault.refused in str(found.checked_mistake)
        assert found.mistake in (None, found.checked_mistake)
    else:
        assert found.mistake is found.checked_mistake is None
        assert found.good == fault.good
        more = Counter(found.rules) - rules_of_a_clean_file
        assert {rule: rows for rule, rows in more.items() if not rule.startswith("COV")} == fault.rules
    adds_up(found)
    assert found.lost == []
    says_nothing_of_anybody(found)
    is_not_live(found)


def is_clear(mistake: Mistake | None, path: Path) -> None:
    assert mistake, "it was not refused"
    assert path.name in mistake.where
    assert re.fullmatch(r"[^\n]+[.?]( Row \d+ looks like the header\.)?", mistake.what)
    assert re.fullmatch(r".+[.?!]", mistake.mend)
    assert str(mistake).replace(path.name, "").isprintable()
    assert len(str(mistake).replace(path.name, "")) < LONGEST_MESSAGE


def adds_up(found: Found) -> None:
    assert found.rows_in == found.rows_kept + sum(found.refused.values())
    assert found.checked_in == found.checked_kept + sum(found.checked_refused.values())
    assert found.checked_in in (0, found.rows_in)


def says_nothing_of_anybody(found: Found) -> None:
    assert found.exit_code in (0, 1, 2)
    assert "Traceback" not in found.printed
    for text in (found.printed, found.problems, found.book, str(found.mistake), str(found.checked_mistake)):
        assert SECRET not in text
        assert "RX/" not in text
    assert found.printed.replace("\n", "").isprintable(), "it would write on a terminal"


def is_not_live(found: Found) -> None:
    assert found.formulas == []
    assert live_cells(found.problems) == []
