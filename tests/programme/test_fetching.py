"""`fullpicture fetch`: a programme's open data, with a record of each vintage."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.cli.fetch import command
from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.build import build
from fullpicture.programme.fetching import Fetched, Fetching, fetch, polite
from fullpicture.programme.load import load
from fullpicture.programme.state import Log, State
from tests.collect.fetch.publisher import Publisher, open_publisher
from tests.programme.folders import SOURCES, crime_csv, write_programme

AT = datetime(2026, 1, 1, tzinfo=UTC)


def _with(fetch: str) -> str:
    return SOURCES.replace('files = ["crime.csv"]', f'files = ["crime.csv"]\nfetch = {fetch}')


def _fetched(folder: Path) -> Fetching:
    programme = load(folder)
    return fetch(programme, [], polite(programme, 0.0), AT, lambda _: None)


def _at(publisher: Publisher) -> str:
    return _with(f'{{ interface = "file", address = "{publisher.base}/crime.csv" }}')


def test_a_fetched_file_builds_and_its_vintage_is_on_record(tmp_path: Path) -> None:
    with open_publisher() as publisher:
        folder = write_programme(tmp_path / "p", sources=_at(publisher))
        (folder / "data/crime.csv").unlink()
        publisher.pages["/crime.csv"] = crime_csv().encode()
        assert [one.files[0][0] for one in _fetched(folder).new] == ["crime.csv"]
        build(folder, tmp_path / "build")
        assert _fetched(folder).unchanged == ["crime.csv"]
        publisher.pages["/crime.csv"] = crime_csv(("Kent", "Surrey")).encode()
        _fetched(folder)
        assert publisher.asked("/crime.csv")[1].keys() >= {"If-None-Match", "User-Agent"}
    log: Log[Fetched] = Log(State(folder), "fetched", Fetched)
    assert [(line.source, line.files[0][2], line.at) for line in log.read()] == [
        ("crime", len(crime_csv()), AT),
        ("crime", len(crime_csv(("Kent", "Surrey"))), AT),
    ]
    assert len(list((folder / "data/earlier").iterdir())) == 1


def test_a_file_that_was_changed_by_hand_is_fetched_again(tmp_path: Path) -> None:
    with open_publisher() as publisher:
        folder = write_programme(tmp_path / "p", sources=_at(publisher))
        publisher.pages["/crime.csv"] = crime_csv().encode()
        _fetched(folder)
        (folder / "data/crime.csv").write_text("mended")
        _fetched(folder)
    assert (folder / "data/crime.csv").read_text() == crime_csv()


def test_what_cannot_be_had_does_not_stop_the_others_and_exits_with_1(tmp_path: Path) -> None:
    with open_publisher() as publisher:
        other = f"""
[source.gone]
title = "Gone"
layout = "sheet"
files = ["gone.csv"]
fetch = {{ interface = "file", address = "{publisher.base}/gone.csv" }}
"""
        folder = write_programme(tmp_path / "p", sources=other + _at(publisher))
        publisher.pages["/crime.csv"] = crime_csv().encode()
        result = CliRunner().invoke(command, [str(folder), "--pause", "0"], standalone_mode=False)
    assert result.return_value == 1
    assert "crime.csv: " in result.output
    assert "1 could not be fetched; what we have of them stays." in result.output
    assert (
        "/gone.csv: the server answers with status 404. See whether the publisher has moved it."
        in result.output
    )


def test_mistakes_in_what_is_to_be_fetched_are_all_said_at_once(tmp_path: Path) -> None:
    sources = _with('[{ interface = "gov-uk" }, { interface = "file" }]').replace(
        'files = ["crime.csv"]', 'files = ["crime.csv", "b.csv"]'
    )
    with pytest.raises(ProgrammeRefused) as refused:
        load(write_programme(tmp_path / "p", sources=sources))
    said = str(refused.value)
    assert '"gov-uk" is not an interface. Did you mean gov.uk?' in said
    assert "fetch address: this key is missing." in said


def test_a_build_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a build must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    folder = write_programme(
        tmp_path / "p", sources=_with('{ interface = "file", address = "https://example.org/x.csv" }')
    )
    build(folder, tmp_path / "build")


def test_nothing_but_fetch_imports_what_opens_connections() -> None:
    program = (
        "import sys; import fullpicture.programme.build, fullpicture.programme.check, fullpicture.demo; "
        "print(sorted(set(sys.modules) & {'urllib3', 'requests', 'httpx'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
