"""What a planted fault is: the rule it breaks, the rows in which it can be made, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fullpicture.demo.mixed import Born, SplitDay
from fullpicture.demo.parts import Part
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.rows import Rows

Same = Literal["", "crime", "victim", "suspect"]


@dataclass(frozen=True)
class Fault:
    """A fault that can be made in a row.

    Args:
        rule: the code of the rule meant for it.
        needs: the fields a file must deliver, `field` or `field=value` where the value must come through.
        where: the rows in which it can be made.
        change: makes it in some of them.
        changes: the fields that it changes; not possible where a birth day or three columns stand for one.
        refused: the row is not to be kept.
        same: rows of the same crime or person may be named by the rule too; it needs several of them.
        nobody: it needs a file that says that nobody is there with an empty cell.
        takes: what else the file must be like.
    """

    rule: str
    needs: tuple[str, ...]
    where: Callable[[Rows], Flags]
    change: Callable[[Rows, Places], None]
    changes: tuple[str, ...] = ()
    refused: bool = False
    same: Same = ""
    nobody: bool = False
    takes: Callable[[Part], bool] = lambda part: True

    def fits(self, part: Part) -> bool:
        """Whether a file can have it."""
        asked = [need.partition("=")[::2] for need in self.needs]
        return (
            all(part.delivers(name, value) for name, value in asked)
            and not frozen(part) & set(self.changes)
            and (not self.nobody or part.empty == "not recorded")
            and (not self.same or not part.alone)
            and self.takes(part)
        )


def frozen(part: Part) -> set[str]:
    """Fields that cannot be changed alone: ages come from birth days, and days from three columns."""
    found: set[str] = set()
    for column in part.columns:
        if isinstance(column, Born):
            found |= {f"{column.role}_age", f"{column.role}_born_on", "offence_from"}
        if isinstance(column, SplitDay):
            found.add(f"{column.name}, left empty")
    return found


def age_is_at_offence(part: Part) -> bool:
    """Whether the victim's age is that at the offence: rules of offences look at no other."""
    return part.qualifiers.get("victim_age_basis") == "offence"


def anywhere(rows: Rows) -> Flags:
    """Every row."""
    return np.ones(len(rows), bool)
