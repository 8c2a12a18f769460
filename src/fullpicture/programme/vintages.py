"""The records of each source, as delivered each time: the newest is current, the older ones are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pyarrow as pa

from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.core.problem import Problem
from fullpicture.programme.locks import is_held, locked
from fullpicture.programme.parquet import Rows, problem_table, problems_in, read_rows, write_rows
from fullpicture.programme.revisions import Differences, differences
from fullpicture.programme.state import Log, State, flush_folder, utc

__all__ = ["LINKAGE", "Contents", "Differences", "Erased", "Store", "Vintage", "differences"]

LINKAGE = "linkage"
"""Under this name what was linked is kept beside the vintages of the returns; no source may be called so.
The inputs of its vintages are those vintages that it rests on, by source and id."""

_RECORDS, _PROBLEMS = "records", "problems"
_NEW, _LOCK = ".new-", ".lock"
_NAME = re.compile(r"\w[\w.-]*")


@dataclass(frozen=True)
class Vintage:
    """One delivery of a source, as a line of `state/vintages.jsonl`.

    Args:
        id: follows from inputs and key: the same delivery, mapped in the same way, is the same vintage.
        at: when it became current.
        inputs: names of the delivered files within the data folder, with their SHA-256.
        key: what else the records follow from: the mapping, the rules, our own code.
        rows: how many rows each of its tables has.
        counts: rows in, and rows refused by rule, as the caller counts them.
    """

    source: str
    id: str
    at: datetime
    inputs: tuple[tuple[str, str], ...]
    key: str
    rows: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)
    event: Literal["kept"] = "kept"


@dataclass(frozen=True)
class Erased:
    """A vintage's records were removed; that they were there, and how many, stays known."""

    source: str
    id: str
    at: datetime
    erasure: str
    event: Literal["erased"] = "erased"


@dataclass(frozen=True)
class Contents:
    """What a delivery came to, to be kept as a vintage (`inputs`, `key` and `counts` as there).

    Args:
        tables: by name; of one name, or with one called `records`. A reader of batches is written as it
            comes, in row groups.
        problems: what was wrong in the delivery.
    """

    inputs: Sequence[tuple[str, str]]
    key: str
    tables: Mapping[str, Rows]
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def id(self) -> str:
        """That of the vintage they are kept as."""
        return _id(self.inputs, self.key)

    def vintage(self, source_id: str, at: datetime, rows: Mapping[str, int]) -> Vintage:
        """The line that says that they are kept."""
        inputs = tuple((name, sha256) for name, sha256 in self.inputs)
        return Vintage(source_id, self.id, utc(at), inputs, self.key, rows, dict(self.counts))


