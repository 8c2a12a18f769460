"""`fullpicture build`: a programme folder through all stages to an internal and a public edition."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from fullpicture.core.problem import PROBLEM_COLUMNS, Problem
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.disclosure import Rule, protect
from fullpicture.programme.cache import Cache
from fullpicture.programme.editions import publication
from fullpicture.programme.explain import cache_of, remember_origin
from fullpicture.programme.load import Programme, load
from fullpicture.programme.run_record import run_record
from fullpicture.programme.sources import Delivery, deliveries, problem_rows
from fullpicture.programme.swap import beside, swap_in
from fullpicture.programme.tables import tables_of
from fullpicture.publish import write_data, write_site, write_workbooks
from fullpicture.publish.publication import Edition

Stage = Literal["read", "collect", "analyse", "protect", "publish", "swap"]
Watch = Callable[[Stage, str], None]


@dataclass(frozen=True)
class Build:
    """What a build made: where the editions are, and the record that is in `run.json`."""

    folder: Path
    record: dict[str, Any]
    figures: int
    withheld: int
    problems: int


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
) -> Build:
    """Builds both editions of a programme into `to`, in one step at the end.

    Args:
        folder: the programme folder.
        to: the build folder; it holds the old edition until the new one is complete.
        data: where delivered files are; the programme's `data/` where none is named.
        watch: told of each stage as it begins, and of what it is at.

    Raises:
        ProgrammeRefused: the programme or its files have mistakes; the old edition stays.
        DisclosureError: something would be public that may not be; the old edition stays.
    """
    clock, to = _Clock(watch), Path(to)
    with clock.stage("read"):
        programme = load(Path(folder), Path(data) if data else None)
        cache = Cache(cache_of(to))
        remember_origin(cache_of(to), programme)
    with clock.stage("collect") as say:
        found = deliveries(programme, cache, say)
    with clock.stage("analyse") as say:
        tables = tables_of(programme, found, cache, say)
    with clock.stage("protect"):
        rule = Rule(programme.form.threshold, programme.form.hide_zeros)
        protected = protect(tables, rule, programme.register)
    fresh = beside(to)
    with clock.stage("publish") as say:
        _write(fresh / "internal", "internal", programme, tables, found, say)
        _write(fresh / "public", "public", programme, protected.tables, found, say)
        problems = problem_rows(found)
        write_problems(fresh / "internal" / "problems" / "problems.csv", problems)
        _write_json(
            fresh / "internal" / "certificate.json", protected.certificate.internal(fresh / "internal")
        )
        _write_json(fresh / "public" / "certificate.json", protected.certificate.public(fresh / "public"))
    record = run_record(found, clock.timings)
    _write_json(fresh / "run.json", record)
    with clock.stage("swap"):
        swap_in(fresh, to)
        cache.forget_unused()
    figures = sum(table.figures.num_rows for table in tables)
    return Build(to, record, figures, protected.certificate.hidden, len(problems))


def _write(
    folder: Path,
    edition: Edition,
    programme: Programme,
    tables: Sequence[InternalTable] | Sequence[PublicTable],
    found: dict[str, Delivery],
    say: Callable[[str], None],
) -> None:
    folder.mkdir(parents=True)
    ready = publication(edition, programme, tables, found)
    for what, write in (("site", write_site), ("data", write_data), ("workbooks", write_workbooks)):
        say(f"{edition} {what}")
        write(ready, folder)


def write_problems(path: Path, problems: Sequence[Problem]) -> None:
    """Writes `problems.csv` (design/contracts.md, "Problems")."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PROBLEM_COLUMNS)
        writer.writerows(problems)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
