"""`fullpicture build`: a programme folder through all stages to an internal and a public edition."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from fullpicture.core.live import lifeless
from fullpicture.core.problem import PROBLEM_COLUMNS, Problem
from fullpicture.core.table import InternalTable
from fullpicture.disclosure import Protected, protect
from fullpicture.programme.cache import Cache, Made, code_of, sha256_of
from fullpicture.programme.comparisons import neighbour_notes
from fullpicture.programme.deciding import deciding
from fullpicture.programme.editions import publication
from fullpicture.programme.exceptions import exceptions
from fullpicture.programme.explain import cache_of, remember_origin
from fullpicture.programme.inside import Inside
from fullpicture.programme.load import Programme, load
from fullpicture.programme.public_process import PublicProcess, shut_from_public
from fullpicture.programme.reuse import CERTIFICATE, edition_key, take_over
from fullpicture.programme.rules import rules_of
from fullpicture.programme.run_record import run_record
from fullpicture.programme.self_checks import self_checks
from fullpicture.programme.sources import Intake, take_in
from fullpicture.programme.state import State
from fullpicture.programme.swap import beside, swap_in
from fullpicture.programme.tables import tables_of
from fullpicture.programme.target import check_target
from fullpicture.programme.usage import Collector
from fullpicture.programme.writing import Shared, write_edition
from fullpicture.publish.publication import Publication

Stage = Literal["read", "collect", "analyse", "protect", "publish", "swap"]
Watch = Callable[[Stage, str], None]


@dataclass(frozen=True)
class Build:
    """What a build made: where the editions are, and the record that is in `run.json`.

    `returns` is how many returns could not be read, and how many there are.
    """

    folder: Path
    record: dict[str, Any]
    figures: int
    withheld: int
    problems: int
    returns: tuple[int, int]


@dataclass
class _Clock:
    """Seconds spent in each stage."""

    watch: Watch
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: Stage) -> Iterator[Callable[[str], None]]:
        self.watch(name, "")
        started = time.perf_counter()
        yield lambda detail: self.watch(name, detail)
        self.timings[name] = time.perf_counter() - started


def build(
    folder: Path | str,
    to: Path | str,
    data: Path | str | None = None,
    watch: Watch = lambda stage, detail: None,
    by: Collector | None = None,
) -> Build:
    """Builds both editions of a programme into `to`, in one step at the end.

    Args:
        folder: the programme folder.
        to: the build folder; it holds the old edition until the new one is complete.
        data: where delivered files are; the programme's `data/` where none is named.
        watch: told of each stage as it begins, and of what it is at.
        by: who takes in returns that are new, when and why, for the log of use; where nothing is said, it is
            whoever is logged in, now, for the purpose that each source states.

    Raises:
        UsageError: `to` is no place for a build: it holds something else, or cannot be written to.
        ProgrammeRefused: the programme or its files have mistakes; the old edition stays.
        DisclosureError: something would be public that may not be; the old edition stays.
    """
    clock, to, by = _Clock(watch), Path(to).resolve(), by or Collector.by_login()
    with clock.stage("read"):
        programme = load(Path(folder), Path(data) if data else None)
        check_target(to, programme)
        cache = _cache(to, programme)
    with clock.stage("collect") as say:
        intake = take_in(programme, cache, by, say)
    with clock.stage("analyse") as say:
        tables = tables_of(programme, intake.sources, cache, say)
        intake = intake.with_checks(self_checks(programme, intake.sources, tables))
    with clock.stage("protect") as say:
        protected = _protected(programme, intake, tables)
        decided = deciding(programme, tables, protected, cache, say)
    internal = publication("internal", programme, tables, intake, cache)
    public = publication("public", programme, protected.tables, intake, cache)
    with clock.stage("publish") as say:
        writer = _Writer(to, beside(to), cache, say, internal.says_the_same_as(public))
        inside = replace(Inside.of(programme, intake, tables, cache, by.at), deciding=decided)
        with writer.ahead(public, shut_from_public(programme, cache_of(to), to, writer.fresh)):
            writer.write(internal, protected.certificate.internal, intake.problems, inside)
        writer.write(public, protected.certificate.public)
    record = run_record(intake, clock.timings)
    _write_json(writer.fresh / "run.json", record)
    with clock.stage("swap"):
        swap_in(writer.fresh, to)
        cache.forget_unused()
    figures = sum(table.figures.num_rows for table in tables)
    return Build(to, record, figures, protected.certificate.hidden, len(intake.problems), intake.failed)


def _cache(to: Path, programme: Programme) -> Cache:
    """What was computed for builds there before; it remembers of which programme."""
    cache = Cache(cache_of(to))
    remember_origin(cache_of(to), programme)
    return cache


def _protected(programme: Programme, intake: Intake, tables: Sequence[InternalTable]) -> Protected:
    """The public tables; their certificate also names the lists of neighbours that are shown beside them."""
    signed = exceptions(State(programme.folder))
    protected = protect(
        tables, rules_of(programme.form), programme.register, programme.form.headlines, signed
    )
    return replace(protected, certificate=protected.certificate.naming(neighbour_notes(intake.sources)))


@dataclass(frozen=True)
class _Writer:
    """Writes editions beside the build, or takes over what would be written again byte for byte.

    Where the two editions say the same, the public one is written first, of public tables, and the internal
    one takes what they have in common (`shared`).
    """

    to: Path
    fresh: Path
    cache: Cache
    say: Callable[[str], None]
    are_alike: bool
    shared: Shared = field(default_factory=Shared)

    def write(
        self,
        ready: Publication,
        certify: Callable[[Path], dict[str, Any]],
        problems: Sequence[Problem] | None = None,
        inside: Inside | None = None,
    ) -> None:
        """One edition with its certificate; the internal one with what is wrong in what came in, and more."""
        folder = self.fresh / ready.edition
        if not folder.exists() and not self._is_taken_over(ready):
            folder.mkdir(parents=True)
            self._write_files(ready, folder)
        if problems is not None:
            write_problems(folder / "problems" / "problems.csv", problems)
        if inside is not None:
            inside.write(folder, ready)
        certificate = folder / CERTIFICATE
        _write_json(certificate, certify(folder))
        self.cache.put(edition_key(ready), [], sha256_of(certificate))

    @contextmanager
    def ahead(self, ready: Publication, shut: Sequence[Path]) -> Iterator[None]:
        """Meanwhile writes the public edition in a process that cannot open what is internal.

        Where the two editions say the same, so that nothing is internal, it is written before. Where it is as
        it was, it is taken over.
        """
        folder = self.fresh / ready.edition
        if self._is_taken_over(ready):
            yield
            return
        folder.mkdir(parents=True)
        if self.are_alike:
            self._write_files(ready, folder)
            yield
            return
        started = PublicProcess.start(ready, folder, shut)
        try:
            yield
        except BaseException:
            started.stop()
            raise
        started.finish()

    def _write_files(self, ready: Publication, folder: Path) -> None:
        """What is kept was made of public tables where the editions are alike, else of internal ones."""
        made_of = "public" if self.are_alike else ready.edition
        kept = Made(self.cache, made_of, code_of("publish", "core"))
        write_edition(ready, folder, self.shared if self.are_alike else None, kept, self.say)

    def _is_taken_over(self, ready: Publication) -> bool:
        """Copies the edition of the last build where it would be written again byte for byte."""
        kept = self.cache.get(edition_key(ready))
        return kept is not None and take_over(self.to / ready.edition, kept[1], self.fresh / ready.edition)


def write_problems(path: Path, problems: Sequence[Problem]) -> None:
    """Writes `problems.csv` (design/contracts.md, "Problems")."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PROBLEM_COLUMNS)
        writer.writerows([lifeless(cell) for cell in problem] for problem in problems)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
