"""Victims seen again, counted by force: a file and a part of the national matrix, internal alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from fullpicture.publish.blocks import Table
from fullpicture.publish.words import plain

FILE = "repeat-victims.csv"
_HEADERS = ("Force", "Victims", "Linkable", "Linkable (%)", "Repeat", "Repeat here", "Across forces")


@dataclass(frozen=True)
class SeenAgain:
    """Persons that one force saw as victims, or all forces together; a field a column of the file.

    Args:
        police_force: the area code; "ALL" for all forces, where each person counts once.
        linkable: those with a reference, or with a name and a birth date: nobody else can be seen again.
        repeat: victims of two or more crimes, with whichever force.
        repeat_here: victims of two or more crimes of this force.
        across: repeat victims that another force saw as well.
    """

    police_force: str
    force: str
    victims: int
    linkable: int
    repeat: int
    repeat_here: int
    across: int


@dataclass(frozen=True)
class RepeatVictims:
    """Victims seen again by force, with words on what was linked, how and when.

    It is no `InternalTable`, so that nothing makes a public table of it: links are probable in part, and who
    was seen by several forces is known by small counts.
    """

    rows: Sequence[SeenAgain]
    said: str

    @property
    def table(self) -> Table:
        """For the page; how many are linkable stands beside whoever was seen again."""
        rows = [
            [one.force, *(plain(number, 0) for number in (one.victims, one.linkable)), _share(one)]
            + [plain(number, 0) for number in (one.repeat, one.repeat_here, one.across)]
            for one in self.rows
        ]
        return Table("Persons seen as victims, by force", list(_HEADERS), rows)


def write_repeat_victims(repeats: RepeatVictims, folder: Path) -> None:
    """Writes the file into the folder of the returns, which is in the internal edition alone."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        names = [field.name for field in fields(SeenAgain)]
        writer.writerow(names)
        writer.writerows([getattr(one, name) for name in names] for one in repeats.rows)


def _share(one: SeenAgain) -> str:
    return plain(100 * one.linkable / one.victims, 1) if one.victims else "[z]"
