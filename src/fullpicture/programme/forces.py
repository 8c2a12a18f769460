"""Which forces are meant: by code, name or alias, or all that a programme's returns should come from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from fullpicture.core.area import POLICE_LEVELS
from fullpicture.core.areas import Register
from fullpicture.core.errors import UsageError
from fullpicture.core.period import Period

_AREA = "police force area"


class ReturnSource(Protocol):
    """What is needed of a source to know which forces it comes from."""

    @property
    def layout(self) -> str: ...
    @property
    def covers(self) -> str: ...
    @property
    def base_levels(self) -> tuple[str, ...]: ...


def register_of(programme: Path) -> Register:
    """The areas of a programme folder, read without the rest of it: a fault elsewhere does not stop the desk.

    Raises:
        ProgrammeRefused: `areas.csv` has mistakes.
        UsageError: this is no programme folder.
    """
    if not (programme / "programme.toml").is_file():
        raise UsageError(f"{programme}: there is no programme.toml in it. Name a programme folder.")
    path = programme / "areas.csv"
    if not path.exists():
        return Register.shipped()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return Register.shipped().changed_by(list(csv.DictReader(lines)))


def named(names: Iterable[str], register: Register) -> tuple[str, ...]:
    """Codes of the forces that people name, each once.

    Raises:
        UsageError: names that no force has; all of them, each with the nearest.
    """
    codes, unknown = [], []
    for name in names:
        code = register.find(name, POLICE_LEVELS)
        if code is not None:
            codes.append(code)
            continue
        near = register.nearest(name, POLICE_LEVELS)
        hint = f"Did you mean {near}?" if near else "Write its name or code as in areas.csv."
        unknown.append(f"--force {name}: no force is called so. {hint}")
    if unknown:
        raise UsageError("\n".join(unknown))
    return tuple(dict.fromkeys(codes))


def expected(sources: Sequence[ReturnSource], register: Register, period: Period) -> tuple[str, ...]:
    """Codes of all forces that should send a return: the force areas, in use then, of what the returns cover.

    Returns are requested before any is mapped: where no source is one yet, of what the other sources cover.

    Raises:
        UsageError: no source covers any force's area.
    """
    codes = [
        code
        for source in [source for source in sources if source.layout == "return"] or sources
        if _AREA in source.base_levels and source.covers
        for code in register.base_members(source.covers, _AREA)
        if register.area(code).existed_in(period)
    ]
    if not codes:
        raise UsageError(
            "--all: no source of this programme says which forces it covers. Name them: --force."
        )
    return tuple(dict.fromkeys(codes))
