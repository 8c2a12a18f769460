"""Which mapping a delivered file is read by: the one named, or the one its programme has for it."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Declared:
    """A mapping with the names of files that it is for."""

    mapping: ReturnMapping
    files: tuple[str, ...]

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
    for path in sources:
        for id_, table in read_toml(path, path.name, mistakes).get("source", {}).items():
            tables[id_] = table, f"{path.name} [source.{id_}]"
    plain = {id_: table for id_, (table, _) in tables.items()}
    found = []
    for id_, (_, where) in tables.items():
        given = extended(id_, plain, where, mistakes)
        if given is None or given.get("abstract") or given.get("layout") != "return" or "joins" in given:
            continue
        mapping = to_mapping(id_, given, where, mistakes, register)
        if mapping:
            found.append(Declared(mapping, tuple(given.get("files", ()))))
    if mistakes:
        raise ProgrammeRefused(sorted(mistakes))
    return found


def programme_of(path: Path) -> Path | None:
    """The nearest folder above a file that is a programme's."""
    return next((folder for folder in path.resolve().parents if (folder / "programme.toml").is_file()), None)


@dataclass(frozen=True)
class Mappings:
    """Where mappings come from: a file that was named, or a programme's; and the force that was named.

    `force` is a force's name or area code, or the id of one of the sources.
    """

    declared: tuple[Declared, ...]
    register: Register
    force: str = ""
    is_named: bool = False

    def of(self, path: Path) -> ReturnMapping | None:
        """The one mapping meant for a file, by the force and the file's name; None where there is none.

        Raises:
            UsageError: several could be meant.
        """
        candidates = self._of_force()
        meant = [one for one in candidates if one.is_for(path)]
        if not meant and (self.force or self.is_named):
            meant = candidates
        if len(meant) > 1:
            ids = ", ".join(one.mapping.id for one in meant)
            what = f"{path.name}: several mappings could be meant."
            raise UsageError(f"{what} Name one of them with --force: {ids}.")
        return meant[0].mapping if meant else None

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


def mappings(toml: Path | None, programme: Path | None, force: str, files: list[Path]) -> Mappings:
    """The mappings of a file that is named, or else of a programme, named or found above the first file.

    Raises:
        ProgrammeRefused: with every mistake in them.
    """
    register = Register.shipped()
    if toml:
        return Mappings(tuple(declared_in([toml], register)), register, force, is_named=True)
    folder = programme or (programme_of(files[0]) if files else None)
    sources = sorted((folder / "sources").glob("*.toml")) if folder else []
    return Mappings(tuple(declared_in(sources, register)), register, force)
