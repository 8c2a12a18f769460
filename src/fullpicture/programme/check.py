"""`fullpicture check`: what is wrong with a programme folder or with one delivered file, all at once."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused
from fullpicture.core.problem import Problem
from fullpicture.programme.files import files_of
from fullpicture.programme.load import Programme, load
from fullpicture.programme.receiving import Reception
from fullpicture.programme.return_check import check_return as check_return
from fullpicture.programme.return_check import check_returns as check_returns
from fullpicture.programme.sources import collected
from fullpicture.programme.undecided import undecided
from fullpicture.programme.usage import Collector
from fullpicture.publish.publication import SourceCount


@dataclass(frozen=True)
class Checked:
    """What was found: mistakes that stop a build, problems in rows, and the count of rows by source.

    `undecided` is how many lines of each source's mapping are still marked to be checked.
    """

    mistakes: list[Mistake]
    problems: list[Problem]
    counts: list[SourceCount]
    undecided: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Whether anything stops a build."""
        return bool(self.mistakes)


def check(path: Path | str, data: Path | str | None = None) -> Checked:
    """Checks a programme folder with every file of its sources, or one delivered file by itself.

    A file by itself is read as UTF-8 with its header in the first row: what can be said of it without a
    programme is whether every row can be read.
    """
    path = Path(path)
    return _programme(path, Path(data) if data else None) if path.is_dir() else _file(path)


def _programme(folder: Path, data: Path | None) -> Checked:
    try:
        programme = load(folder, data)
    except ProgrammeRefused as refused:
        return Checked(list(refused.mistakes), [], [])
    checked = Checked([], [], [], _undecided(folder))
    _returns(programme, checked)
    for id_, source in programme.sources.items():
        if source.joins:
            continue
        try:
            found = collected(programme, source, files_of(source.files, programme.data))
        except SourceRefused as refused:
            checked.mistakes.append(refused.mistake)
            continue
        checked.problems.extend(found.problems)
        checked.counts.append(SourceCount(id_, found.rows_in, found.rows_kept, dict(found.refused)))
    return checked


def _undecided(folder: Path) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for path in sorted((folder / "sources").glob("*.toml")):
        counts.update(undecided(path))
    return counts


def _returns(programme: Programme, checked: Checked) -> None:
    """What is wrong with every return; nothing is kept of it."""
    with tempfile.TemporaryDirectory() as nowhere:
        reception = Reception.of(programme.returns, Path(nowhere), programme.data, Collector.by_login())
        for id_, one in reception.receive_all(lambda _: None).items():
            checked.problems.extend(one.problems)
            checked.counts.append(SourceCount(id_, one.rows_in, one.rows_kept, dict(one.refused)))


def _file(path: Path) -> Checked:
    try:
        delivered = read(path, Reading())
    except SourceRefused as refused:
        return Checked([refused.mistake], [], [])
    kept = delivered.rows.num_rows
    count = SourceCount(delivered.file, delivered.rows_in, kept, dict(delivered.refused))
    return Checked([], list(delivered.problems), [count])
