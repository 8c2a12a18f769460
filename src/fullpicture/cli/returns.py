"""`fullpicture returns`: the desk of a regional analyst."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fullpicture.cli.accountable import accountable, who_option
from fullpicture.core.errors import UsageError

if TYPE_CHECKING:
    from fullpicture.core.areas import Register
    from fullpicture.core.period import Period
    from fullpicture.programme.desk import Move, Return
    from fullpicture.programme.state import State
    from fullpicture.programme.usage import Account

_DONE = {
    "request": "requested",
    "receive": "received",
    "send-back": "sent back",
    "accept": "accepted",
    "chase": "chased",
    "assign": "assigned",
}
_COLUMNS = ("overdue", "force", "period", "stands", "since", "due", "analyst", "chased", "note")
_day = click.DateTime(["%Y-%m-%d"])


class _Returns(click.Group):
    """`returns PROGRAMME` lists; `returns request PROGRAMME` and the others change something."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            near = get_close_matches(args[0], self.commands, n=1, cutoff=0.7)
            if near and not Path(args[0]).exists():
                raise UsageError(f"returns {args[0]}: there is no such command. Did you mean {near[0]}?")
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("returns", cls=_Returns, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Where the return of each force stands: requested, received, sent back, accepted.

    fullpicture returns PROGRAMME lists them, what is overdue first.
    """


@command.command("list")
@click.argument("programme", type=click.Path(path_type=Path))
@click.option("--overdue", is_flag=True, help="Only what should have come.")
@click.option("--force", "forces", multiple=True, help="Only these forces.")
@click.option("--period", help="Only this period.")
@click.option("--as-of", type=_day, help="The day on which to look [today].")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def list_(
    programme: Path,
    overdue: bool,
    forces: tuple[str, ...],
    period: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """List the returns, what is overdue first. This is what `returns PROGRAMME` does."""
    from fullpicture.programme.desk import by_urgency, period_of, returns
    from fullpicture.programme.forces import named, register_of
    from fullpicture.programme.state import State

    register, today = register_of(programme), as_of.date() if as_of else date.today()
    codes, when = named(forces, register), period_of(period) if period else None
    chosen = [
        one
        for one in by_urgency(returns(State(programme)), register, today)
        if (not codes or one.police_force in codes)
        and (when is None or one.period == when)
        and (not overdue or one.days_overdue(today))
    ]
    rows = [_row(one, register, today) for one in chosen]
    click.echo(json.dumps(rows, indent=2, ensure_ascii=False) if as_json else _listed(rows, overdue))


def _row(one: Return, register: Register, today: date) -> dict[str, Any]:
    from fullpicture.programme.desk import name_of, period_id

    return {
        "overdue": one.days_overdue(today),
        "police_force": one.police_force,
        "force": name_of(one.police_force, register),
        "period": period_id(one.period),
        "stands": one.standing,
        "since": one.since.date().isoformat(),
        "due": one.due.isoformat() if one.due else "",
        "analyst": one.analyst,
        "chased": one.chased,
        "received": one.received,
        "note": one.note,
    }


def _listed(rows: Sequence[dict[str, Any]], overdue: bool) -> str:
    """A table for the terminal, and one line that sums it up."""
    if not rows:
        return (
            "Nothing is overdue." if overdue else "No return was requested yet: fullpicture returns request."
        )
    texts = [[str(row[name]) for name in _COLUMNS] for row in rows]
    texts = [[f"{cells[0]} days" if cells[0] != "0" else "", *cells[1:]] for cells in texts]
    widths = [max(map(len, column)) for column in zip(_COLUMNS, *texts, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in (_COLUMNS, *texts)
    ]
    counts = {name: sum(row["stands"] == name for row in rows) for name in dict.fromkeys(_DONE.values())}
    late = sum(row["overdue"] > 0 for row in rows)
    said = [f"{count} {name}" for name, count in counts.items() if count]
    return "\n".join([*lines, f"{_counted(len(rows))}: {', '.join(said)}; {late} overdue."])


def _counted(count: int) -> str:
    return f"{count} {'return' if count == 1 else 'returns'}"


def _move(move: Move, help_: str) -> Callable[..., None]:
    """One command that takes a step: which forces, and what the step says."""

    @command.command(move, help=help_)
    @click.argument("programme", type=click.Path(path_type=Path))
    @click.option("--force", "forces", multiple=True, help="Which force, by name or code; again for more.")
    @click.option("--all", "all_", is_flag=True, help="Every force that this fits.")
    @click.option("--period", help="Which period, as financial:2024-25 [the only one there is].")
    @click.option("--due", type=_day, help="When it is due from now on.")
    @click.option("--analyst", default="", help="Whose it is from now on.")
    @click.option("--note", default="", help="For colleagues and the force; name nobody in it.")
    @who_option
    def run(programme: Path, forces: tuple[str, ...], all_: bool, period: str | None, **says: Any) -> None:
        _run(move, programme, forces, all_, period, says)

    return run


request = _move("request", "Note that returns were requested, and until when.")
receive = _move("receive", "Note that returns came.")
send_back = _move("send-back", "Note that returns went back to their forces, and until when.")
accept = _move("accept", "Note that returns are good: figures may be made of them.")
chase = _move("chase", "Note that forces were reminded.")
assign = _move("assign", "Give returns to an analyst, or another due date.")


@command.command("pack")
@click.argument("programme", type=click.Path(path_type=Path))
@click.option("--force", required=True, help="Which force, by name or code.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A new folder for the pack.")
@click.option("--build", type=click.Path(path_type=Path), help="Add the public figures of this build.")
@click.option("--data", type=click.Path(path_type=Path), help="Where delivered files are [PROGRAMME/data].")
@accountable
def pack(programme: Path, force: str, to: Path, build: Path | None, data: Path | None, by: Account) -> None:
    """Write what is sent to a force: its page, and for each of its files a workbook of what to mend.

    Nothing of another force is in it. That it goes to the force, with how many records, is in the log of use
    before it is written.
    """
    from fullpicture.programme.forces import named
    from fullpicture.programme.load import load
    from fullpicture.programme.pack import write_pack
    from fullpicture.programme.shared_figures import shared_figures

    read = load(programme, data)
    (code,) = named([force], read.register)
    shared = shared_figures(build, code) if build else ()
    written = write_pack(read, code, to, by, shared)
    rows = f"{written.records:,} {'record' if written.records == 1 else 'records'}"
    click.echo(f"{written.force}: {', '.join(written.files)}; {rows} of its own named by row. In {to}")


def _run(
    move: Move, programme: Path, forces: tuple[str, ...], all_: bool, period: str | None, says: dict[str, Any]
) -> None:
    from fullpicture.programme.desk import Step, name_of, period_id, take
    from fullpicture.programme.forces import named, register_of
    from fullpicture.programme.state import State

    if bool(forces) == all_:
        raise UsageError("Say which returns: --force NAME, again for more, or --all.")
    register, state = register_of(programme), State(programme)
    due = says["due"].date() if says["due"] else None
    with state.locked():
        when = _period(state, period)
        codes = _all(move, programme, state, when) if all_ else named(forces, register)
        at = datetime.now(UTC)
        take(
            state,
            [
                Step(move, code, period_id(when), says["who"], at, due, says["analyst"], says["note"])
                for code in codes
            ],
            register,
        )
    few = f": {', '.join(name_of(code, register) for code in codes)}" if len(codes) <= 5 else ""
    until = f", due {due.isoformat()}" if due else ""
    click.echo(f"{_counted(len(codes))} {_DONE[move]}{until}{few}.")


def _period(state: State, given: str | None) -> Period:
    """The period that is named, or the only one that returns were requested for."""
    from fullpicture.programme.desk import period_id, period_of, returns

    if given:
        return period_of(given)
    known = {period_id(one.period): one.period for one in returns(state)}
    if len(known) != 1:
        example = " or ".join(sorted(known)) or "financial:2024-25"
        raise UsageError(f"--period: say which period this is about, as {example}.")
    return next(iter(known.values()))


def _all(move: Move, programme: Path, state: State, when: Period) -> tuple[str, ...]:
    """Every force that the move fits: for a request those that should send one and were not asked."""
    from fullpicture.programme.desk import is_meant, returns
    from fullpicture.programme.forces import expected
    from fullpicture.programme.load import load

    standing = {one.police_force: one.standing for one in returns(state) if one.period == when}
    if move == "request":
        read = load(programme)
        codes = expected(list(read.sources.values()), read.register, when)
    else:
        codes = tuple(standing)
    if found := tuple(code for code in codes if is_meant(move, standing.get(code))):
        return found
    raise UsageError(
        f"--all: there is no return to {move.replace('-', ' ')}. See fullpicture returns {programme}."
    )
