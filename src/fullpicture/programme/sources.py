"""Collects a programme's sources: files found and hashed, rows in our terms, kept where unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fullpicture.collect import collect
from fullpicture.collect.delivered import Collected
from fullpicture.collect.neighbours import LAYOUT, collect_neighbours
from fullpicture.collect.not_supplied import not_supplied
from fullpicture.collect.source import Source
from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused
from fullpicture.core.period import Period, PeriodKind
from fullpicture.core.problem import Problem
from fullpicture.core.table import SourceNote
from fullpicture.programme.cache import Cache, code_of, sha256_of
from fullpicture.programme.files import files_of
from fullpicture.programme.load import Programme
from fullpicture.programme.national import national
from fullpicture.programme.receiving import Received, Reception
from fullpicture.programme.usage import Collector
from fullpicture.programme.vintages import Store
from fullpicture.programme.voices import Voices, voices_of


@dataclass(frozen=True)
class Delivery:
    """A collected source with the hashes of its files and the key under which it is kept.

    `years` names the forces whose returns give years and no days, and not those of recording.
    """

    source: Source
    collected: Collected
    files: tuple[tuple[str, str], ...]
    key: str
    years: Mapping[str, str] = field(default_factory=dict)

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
            files=self.files if source.published else (),
            missing=source.not_supplied.why if source.not_supplied and not self.files else "",
        )

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods found in it, earliest first; of files not supplied the one that they would have."""
        if self.note.missing and self.source.not_supplied:
            return (self.source.not_supplied.period,)
        pairs = self.collected.table.select(["period_kind", "period"]).group_by(["period_kind", "period"])
        rows = pairs.aggregate([]).to_pylist()
        periods = [Period(row["period_kind"], row["period"]) for row in rows]
        return tuple(sorted(periods, key=lambda period: (period.last_day, period.first_day)))


@dataclass(frozen=True)
class Intake:
    """Everything that came in: sources that indicators read, and the returns that some of them join.

    `checks` are what the sources say against themselves, once their figures are known; `voices` has the words
    of sources of answers, with their themes.
    """

    sources: Mapping[str, Delivery]
    returns: Mapping[str, Received]
    checks: tuple[Problem, ...] = ()
    voices: Mapping[str, Voices] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Every problem of every source, in the order of the programme's files."""
        found = [problem for one in self.returns.values() for problem in one.problems]
        found += [problem for one in self.sources.values() for problem in one.collected.problems]
        return [*found, *self.checks]

    def with_checks(self, checks: Iterable[Problem]) -> Intake:
        """The same with what its sources say against themselves."""
        return replace(self, checks=tuple(checks))

    @property
    def failed(self) -> tuple[int, int]:
        """How many returns could not be read, and how many there are."""
        return sum(one.vintage is None for one in self.returns.values()), len(self.returns)

    @property
    def files(self) -> list[tuple[str, str]]:
        """Every file that was read, with its SHA-256, each once."""
        returned = {file for one in self.returns.values() for file in one.files}
        return sorted(returned | {file for one in self.sources.values() for file in one.files})


def take_in(programme: Programme, cache: Cache, by: Collector, watch: Callable[[str], None]) -> Intake:
    """Receives every return, and collects every source that an indicator reads.

    Args:
        by: who takes in returns that were not here before, when and why, for the log of use.

    Raises:
        ProgrammeRefused: files missing or unreadable, all of them named; a return that is so is a problem.
    """
    reception = Reception.of(programme.returns, programme.folder, programme.data, by)
    returns = reception.receive_all(watch) if programme.returns.sources else {}
    sources = _deliveries(programme, cache, Returned(returns, reception.store), watch)
    voices = {
        id_: read_voices(programme, one.source)
        for id_, one in sources.items()
        if one.source.has_words and one.files
    }
    return Intake(sources, returns, voices=voices)


@dataclass(frozen=True)
class Returned:
    """The returns taken in, with the store that their records are in."""

    received: Mapping[str, Received]
    store: Store


def _deliveries(
    programme: Programme, cache: Cache, returned: Returned, watch: Callable[[str], None]
) -> dict[str, Delivery]:
    found: dict[str, Delivery] = {}
    mistakes: list[Mistake] = []
    used = dict.fromkeys(id_ for indicator in programme.indicators.values() for id_ in indicator.sources)
    used |= dict.fromkeys(id_ for id_, source in programme.sources.items() if source.layout == LAYOUT)
    for id_ in used:
        watch(programme.sources[id_].title)
        try:
            source = programme.sources[id_]
            made = _joined(programme, source, cache, returned) if source.joins else None
            found[id_] = made or _delivery(programme, source, cache)
        except SourceRefused as refused:
            mistakes.append(refused.mistake)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return found


