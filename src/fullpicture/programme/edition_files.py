"""An edition as it lies in its folder: its certificate, its figures and what its indicators are."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fullpicture.core.area import Area
from fullpicture.core.areas import Register, in_order
from fullpicture.core.errors import UsageError
from fullpicture.core.figure import FIGURE_COLUMNS, Figure
from fullpicture.core.table import Description
from fullpicture.disclosure import Rules, SignedException
from fullpicture.programme.described import description_of
from fullpicture.programme.reuse import CERTIFICATE

_NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


class Unreadable(Exception):
    """An edition's certificate, figures or indicators cannot be read as such."""


@dataclass(frozen=True)
class EditionFiles:
    """What a reader of the folder can see."""

    folder: Path
    certificate: Mapping[str, Any]
    tables: Sequence[tuple[Description, Sequence[Figure]]]
    register: Register
    rules: Rules
    exceptions: tuple[SignedException, ...]

    @classmethod
    def read(cls, folder: Path) -> EditionFiles:
        """Reads an edition.

        Raises:
            UsageError: there is none, or it has no certificate.
            Unreadable: a file that says what it holds is broken.
        """
        if not (folder / CERTIFICATE).is_file():
            raise UsageError(f"{folder}: there is no {CERTIFICATE} here. Name an edition, as build/public.")
        try:
            return cls._read(folder)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(type(error).__name__) from error

    @classmethod
    def _read(cls, folder: Path) -> EditionFiles:
        certificate = json.loads((folder / CERTIFICATE).read_text(encoding="utf-8"))
        figures = _figures(folder / "figures.csv")
        described = json.loads((folder / "indicators.json").read_text(encoding="utf-8"))
        tables = [(description_of(one), figures.get(one["id"], [])) for one in described]
        signed = tuple(SignedException.from_json(one) for one in certificate["exceptions"])
        rules = Rules.from_json(certificate["rules"])
        return cls(folder, certificate, tables, _register(certificate, figures), rules, signed)

    @property
    def by_id(self) -> dict[str, Figure]:
        """Every figure by its id."""
        return {figure.id: figure for _, figures in self.tables for figure in figures}


def _figures(path: Path) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells = {name: row[name] for name in FIGURE_COLUMNS}
            numbers = {name: float(row[name]) if row[name] else None for name in _NUMBERS}
            found[row["indicator"]].append(Figure(**{**cells, **numbers}))  # type: ignore[arg-type]
    return found


def _register(certificate: Mapping[str, Any], figures: Mapping[str, Sequence[Figure]]) -> Register:
    """The areas of the figures, with what lies in them as the certificate says."""
    below = certificate["areas"]
    named = {f.area_code: (f.area_name, f.area_level) for rows in figures.values() for f in rows}
    areas = [
        Area(code, name, level, members=tuple(below.get(code, ()))) for code, (name, level) in named.items()
    ]
    return Register(in_order(areas))
