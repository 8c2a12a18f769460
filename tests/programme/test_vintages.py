"""Of each source the old vintage or the new one, never half; what changed between two is listed by row."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.core.problem import Problem
from fullpicture.programme.vintages import Differences, Store, Vintage, differences

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PROBLEM = Problem("kent.csv", "", 3, "outcome", "OUT-001", "warn", "There is a day and no type.", "Give it.")


SCHEMA = pa.schema({"file": pa.string(), "row": pa.int64(), "ref": pa.string(), "outcome": pa.string()})


def records(*outcomes: str) -> pa.Table:
    rows = enumerate(outcomes, start=2)
    return pa.Table.from_pylist(
        [{"file": "kent.csv", "row": row, "ref": f"ref-{row}", "outcome": outcome} for row, outcome in rows],
        SCHEMA,
    )


def put(store: Store, sha: str, rows: pa.Table, at: datetime = AT, key: str = "mapping") -> Vintage:
    return store.put(
        "kent", [("kent.csv", sha)], key, {"records": rows}, {"in": rows.num_rows}, [PROBLEM], at
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


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
    import pyarrow.parquet as pq

    batch = pa.record_batch({"number": pa.array(range(50_000), pa.int64())})
    reader = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(6)))
    kept = Store(tmp_path).put("kent", [("a", "aa")], "", {"records": reader, "links": records()}, {}, (), AT)
    file = pq.ParquetFile(Store(tmp_path).path(kept))
    assert (dict(kept.rows), file.num_row_groups) == ({"records": 300_000, "links": 0}, 4)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


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
        Store(tmp_path).put("../kent", [], "", {"records": records()}, {}, (), AT)
    kept = put(Store(tmp_path), "aa", records("1"))
    with pytest.raises(UsageError, match=r"kent has no table crimes\. It has"):
        Store(tmp_path).path(kept, "crimes")


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.programme.test_vintages import put, records
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
    slow = store.put("kent", [("kent.csv", "aa")], "mapping", {"records": reader}, {}, (), AT)
    assert store.current("kent") == slow
    assert store.read(slow).equals(records("1"))


def listed(found: Differences) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in found.rows.to_pylist()]


def test_new_revised_and_withdrawn_rows_are_listed_by_place_and_field() -> None:
    old = records("1", "14", "18")
    new = pa.table(
        {
            "file": ["kent.csv"] * 3,
            "row": [2, 3, 4],
            "ref": ["ref-4", "ref-2", "ref-9"],
            "outcome": ["16", "1", "1"],
        }
    )
    found = differences(old, new, ["ref"])
    assert (found.same, found.new, found.revised, found.withdrawn) == (1, 1, 1, 1)
    assert listed(found) == [
        ("new", "kent.csv", 4, None, None, ""),
        ("revised", "kent.csv", 2, "kent.csv", 4, "outcome"),
        ("withdrawn", None, None, "kent.csv", 3, ""),
    ]


def test_a_field_is_named_once_and_raw_texts_and_rules_do_not_revise() -> None:
    old = pa.table(
        {
            "file": ["a"],
            "row": [2],
            "crime_ref": ["r"],
            "sex": ["female"],
            "sex__state": [""],
            "sex__raw": ["F"],
            "sex__rule": ["1"],
        }
    )
    silent = old.set_column(5, "sex__raw", pa.array(["Female"])).set_column(6, "sex__rule", pa.array(["2"]))
    assert differences(old, silent, ["crime_ref"]).rows.num_rows == 0
    spoken = old.set_column(3, "sex", pa.array([None], pa.string())).set_column(
        4, "sex__state", pa.array(["unknown"])
    )
    assert [row[-1] for row in listed(differences(old, spoken, ["crime_ref"]))] == ["sex"]


def test_columns_of_one_delivery_only_are_named_and_not_compared() -> None:
    new = records("1").append_column("extra", pa.array(["x"]))
    found = differences(records("1"), new, ["ref"])
    assert (found.same, found.columns_new, found.columns_gone) == (1, ("extra",), ())
    assert differences(new, records("1"), ["ref"]).columns_gone == ("extra",)
    with pytest.raises(UsageError, match="has no column crime_ref"):
        differences(new, records("1"), ["crime_ref"])


def test_columns_that_differ_in_case_only_and_any_key_are_compared() -> None:
    old = records("1", "14").append_column("Outcome", pa.array(["a", "b"]))
    new = old.set_column(4, "Outcome", pa.array(["a", "c"]))
    assert [row[-1] for row in listed(differences(old, new, ["file", "row"]))] == ["Outcome"]
    assert [row[-1] for row in listed(differences(old, new, ["ref", "outcome"]))] == ["Outcome"]


def test_dictionaries_empty_tables_and_other_types_are_compared_by_what_they_say() -> None:
    old = records("1", "14")
    coded = old.set_column(3, "outcome", old["outcome"].dictionary_encode())
    numbers = old.set_column(3, "outcome", pa.array([1, 14], pa.int64()))
    for other in (coded, numbers):
        assert differences(old, other, ["ref"]).same == 2
        assert differences(other, old, ["ref"]).same == 2
    empty = old.slice(0, 0)
    assert (differences(empty, old, ["ref"]).new, differences(old, empty, ["ref"]).withdrawn) == (2, 2)
    assert differences(empty, empty, ["ref"]).rows.num_rows == 0


ROWS = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["x", "y", None])), max_size=8
)


@settings(max_examples=30, deadline=None)
@given(ROWS, ROWS)
def test_every_row_of_both_is_same_revised_new_or_withdrawn(
    old: list[tuple[str, str | None]], new: list[tuple[str, str | None]]
) -> None:
    """Against plain counting: how many are alike, and how many share a key among the rest."""

    def table(rows: list[tuple[str, str | None]]) -> pa.Table:
        places = {"file": ["f"] * len(rows), "row": pa.array(range(len(rows)), pa.int64())}
        columns = {
            "id": pa.array([id_ for id_, _ in rows], pa.string()),
            "v": pa.array([v for _, v in rows], pa.string()),
        }
        return pa.table({**places, **columns})

    found = differences(table(old), table(new), ["id"])
    alike = Counter(old) & Counter(new)
    rest = [Counter(id_ for id_, _ in (Counter(rows) - alike).elements() if id_) for rows in (old, new)]
    revised = (rest[0] & rest[1]).total()
    assert (found.same, found.revised) == (alike.total(), revised)
    assert found.withdrawn == len(old) - alike.total() - revised
    assert found.new == len(new) - alike.total() - revised


STREET = (
    Path(__file__).resolve().parents[2] / "../shared/data/police/police_uk/city_of_london_2018-12_2021-11"
)
KEY = ["Crime ID"]


def street(path: Path) -> pa.Table:
    from fullpicture.collect.reading import read
    from fullpicture.collect.source import Reading

    rows = read(path, Reading()).rows
    return rows.add_column(0, "file", pa.array([path.name] * rows.num_rows))


def plant(month: Path, to: Path, ids: Counter[str]) -> list[tuple[object, ...]]:
    """Writes a changed copy of a month, and says what was changed in it, as it should be listed."""
    with month.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    was = {id(cells): number for number, cells in enumerate(rows, start=2)}
    location, outcome = header.index("Location"), header.index("Last outcome category")
    known = [cells for cells in rows if cells[0] and ids[cells[0]] == 1]
    twice = [cells for cells in rows if cells[0] and ids[cells[0]] == 2]
    nameless: dict[tuple[str, ...], list[list[str]]] = {}
    for cells in rows:
        if not cells[0]:
            nameless.setdefault(tuple(cells), []).append(cells)
    often, (single, other) = (
        max(nameless.values(), key=len),
        [one for one, *more in nameless.values() if not more][:2],
    )

    revised = [known[0], known[100], next(cells for cells in twice if cells[0] == twice[-1][0])]
    fields = ["Last outcome category", "Location|Last outcome category", "Last outcome category"]
    for cells in revised:
        cells[outcome] = "An outcome of the tests"
    revised[1][location] = "On or near Nowhere"
    gone = [known[50], often[-1]]
    moved = [*single]
    moved[location] = "On or near Nowhere"
    rows[was[id(single)] - 2] = moved
    added = [["0" * 64, *known[1][1:]], [*other]]
    rows = [cells for cells in rows if not any(cells is one for one in gone)] + added

    to.parent.mkdir()
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    now, name = {id(cells): number for number, cells in enumerate(rows, start=2)}, to.name
    return [
        *(("new", name, row, None, None, "") for row in sorted(now[id(cells)] for cells in (moved, *added))),
        *sorted(
            ("revised", name, now[id(cells)], name, was[id(cells)], field)
            for cells, field in zip(revised, fields, strict=True)
        ),
        *(
            ("withdrawn", None, None, name, row, "")
            for row in sorted(was[id(cells)] for cells in (*gone, single))
        ),
    ]


@pytest.mark.skipif(not STREET.is_dir(), reason="no folder shared/data beside the checkout")
def test_the_street_files_of_the_city_of_london_are_such_a_source(tmp_path: Path) -> None:
    """Month by month, then again, then one month changed by hand in known places."""
    from fullpicture.programme.cache import sha256_of

    paths = sorted(STREET.glob("*-street.csv"))
    months = [street(path) for path in paths]
    hashes = [(path.name, sha256_of(path)) for path in paths]
    store = Store(tmp_path)

    def load(count: int) -> Vintage:
        rows = pa.concat_tables(months[:count])
        return store.put("city", hashes[:count], "", {"records": rows}, {"in": rows.num_rows}, (), AT)

    vintages = [load(count) for count in range(1, len(paths) + 1)]
    whole = store.read(vintages[-1])
    ids = Counter(whole["Crime ID"].to_pylist())
    without = ids.pop("")
    assert (whole.num_rows, without, sum(count - 1 for count in ids.values())) == (22_480, 2_983, 273)
    for before, after, month in zip(vintages, vintages[1:], months[1:], strict=False):
        found = differences(store.read(before), store.read(after), KEY)
        assert (found.same, found.new, found.rows.num_rows) == (
            before.rows["records"],
            month.num_rows,
            month.num_rows,
        )
    bytes_before = contents(tmp_path)
    assert [load(count).id for count in [len(paths)]] == [vintages[-1].id]
    assert contents(tmp_path) == bytes_before

    changed = tmp_path / "changed" / paths[20].name
    planted = plant(paths[20], changed, ids)
    months[20], hashes[20] = street(changed), (changed.name, sha256_of(changed))
    found = differences(whole, store.read(load(len(paths))), KEY)
    assert listed(found) == planted
    assert (found.new, found.revised, found.withdrawn) == (3, 3, 3)
    assert found.same == whole.num_rows - found.revised - found.withdrawn
