"""Categorical case mix as the columns of a regression, one row for each pattern that anybody has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullpicture.analyse.statistics.cells import Cells, Real, Whole, cells_of, numbered
from fullpicture.core.errors import UsageError

Flags = npt.NDArray[np.bool_]
_NAME = re.compile(r"(?:C|factor)\(\s*([^()]+?)\s*\)|([^\s()+:*~]+)")
MISSING = "(missing)"


@dataclass(frozen=True)
class CaseMix:
    """The columns of a regression.

    `design` has a row for each pattern of case mix (the groups of the cells) and a column for each level of a
    term that is not the one compared with; `terms` and `levels` say which. `without` are columns of whose
    cases nobody has the outcome: their hazard is zero and no number is its logarithm.
    """

    design: Real
    terms: tuple[str, ...]
    levels: tuple[str, ...]
    without: Flags


def variables_of(formula: str | Sequence[str]) -> list[tuple[str, ...]]:
    """Terms of a formula as tuples of columns: `"force + age:sex"`; `a*b` is `a + b + a:b`.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(formula, str):
        return [(name,) for name in formula]
    terms: list[tuple[str, ...]] = []
    for text in formula.rpartition("~")[2].split("+"):
        factors = [_name(part, formula) for part in re.split(r"[:*]", text)]
        if factors == ["1"]:
            continue
        if "*" in text:
            terms += [(name,) for name in factors]
        terms.append(tuple(factors))
    if not terms:
        raise UsageError(f'formula "{formula}": it names no column. Write "force + age:sex".')
    return list(dict.fromkeys(terms))


def _name(text: str, formula: str) -> str:
    found = _NAME.fullmatch(text.strip())
    if found is None:
        raise UsageError(f'formula "{formula}": "{text.strip()}" is no column. Join columns with +, : or *.')
    return (found[1] or found[2]).strip()


def case_mix(counts: Any, outcome: Any, formula: str | Sequence[str]) -> tuple[Cells, int, CaseMix]:
    """The counts by pattern of case mix, the outcome's place in them, and the columns of the regression.

    Each column's first level (in the order of its values) that has the outcome is the one compared with.
    """
    terms = variables_of(formula)
    cells = cells_of(counts, list(dict.fromkeys(name for term in terms for name in term)))
    known = cells.outcomes.to_pylist()
    if outcome not in known:
        raise UsageError(f"regression: no case has the outcome {outcome}. There are {known}.")
    place = known.index(outcome)
    ends, many = cells.n * (cells.outcome == place), cells.groups.num_rows
    had = np.bincount(cells.group, weights=ends, minlength=many).astype(np.float64)
    coded = {name: _coded(cells.groups[name], had) for name in cells.groups.schema.names}
    columns: list[Flags] = []
    names: list[tuple[str, str]] = []
    for term in terms:
        for levels in product(*(coded[name][1] for name in term)):
            flags = [coded[name][0] == level for name, (level, _) in zip(term, levels, strict=True)]
            column = np.logical_and.reduce(flags)
            if column.any():
                columns.append(column)
                names.append((":".join(term), ":".join(label for _, label in levels)))
    design = np.array(columns, dtype=np.float64).T.reshape(many, len(columns))
    said = tuple(zip(*names, strict=True)) if names else ((), ())
    return cells, place, CaseMix(design, said[0], said[1], had @ design == 0)


def _coded(column: pa.ChunkedArray, had: Real) -> tuple[Whole, list[tuple[int, str]]]:
    """Each pattern's level, and the levels that are compared with the first that has the outcome."""
    place, distinct = numbered(column)
    events = np.bincount(place, weights=had, minlength=len(distinct))
    base = int(np.flatnonzero(events > 0)[0])
    labels = [MISSING if value is None else str(value) for value in distinct.to_pylist()]
    return place, [(level, label) for level, label in enumerate(labels) if level != base]
