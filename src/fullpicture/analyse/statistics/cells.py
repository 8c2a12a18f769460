"""A table of counts in memory: groups and outcomes numbered, every day of a group in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.statistics.given import as_arrow, need
from fullpicture.analyse.statistics.outcome_counts import OWN

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
OPEN = -1
"""The number of the outcome of a case that is still open."""


@dataclass(frozen=True)
class Cells:
    """Counts as arrays, one place a row: `group`, `day`, `outcome` (`OPEN`, or its place in `outcomes`), `n`.

    `groups` has a row for each group that anybody is in, in the order of its columns; `entry` is None where
    nobody came late.
    """

    groups: pa.Table
    outcomes: pa.Array
    group: Whole
    day: Whole
    outcome: Whole
    n: Whole
    entry: Whole | None = None

    @property
    def horizon(self) -> int:
        """One more than the last day: days fit below it."""
        return int(self.day.max(initial=0)) + 1


def cells_of(counts: Any, by: Sequence[str] | None = None) -> Cells:
    """Counts from `outcome_counts`; refused cases and empty rows are left out.

    Args:
        by: the columns that make groups, every one that is not the counts' own unless given; the others are
            added up.
    """
    table = as_arrow(counts)
    need(table, ("day", "outcome", "n"), "counts")
    names = [name for name in table.schema.names if name not in OWN] if by is None else list(by)
    need(table, names, "counts")
    if "refused" in table.schema.names and table["refused"].null_count < table.num_rows:
        table = table.filter(pc.is_null(table["refused"]))
    n = _whole(table["n"])
    if (n == 0).any():
        table, n = table.filter(pa.array(n > 0)), n[n > 0]
    outcome, outcomes = numbered(table["outcome"])
    known = len(outcomes) - (1 if outcomes.null_count else 0)
    group, groups = grouped(table, names)
    entry = _whole(table["entry"]) if "entry" in table.schema.names else None
    return Cells(
        groups=groups,
        outcomes=outcomes.slice(0, known),
        group=group,
        day=_whole(table["day"]),
        outcome=np.where(outcome < known, outcome, OPEN),
        n=n,
        entry=entry if entry is not None and (entry > 0).any() else None,
    )


def _whole(column: pa.ChunkedArray) -> Whole:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def numbered(column: pa.ChunkedArray) -> tuple[Whole, pa.Array]:
    """Each value's place among the distinct ones, which come in order with a missing one last."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    if pa.types.is_floating(whole.type):
        whole = pc.if_else(pc.fill_null(pc.is_nan(whole), False), pa.scalar(None, whole.type), whole)
        if whole.null_count < len(whole) and pc.all(pc.equal(whole, pc.floor(whole))).as_py():
            whole = whole.cast(pa.int64())
    if pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_decode()
    encoded = whole.dictionary_encode(null_encoding="encode")
    distinct = encoded.dictionary
    order = _ordered(distinct)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return place[np.asarray(encoded.indices)], distinct.take(pa.array(order))


def _ordered(distinct: pa.Array) -> Whole:
    """Numbers by size even where they are text, other values as text; a missing one last."""
    if pa.types.is_string(distinct.type) or pa.types.is_large_string(distinct.type):
        known = distinct.drop_null()
        if len(known) and pc.all(pc.match_substring_regex(known, "^[0-9]{1,15}$")).as_py():
            distinct = distinct.cast(pa.int64())
    return np.asarray(pc.sort_indices(distinct), dtype=np.int64)


def grouped(table: pa.Table, names: Sequence[str]) -> tuple[Whole, pa.Table]:
    """Each row's group, and the groups' own columns; without columns everybody is in one group."""
    code, values = np.zeros(table.num_rows, np.int64), []
    for name in names:
        place, distinct = numbered(table[name])
        values.append((name, distinct))
        code = code * len(distinct) + place
    found, group = np.unique(code, return_inverse=True)
    columns: dict[str, pa.Array] = {}
    left = found
    for name, distinct in reversed(values):
        columns[name] = distinct.take(pa.array(left % len(distinct)))
        left = left // len(distinct)
    ordered = {name: columns[name] for name in names}
    return group.astype(np.int64), pa.table(ordered) if names else pa.table({"_": pa.nulls(len(found))})


def repeated(groups: pa.Table, times: Whole | int) -> dict[str, pa.Array]:
    """Columns of groups with each row repeated, to stand beside results."""
    places = pa.array(np.repeat(np.arange(groups.num_rows), times))
    return {name: groups[name].take(places) for name in groups.schema.names if name != "_"}
