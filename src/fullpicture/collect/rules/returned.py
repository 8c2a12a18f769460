"""Checks the files of one return together: a row is kept, or refused under a rule, in one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from fullpicture.collect.returns.mapped import Mapped
from fullpicture.collect.returns.record import BY_NAME
from fullpicture.collect.rules.checking import check_records
from fullpicture.collect.rules.rule import Context
from fullpicture.core.problem import Problem


@dataclass(frozen=True)
class CheckedFiles:
    """What stays of a return's files. Rows in = the rows of `kept` + the sum of `refused`."""

    kept: pa.Table
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]

    @property
    def rows_in(self) -> int:
        """How many rows the files have."""
        return int(self.kept.num_rows) + sum(self.refused.values())


def check_files(mapped: Sequence[Mapped], context: Context) -> CheckedFiles:
    """Asks every rule of the records of a return's files, and adds what reading and mapping them found.

    Args:
        mapped: each file, mapped in the same way.
        context: what is known of the return; the headers are taken from the first file.
    """
    fields = frozenset.intersection(*(one.mapped for one in mapped))
    context = replace(context, headers=_headers(mapped[0].places, fields))
    checked = check_records(pa.concat_tables([one.records for one in mapped]), fields, context)
    refused = Counter(checked.refused)
    for one in mapped:
        refused.update(one.refused)
    problems = [problem for one in mapped for problem in one.problems]
    counts = {rule: refused[rule] for rule in sorted(refused) if refused[rule]}
    return CheckedFiles(checked.kept, counts, (*problems, *checked.problems))


def _headers(places: Mapping[str, tuple[str, ...]], mapped: frozenset[str]) -> dict[str, str]:
    """What a force calls each field; one that is worked out from others goes by our name for it."""
    named = {name: " + ".join(columns) for name, columns in places.items() if columns}
    return {name: f"{BY_NAME[name].title} (worked out)" for name in mapped} | named
