"""Plants a fault: one row of a clean return is spoilt, or a row is added, or the whole file is spoilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from tests.faults_planted.clean import Row, read_day, written

Family = Literal["dates", "outcomes", "offences", "ages", "links", "duplicates", "mapping", "coverage"]
PREFIXES: dict[Family, str] = {
    "dates": "DAT",
    "outcomes": "OUT",
    "offences": "OFF",
    "ages": "AGE",
    "links": "LNK",
    "duplicates": "DUP",
    "mapping": "MAP",
    "coverage": "COV",
}
Rows = list[Row]
Spoil = Callable[[Row, Rows], "Rows | None"]
"""Changes the row; what it returns are rows to be added. The second are all rows of the return."""


@dataclass(frozen=True)
class Fault:
    """One fault: what is wrong in a sentence, where it should be reported, which rows it can be planted in.

    Args:
        with_same: headers; rows that share such a cell with the spoilt one may be named instead of it.
        of_file: the file as a whole is spoilt, so that no row need be named.
    """

    name: str
    says: str
    family: Family
    spoil: Spoil
    fits: Callable[[Row, Rows], bool]
    with_same: tuple[str, ...] = ()
    of_file: bool = False


@dataclass(frozen=True)
class Planted:
    """A return with one fault in it, and the numbers of the rows (as in the file) that have to do with it."""

    fault: Fault
    rows: Rows
    at: frozenset[int]


FAULTS: list[Fault] = []


def anywhere(row: Row, rows: Rows) -> bool:
    """Any row whose crime and people have no other row, so that rows cannot contradict each other."""
    return not any(shared(row, rows, header) for header in ("Crime number", "Victim ref", "Suspect ref"))


def shared(row: Row, rows: Rows, header: str) -> bool:
    """Whether another row has the same crime or person."""
    return bool(row[header]) and sum(other[header] == row[header] for other in rows) > 1


def where(**cells: str | tuple[str, ...]) -> Callable[[Row, Rows], bool]:
    """Rows alone in their crime, with these cells; headers with _ for a space, `True` for any text."""
    wanted = {
        name.replace("_", " "): (cell,) if isinstance(cell, str) else cell for name, cell in cells.items()
    }

    def fits(row: Row, rows: Rows) -> bool:
        return anywhere(row, rows) and all(
            bool(row[name]) if cell == ("*",) else row[name] in cell for name, cell in wanted.items()
        )

    return fits


def fault(
    family: Family,
    says: str,
    fits: Callable[[Row, Rows], bool] = anywhere,
    with_same: tuple[str, ...] = (),
    *,
    of_file: bool = False,
) -> Callable[[Spoil], Spoil]:
    """Puts a function that spoils a row into the catalogue."""

    def take(spoil: Spoil) -> Spoil:
        FAULTS.append(Fault(spoil.__name__, says, family, spoil, fits, with_same, of_file))
        return spoil

    return take


def cell_fault(family: Family, name: str, says: str, fits=anywhere, **cells: str) -> None:
    """A fault that is one or more cells with a wrong text."""

    def spoil(row: Row, rows: Rows) -> None:
        row.update({header.replace("_", " "): text for header, text in cells.items()})

    FAULTS.append(Fault(name, says, family, spoil, fits))


def plant(faults: Sequence[Fault], clean: Rows, rng: np.random.Generator) -> list[Planted]:
    """Plants each fault once into a copy of a clean return, at random rows of those that it fits.

    They have no row in common.
    """
    rows = [dict(row) for row in clean]
    meant: list[list[int]] = []
    for one in faults:
        meant.append(_spoilt(one, rows, rng, taken={place for places in meant for place in places}))
    numbers = {id(row): place + 2 for place, row in enumerate(rows)}
    at = (frozenset(numbers[place] for place in places if place in numbers) for places in meant)
    return [Planted(one, rows, numbered) for one, numbered in zip(faults, at, strict=True)]


def _spoilt(one: Fault, rows: Rows, rng: np.random.Generator, taken: set[int]) -> list[int]:
    """The identities of the rows that have to do with the fault, once it is planted."""
    free = [row for row in rows if id(row) not in taken and one.fits(row, rows)]
    assert free, f"no row that {one.name} fits"
    spoilt = free[int(rng.integers(len(free)))]
    before = dict(spoilt)
    added = one.spoil(spoilt, rows) or []
    for row in added:
        rows.insert(int(rng.integers(len(rows) + 1)), row)
    same = [(name, before[name], spoilt[name]) for name in one.with_same]
    beside = [id(row) for row in rows if any(row[name] and row[name] in cells for name, *cells in same)]
    return [id(spoilt), *map(id, added), *beside]


def moved(text: str, days: int) -> str:
    """The day so many days later, or earlier."""
    return written(read_day(text) + timedelta(days=days))


def day_of(text: str) -> date:
    """The day, far in the past where none is written, so that it can be compared."""
    return read_day(text) if text else date.min
