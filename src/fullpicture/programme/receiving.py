"""Takes the forces' returns in: read, mapped, asked every rule, kept as vintages; none stops another."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fullpicture.collect.reading import read
from fullpicture.collect.returns.mapped import Mapped, map_rows
from fullpicture.collect.returns.record import Unit
from fullpicture.collect.rules.earlier import Earlier, kind_of, read_of
from fullpicture.collect.rules.returned import check_files
from fullpicture.collect.rules.rule import Context
from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import SourceRefused
from fullpicture.core.problem import Problem
from fullpicture.programme.cache import code_of, sha256_of
from fullpicture.programme.files import files_of
from fullpicture.programme.key import programme_key
from fullpicture.programme.returns import Asked, Return, Returns
from fullpicture.programme.usage import Collector, Records, using
from fullpicture.programme.vintages import Contents, Store, Vintage

UNREADABLE, GONE = "FILE-001", "FILE-002"
_ROWS_IN = "rows in"
_MUCH = 64 * 1024**2
"""Bytes from which a process for each core is worth its start."""


@dataclass(frozen=True)
class Received:
    """A return as taken in. `vintage` is None where a file of it cannot be read: its force is then missing.

    Rows in = rows kept + the sum of `refused`, over the files that could be read.
    """

    source: Return
    files: tuple[tuple[str, str], ...]
    vintage: Vintage | None
    rows_in: int
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]

    @property
    def rows_kept(self) -> int:
        """How many records analysis will see."""
        return self.rows_in - sum(self.refused.values())


@dataclass
class Reception:
    """What it takes to receive the returns of one programme."""

    returns: Returns
    data: Path
    store: Store
    by: Collector
    key: bytes
    _before: dict[str, list[tuple[Unit, Vintage]]] = field(default_factory=dict)

    @classmethod
    def of(cls, returns: Returns, folder: Path, data: Path, by: Collector) -> Reception:
        """For a programme folder; its key is made where there is none yet."""
        return cls(returns, data, Store(folder), by, programme_key(folder))

    def receive_all(self, watch: Callable[[str], None]) -> dict[str, Received]:
        """Every return, in the order of the programme's files.

        What a force delivers is compared with what it delivered in earlier returns.
        """
        sources = self.returns.sources
        found: dict[str, Received] = {}
        for wave in waves(list(sources.values())):
            for received in self._each(wave):
                found[received.source.id] = received
                watch(f"{received.source.title} ({len(found)} of {len(sources)})")
                if received.vintage:
                    mapping = received.source.mapping
                    self._before.setdefault(mapping.police_force, []).append((mapping.unit, received.vintage))
        return {id_: found[id_] for id_ in sources}

    def _each(self, wave: Sequence[Return]) -> Iterator[Received]:
        """One after the other, or, where there is much to read, a process for each core."""
        if self._bytes_of(wave) < _MUCH or (os.cpu_count() or 1) < 2:
            yield from map(self.receive, wave)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
            yield from pool.map(self.receive, wave)

    def _bytes_of(self, wave: Sequence[Return]) -> int:
        """How much there is to read of returns of which nothing is in yet."""
        total = 0
        for source in (one for one in wave if self.store.current(one.id) is None):
            with suppress(SourceRefused):
                total += sum(
                    p.stat().st_size for p in files_of(source.files, self.data).values() if p.is_file()
                )
        return total

    def receive(self, source: Return) -> Received:
        """One return; what has been received already, mapped and checked as it would be now, is not again."""
        try:
            paths = files_of(source.files, self.data)
        except SourceRefused as refused:
            return Received(source, (), None, 0, {}, (_unreadable(source.files[0], refused),))
        files = tuple((name, sha256_of(path) if path.is_file() else "") for name, path in paths.items())
        key = self._key_of(source)
        vintage = self.store.kept(source.id, files, key)
        if vintage is not None:
            self.store.make_current(vintage, self.by.at)
            return self._received(source, files, vintage)
        return self._taken_in(source, paths, files, key)

    def _key_of(self, source: Return) -> str:
        """What records follow from, besides the files: mapping, rules, what was asked for, our own code."""
        beside = [vintage.id for _, vintage in self._earlier(source)]
        return fingerprint(source.mapping, self.returns.asked, self.key, beside, code_of("collect", "core"))

    def _earlier(self, source: Return) -> list[tuple[Unit, Vintage]]:
        """The force's earlier returns that this one is compared with: of crimes, and of the same people."""
        kinds = ("crime", kind_of(source.mapping.unit))
        before = self._before.get(source.mapping.police_force, ())
        return [(unit, vintage) for unit, vintage in before if kind_of(unit) in kinds]

    def _received(self, source: Return, files: tuple[tuple[str, str], ...], vintage: Vintage) -> Received:
        refused = {rule: count for rule, count in vintage.counts.items() if rule != _ROWS_IN}
        problems = self.store.problems(vintage)
        return Received(source, files, vintage, vintage.counts[_ROWS_IN], refused, problems)

    def _taken_in(
        self, source: Return, paths: Mapping[str, Path], files: tuple[tuple[str, str], ...], key: str
    ) -> Received:
        mapped, unread = self._mapped(source, paths)
        if unread:
            return Received(source, files, None, 0, {}, tuple(unread))
        checked = check_files(mapped, self._context(source, next(iter(paths))))
        counts = {_ROWS_IN: checked.rows_in, **checked.refused}
        problems = [*checked.problems, *self._gone(source, files)]
        contents = Contents(files, key, {"records": checked.kept}, counts, problems)
        records = Records(source.id, contents.id, checked.kept.num_rows)
        with using(self.store.state, "collection", [records], self.by.account(source.purpose)):
            vintage = self.store.put(source.id, contents, self.by.at)
        return self._received(source, files, vintage)

    def _gone(self, source: Return, files: tuple[tuple[str, str], ...]) -> list[Problem]:
        """Files that the return had the last time and has no more."""
        last = self.store.current(source.id)
        names = {name for name, _ in files}
        what = "this file was in the return the last time and is not in it now."
        mend = "Put it back, or nothing to do if its records are in another file now."
        return [
            Problem(name, "", None, "", GONE, "warn", what, mend)
            for name, _ in (last.inputs if last else ())
            if name not in names
        ]

    def _mapped(self, source: Return, paths: Mapping[str, Path]) -> tuple[list[Mapped], list[Problem]]:
        """Each file's records, and what cannot be read. A part of a return is never taken for the whole."""
        mapped, unread = [], []
        for name, path in paths.items():
            try:
                delivered = read(path, source.mapping.reading, name=name)
                mapped.append(map_rows(delivered, source.mapping, self.key))
            except SourceRefused as refused:
                unread.append(_unreadable(name, refused))
        return mapped, unread

    def _context(self, source: Return, file: str) -> Context:
        asked: Asked = self.returns.asked
        kept = [(unit, self._read(vintage)) for unit, vintage in self._earlier(source)]
        days = (asked.as_of, asked.first_day, asked.last_day)
        sheet, unit = source.mapping.reading.sheet, source.mapping.unit
        return Context(file, sheet, *days, unit, earlier=Earlier.of(unit, kept))

    def _read(self, vintage: Vintage) -> pa.Table:
        there = pq.read_schema(self.store.path(vintage)).names
        return self.store.read(vintage, read_of(there))


def waves(sources: Sequence[Return]) -> list[list[Return]]:
    """Returns in groups that can be taken in beside each other, each group after those before it.

    A force's victims and suspects come after its crimes, in which they are looked up; and of several returns
    of the same kind and force one comes after the other, in the order of the programme's files.
    """
    counts: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[bool, int], list[Return]] = {}
    for source in sources:
        kind = kind_of(source.mapping.unit)
        which = source.mapping.police_force, kind
        found.setdefault((kind != "crime", counts[which]), []).append(source)
        counts[which] += 1
    return [found[place] for place in sorted(found)]


def _unreadable(name: str, refused: SourceRefused) -> Problem:
    mistake = refused.mistake
    place = "" if mistake.where == name else f"{mistake.where.removeprefix(name).strip(', ')}: "
    what = f"{place}{mistake.what} Nothing of this return is in."
    return Problem(name, "", None, "", UNREADABLE, "refuse", what, mistake.mend)
