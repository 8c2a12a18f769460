"""Removes records that may not be kept any longer: what, why and by whom is written down first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Literal, Protocol

from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.state import Log, State
from fullpicture.programme.usage import Account, Records, log_of
from fullpicture.programme.vintages import LINKAGE, Store, Vintage


class Retained(Protocol):
    """What is needed of a source to know what may be removed, and when."""

    @property
    def id(self) -> str: ...
    @property
    def files(self) -> tuple[str, ...]: ...
    @property
    def retained_until(self) -> str: ...


@dataclass(frozen=True)
class Withdrawn:
    """A source that the programme has no more, so that nothing says why it should be kept."""

    id: str
    files: tuple[str, ...] = ()
    retained_until: str = ""


@dataclass(frozen=True)
class Delivery:
    """A delivered file, by its name within the data folder, and its SHA-256."""

    source: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Plan:
    """What a purge removes; `shared` are files that stay, for a source that is still kept reads them too."""

    vintages: tuple[Records, ...] = ()
    files: tuple[Delivery, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remove."""
        return not (self.vintages or self.files)


@dataclass(frozen=True)
class Begun:
    """An erasure that was decided: a line of `state/erasures.jsonl`. From here on it is carried out."""

    id: str
    who: str
    at: datetime
    why: str
    vintages: tuple[Records, ...]
    files: tuple[Delivery, ...]
    event: Literal["begun"] = "begun"


@dataclass(frozen=True)
class Done:
    """An erasure that was carried out."""

    id: str
    event: Literal["done"] = "done"


def expired(sources: Iterable[Retained], today: date) -> tuple[Retained, ...]:
    """Sources whose retention date has passed: they may be kept through that day. Without a date, for ever.

    Raises:
        ProgrammeRefused: retention dates that are none, all of them.
    """
    found, mistakes = [], []
    for source in sources:
        try:
            if source.retained_until and date.fromisoformat(source.retained_until) < today:
                found.append(source)
        except ValueError:
            what = f'"{source.retained_until}" is not a day of the calendar.'
            where = f"sources/ [source.{source.id}] retained_until"
            mistakes.append(Mistake(where, what, 'Write it as "2030-12-31".'))
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return tuple(found)


def of_expired(
    store: Store, gone: Sequence[Retained], all_sources: Iterable[Retained], data: Path | None
) -> Plan:
    """Everything kept of some sources: their vintages with what was linked of them, and delivered files where
    the data folder is given.
    """
    vintages = _with_linked(store, [one for source in gone for one in _live(store, source.id)])
    if data is None:
        return Plan(vintages)
    ids = {source.id for source in gone}
    kept = {path.resolve() for source in all_sources if source.id not in ids for path in _files(source, data)}
    found: dict[Path, str] = {}
    for source in gone:
        found = {path: source.id for path in _files(source, data)} | found
    names = {path: path.relative_to(data).as_posix() for path in sorted(found)}
    files = [
        Delivery(found[path], name, sha256_of(path))
        for path, name in names.items()
        if path.resolve() not in kept
    ]
    shared = [name for path, name in names.items() if path.resolve() in kept]
    return Plan(vintages, tuple(files), tuple(shared))


def of_replaced(store: Store, sources: Iterable[str], until: date) -> Plan:
    """Vintages that a newer one had replaced by the end of a day, with what was linked of them.

    The current vintage of a return always stays.
    """
    end = datetime.combine(until, time.max, UTC)
    found = []
    for id_ in sources:
        history = store.history(id_)
        last_used = {one.id: after.at for one, after in pairwise(history)}
        last_used.pop(history[-1].id if history else "", None)
        found += [one for one in _live(store, id_) if one.id in last_used and last_used[one.id] <= end]
    return Plan(_with_linked(store, found))


def purge(store: Store, plan: Plan, data: Path, by: Account) -> None:
    """Carries out a plan, and first whatever an earlier purge was stopped in.

    The decision is one line; what follows from it (the log of use, the vintages, the files) is done again by
    the next purge until all of it is done.
    """
    with store.state.locked():
        finish(store, data)
        if plan.is_empty:
            return
        id_ = fingerprint(by, plan, len(_log(store.state).read()))
        _log(store.state).add([Begun(id_, by.who, by.at, by.why, plan.vintages, plan.files)])
        finish(store, data)


def finish(store: Store, data: Path) -> None:
    """Carries out what was decided and not done yet."""
    with store.state.locked():
        lines = _log(store.state).read()
        done = {line.id for line in lines if isinstance(line, Done)}
        for line in lines:
            if isinstance(line, Begun) and line.id not in done:
                _carry_out(store, data, line)
                _log(store.state).add([Done(line.id)])


def _carry_out(store: Store, data: Path, begun: Begun) -> None:
    files = [Records(source) for source in dict.fromkeys(file.source for file in begun.files)]
    by = Account(begun.who, begun.at, begun.why)
    log_of(store.state, begun.id, [*begun.vintages, *files], by)
    for source in dict.fromkeys(one.source for one in begun.vintages):
        ids = [one.vintage for one in begun.vintages if one.source == source]
        store.erase(source, ids, begun.id, begun.at)
    for file in begun.files:
        path = data / file.file
        if path.is_file() and sha256_of(path) == file.sha256:
            path.unlink()


def _with_linked(store: Store, going: Sequence[Vintage]) -> tuple[Records, ...]:
    """The vintages, and every linkage that rests on one of them, or on one that has gone: it holds pairs."""
    gone = {(one.source, one.id) for one in going}
    stays = {(source, id_) for source in store.sources() for id_ in store.live(source)} - gone
    linked = [one for one in _live(store, LINKAGE) if not stays.issuperset(one.inputs)]
    return tuple(dict.fromkeys(map(_records, [*going, *linked])))


def _live(store: Store, source: str) -> list[Vintage]:
    live = store.live(source)
    return list({one.id: one for one in store.history(source) if one.id in live}.values())


def _records(vintage: Vintage) -> Records:
    return Records(vintage.source, vintage.id, sum(vintage.rows.values()))


def _files(source: Retained, data: Path) -> list[Path]:
    """The source's files that are there; never one outside the data folder."""
    inside = data.resolve()
    patterns = [pattern for pattern in source.files if not Path(pattern).is_absolute()]
    found = dict.fromkeys(path for pattern in patterns for path in sorted(data.glob(pattern)))
    return [path for path in found if path.is_file() and path.resolve().is_relative_to(inside)]


def _log(state: State) -> Log[Begun | Done]:
    return Log(state, "erasures", Begun | Done)
