"""Linking a programme's returns: logged before it begins, kept, decided on by people, counts only."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.link import command
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.linking import Linking, models_of
from fullpicture.programme.load import load
from fullpicture.programme.state import State
from fullpicture.programme.usage import Account, uses
from fullpicture.programme.vintages import Contents, Store
from tests.collect.linkage.invented import invented
from tests.programme.returns import write_returns

BY = Account("ana", datetime(2025, 3, 1, tzinfo=UTC), "Repeat victims for the report")
REASON = ("--reason", BY.why, "--who", BY.who)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two returns of invented victims, taken in."""
    folder, records = write_returns(tmp_path / "programme"), invented(3_000, seed=3).records
    for number, source in enumerate(("kent", "surrey_victims")):
        table = {"records": records.slice(1_500 * number, 1_500)}
        path = folder / "data" / f"{source.replace('_', '-')}.csv"
        Store(folder).put(source, Contents([(path.name, sha256_of(path))], "key", table), BY.at)
    return folder


def ran(folder: Path, *words: str) -> Result:
    result = CliRunner().invoke(command, [str(folder), *REASON, *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_it_is_logged_as_a_combination_of_the_vintages_that_it_read(folder: Path) -> None:
    ran(folder)
    (use,) = uses(State(folder))
    assert (use.kind, use.who, use.why) == ("combination", "ana", "Repeat victims for the report")
    assert [(one.source, one.rows) for one in use.records] == [("kent", 1_500), ("surrey_victims", 1_500)]


@pytest.mark.parametrize("what", ["gone from the data", "another file", "no longer a source"])
def test_a_return_that_has_gone_since_is_not_linked_and_is_said(what: str, folder: Path) -> None:
    path = folder / "data" / "kent.csv"
    if what == "gone from the data":
        path.unlink()
    elif what == "another file":
        path.write_text("not what was taken in", encoding="utf-8")
    else:
        (folder / "sources" / "kent.toml").unlink()
    said = ran(folder, "--json")
    (use,) = uses(State(folder))
    assert [one.source for one in use.records] == ["surrey_victims"]
    counts, is_source = json.loads(said.stdout)["counts"], what != "no longer a source"
    assert counts.get("returns left out", 0) == is_source
    assert ("kent: left out, for its files have gone or are others" in said.stderr) == is_source
    (folder / "data" / "surrey-victims.csv").unlink()
    with pytest.raises(UsageError, match=r"surrey_victims: left out.*Build again, then link"):
        ran(folder)


def test_counts_are_printed_and_the_settings_shown_and_no_record(folder: Path) -> None:
    said = ran(folder, "--json", "--threshold", "0.97")
    counts = json.loads(said.stdout)["counts"]
    assert counts["victims mentioned"] == 3_000
    assert 2_300 < counts["victims"] < 2_800
    assert "linked from 0.97" in said.stderr
    assert "E23000" not in said.output


def test_linking_again_reads_nothing_and_changes_nothing(folder: Path) -> None:
    first = ran(folder, "--json").stdout
    assert ran(folder, "--json").stdout == first
    assert len(uses(State(folder))) == 1


def test_people_decide_and_the_next_linkage_goes_by_it(folder: Path, tmp_path: Path) -> None:
    ran(folder, "--proposals", str(tmp_path / "decide.csv"))
    with (tmp_path / "decide.csv").open(encoding="utf-8", newline="") as file:
        (first, second, *_) = csv.DictReader(file)
    ran(folder, "--accept", first["id"], "--reject", second["id"])
    ran(folder, "--proposals", str(tmp_path / "decide.csv"))
    linking = Linking(load(folder), models_of(folder))
    pairs = {pair["id"]: pair["standing"] for pair in linking._pairs().to_pylist()}
    assert (pairs[first["id"]], pairs[second["id"]]) == ("linked", "rejected")
    assert first["id"] not in (tmp_path / "decide.csv").read_text(encoding="utf-8")
    assert [use.kind for use in uses(State(folder))] == ["combination", "consultation"] * 2


def test_a_pair_that_nobody_proposed_cannot_be_decided_on(folder: Path) -> None:
    ran(folder)
    with pytest.raises(UsageError, match="abc: the last linkage has no such pair") as refused:
        ran(folder, "--accept", "abc", "--reject", "abc", "--reject", "def")
    assert len(str(refused.value).splitlines()) == 4


def test_before_any_return_is_in_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No return has been taken in yet"):
        ran(write_returns(tmp_path / "empty"))


def test_a_programme_changes_one_setting_and_keeps_the_rest(folder: Path) -> None:
    (folder / "linkage.toml").write_text("[victim]\nthreshold = 0.9\n", encoding="utf-8")
    victim, crime = models_of(folder)
    assert (victim.threshold, victim.compare, crime.threshold) == (
        0.9,
        models_of(folder / "none")[0].compare,
        0.95,
    )


def test_every_mistake_in_the_settings_is_listed(folder: Path) -> None:
    text = '[victim]\nthresold = 0.9\nrecall = "most"\n[crime]\nthreshold = 2\n[person]\n'
    (folder / "linkage.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeRefused) as refused:
        models_of(folder)
    assert [(one.where, one.mend) for one in refused.value.mistakes] == [
        ("linkage.toml [crime] threshold", "Write 0 < review <= threshold < 1."),
        ("linkage.toml [victim] recall", "Write it as docs/settings.md shows."),
        ("linkage.toml [victim] thresold", "Did you mean threshold?"),
        ("linkage.toml person", "Known here: crime, victim."),
    ]
