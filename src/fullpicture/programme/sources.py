"""Collects a programme's sources: files found and hashed, rows in our terms, kept where unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fullpicture.collect import collect
from fullpicture.collect.delivered import Collected
from fullpicture.collect.source import Source
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused
from fullpicture.core.period import Period
from fullpicture.core.problem import Problem
from fullpicture.core.table import SourceNote
from fullpicture.programme.cache import Cache, code_of, fingerprint, sha256_of
from fullpicture.programme.load import Programme


@dataclass(frozen=True)
class Delivery:
    """A collected source with the hashes of its files and the key under which it is kept."""

    source: Source
    collected: Collected
    files: tuple[tuple[str, str], ...]
    key: str

    @property
    def note(self) -> SourceNote:
        """What is printed under a table made of it."""
        source = self.source
        return SourceNote(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            licence=source.licence,
            published=source.published,
            caveat=source.caveat,
            next_update=source.next_update,
            files=self.files,
        )

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods found in it, earliest first."""
        pairs = self.collected.table.select(["period_kind", "period"]).group_by(["period_kind", "period"])
        rows = pairs.aggregate([]).to_pylist()
        periods = [Period(row["period_kind"], row["period"]) for row in rows]
        return tuple(sorted(periods, key=lambda period: (period.last_day, period.first_day)))


def deliveries(programme: Programme, cache: Cache, watch: Callable[[str], None]) -> dict[str, Delivery]:
    """Every source that an indicator reads, collected.

    Raises:
        ProgrammeRefused: files missing or unreadable, all of them named.
    """
    found: dict[str, Delivery] = {}
    mistakes: list[Mistake] = []
    used = dict.fromkeys(id_ for indicator in programme.indicators.values() for id_ in indicator.sources)
    for id_ in used:
        watch(programme.sources[id_].title)
        try:
            found[id_] = _delivery(programme, programme.sources[id_], cache)
        except SourceRefused as refused:
            mistakes.append(refused.mistake)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return found


def files_of(source: Source, data: Path) -> dict[str, Path]:
    """The source's files by their name within the data folder; patterns are filled, in order of names."""
    found: dict[str, Path] = {}
    for pattern in source.files:
        if not any(sign in pattern for sign in "*?["):
            found[pattern] = data / pattern
            continue
        matches = sorted(path for path in data.glob(pattern) if not path.name.startswith(("~$", ".")))
        if not matches:
            raise SourceRefused(
                pattern, "no file has such a name.", f"Put the files into the data folder {data.name}/."
            )
        found |= {path.relative_to(data).as_posix(): path for path in matches}
    return found


def _delivery(programme: Programme, source: Source, cache: Cache) -> Delivery:
    paths = files_of(source, programme.data)
    hashes = tuple((name, sha256_of(path) if path.is_file() else "") for name, path in paths.items())
    columns, code = _columns(programme, source.id), code_of("collect", "core")
    key = fingerprint(source, hashes, columns, programme.register.areas, code)
    found = _kept(source, cache, key)
    if found is None:
        found = collected(programme, source, paths)
        problems = [list(problem) for problem in found.problems]
        notes = {"rows_in": found.rows_in, "refused": dict(found.refused), "problems": problems}
        cache.put(key, [found.table], notes)
    return Delivery(source, found, hashes, key)


def collected(programme: Programme, source: Source, paths: Mapping[str, Path]) -> Collected:
    """The source's rows in our terms, with the columns that the programme's indicators use."""
    dimensions, measures = _columns(programme, source.id)
    return collect(source, programme.data, programme.register, dimensions, measures, files=paths)


def _kept(source: Source, cache: Cache, key: str) -> Collected | None:
    kept = cache.get(key)
    if kept is None:
        return None
    (table,), notes = kept
    problems = tuple(Problem(*row) for row in notes["problems"])
    return Collected(source.id, table, notes["rows_in"], notes["refused"], problems)


def _columns(programme: Programme, source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dimensions and measures that any indicator takes from the source."""

    def together(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted({name for group in names for name in group}))

    indicators = [one for one in programme.indicators.values() if source in one.sources]
    dimensions = together(indicator.dimensions_of(source) for indicator in indicators)
    return dimensions, together(indicator.measures_of(source) for indicator in indicators)


def problem_rows(found: Mapping[str, Delivery]) -> list[Problem]:
    """Every problem of every source, in the order of the sources."""
    return [problem for delivery in found.values() for problem in delivery.collected.problems]
