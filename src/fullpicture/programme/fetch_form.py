"""`fetch` of a source's table: at which interface its files are to be had, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullpicture.collect.fetch import Attachment, EducationDataSet, OneFile, StreetCrime
from fullpicture.core.errors import Mistake
from fullpicture.programme.source_form import extended
from fullpicture.programme.toml import NamedTable, checked, nearest_hint

Interface = EducationDataSet | Attachment | StreetCrime | OneFile

INTERFACES: Mapping[str, type[Interface]] = {
    "explore-education-statistics": EducationDataSet,
    "gov.uk": Attachment,
    "police.uk": StreetCrime,
    "file": OneFile,
}
"""What `interface` may say, and what its other keys are."""


@dataclass(frozen=True)
class Fetch:
    """One file of a source, its name within the data folder, and where it is to be had."""

    source: str
    file: str
    interface: Interface


def fetches_of(tables: Sequence[NamedTable], mistakes: list[Mistake]) -> tuple[Fetch, ...]:
    """Everything that the sources say may be fetched, in the order of their files."""
    given = {table.id: table.given for table in tables}
    found: list[Fetch] = []
    for table in tables:
        whole = extended(table.id, given, table.where, [])
        if whole and not whole.get("abstract") and "fetch" in whole:
            found += _of_source(table, whole, mistakes)
    return tuple(found)


def _of_source(table: NamedTable, whole: Mapping[str, Any], mistakes: list[Mistake]) -> list[Fetch]:
    asked = whole["fetch"] if isinstance(whole["fetch"], list) else [whole["fetch"]]
    files = [name for name in whole.get("files", []) if isinstance(name, str)]
    where = f"{table.where} fetch"
    if len(asked) > max(1, len(files)):
        what = f"there are {len(asked)} tables for {len(files)} files."
        mistakes.append(Mistake(where, what, "Write one for each of files, in the same order."))
        return []
    found = []
    for one, file in zip(asked, files, strict=False):
        interface = _interface(one, where, mistakes)
        if interface is not None and _fits(interface, file, where, mistakes):
            found.append(Fetch(table.id, file, interface))
    return found


def _interface(given: Any, where: str, mistakes: list[Mistake]) -> Interface | None:
    if not isinstance(given, dict) or given.get("interface") not in INTERFACES:
        name = str(given.get("interface", "")) if isinstance(given, dict) else ""
        what = f'"{name}" is not an interface.' if name else "this names no interface."
        mistakes.append(Mistake(f"{where} interface", what, nearest_hint(name, list(INTERFACES))))
        return None
    rest = {key: value for key, value in given.items() if key != "interface"}
    return checked(INTERFACES[given["interface"]], rest, where, mistakes)


def _fits(interface: Interface, file: str, where: str, mistakes: list[Mistake]) -> bool:
    """A name that stands for several files is for interfaces that give several."""
    if isinstance(interface, StreetCrime) or not any(sign in file for sign in "*?["):
        return True
    mistakes.append(
        Mistake(where, f'"{file}" stands for several files, and this gives one.', "Name the file.")
    )
    return False
