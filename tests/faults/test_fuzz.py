"""Files of every kind that is read, changed at random: refused in good order, or their rows add up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.books import ods_bytes, xlsx_bytes
from tests.faults.containers import xls
from tests.faults.damaged_parquet import parquet_bytes
from tests.faults.fault import PLAIN, csv_text, table_with
from tests.faults.running import Worker, sums

KINDS = ("csv", "parquet", "xlsx", "ods", "xls")
_PLACE = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), _PLACE, st.integers(0, 7)),
        st.tuples(st.just("put"), _PLACE, st.binary(min_size=1, max_size=12)),
        st.tuples(st.just("insert"), _PLACE, st.binary(min_size=1, max_size=12)),
        st.tuples(st.just("leave out"), _PLACE, st.integers(1, 64)),
        st.tuples(st.just("cut"), _PLACE, st.none()),
        st.tuples(st.just("repeat"), _PLACE, st.integers(1, 200)),
    ),
    min_size=1,
    max_size=6,
)


def changed(content: bytes, changes: list[tuple[str, float, object]]) -> bytes:
    """The file after all changes; a place is given as a share of its length."""
    for how, share, what in changes:
        place = int(share * len(content))
        before, after = content[:place], content[place:]
        match how, what:
            case "flip", int(bit) if after:
                content = before + bytes([after[0] ^ 1 << bit]) + after[1:]
            case "put", bytes(other):
                content = before + other + after[len(other) :]
            case "insert", bytes(other):
                content = before + other + after
            case "leave out", int(count):
                content = before + after[count:]
            case "cut", _:
                content = before
            case "repeat", int(count):
                content = before + after[:count] + after
    return content


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    return {
        "csv": csv_text(table_with()).encode(),
        "parquet": parquet_bytes(),
        "xlsx": xlsx_bytes(),
        "ods": ods_bytes(folder),
        "xls": xls(table_with()),
    }


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_changed_is_read(
    kind: str, whole: dict[str, bytes], worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / f"kent.{kind}"
    path.write_bytes(whole[kind])
    assert worker.ask(sums, path, PLAIN) == "12 rows"


@given(kind=st.sampled_from(KINDS), changes=CHANGES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_file_is_refused_or_its_rows_add_up(
    kind: str,
    changes: list[tuple[str, float, object]],
    whole: dict[str, bytes],
    worker: Worker,
    tmp_path: Path,
) -> None:
    path = tmp_path / f"kent.{kind}"
    path.write_bytes(changed(whole[kind], changes))
    said = worker.ask(sums, path, PLAIN)
    assert said == "refused" or said.endswith(" rows"), said
