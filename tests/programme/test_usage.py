"""No use without a reason, none that is not in the log first, and nobody's data in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fullpicture.cli.accountable import accountable
from fullpicture.core.errors import UsageError
from fullpicture.programme.state import State
from fullpicture.programme.usage import KINDS, Account, Records, Use, log, log_of, uses, using

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BY = Account("ann", AT, "Annual report 2026")
ROWS = [Records("kent", "0a1b", 412)]


def test_a_use_is_read_as_it_was_logged(tmp_path: Path) -> None:
    for kind in KINDS:
        log(State(tmp_path), kind, ROWS, BY, to=["Kent Police"] if kind == "disclosure" else [])
    found = uses(State(tmp_path))
    assert [use.kind for use in found] == list(KINDS)
    assert found[3] == Use("disclosure", "ann", AT, BY.why, tuple(ROWS), ("Kent Police",))


def test_a_line_says_who_when_what_and_why_and_nothing_more(tmp_path: Path) -> None:
    log(State(tmp_path), "consultation", ROWS, BY)
    assert (tmp_path / "state" / "uses.jsonl").read_text(encoding="utf-8") == (
        '{"kind":"consultation","who":"ann","at":"2026-03-02T09:30:00Z","why":"Annual report 2026",'
        '"records":[{"source":"kent","vintage":"0a1b","rows":412}],"to":[],"of":""}\n'
    )


@pytest.mark.parametrize("why", ["", "  ", "\n", "...", "123"])
def test_a_reason_that_says_nothing_is_refused(why: str) -> None:
    with pytest.raises(UsageError, match="--reason: it says nothing"):
        Account("ann", AT, why)


def test_somebody_answers_for_every_use() -> None:
    with pytest.raises(UsageError, match="--who: nobody is named"):
        Account(" ", AT, "Annual report")


def test_a_disclosure_says_to_whom(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="says to whom records go"):
        log(State(tmp_path), "disclosure", ROWS, BY, to=[" "])
    assert uses(State(tmp_path)) == ()


def test_a_use_is_in_the_log_before_it_begins_and_stays_there_when_it_fails(tmp_path: Path) -> None:
    state = State(tmp_path)
    with pytest.raises(OSError, match="gone"), using(state, "consultation", ROWS, BY) as use:  # noqa: PT012
        assert uses(state) == (use,)
        raise OSError("gone")
    assert uses(state) == (use,)


def test_an_erasure_taken_up_again_is_logged_once(tmp_path: Path) -> None:
    for _ in range(2):
        log_of(State(tmp_path), "an erasure", ROWS, BY)
    assert [(use.kind, use.of) for use in uses(State(tmp_path))] == [("erasure", "an erasure")]


@click.command()
@accountable
def reading(by: Account) -> None:
    click.echo(f"{by.who}|{by.why}|{by.at.tzinfo}")


def test_a_command_takes_the_reason_and_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ann")
    assert CliRunner().invoke(reading, ["--reason", "A  question"]).output == "ann|A question|UTC\n"
    assert CliRunner().invoke(reading, ["--reason", "A question", "--who", "bo"]).output.startswith("bo|")
    assert CliRunner().invoke(reading, []).exit_code == 2
    assert isinstance(CliRunner().invoke(reading, ["--reason", " "]).exception, UsageError)
