"""Victims seen again: counted by the linkage, shown with how many could be seen again, never outside."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.purge import command
from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.linking import LINKAGE, Linking, last_run, models_of
from fullpicture.programme.load import load
from fullpicture.programme.purge import of_expired, of_replaced
from fullpicture.programme.usage import Account, Collector, uses
from fullpicture.programme.vintages import Store
from tests.programme.returns import KENT, WIDE, write_returns

BY = Account("ana", datetime(2025, 3, 1, tzinfo=UTC), "Repeat victims for the report")
SEEN_TWICE = KENT.replace("V3,F,15", "V1,F,12")
FILE = "returns/repeat-victims.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Kent has a victim of two crimes; Surrey gives no references, so that no victim of its is linkable."""
    folder = write_returns(tmp_path / "programme", kent=SEEN_TWICE)
    build(folder, tmp_path / "build", by=Collector("ana", BY.at))
    assert not (tmp_path / "build" / "internal" / FILE).exists()
    Linking(load(folder), models_of(folder)).run(BY)
    build(folder, tmp_path / "build", by=Collector("ana", BY.at))
    return folder


def counted(folder: Path) -> dict[str, list[str]]:
    with (folder.parent / "build" / "internal" / FILE).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header[2:] == ["victims", "linkable", "repeat", "repeat_here", "across"]
    return {row[1]: row[2:] for row in rows}


def matrix(folder: Path) -> str:
    return (folder.parent / "build" / "internal" / "returns" / "index.html").read_text(encoding="utf-8")


def test_repeat_victims_stand_beside_those_who_could_be_seen_again(folder: Path) -> None:
    assert counted(folder) == {
        "Kent": ["3", "3", "1", "1", "0"],
        "Surrey": ["4", "0", "0", "0", "0"],
        "All forces, each person once": ["7", "3", "1", "1", "0"],
    }
    page = matrix(folder)
    assert "Linked on 1 March 2025, from a probability of 0.95 on, from the returns as they are" in page
    assert '<tr><th scope="row">Surrey</th><td>4</td><td>0</td><td>0.0</td><td>0</td>' in page


def test_a_linkage_of_earlier_returns_is_said_to_be_one(folder: Path) -> None:
    write_returns(folder, kent=KENT)
    build(folder, folder.parent / "build", by=Collector("ana", BY.at + timedelta(1)))
    assert counted(folder)["Kent"] == ["3", "3", "1", "1", "0"]
    assert "from other returns than those of this edition: to count these, run fullpicture link" in matrix(
        folder
    )


def test_nothing_of_it_is_public(folder: Path) -> None:
    public = folder.parent / "build" / "public"
    assert not (public / "returns").exists()
    for path in (path for path in public.rglob("*") if path.is_file()):
        text = path.read_bytes().lower()
        assert b"linkable" not in text
        assert b"repeat victim" not in text


def test_a_second_build_writes_the_same(folder: Path) -> None:
    before = (matrix(folder), counted(folder))
    build(folder, folder.parent / "build", by=Collector("ana", BY.at + timedelta(9)))
    assert (matrix(folder), counted(folder)) == before


def test_no_source_may_be_called_linkage(tmp_path: Path) -> None:
    folder = write_returns(tmp_path)
    text = WIDE.replace("[source.kent", "[source.linkage")
    (folder / "sources" / "kent.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeRefused, match=r"\[source\.linkage\]: this id is taken"):
        load(folder)


def test_what_was_linked_of_an_expired_return_goes_with_it(folder: Path) -> None:
    path = folder / "sources" / "kent.toml"
    path.write_text(WIDE.replace("2030-12-31", "2024-12-31"), encoding="utf-8")
    words = [str(folder), "--expired", "--reason", "The retention date has passed", "--who", "ana"]
    said = CliRunner().invoke(command, words, catch_exceptions=False).output
    store = Store(folder)
    assert said.count("Removing linkage, vintage") == said.count("Removing kent, vintage") == 1
    assert (last_run(store), store.current("kent"), store.current("surrey_victims") is None) == (
        None,
        None,
        False,
    )
    assert not list((folder / "state" / "vintages" / LINKAGE).iterdir())
    assert {one.source for one in uses(store.state)[-1].records} == {"kent", LINKAGE}
    path.write_text(WIDE, encoding="utf-8")
    build(folder, folder.parent / "build", by=Collector("ana", BY.at + timedelta(1)))
    assert "Victims seen again" not in matrix(folder)


def test_what_was_linked_of_a_replaced_vintage_goes_with_it_and_of_others_stays(folder: Path) -> None:
    store, sources = Store(folder), list(load(folder).returns.sources.values())
    assert of_replaced(store, store.sources(), date(2030, 1, 1)).is_empty
    (surrey,) = (one for one in sources if one.id == "surrey_victims")
    assert {one.source for one in of_expired(store, [surrey], sources, None).vintages} == {
        "surrey_victims",
        LINKAGE,
    }
    write_returns(folder, kent=KENT)
    build(folder, folder.parent / "build", by=Collector("ana", BY.at + timedelta(1)))
    going = of_replaced(store, ["kent"], date(2030, 1, 1)).vintages
    assert [one.source for one in going] == ["kent", LINKAGE]
    assert of_replaced(store, ["surrey_crimes"], date(2030, 1, 1)).is_empty