class Store:
    """The vintages of a programme folder, in `state/vintages/<source>/<id>/`, a Parquet file per table.

    A vintage is written beside, brought to the disk, and put in its place by renaming; one line then makes
    it current. A process killed at any moment leaves the old vintage current, or the new one; what it left
    unfinished is swept away by whoever writes next.
    """

    def __init__(self, programme: Path) -> None:
        self.state = State(programme)
        self.folder = self.state.folder / "vintages"
        self._log: Log[Vintage | Erased] = Log(self.state, "vintages", Vintage | Erased)

    def put(self, source_id: str, contents: Contents, at: datetime) -> Vintage:
        """Keeps a delivery and makes it the current one; where it is that already, nothing is written at all.

        Raises:
            ProgrammeRefused: it could not be written; the old vintage stays current.
        """
        with self.state.locked():
            self.sweep(source_id)
            if kept := self.kept(source_id, contents.inputs, contents.key):
                return self.make_current(kept, at)
        try:
            with self._beside(source_id) as fresh:
                tables = contents.tables
                rows = {name: write_rows(fresh / f"{_named(name)}.parquet", tables[name]) for name in tables}
                write_rows(fresh / f"{_PROBLEMS}.parquet", problem_table(contents.problems))
                return self._put_in_place(fresh, contents.vintage(source_id, at, rows))
        except OSError as error:
            what = f"this delivery could not be kept ({error.strerror or 'the disk failed'})."
            mend = "The one before it is still current. Make room, then do it again."
            raise ProgrammeRefused([Mistake(f"state/vintages/{source_id}", what, mend)]) from None

    def kept(self, source_id: str, inputs: Sequence[tuple[str, str]], key: str) -> Vintage | None:
        """The vintage that these inputs made with this key, current or not, if its records are kept."""
        id_ = _id(inputs, key)
        last = [one for one in self._events(source_id) if one.id == id_][-1:]
        return last[0] if last and isinstance(last[0], Vintage) else None

    def make_current(self, vintage: Vintage, at: datetime) -> Vintage:
        """Makes a kept vintage current where it is not, as when a force goes back to an earlier delivery."""
        with self.state.locked():
            current = self.current(vintage.source)
            if current is not None and current.id == vintage.id:
                return current
            again = replace(vintage, at=utc(at))
            self._log.add([again])
            return again

    def current(self, source_id: str) -> Vintage | None:
        """The vintage that figures are made of; None where nothing was delivered, or it was erased."""
        events = self._events(source_id)
        last = [one for one in events if isinstance(one, Vintage)][-1:]
        if not last or [one for one in events if one.id == last[0].id][-1] is not last[0]:
            return None
        return last[0]

    def history(self, source_id: str) -> tuple[Vintage, ...]:
        """What became current, oldest first; those erased since are among them."""
        return tuple(one for one in self._events(source_id) if isinstance(one, Vintage))

    def live(self, source_id: str) -> frozenset[str]:
        """Ids of the vintages whose records are kept."""
        last = {one.id: one for one in self._events(source_id)}
        return frozenset(id_ for id_, one in last.items() if isinstance(one, Vintage))

    def sources(self) -> tuple[str, ...]:
        """Ids of all sources that something was ever kept of, in the order in which they came."""
        return tuple(dict.fromkeys(one.source for one in self._log.read()))

    def path(self, vintage: Vintage, table: str = "") -> Path:
        """The Parquet file of a table, for an engine; the only table, or `records`, where none is named.

        Raises:
            UsageError: the vintage has no such table.
        """
        named = table or (next(iter(vintage.rows)) if len(vintage.rows) == 1 else _RECORDS)
        if named not in vintage.rows:
            raise UsageError(f"{vintage.source} has no table {named}. It has {', '.join(vintage.rows)}.")
        return self._folder(vintage.source) / vintage.id / f"{named}.parquet"

    def read(self, vintage: Vintage, columns: Sequence[str] | None = None, table: str = "") -> pa.Table:
        """Rows of a vintage. Who reads identifiable rows says so in the log of use first (`usage.log`).

        Raises:
            ProgrammeRefused: the records are missing, or damaged on the disk.
        """
        return read_rows(self.path(vintage, table), columns, self._where(vintage))

    def problems(self, vintage: Vintage) -> tuple[Problem, ...]:
        """What was wrong in the delivery."""
        path = self._folder(vintage.source) / vintage.id / f"{_PROBLEMS}.parquet"
        return problems_in(read_rows(path, None, self._where(vintage)))

    def erase(self, source_id: str, ids: Collection[str], erasure: str, at: datetime) -> None:
        """Removes the records of vintages; taken up again by whoever writes next, should it be cut short.

        What an erasure has erased, it does not erase again: a delivery that came since stays.
        """
        with self.state.locked():
            done = {
                one.id
                for one in self._events(source_id)
                if isinstance(one, Erased) and one.erasure == erasure
            }
            gone = [id_ for id_ in sorted(set(ids) - done) if id_ in self.live(source_id)]
            self._log.add([Erased(source_id, id_, utc(at), erasure) for id_ in gone])
            self.sweep(source_id)

    def sweep(self, source_id: str) -> None:
        """Removes what killed processes left unfinished, and records that were erased."""
        folder = self._folder(source_id)
        with self.state.locked():
            live = self.live(source_id)
            found = sorted(folder.iterdir()) if folder.exists() else []
            for path in found:
                if path.is_dir() and path.name not in live and not is_held(_lock_of(path)):
                    shutil.rmtree(path)
            for path in found:
                if path.name.endswith(_LOCK) and not is_held(path):
                    path.unlink()

    def _events(self, source_id: str) -> list[Vintage | Erased]:
        return [one for one in self._log.read() if one.source == source_id]

    def _folder(self, source_id: str) -> Path:
        return self.folder / _named(source_id)

    def _where(self, vintage: Vintage) -> str:
        return f"state/vintages/{vintage.source}/{vintage.id}"

    @contextmanager
    def _beside(self, source_id: str) -> Iterator[Path]:
        """A new folder for a vintage to be written into, held for as long as this process runs."""
        fresh = self._folder(source_id) / f"{_NEW}{uuid4().hex}"
        with ExitStack() as held:
            with self.state.locked():
                fresh.parent.mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(_lock_of(fresh)))
                fresh.mkdir()
            try:
                yield fresh
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
                _lock_of(fresh).unlink(missing_ok=True)

    def _put_in_place(self, fresh: Path, vintage: Vintage) -> Vintage:
        with self.state.locked():
            if kept := self.kept(vintage.source, vintage.inputs, vintage.key):
                return self.make_current(kept, vintage.at)
            place = fresh.with_name(vintage.id)
            if place.exists():
                shutil.rmtree(place)
            flush_folder(fresh)
            fresh.rename(place)
            for folder in (place.parent, self.folder, self.state.folder):
                flush_folder(folder)
            self._log.add([vintage])
            return vintage


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _id(inputs: Sequence[tuple[str, str]], key: str) -> str:
    return fingerprint(sorted(tuple(one) for one in inputs), key)


def _named(name: str) -> str:
    """The name, if it can be that of a file.

    Raises:
        UsageError: it cannot.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f'"{name}" cannot be the name of a folder. Use letters, digits, _, - and dots.')
    return name
