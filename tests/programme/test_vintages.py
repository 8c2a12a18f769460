"""Of each source the old vintage or the new one, never half."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.vintages import Contents, Store
from tests.programme.vintages import AT, PROBLEM, contents, put, records


def test_a_vintage_is_kept_as_it_was_put(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.current("kent") is None
    kept = put(store, "aa", records("1", "14"))
    assert Store(tmp_path).current("kent") == kept
    assert store.read(kept).equals(records("1", "14"))
    assert store.read(kept, ["outcome"]).column_names == ["outcome"]
    assert store.problems(kept) == (PROBLEM,)
    assert (dict(kept.rows), dict(kept.counts), kept.inputs) == (
        {"records": 2},
        {"in": 2},
        (("kent.csv", "aa"),),
    )


def test_the_same_delivery_again_changes_nothing(tmp_path: Path) -> None:
    kept = put(Store(tmp_path), "aa", records("1", "14"))
    before = contents(tmp_path)
    assert put(Store(tmp_path), "aa", records("1", "14"), AT + timedelta(days=1)) == kept
    assert contents(tmp_path) == before


def test_a_new_delivery_or_mapping_is_current_and_the_old_one_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    vintages = [
        put(store, "aa", records("1")),
        put(store, "bb", records("14")),
        put(store, "bb", records("16"), key="better mapping"),
    ]
    assert store.history("kent") == tuple(vintages)
    assert store.current("kent") == vintages[2]
    assert [store.read(vintage)["outcome"].to_pylist() for vintage in vintages] == [["1"], ["14"], ["16"]]


def test_going_back_to_an_earlier_delivery_is_one_line_and_no_bytes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = put(store, "aa", records("1"))
    put(store, "bb", records("14"))
    folders = contents(store.folder)
    again = put(store, "aa", records("1"), AT + timedelta(days=1))
    assert (again.id, again.at) == (first.id, AT + timedelta(days=1))
    assert [one.id == first.id for one in store.history("kent")] == [True, False, True]
    assert (store.current("kent"), contents(store.folder)) == (again, folders)


def test_batches_are_written_in_row_groups_as_they_come(tmp_path: Path) -> None:
    batch = pa.record_batch({"number": pa.array(range(50_000), pa.int64())})
    reader = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(6)))
    kept = Store(tmp_path).put(
        "kent", Contents([("a", "aa")], "", {"records": reader, "links": records()}), AT
    )
    file = pq.ParquetFile(Store(tmp_path).path(kept))
    assert (dict(kept.rows), file.num_row_groups) == ({"records": 300_000, "links": 0}, 2)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_deliveries_go_together_whichever_of_them_has_nothing_in_a_field(tmp_path: Path) -> None:
    store = Store(tmp_path)
    full = pa.table({"row": [2, 3], "ref": ["a", "b"]})
    empty = pa.table({"row": [2], "ref": pa.nulls(1, pa.string())})
    kept = [
        store.put(name, Contents([("a", name)], "", {"records": table}), AT)
        for name, table in [("x", full), ("y", empty)]
    ]

    read = [store.read(one) for one in kept]
    assert pa.concat_tables(read).equals(pa.concat_tables([full, empty]), check_metadata=True)
    assert [pq.read_schema(store.path(one)).field("ref").nullable for one in kept] == [False, True]


def test_an_erased_vintage_is_not_current_and_can_be_delivered_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = put(store, "aa", records("1"))
    store.erase("kent", [kept.id], "an erasure", AT)
    assert (store.current("kent"), store.history("kent"), list(store.folder.rglob("*.parquet"))) == (
        None,
        (kept,),
        [],
    )
    store.erase("kent", [kept.id], "an erasure", AT)
    again = put(store, "aa", records("1"), AT + timedelta(days=1))
    assert store.current("kent") == again
    assert store.read(again).equals(records("1"))


@pytest.mark.parametrize("damage", ["gone", "flipped"])
def test_damaged_records_are_refused(damage: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = put(store, "aa", records("1", "14"))
    path = store.path(kept)
    text = bytearray(path.read_bytes())
    text[len(text) // 8] ^= 0xFF
    path.write_bytes(text) if damage == "flipped" else path.unlink()
    with pytest.raises(
        ProgrammeRefused, match=r"state/vintages/kent/\w+: the records .* Put the folder back"
    ):
        store.read(kept)


def test_names_that_would_leave_the_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be the name of a folder"):
        Store(tmp_path).put("../kent", Contents([], "", {"records": records()}), AT)
    kept = put(Store(tmp_path), "aa", records("1"))
    with pytest.raises(UsageError, match=r"kent has no table crimes\. It has"):
        Store(tmp_path).path(kept, "crimes")


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.programme.vintages import put, records
from fullpicture.programme import parquet, state, vintages
from fullpicture.programme.vintages import Store

step, left = sys.argv[2], int(sys.argv[3])

def killing(where, name, before=False):
    real = getattr(where, name)
    def call(*args, **options):
        global left
        left -= 1
        if left == 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args, **options)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    setattr(where, name, call)

if step == "torn line":
    def half(handle, text, write=os.write):
        write(handle, text[: len(text) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
    os.write = half
else:
    where = {"mkdir": Path, "rename": Path, "write": os, "fsync": os, "write_rows": vintages}[step]
    killing(where, step, before=step != "write")
put(Store(Path(sys.argv[1])), "bb", records("14", "16"))
"""
STEPS = [
    *(("mkdir", str(nth)) for nth in (1, 2, 3)),
    *(("write_rows", str(nth)) for nth in (1, 2)),
    *(("fsync", str(nth)) for nth in range(1, 8)),
    ("rename", "1"),
    ("torn line", "1"),
    ("write", "1"),
]


@pytest.mark.parametrize(("step", "nth"), STEPS)
def test_killed_at_any_step_the_old_vintage_is_current_or_the_new_one(
    step: str, nth: str, tmp_path: Path
) -> None:
    old = put(Store(tmp_path), "aa", records("1"))
    command = [sys.executable, "-c", KILLED, str(tmp_path), step, nth]
    assert subprocess.run(command, check=False).returncode == -9
    found = Store(tmp_path).current("kent")
    assert found is not None
    expected = records("1") if found == old else records("14", "16")
    assert Store(tmp_path).read(found).equals(expected)
    assert Store(tmp_path).problems(found) == (PROBLEM,)
    new = put(Store(tmp_path), "bb", records("14", "16"))
    assert Store(tmp_path).current("kent") == new
    assert {path.name for path in (tmp_path / "state" / "vintages" / "kent").iterdir()} == {old.id, new.id}


def test_a_vintage_that_another_process_is_writing_is_not_swept_away(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def batches() -> Iterator[pa.RecordBatch]:
        put(Store(tmp_path), "bb", records("14"))
        yield from records("1").to_batches()

    reader = pa.RecordBatchReader.from_batches(records().schema, batches())
    slow = store.put("kent", Contents([("kent.csv", "aa")], "mapping", {"records": reader}), AT)
    assert store.current("kent") == slow
    assert store.read(slow).equals(records("1"))
