"""The regional analyst's desk: where the return of each force stands, whose it is, when it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.core.period import Period, PeriodKind
from fullpicture.programme.state import Log, State

Standing = Literal["requested", "received", "sent back", "accepted"]
Move = Literal["request", "receive", "send-back", "accept", "chase", "assign"]

_LEADS_TO: Mapping[Move, Standing] = {
    "request": "requested",
    "receive": "received",
    "send-back": "sent back",
    "accept": "accepted",
}
_FITS: Mapping[Move, tuple[Standing | None, ...]] = {
    "request": (None,),
    "receive": ("requested", "sent back", "accepted"),
    "send-back": ("received", "accepted"),
    "accept": ("received",),
    "chase": ("requested", "sent back"),
    "assign": ("requested", "received", "sent back", "accepted"),
}
"""Where a return may stand before a move. A force may deliver again after its return was accepted; what was
received must be accepted or sent back before it can be received again."""

_MENDS: Mapping[Standing | None, str] = {
    None: "Request it first: fullpicture returns request.",
    "requested": "When it comes: fullpicture returns receive. For another day: assign --due.",
    "received": "Accept it or send it back: fullpicture returns accept, or send-back.",
    "sent back": "When it comes again, fullpicture returns receive.",
    "accepted": "Nothing more is needed; if there is a fault in it, fullpicture returns send-back.",
}
WAITING_FOR_THE_FORCE: tuple[Standing, ...] = ("requested", "sent back")


@dataclass(frozen=True)
class Step:
    """One thing done about one return: a line of `state/returns.jsonl`.

    Args:
        police_force: the code of the force's area.
        period: as in figures.csv, `financial:2024-25`.
        due: from now on; nothing leaves the day as it was.
        analyst: whose it is from now on; "" leaves it as it was.
        note: for colleagues and the force; it names nobody.
    """

    move: Move
    police_force: str
    period: str
    who: str
    at: datetime
    due: date | None = None
    analyst: str = ""
    note: str = ""


@dataclass(frozen=True)
class Return:
    """Where a return stands: what its steps come to.

    Args:
        since: when it came to stand there.
        chased: how often the force was reminded since it was last asked for the return.
        received: how often it came.
        note: of the last step that had one.
    """

    police_force: str
    period: Period
    standing: Standing
    since: datetime
    due: date | None = None
    analyst: str = ""
    chased: int = 0
    received: int = 0
    note: str = ""
    steps: tuple[Step, ...] = field(default=(), repr=False)

    def days_overdue(self, today: date) -> int:
        """Days since it should have come; 0 where it came, or may still come in time."""
        if self.due is None or self.standing not in WAITING_FOR_THE_FORCE:
            return 0
        return max(0, (today - self.due).days)


def returns(state: State) -> tuple[Return, ...]:
    """Where every return stands, in the order in which they were first requested."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in _log(state).read():
        found.setdefault((step.police_force, step.period), []).append(step)
    return tuple(_stands(steps) for steps in found.values())


def take(state: State, steps: Sequence[Step], register: Register) -> None:
    """Takes steps, all of them or none.

    Raises:
        ProgrammeRefused: steps that do not fit where a return stands; all of them, with what to do.
    """
    with state.locked():
        standing = {(one.police_force, period_id(one.period)): one.standing for one in returns(state)}
        mistakes = []
        for step in steps:
            which = (step.police_force, step.period)
            if (mistake := _mistake(step, standing.get(which), register)) is not None:
                mistakes.append(mistake)
            elif step.move in _LEADS_TO:
                standing[which] = _LEADS_TO[step.move]
        if mistakes:
            raise ProgrammeRefused(mistakes)
        _log(state).add(steps)


def fits(move: Move, standing: Standing | None) -> bool:
    """Whether a move can be made where a return stands; None for one that nobody has requested."""
    return standing in _FITS[move]


def is_meant(move: Move, standing: Standing | None) -> bool:
    """Whether a move that is made for all forces at once means a return that stands there.

    What was accepted is opened again by name only.
    """
    return fits(move, standing) and (standing != "accepted" or move == "assign")


def by_urgency(found: Sequence[Return], register: Register, today: date) -> list[Return]:
    """What is overdue first, longest first; then by where it stands, by due date and by name."""
    standings = get_args(Standing)

    def urgency(one: Return) -> tuple[int, int, date, str, date]:
        name = name_of(one.police_force, register)
        rank = standings.index(one.standing)
        return -one.days_overdue(today), rank, one.due or date.max, name, one.period.last_day

    return sorted(found, key=urgency)


def period_id(period: Period) -> str:
    """The period as in the id of a figure: `financial:2024-25`."""
    return f"{period.kind}:{period.name}"


def name_of(police_force: str, register: Register) -> str:
    """The force's name; its code where the register no longer has it."""
    return register.area(police_force).name if police_force in register else police_force


def period_of(text: str) -> Period:
    """The period that people write: `financial:2024-25`; its name alone where only one kind has such names.

    Raises:
        UsageError: it is none, or could be of several kinds; they are named.
    """
    kind, given, name = text.partition(":")
    kinds = [kind] if given else list(get_args(PeriodKind))
    found, said = [], ""
    for one in kinds:
        try:
            found.append(Period(one, name if given else text))  # type: ignore[arg-type]
        except ValueError as error:
            said = str(error)
    if len(found) == 1:
        return found[0]
    if given:
        raise UsageError(f"--period {text}: {said}")
    could_be = [period_id(period) for period in found] or ["financial:2024-25", "calendar:2024"]
    raise UsageError(f"--period {text}: say of which kind, as {' or '.join(could_be)}.")


def _stands(steps: Sequence[Step]) -> Return:
    standing, since, chased, received = _LEADS_TO["request"], steps[0].at, 0, 0
    for step in steps:
        if step.move in _LEADS_TO:
            standing, since = _LEADS_TO[step.move], step.at
            chased = 0 if step.move in ("request", "send-back") else chased
        chased += step.move == "chase"
        received += step.move == "receive"
    kind, name = steps[0].period.split(":")
    return Return(
        steps[0].police_force,
        Period(kind, name),  # type: ignore[arg-type]
        standing,
        since,
        next((step.due for step in reversed(steps) if step.due), None),
        next((step.analyst for step in reversed(steps) if step.analyst), ""),
        chased,
        received,
        next((step.note for step in reversed(steps) if step.note), ""),
        tuple(steps),
    )


def _mistake(step: Step, standing: Standing | None, register: Register) -> Mistake | None:
    where = f"{name_of(step.police_force, register)}, {step.period}"
    if not fits(step.move, standing):
        stands = "nobody has requested this return" if standing is None else f"this return is {standing}"
        nothing = f"{stands}, so there is nothing to {step.move.replace('-', ' ')}."
        return Mistake(where, nothing, _MENDS[standing])
    if step.move in ("request", "send-back") and step.due is None:
        return Mistake(where, "it does not say when the return is due.", "Give the day: --due 2026-05-29.")
    if step.move == "assign" and not (step.analyst or step.due):
        return Mistake(where, "it does not say to whom, nor by when.", "Give --analyst, --due or both.")
    return None


def _log(state: State) -> Log[Step]:
    return Log(state, "returns", Step)
