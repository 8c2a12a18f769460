"""Links records within and between forces and years: what is one, why, and what people should decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.candidates import (
    CLUSTERS,
    PAIRS,
    Nodes,
    Verdict,
    candidates,
    clusters_table,
    grouped,
    pairs_table,
)
from fullpicture.collect.linkage.exact import (
    delivered_again,
    first_mentions,
    passed_on_crimes,
    same_crimes,
    same_victims,
)
from fullpicture.collect.linkage.mentions import mentions_in
from fullpicture.collect.linkage.probable import Probable, probable
from fullpicture.collect.linkage.settings import Model, Of

_GROUP: Mapping[Of, str] = {"victim": "person", "crime": "event"}


@dataclass(frozen=True)
class Linked:
    """What linking found: `candidates.PAIRS`, `candidates.CLUSTERS`, and what both rest on.

    Args:
        mentions: what was linked (`mentions_in`), with `person` and `event`, a number per victim and crime
            after linking. Internal: it holds identifying fields.
        probable: per model what was used and learned.
        doubtful: forces whose victim references are not of persons and were not used.
        unmatched: ids of decisions whose pair was not found any more.
    """

    pairs: pa.Table
    clusters: pa.Table
    mentions: pa.Table
    probable: Mapping[Of, Probable]
    doubtful: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of what: all that is ever printed of it."""
        victims = self.mentions.filter(self.mentions["is_victim"])
        found = {
            "victims mentioned": victims.num_rows,
            "victims": pc.count_distinct(victims["person"]).as_py(),
            "crimes delivered": pc.count_distinct(self.mentions["delivered"]).as_py(),
            "crimes": pc.count_distinct(self.mentions["event"]).as_py(),
        }
        for keys, said in ((["rule"], "pairs by {rule}"), (["of", "standing"], "pairs of {of}s {standing}")):
            groups = self.pairs.group_by(keys).aggregate([([], "count_all")]).to_pylist()
            found |= dict(sorted((said.format(**row), row["count_all"]) for row in groups))
        return found


def link(
    records: Sequence[pa.Table], models: Sequence[Model], decisions: Mapping[str, Verdict] | None = None
) -> Linked:
    """Links victims and crimes of some forces' records, exactly and by probability.

    Exact rules first (`exact.RULES`), then pairs from each model's threshold on, the likeliest first; two
    victims of one crime, and two crimes of one force, are never made one by probability. Pairs below the
    threshold and from `review` on are proposed to people, whose decisions outweigh everything.

    Args:
        records: tables of canonical records, any unit; of each the columns `mentions.READ` are read.
        models: of victims, of crimes, or both.
        decisions: what people decided, by the id of a pair.

    Raises:
        EngineMissing: the extra `link` is not installed.
        UsageError: a model would compare too many pairs.
    """
    mentions, decided = mentions_in(records), dict(decisions or {})
    again, doubtful = same_victims(mentions)
    exact = {
        "victim": [delivered_again(mentions), again],
        "crime": [same_crimes(mentions), passed_on_crimes(mentions)],
    }
    compared = first_mentions(mentions.filter(mentions["is_victim"]))
    found: dict[Of, Probable] = {}
    pairs, clusters = [PAIRS.empty_table()], [CLUSTERS.empty_table()]
    ids: set[str] = set()
    groups = {"person": mentions["place"], "event": mentions["crime"]}
    for model in models:
        nodes = Nodes(model.of, mentions)
        found[model.of] = probable(compared, model)
        every = candidates(nodes, exact[model.of], found[model.of].pairs)
        grouping, left = grouped(nodes, every, model, decided)
        members, group = clusters_table(nodes, grouping)
        ids |= every.ids
        pairs.append(pairs_table(nodes, left, grouping, decided))
        clusters.append(members)
        groups[_GROUP[model.of]] = pa.array(np.asarray(group), pa.int64())
    for name, numbers in groups.items():
        mentions = mentions.append_column(name, numbers)
    unmatched = tuple(sorted(decided.keys() - ids))
    return Linked(pa.concat_tables(pairs), pa.concat_tables(clusters), mentions, found, doubtful, unmatched)
