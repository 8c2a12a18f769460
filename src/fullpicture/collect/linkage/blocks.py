"""How many pairs agree on some fields: counted from group sizes, so that counting itself cannot explode."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.settings import TITLES, Model
from fullpicture.core.errors import UsageError


def pairs_agreeing(mentions: pa.Table, names: Sequence[str]) -> int:
    """Pairs of rows that have the same values, all of them known, in some columns."""
    sizes = _sizes(mentions, names)
    return int((sizes * (sizes - 1) // 2).sum())


def pairs_looked_at(mentions: pa.Table, names: Sequence[str], model: Model) -> int:
    """The same, less the pairs within one force where a model looks at pairs of two forces only."""
    pairs = pairs_agreeing(mentions, names)
    if model.between == "forces":
        pairs -= pairs_agreeing(mentions, [*names, *({"police_force"} - set(names))])
    return pairs


def refuse_explosions(mentions: pa.Table, model: Model) -> int:
    """The most pairs that the model's blocks can lead to.

    Raises:
        UsageError: more than the model allows; with the pairs of each block, so that one sees which to mend.
    """
    counts = {names: pairs_looked_at(mentions, names, model) for names in model.blocks}
    total = sum(counts.values())
    if total <= model.most_comparisons:
        return total
    lines = [
        f"Linking {model.of}s would compare {total:,} pairs; "
        f"most_comparisons allows {model.most_comparisons:,}."
    ]
    for names, pairs in sorted(counts.items(), key=lambda pair: -pair[1]):
        largest = int(_sizes(mentions, names).max(initial=0))
        said = " and ".join(TITLES[name] for name in names)
        lines.append(f"  {said}: {pairs:,} pairs; {largest:,} records have the same values.")
    lines.append("Add a field to the first of these blocks in linkage.toml, or allow more.")
    raise UsageError("\n".join(lines))


def _sizes(mentions: pa.Table, names: Sequence[str]) -> np.ndarray:
    known = mentions.select(list(names))
    for name in names:
        known = known.filter(pc.is_valid(known[name]))
    grouped = known.group_by(list(names)).aggregate([([], "count_all")])
    return np.asarray(grouped["count_all"].to_numpy(), np.int64)
