"""What may no longer be kept goes, whatever stops the purge; the rest stays, and all of it is recorded."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from fullpicture.cli.purge import command
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.purge import expired, finish, of_expired, of_replaced, purge
from fullpicture.programme.usage import Account, Records, uses
from fullpicture.programme.vintages import Contents, Store, Vintage
from tests.programme.folders import SOURCES, write_programme

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BY = Account("ann", AT, "The retention date has passed")
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Kept:
    id: str
    files: tuple[str, ...]
    retained_until: str = ""


KENT = Kept("kent", ("kent*.csv", "shared.csv"), "2026-03-01")
SURREY = Kept("surrey", ("surrey.csv", "shared.csv"), "2026-03-02")
DORSET = Kept("dorset", ("dorset.csv",))
SOURCES_KEPT = (KENT, SURREY, DORSET)
FILES = ("kent1.csv", "kent2.csv", "shared.csv", "surrey.csv", "dorset.csv")


def put(store: Store, source: str, sha: str, days: int = 0) -> Vintage:
    rows = {"records": pa.table({"row": [1, 2, 3], "said": [sha] * 3})}
    return store.put(source, Contents([(f"{source}.csv", sha)], "", rows), AT + timedelta(days))


def programme(folder: Path) -> Store:
    """Three sources with two vintages each, and their delivered files."""
    store = Store(folder)
    for source in SOURCES_KEPT:
        put(store, source.id, "aa")
        put(store, source.id, "bb", 2)
    (folder / "data").mkdir()
    for name in FILES:
        (folder / "data" / name).write_text(name, encoding="utf-8")
    return store


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "data").iterdir()}


def test_a_source_is_kept_through_its_retention_date(tmp_path: Path) -> None:
    assert expired(SOURCES_KEPT, TODAY) == (KENT,)
    assert expired(SOURCES_KEPT, TODAY + timedelta(1)) == (KENT, SURREY)


def test_retention_dates_that_are_none_are_all_said() -> None:
    sources = (Kept("a", (), "2026-02-30"), DORSET, Kept("b", (), "for ever"))
    with pytest.raises(ProgrammeRefused) as refused:
        expired(sources, TODAY)
    assert [mistake.where for mistake in refused.value.mistakes] == [
        "sources/ [source.a] retained_until",
        "sources/ [source.b] retained_until",
    ]


def test_an_expired_source_goes_with_its_files_and_everything_else_stays(tmp_path: Path) -> None:
    store = programme(tmp_path)
    plan = of_expired(store, [KENT], SOURCES_KEPT, tmp_path / "data")
    assert ([file.file for file in plan.files], plan.shared) == (["kent1.csv", "kent2.csv"], ("shared.csv",))
    assert {one.source for one in plan.vintages} == {"kent"}
    assert names(tmp_path) == set(FILES)
    purge(store, plan, tmp_path / "data", BY)
    assert names(tmp_path) == {"shared.csv", "surrey.csv", "dorset.csv"}
    assert (store.current("kent"), len(store.history("kent"))) == (None, 2)
    assert [store.read(one).num_rows for id_ in ("surrey", "dorset") for one in store.history(id_)] == [3] * 4
    assert not list((tmp_path / "state" / "vintages" / "kent").rglob("*.parquet"))


def test_without_data_delivered_files_stay(tmp_path: Path) -> None:
    store = programme(tmp_path)
    purge(store, of_expired(store, [KENT], SOURCES_KEPT, None), tmp_path / "data", BY)
    assert (names(tmp_path), store.current("kent")) == (set(FILES), None)


def test_the_log_of_use_says_what_was_erased_by_whom_and_why(tmp_path: Path) -> None:
    store = programme(tmp_path)
    ids = [one.id for one in store.history("kent")]
    purge(store, of_expired(store, [KENT], SOURCES_KEPT, tmp_path / "data"), tmp_path / "data", BY)
    (use,) = uses(store.state)
    assert (use.kind, use.who, use.at, use.why) == ("erasure", "ann", AT, BY.why)
    assert use.records == (*(Records("kent", id_, 3) for id_ in ids), Records("kent"))


def test_a_second_purge_changes_nothing(tmp_path: Path) -> None:
    store = programme(tmp_path)
    for _ in range(2):
        purge(store, of_expired(store, [KENT], SOURCES_KEPT, tmp_path / "data"), tmp_path / "data", BY)
    assert len(uses(store.state)) == 1


def test_what_was_delivered_again_can_be_purged_again(tmp_path: Path) -> None:
    store = programme(tmp_path)
    for _ in range(2):
        purge(store, of_expired(store, [KENT], SOURCES_KEPT, None), tmp_path / "data", BY)
        assert store.current("kent") is None
        put(store, "kent", "bb")
    assert (store.current("kent") is not None, len(uses(store.state))) == (True, 2)


def test_only_vintages_that_were_replaced_by_then_go(tmp_path: Path) -> None:
    store = programme(tmp_path)
    assert of_replaced(store, ["kent", "never"], TODAY + timedelta(1)).is_empty
    plan = of_replaced(store, ["kent"], TODAY + timedelta(2))
    assert plan.vintages == (Records("kent", store.history("kent")[0].id, 3),)
    purge(store, plan, tmp_path / "data", BY)
    assert store.current("kent") == store.history("kent")[1]
    assert of_replaced(store, ["kent"], date(2030, 1, 1)).is_empty


def test_a_vintage_that_is_current_again_is_not_one_that_was_replaced(tmp_path: Path) -> None:
    store = programme(tmp_path)
    again = put(store, "kent", "aa", 4)
    plan = of_replaced(store, ["kent"], date(2030, 1, 1))
    assert [one.vintage for one in plan.vintages] == [store.history("kent")[1].id]
    purge(store, plan, tmp_path / "data", BY)
    assert store.current("kent") == again


def test_a_file_outside_the_data_folder_is_never_removed(tmp_path: Path) -> None:
    store = programme(tmp_path)
    for name in ("outside.csv", "linked.csv"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    (tmp_path / "data" / "link.csv").symlink_to(tmp_path / "linked.csv")
    bold = Kept("bold", ("../outside.csv", "link.csv", str(tmp_path / "outside.csv"), "*.none"), "2020-01-01")
    assert of_expired(store, [bold], [bold], tmp_path / "data").is_empty


KILLED = """
import os, shutil, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from fullpicture.programme import state, vintages
from tests.programme.test_purge import BY, KENT, SOURCES_KEPT
from fullpicture.programme.purge import of_expired, purge
from fullpicture.programme.vintages import Store

