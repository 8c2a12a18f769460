"""`fullpicture themes agree`: two files of coded answers, held against each other theme by theme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fullpicture.analyse.themes.agreement import Agreement, alpha_with_interval, kappa_with_interval
from fullpicture.collect.reading import read
from fullpicture.collect.source import Reading
from fullpicture.core.errors import SourceRefused, UsageError
from fullpicture.programme.theming import BETWEEN


@dataclass(frozen=True)
class ThemeAgreement:
    """One theme: how many answers each coder gave it, how many both did, and kappa."""

    theme: str
    both: int
    first: int
    second: int
    kappa: Agreement


@dataclass(frozen=True)
class CodersAgreement:
    """All themes, then alpha over every answer and theme; `alone` is how many answers only one coder has."""

    themes: tuple[ThemeAgreement, ...]
    alpha: Agreement
    answers: int
    alone: int


def agreement(one: Path, other: Path, id_: str = "id", themes: str = "themes") -> CodersAgreement:
    """Compares two coders on the answers that both have.

    Raises:
        SourceRefused: a file cannot be read, or has not the columns.
        UsageError: the two have no answer in common.
    """
    first, second = codings(one, id_, themes), codings(other, id_, themes)
    both = sorted(first.keys() & second.keys())
    if not both:
        raise UsageError(
            f"{one.name} and {other.name} have no id in common. Give two codings of the same answers."
        )
    found, all_first, all_second = [], list[bool](), list[bool]()
    for theme in sorted({theme for coding in (first, second) for id_ in both for theme in coding[id_]}):
        said, heard = [theme in first[id_] for id_ in both], [theme in second[id_] for id_ in both]
        counts = (sum(map(bool.__and__, said, heard)), sum(said), sum(heard))
        found.append(ThemeAgreement(theme, *counts, kappa_with_interval(said, heard)))
        all_first += said
        all_second += heard
    alpha = alpha_with_interval([all_first, all_second])
    return CodersAgreement(tuple(found), alpha, len(both), len(first.keys() ^ second.keys()))


def codings(path: Path, id_: str = "id", themes: str = "themes") -> dict[str, frozenset[str]]:
    """The themes of each answer: joined in one cell, or a row for every answer and theme with `assigned`."""
    rows = read(path, Reading()).rows
    names = set(rows.column_names)
    if {id_, "theme", "assigned"} <= names:
        found: dict[str, set[str]] = {}
        for each, theme, given in zip(
            *(rows[name].to_pylist() for name in (id_, "theme", "assigned")), strict=True
        ):
            found.setdefault(each, set()).update([theme] if given == "1" else [])
        return {each: frozenset(given) for each, given in found.items()}
    missing = [name for name in (id_, themes) if name not in names]
    if missing:
        mend = "Name the columns with --id and --themes."
        raise SourceRefused(path.name, f"there is no column {' or '.join(missing)}.", mend)
    cells = zip(rows[id_].to_pylist(), rows[themes].to_pylist(), strict=True)
    return {each: frozenset(filter(None, map(str.strip, cell.split(BETWEEN)))) for each, cell in cells}
