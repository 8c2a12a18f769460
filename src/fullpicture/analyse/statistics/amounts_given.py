"""Events and what they are out of, by group: added up, and why there is no value where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from fullpicture.analyse.statistics.cells import Real, Whole, grouped
from fullpicture.analyse.statistics.given import as_arrow, as_numbers, need
from fullpicture.core.absence import Absence

NOBODY = "there is nobody, or nothing, to have a value of"
UNKNOWN = "a number that it is made of is missing"
NEGATIVE = "a number that it is made of is negative"
MORE = "there are more events than there is to have them"


@dataclass(frozen=True)
class Given:
    """Columns of a table as numbers (a missing one is NaN), with the group of each row."""

    table: pa.Table
    groups: pa.Table
    group: Whole

    @classmethod
    def of(cls, table: Any, by: Sequence[str] | None, columns: Sequence[str], what: str) -> Given:
        """Groups are the rows themselves unless columns are named."""
        whole, by = as_arrow(table), [by] if isinstance(by, str) else by
        need(whole, [*(by or ()), *columns], what)
        if by is None:
            kept = [name for name in whole.schema.names if name not in columns]
            return cls(whole, whole.select(kept), np.arange(whole.num_rows))
        group, groups = grouped(whole, list(by))
        return cls(whole, groups, group)

    def numbers(self, column: str) -> Real:
        """A column as floating numbers."""
        return as_numbers(self.table, column, "table")

    def added(self, values: Real) -> Real:
        """Values added up by group; one that is missing makes the sum missing."""
        added = np.bincount(self.group, weights=values, minlength=self.groups.num_rows)
        return np.asarray(added, dtype=np.float64)

    def result(
        self, shown: dict[str, Real], found: dict[str, Real], absences: dict[str, tuple[Absence, Any]]
    ) -> pa.Table:
        """The groups with the amounts shown and the numbers found, which are null where there is an absence.

        Args:
            absences: for each note its absence and where it is so; the first that is so is said.
        """
        rows = self.groups.num_rows
        absence, note = np.full(rows, "", object), np.full(rows, "", object)
        for reason, (kind, where) in absences.items():
            fresh = where & (absence == "")
            absence[fresh], note[fresh] = str(kind), reason
        columns = {name: self.groups[name] for name in self.groups.schema.names if name != "_"}
        columns |= {name: pa.array(values, mask=np.isnan(values)) for name, values in shown.items()}
        columns |= {name: pa.array(values, mask=absence != "") for name, values in found.items()}
        return pa.table(columns | {"absence": absence.tolist(), "note": note.tolist()})