def _joined(programme: Programme, source: Source, cache: Cache, returned: Returned) -> Delivery:
    """A national record: it follows from the vintages of the returns that it joins, and from the rule."""
    parts = [returned.received[id_] for id_ in source.joins]
    vintages = [(one.source.id, one.vintage.id if one.vintage else "") for one in parts]
    columns = _columns(programme, source.id)
    source = replace(source, period_kinds=source.period_kinds or _kinds_asked(programme, source.id))
    code = code_of("collect", "core", "analyse", "programme")
    key = fingerprint(source, vintages, columns, programme.returns.csae, code)
    found = _kept(source, cache, key)
    if found is None:
        found = national(source, parts, returned.store, programme.returns.csae, columns)
        cache.put(key, [found.table], {"rows_in": found.rows_in, "refused": {}, "problems": []})
    files = tuple(sorted({file for one in parts for file in one.files}))
    return Delivery(source, found, files, key, _years(parts))


def _years(parts: Sequence[Received]) -> dict[str, str]:
    """What the years are of that returns give in place of days, by force, where they are not of recording."""
    found = {}
    for one in parts:
        fields = {field.name: field for field in one.source.mapping.fields}
        year = fields.get("recorded_year")
        if one.vintage and year and year.basis != "recorded" and "recorded_on" not in fields:
            found[one.source.mapping.police_force] = year.basis
    return found


def _kinds_asked(programme: Programme, source: str) -> tuple[PeriodKind, ...]:
    """Kinds of period that indicators ask of a record; a year is made of quarters that are asked for."""
    asked = {kind for one in programme.indicators.values() if source in one.sources for kind in one.periods}
    asked -= {"financial-part", *(["financial"] if "financial-quarter" in asked else [])}
    return tuple(sorted(asked))


def _delivery(programme: Programme, source: Source, cache: Cache) -> Delivery:
    paths = files_of((*source.files, *_codes_of(source)), programme.data)
    columns, code = _columns(programme, source.id), code_of("collect", "core")
    if source.not_supplied and not any(path.exists() for path in paths.values()):
        empty = not_supplied(source, source.not_supplied, *columns)
        return Delivery(source, empty, (), fingerprint(source, columns, code))
    hashes = tuple((name, sha256_of(path) if path.is_file() else "") for name, path in paths.items())
    codebook = programme.codebooks.get(source.codebook)
    if codebook is not None:
        code = code_of("collect", "core", "analyse", "programme")
    key = fingerprint(source, hashes, columns, programme.register.areas, codebook, code)
    found = _kept(source, cache, key)
    if found is None:
        found = collected(programme, source, paths)
        problems = [list(problem) for problem in found.problems]
        notes = {"rows_in": found.rows_in, "refused": dict(found.refused), "problems": problems}
        notes["kept"] = found.kept
        cache.put(key, [found.table, *([] if found.labels is None else [found.labels])], notes)
    return Delivery(source, found, hashes, key)


def collected(programme: Programme, source: Source, paths: Mapping[str, Path]) -> Collected:
    """The source's rows in our terms, with the columns that the programme's indicators use."""
    if source.layout == LAYOUT:
        return collect_neighbours(source, programme.register, paths)
    dimensions, measures = _columns(programme, source.id)
    if source.has_words:
        return read_voices(programme, source, dimensions).collected(dimensions)
    return collect(source, programme.data, programme.register, dimensions, measures, files=paths)


def read_voices(programme: Programme, source: Source, dimensions: Sequence[str] = ()) -> Voices:
    """A source's answers with the themes that people and the machine gave them.

    Raises:
        SourceRefused: a file is missing, or cannot be read as declared.
    """
    paths = files_of((*source.files, *_codes_of(source)), programme.data)
    return voices_of(source, programme.codebooks[source.codebook], programme.register, dimensions, paths)


def with_codes(source: Source) -> Source:
    """The source with the files of its codes among its files: they go when its answers go."""
    return replace(source, files=(*source.files, *_codes_of(source)))


def _codes_of(source: Source) -> tuple[str, ...]:
    return tuple(filter(None, (*source.coded, source.assigned, source.key)))


def _kept(source: Source, cache: Cache, key: str) -> Collected | None:
    kept = cache.get(key)
    if kept is None:
        return None
    (table, *labels), notes = kept
    problems = tuple(Problem(*row) for row in notes["problems"])
    refused, label = notes["refused"], labels[0] if labels else None
    return Collected(source.id, table, notes["rows_in"], refused, problems, label, notes.get("kept"))


def _columns(programme: Programme, source: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dimensions and measures that any indicator takes from the source."""

    def together(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        return tuple(sorted({name for group in names for name in group}))

    indicators = [one for one in programme.indicators.values() if source in one.sources]
    dimensions = together(indicator.dimensions_of(source) for indicator in indicators)
    return dimensions, together(indicator.measures_of(source) for indicator in indicators)
