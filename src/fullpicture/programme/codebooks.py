"""A codebook as people write it: TOML with a table for each theme, or CSV with `theme,description`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fullpicture.analyse.themes.codebook import Codebook, Theme
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.forms import STRICT
from fullpicture.programme.toml import checked, nearest_hint, read_toml


@dataclass(frozen=True)
class ThemeForm:
    """`[theme.<id>]` of a codebook."""

    __pydantic_config__ = STRICT
    name: str
    what_it_is: str = ""
    what_it_is_not: str = ""
    examples: list[str] = field(default_factory=list)
    merged_into: str = ""
    retired: bool = False
    split_into: list[str] = field(default_factory=list)
    formerly: list[str] = field(default_factory=list)


def read_codebook(path: Path) -> Codebook:
    """Reads a codebook.

    Raises:
        ProgrammeRefused: every mistake in it.
    """
    mistakes: list[Mistake] = []
    version, given = 1, dict[str, Any]()
    if path.suffix.lower() != ".csv":
        given = read_toml(path, path.name, mistakes)
        version = _version(given.pop("version", 1), path.name, mistakes)
    themes = _from_csv(path, mistakes) if path.suffix.lower() == ".csv" else _from_toml(path, given, mistakes)
    found = tuple(themes)
    if not found and not mistakes:
        mistakes.append(Mistake(path.name, "there is no theme here.", "Write one at least."))
    if not mistakes:
        try:
            return Codebook(found, version)
        except ValueError as error:
            mistakes.append(Mistake(path.name, str(error), "Mend the themes named."))
    raise ProgrammeRefused(mistakes)


def read_codebooks(folder: Path, mistakes: list[Mistake]) -> dict[str, Codebook]:
    """The codebooks of a programme folder by the name of their file, without its ending."""
    found: dict[str, Codebook] = {}
    for path in sorted((folder / "codebooks").glob("*")):
        if path.suffix.lower() not in (".toml", ".csv") or path.name.startswith("."):
            continue
        try:
            found[path.stem] = read_codebook(path)
        except ProgrammeRefused as refused:
            mistakes += refused.mistakes
    return found


def _version(given: Any, name: str, mistakes: list[Mistake]) -> int:
    if isinstance(given, int) and given > 0:
        return given
    mistakes.append(Mistake(f"{name} version", "this is no version.", "Write version = 1 or leave it out."))
    return 1


def _from_toml(path: Path, given: Mapping[str, Any], mistakes: list[Mistake]) -> Iterable[Theme]:
    for key, tables in given.items():
        if key != "theme":
            hint = nearest_hint(key, ["theme", "version"])
            mistakes.append(Mistake(f"{path.name} {key}", "this key is not known here.", hint))
            continue
        for id_, given in tables.items():
            form = checked(ThemeForm, given, f"{path.name} [theme.{id_}]", mistakes)
            if form:
                said = (form.what_it_is, form.what_it_is_not, tuple(form.examples))
                lists = (tuple(form.split_into), tuple(form.formerly))
                yield Theme(id_, form.name, *said, form.merged_into, form.retired, *lists)


def _from_csv(path: Path, mistakes: list[Mistake]) -> Iterable[Theme]:
    """A theme's name is its id, too."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError):
        mistakes.append(Mistake(path.name, "this cannot be read as CSV in UTF-8.", "Save it as such."))
        return
    for number, row in enumerate(rows, start=2):
        name = (row.get("theme") or "").strip()
        if not name:
            mend = "A codebook has the columns theme,description."
            mistakes.append(Mistake(f"{path.name}:{number}", "there is no theme.", mend))
        else:
            yield Theme(name, name, (row.get("description") or "").strip())
