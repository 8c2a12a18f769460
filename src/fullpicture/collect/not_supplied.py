"""What stands in for a source whose files are not here: no rows, with the columns that analysis asks for."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from fullpicture.collect.delivered import Collected
from fullpicture.collect.findings import RULES
from fullpicture.collect.source import NotSupplied, Source
from fullpicture.core.problem import Problem

_RULE = "SRC-001"


def not_supplied(
    source: Source, said: NotSupplied, dimensions: Sequence[str], measures: Sequence[str]
) -> Collected:
    """Nothing collected, and a problem that says so for each file."""
    texts = ("file", "area_code", "period_kind", "period", *dimensions, "blank_reason")
    columns = {name: pa.array([], pa.string()) for name in texts} | {"row": pa.array([], pa.int64())}
    for name in measures:
        columns |= {name: pa.array([], pa.float64()), f"{name}__absence": pa.array([], pa.string())}
    facts = RULES[_RULE]
    problems = tuple(
        Problem(
            file, "", None, "", _RULE, facts.severity, f"this file is not supplied: {said.why}", facts.mend
        )
        for file in source.files
    )
    return Collected(source.id, pa.table(columns), 0, {}, problems)
