"""Which mapping a delivered file is read by: the one named, or the one its programme has for it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake, ProgrammeRefused, UsageError
from fullpicture.programme.mapping_draft import force_code
from fullpicture.programme.return_form import to_mapping
from fullpicture.programme.source_form import extended
from fullpicture.programme.toml import read_toml
from fullpicture.programme.undecided import undecided


@dataclass(frozen=True)
class Declared:
    """A mapping with the names of files that it is for, and how many of its lines nobody has decided."""

    mapping: ReturnMapping
    files: tuple[str, ...]
    undecided: int = 0

    def is_for(self, path: Path) -> bool:
        """Whether the file is called as one of its files; the folder does not matter."""
        return any(fnmatch(path.name, Path(pattern).name) for pattern in self.files)


def declared_in(sources: list[Path], register: Register) -> list[Declared]:
    """Every return that these TOML files declare.

    Raises:
        ProgrammeRefused: with every mistake in their returns.
    """
    mistakes: list[Mistake] = []
    tables: dict[str, tuple[Mapping[str, Any], str]] = {}
    marked: Counter[str] = Counter()
    for path in sources:
        marked.update(undecided(path))
        for id_, table in read_toml(path, path.name, mistakes).get("source", {}).items():
            tables[id_] = table, f"{path.name} [source.{id_}]"
    plain = {id_: table for id_, (table, _) in tables.items()}
    found = []
    for id_, (_, where) in tables.items():
        given = extended(id_, plain, where, mistakes)
        if given is None or given.get("abstract") or not _maps_a_file(given):
            continue
        mapping = to_mapping(id_, given, where, mistakes, register)
        if mapping:
            found.append(Declared(mapping, tuple(given.get("files", ())), marked[id_]))
    if mistakes:
        raise ProgrammeRefused(sorted(mistakes))
    return found


def _register(folder: Path | None) -> Register:
    """The areas of a programme, which may have forces of its own."""
    areas = folder / "areas.csv" if folder else None
    if areas is None or not areas.is_file():
        return Register.shipped()
    with areas.open(encoding="utf-8-sig", newline="") as lines:
        return Register.shipped().changed_by(list(csv.DictReader(lines)))


def programme_of(path: Path) -> Path | None:
    """The nearest folder above a file that is a programme's."""
    return next((folder for folder in path.resolve().parents if (folder / "programme.toml").is_file()), None)


def _maps_a_file(given: Mapping[str, Any]) -> bool:
    """Whether a source is one force's return; what joins returns has no fields of its own."""
    return given.get("layout") == "return" and "field" in given


@dataclass(frozen=True)
class Mappings:
    """Where mappings come from: a file that was named, or a programme's; and the force that was named.

    `force` is a force's name or area code, or the id of one of the sources.
    """

    declared: tuple[Declared, ...]
    register: Register
    force: str = ""
    is_named: bool = False

    def of(self, path: Path) -> tuple[ReturnMapping, ...]:
        """The mapping meant for a file, by the force and the file's name, or one for each of its sheets.

        Raises:
            UsageError: several could be meant for the same rows.
        """
        candidates = self._of_force()
        meant = [one for one in candidates if one.is_for(path)]
        if not meant and (self.force or self.is_named):
            meant = candidates
        if len({one.mapping.reading.sheet for one in meant}) < len(meant):
            ids = ", ".join(one.mapping.id for one in meant)
            what = f"{path.name}: several mappings could be meant."
            raise UsageError(f"{what} Name one of them with --force: {ids}.")
        return tuple(one.mapping for one in meant)

    def undecided(self, mapping: ReturnMapping | None) -> int:
        """How many lines of a mapping nobody has decided yet."""
        return sum(one.undecided for one in self.declared if mapping and one.mapping.id == mapping.id)

    @property
    def police_force(self) -> str:
        """The area code of the force that was named, "" where none was."""
        if not self.force:
            return ""
        by_id = [one.mapping.police_force for one in self.declared if one.mapping.id == self.force]
        return by_id[0] if by_id else force_code(self.force, self.register)

    def _of_force(self) -> list[Declared]:
        by_id = [one for one in self.declared if one.mapping.id == self.force]
        if by_id or not self.force:
            return by_id or list(self.declared)
        return [one for one in self.declared if one.mapping.police_force == self.police_force]


def register_for(programme: Path | None, beside: Path) -> Register:
    """The areas of a programme, named or found above a file; those that are shipped where there is none."""
    return _register(programme or programme_of(beside))


def mappings(toml: Path | None, programme: Path | None, force: str, files: list[Path]) -> Mappings:
    """The mappings of a file that is named, or else of a programme, named or found above the first file.

    Raises:
        ProgrammeRefused: with every mistake in them.
    """
    folder = programme or (programme_of(toml or files[0]) if toml or files else None)
    register = _register(folder)
    if toml:
        declared = tuple(declared_in([toml], register))
        if not declared:
            what = f'{toml.name}: no [source.<id>] with layout = "return" and fields is in it.'
            raise UsageError(f"{what} fullpicture map --to writes one.")
        return Mappings(declared, register, force, is_named=True)
    sources = sorted((folder / "sources").glob("*.toml")) if folder else []
    return Mappings(tuple(declared_in(sources, register)), register, force)
