"""Rows that stand twice for the same figure: identical ones count once, differing ones are all refused."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.findings import Findings

_KEYS = ("area_code", "period_kind", "period")


def without_repeats(table: pa.Table, dimensions: Sequence[str]) -> tuple[pa.Table, Findings]:
    """One row of each area, period and dimensions; none where rows differ: nobody knows which is right."""
    texts = [table[name] for name in (*_KEYS, *dimensions)]
    key = pc.binary_join_element_wise(*texts, "\x1f").combine_chunks().dictionary_encode()
    firsts: dict[int, int] = {}
    repeats = [
        (place, firsts[index])
        for place, index in enumerate(key.indices.to_pylist())
        if firsts.setdefault(index, place) != place
    ]
    if not repeats:
        return table, Findings("")
    found, clashing = _listed(table, repeats)
    again = {place for place, _ in repeats} | clashing
    return table.filter(pa.array([place not in again for place in range(table.num_rows)])), found


def _listed(table: pa.Table, repeats: Sequence[tuple[int, int]]) -> tuple[Findings, set[int]]:
    """What is wrong with each repeat, and the first rows that a later one contradicts."""
    values = [name for name in table.column_names if name not in ("file", "row")]
    same = table.select(values)
    found, clashing = Findings(""), set[int]()
    for place, first in repeats:
        row, before = (table.slice(at, 1).select(["file", "row"]).to_pylist()[0] for at in (place, first))
        identical = same.slice(place, 1).to_pylist() == same.slice(first, 1).to_pylist()
        if not identical and first not in clashing:
            clashing.add(first)
            found.file = before["file"]
            found.refuse(
                "DUP-002", [before["row"]], "", "a later row gives another value for the same figure."
            )
        found.file = row["file"]
        what = f"this row repeats row {before['row']} of {before['file']}"
        found.refuse(
            "DUP-001" if identical else "DUP-002",
            [row["row"]],
            "",
            f"{what}." if identical else f"{what} with another value.",
        )
    return found, clashing
