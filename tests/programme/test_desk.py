"""Where each return stands, what moves fit, what is overdue; and the page for analysts, run line by line."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.cli import _cli
from fullpicture.core.areas import Register
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.core.period import Period
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.desk import (
    Move,
    Standing,
    Step,
    by_urgency,
    fits,
    is_meant,
    period_of,
    returns,
    take,
)
from fullpicture.programme.forces import expected, named, register_of
from fullpicture.programme.state import State
from fullpicture.programme.vintages import Contents, Store
from tests.programme.folders import SOURCES, write_programme

KENT, SURREY, DEVON = "E23000032", "E23000031", "E23000035"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DUE = date(2026, 5, 29)
MOVES: tuple[Move, ...] = get_args(Move)
REGISTER = Register.shipped()


def step(move: Move, force: str = KENT, **says: Any) -> Step:
    return Step(move, force, "financial:2024-25", "ann", AT, **says)


def taken(folder: Path, *steps: Step) -> State:
    for one in steps:
        take(State(folder), [one], REGISTER)
    return State(folder)


def test_a_return_stands_where_its_steps_lead(tmp_path: Path) -> None:
    state = taken(
        tmp_path,
        step("request", due=DUE, analyst="ann"),
        step("chase"),
        step("receive"),
        step("send-back", due=DUE + timedelta(14), note="outcome types"),
        step("chase"),
        step("chase"),
        step("assign", analyst="bo"),
    )
    (found,) = returns(state)
    assert (found.standing, found.due, found.analyst) == ("sent back", date(2026, 6, 12), "bo")
    assert (found.chased, found.received, found.note, len(found.steps)) == (2, 1, "outcome types", 7)
    assert found.period == Period("financial", "2024-25")


def test_a_force_may_deliver_again_after_its_return_was_accepted(tmp_path: Path) -> None:
    again = [step("receive"), step("accept")]
    (found,) = returns(taken(tmp_path, step("request", due=DUE), *again, *again))
    assert (found.standing, found.received) == ("accepted", 2)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        (["accept"], "nobody has requested this return, so there is nothing to accept. Request it first"),
        (["request", "accept"], "this return is requested, so there is nothing to accept. When it comes"),
        (["request", "request"], "this return is requested, so there is nothing to request."),
        (["request", "receive", "receive"], "is received, so there is nothing to receive. Accept it or send"),
        (["request", "receive", "chase"], "is received, so there is nothing to chase."),
    ],
)
def test_a_move_that_does_not_fit_is_refused_with_what_to_do(
    moves: list[Move], said: str, tmp_path: Path
) -> None:
    *before, last = [step(move, due=DUE) for move in moves]
    state = taken(tmp_path, *before)
    with pytest.raises(ProgrammeRefused, match=re.escape(said)) as refused:
        take(state, [last], REGISTER)
    assert refused.value.mistakes[0].where == "Kent, financial:2024-25"


def test_a_move_that_does_not_say_what_it_must_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeRefused, match=r"does not say when the return is due\. Give the day: --due"):
        taken(tmp_path, step("request"))
    with pytest.raises(ProgrammeRefused, match=r"it does not say to whom, nor by when\."):
        taken(tmp_path, step("request", due=DUE), step("assign"))


def test_of_several_moves_all_mistakes_are_said_and_none_is_made(tmp_path: Path) -> None:
    state = taken(tmp_path, step("request", due=DUE))
    with pytest.raises(ProgrammeRefused) as refused:
        take(state, [step("receive"), step("receive", SURREY), step("receive", DEVON)], REGISTER)
    assert [mistake.where.split(",")[0] for mistake in refused.value.mistakes] == [
        "Surrey",
        "Devon and Cornwall",
    ]
    assert [one.standing for one in returns(state)] == ["requested"]


@settings(max_examples=100, deadline=None)
@given(moves=st.lists(st.sampled_from(MOVES), max_size=12))
def test_no_order_of_moves_loses_a_return_or_accepts_one_that_never_came(
    moves: Sequence[Move], tmp_path_factory: pytest.TempPathFactory
) -> None:
    state, stands = State(tmp_path_factory.mktemp("desk")), None
    leads_to = {"request": "requested", "receive": "received", "send-back": "sent back", "accept": "accepted"}
    came = made = 0
    for move in moves:
        try:
            take(state, [step(move, due=DUE)], REGISTER)
        except ProgrammeRefused:
            assert not fits(move, stands)
            continue
        assert fits(move, stands)
        stands, made, came = leads_to.get(move, stands), made + 1, came + (move == "receive")
        assert stands != "accepted" or came
    found = returns(state)
    assert [(one.standing, len(one.steps), one.received) for one in found] == (
        [(stands, made, came)] if made else []
    )


def test_what_is_overdue_comes_first_the_longest_first(tmp_path: Path) -> None:
    state = taken(
        tmp_path,
        step("request", KENT, due=DUE),
        step("request", SURREY, due=DUE - timedelta(7)),
        step("request", DEVON, due=DUE - timedelta(30)),
        step("receive", DEVON),
    )
    listed = by_urgency(returns(state), REGISTER, DUE + timedelta(1))
    assert [(one.police_force, one.days_overdue(DUE + timedelta(1))) for one in listed] == [
        (SURREY, 8),
        (KENT, 1),
        (DEVON, 0),
    ]
    assert {one.days_overdue(DUE - timedelta(7)) for one in listed} == {0}


def test_all_at_once_never_opens_what_was_accepted() -> None:
    meant = {
        move: [stands for stands in (None, *get_args(Standing)) if is_meant(move, stands)] for move in MOVES
    }
    assert meant == {
        "request": [None],
        "receive": ["requested", "sent back"],
        "send-back": ["received"],
        "accept": ["received"],
        "chase": ["requested", "sent back"],
        "assign": ["requested", "received", "sent back", "accepted"],
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("financial:2024-25", Period("financial", "2024-25")),
        ("2024-25Q1", Period("financial-quarter", "2024-25Q1")),
        ("2024-25", "say of which kind, as financial:2024-25 or academic:2024-25."),
        ("2024", "say of which kind, as calendar:2024 or reporting:2024."),
        ("financial:2024-26", "does not span one year. Write it as 2024-25."),
        ("last year", "say of which kind, as financial:2024-25 or calendar:2024."),
    ],
)
def test_a_period_is_never_guessed(text: str, found: Period | str) -> None:
    if isinstance(found, Period):
        assert period_of(text) == found
        return
    with pytest.raises(UsageError, match=re.escape(found)):
        period_of(text)


def test_forces_are_found_as_people_write_them_and_all_unknown_ones_are_said() -> None:
    assert named(["kent police", "E23000031", "Kent", "BTP"], REGISTER) == (KENT, SURREY, "BTP")
    with pytest.raises(UsageError) as refused:
        named(["Kent", "Surey", "Wessex-on-Sea"], REGISTER)
    first, second = str(refused.value).splitlines()
    assert first == "--force Surey: no force is called so. Did you mean Surrey?"
    assert second.startswith("--force Wessex-on-Sea: no force is called so.")


@dataclass(frozen=True)
class Covering:
    layout: str
    covers: str
    base_levels: tuple[str, ...] = ("police force area",)


def test_all_forces_are_those_that_the_returns_cover() -> None:
    year = Period("financial", "2024-25")
    south_east, everywhere = Covering("return", "E12000008"), Covering("home-office-crime", "ALL")
    assert len(expected([everywhere], REGISTER, year)) == 43
    assert expected([everywhere, south_east, south_east], REGISTER, year) == REGISTER.base_members(
        "E12000008", "police force area"
    )
    with pytest.raises(UsageError, match="Name them: --force"):
        expected([Covering("fingertips", "E92000001", ("local authority",))], REGISTER, year)


def test_a_fault_elsewhere_in_the_programme_does_not_stop_the_desk(tmp_path: Path) -> None:
    (write_programme(tmp_path) / "sources" / "crime.toml").write_text("broken", encoding="utf-8")
    (tmp_path / "areas.csv").write_text("code,name,level\nE23000032,Kent and Medway,\n", encoding="utf-8")
    assert register_of(tmp_path).area(KENT).name == "Kent and Medway"
    with pytest.raises(UsageError, match=r"there is no programme\.toml in it\. Name a programme folder"):
        register_of(tmp_path / "sources")


def run(*words: str) -> str:
    result = CliRunner().invoke(_cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_is_there_for_machines(tmp_path: Path) -> None:
    write_programme(tmp_path)
    assert run("returns", str(tmp_path)) == "No return was requested yet: fullpicture returns request.\n"
    run(
        "returns",
        "request",
        str(tmp_path),
        "--force",
        "Kent",
        "--period",
        "financial:2024-25",
        "--due",
        "2026-05-29",
    )
    (found,) = json.loads(run("returns", "--json", "--as-of", "2026-05-30", str(tmp_path)))
    assert (found.pop("since") <= date.today().isoformat(), found) == (
        True,
        {
            "overdue": 1, "police_force": KENT, "force": "Kent", "period": "financial:2024-25",
            "stands": "requested", "due": "2026-05-29", "analyst": "", "chased": 0, "received": 0, "note": "",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["recieve", "DIR", "--force", "Kent"], "there is no such command. Did you mean receive?"),
        (["receive", "DIR"], "Say which returns: --force NAME"),
        (["receive", "DIR", "--all", "--force", "Kent"], "Say which returns"),
        (["receive", "DIR", "--force", "Kent"], "--period: say which period this is about"),
        (["receive", "DIR", "--all", "--period", "2024-25Q1"], "--all: there is no return to receive."),
    ],
)
def test_a_command_that_does_not_fit_says_what_would(words: list[str], said: str, tmp_path: Path) -> None:
    write_programme(tmp_path)
    with pytest.raises(UsageError, match=re.escape(said)):
        run("returns", *(str(tmp_path) if word == "DIR" else word for word in words))


PAGE = Path(__file__).resolve().parents[2] / "docs" / "desk.md"
SOURCE = SOURCES.replace(
    'layout = "home', 'owner = "Tests"\npurpose = "Tests"\nretained_until = "2020-12-31"\nlayout = "home'
)


def test_every_command_of_the_page_for_analysts_runs_and_says_what_is_printed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = write_programme(tmp_path / "programme", sources=SOURCE)
    import pyarrow.csv as pacsv

    rows, path = pacsv.read_csv(folder / "data" / "crime.csv"), folder / "data" / "crime.csv"
    Store(folder).put("crime", Contents([("crime.csv", sha256_of(path))], "", {"records": rows}), AT)
    printed, compared = "", 0
    for kind, block in re.findall(r"```(sh|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        if kind == "sh":
            for line in block.strip().splitlines():
                program, *words = shlex.split(line)
                assert program == "fullpicture"
                printed = run(*words)
            continue
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert doctest.OutputChecker().check_output(block, printed, flags), printed
        compared += 1
    assert compared == 5
    assert not path.exists()