folder, step, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store(folder)
plan = of_expired(store, [KENT], SOURCES_KEPT, folder / "data")
where = {"fsync": os, "rmtree": shutil, "unlink": Path}[step]
real = getattr(where, step)

def call(*args, **options):
    global left
    left -= 1
    if left == 0:
        if step == "rmtree":
            next(args[0].glob("*")).unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **options)

setattr(where, step, call)
purge(store, plan, folder / "data", BY)
"""


STEPS = [
    *(("fsync", nth) for nth in range(1, 7)),
    *((step, nth) for step in ("rmtree", "unlink") for nth in (1, 2)),
]


@pytest.mark.parametrize(("step", "nth"), STEPS)
def test_a_purge_killed_at_any_step_is_finished_by_the_next(step: str, nth: int, tmp_path: Path) -> None:
    store, data = programme(tmp_path), tmp_path / "data"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), step, str(nth)], check=False)
    assert killed.returncode == -9
    if store.current("kent") is not None:
        assert store.read(store.history("kent")[1]).num_rows == 3
    (data / "kent1.csv").write_text("delivered since", encoding="utf-8")
    finish(store, data)
    if (tmp_path / "state" / "erasures.jsonl").exists():
        assert "kent2.csv" not in names(tmp_path)
    assert (data / "kent1.csv").exists()
    purge(store, of_expired(store, [KENT], SOURCES_KEPT, data), data, BY)
    assert names(tmp_path) == {"shared.csv", "surrey.csv", "dorset.csv"}
    assert list((tmp_path / "state" / "vintages" / "kent").iterdir()) == []
    assert store.current("kent") is None
    erased = [one for use in uses(store.state) for one in use.records if one.vintage]
    assert len(erased) == len(set(erased)) == 2


def test_what_is_delivered_again_before_a_killed_purge_is_finished_stays(tmp_path: Path) -> None:
    store, data = programme(tmp_path), tmp_path / "data"
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "unlink", "1"], check=False)
    again = put(store, "kent", "bb", 9)
    finish(store, data)
    assert (store.current("kent"), "kent2.csv" in names(tmp_path)) == (again, False)


RETAINED = SOURCES.replace("[source.crime]", '[source.crime]\nretained_until = "2020-12-31"', 1)


def run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(command, [str(folder), *words, "--reason", "A test", "--who", "ann"])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_the_command_says_what_it_removes_and_a_rehearsal_removes_nothing(tmp_path: Path) -> None:
    store, file = Store(write_programme(tmp_path, sources=RETAINED)), tmp_path / "data" / "crime.csv"
    kept = put(store, "crime", "aa")
    said = f"{{}} crime, vintage {kept.id}: 3 rows\n{{}} data/crime.csv, delivered for crime\n"
    assert run(tmp_path, "--expired", "--data", "--dry-run") == said.format("Would remove", "Would remove")
    assert (store.current("crime"), file.exists()) == (kept, True)
    assert run(tmp_path, "--expired", "--data").startswith(said.format("Removing", "Removing") + "Done.")
    assert (store.current("crime"), file.exists()) == (None, False)
    assert run(tmp_path, "--expired", "--data") == "There is nothing to remove.\n"


def test_a_source_that_the_programme_has_no_more_goes_when_it_is_named(tmp_path: Path) -> None:
    store = Store(write_programme(tmp_path, sources=RETAINED))
    put(store, "kent", "aa")
    assert run(tmp_path, "--expired") == "There is nothing to remove.\n"
    assert "Removing kent, vintage" in run(tmp_path, "--expired", "--source", "kent")
    assert store.current("kent") is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say what to remove: either --expired (with --data or without) or --until DATE."),
        (["--expired", "--until", "2026-01-01"], "Say what to remove"),
        (["--until", "2026-01-01", "--data"], "Say what to remove"),
        (
            ["--expired", "--source", "crimes"],
            "there is no such source. Did you mean crime?",
        ),
    ],
)
def test_a_command_that_does_not_fit_says_what_would(words: list[str], said: str, tmp_path: Path) -> None:
    write_programme(tmp_path, sources=RETAINED)
    with pytest.raises(UsageError, match=re.escape(said)):
        run(tmp_path, *words)
