"""Every pair that could be one, exact and probable, with the id under which people decide on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pyarrow as pa

from fullpicture.collect.linkage.clusters import Grouping, Limits, Link, Standing, members
from fullpicture.collect.linkage.exact import Edges
from fullpicture.collect.linkage.settings import Model, Of

Verdict = Literal["same", "different"]
_PROBABLE: Mapping[Of, str] = {"victim": "LINK-010", "crime": "LINK-011"}
_DECIDED = "LINK-020"
_WHERE = (("police_force", pa.string()), ("file", pa.string()), ("row", pa.int64()))

PAIRS = pa.schema(
    [
        ("id", pa.string()),
        ("of", pa.string()),
        ("rule", pa.string()),
        ("probability", pa.float64()),
        *((f"{side}_{name}", kind) for side in ("left", "right") for name, kind in _WHERE),
        ("agreed", pa.string()),
        ("standing", pa.string()),
        ("because", pa.string()),
    ]
)
"""Pairs: which two rows, by which rule or probability, what agreed (in words), what became of it."""

CLUSTERS = pa.schema(
    [
        ("of", pa.string()),
        ("cluster", pa.string()),
        *_WHERE,
        ("through", pa.string()),
        ("rule", pa.string()),
        ("probability", pa.float64()),
        ("weakest", pa.float64()),
    ]
)
"""Rows that are one, with the pair through which each joined; the first of a cluster joined through none.
`weakest` is the lowest probability on the chain from the first."""


@dataclass(frozen=True)
class Nodes:
    """What is linked: victims in a crime, or crimes in a file.

    A node of a victim is a mention's `place`, of a crime a mention's `delivered`.
    """

    of: Of
    mentions: pa.Table

    @cached_property
    def of_place(self) -> np.ndarray:
        """The node of each mention."""
        name = "place" if self.of == "victim" else "delivered"
        return np.asarray(self.mentions[name].to_numpy(), np.int64)

    @cached_property
    def places(self) -> np.ndarray:
        """The first mention of each node."""
        return np.unique(self.of_place, return_index=True)[1]

    def rows(self, nodes: np.ndarray) -> pa.Table:
        """Where nodes were delivered."""
        return self.mentions.select([name for name, _ in _WHERE]).take(pa.array(self.places[nodes]))

    def keys(self, nodes: np.ndarray) -> list[str]:
        """What stays the same when a node is delivered again: its references, or its file and row."""
        names = ["police_force", "crime_ref", *(["victim_ref"] if self.of == "victim" else [])]
        rows = self.mentions.select([*names, "file", "row"]).take(pa.array(self.places[nodes]))
        columns = [rows[name].to_pylist() for name in rows.column_names]
        return [_key(values, len(names)) for values in zip(*columns, strict=True)]

    def apart(self, nodes: np.ndarray, model: Model) -> dict[int, int]:
        """Per node what it cannot share with another: a victim its crime, a crime its force."""
        if self.of == "crime" and model.between != "forces":
            return {}
        name = "crime" if self.of == "victim" else "police_force"
        column = self.mentions[name].take(pa.array(self.places[nodes]))
        codes = column.combine_chunks().dictionary_encode().indices.to_pylist()
        return dict(zip(nodes.tolist(), codes, strict=True))


@dataclass(frozen=True)
class Candidates:
    """Links with what agreed in each."""

    links: tuple[Link, ...]
    agreed: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all pairs."""
        return frozenset(link.id for link in self.links)


def candidates(nodes: Nodes, exact: Sequence[Edges], found: pa.Table) -> Candidates:
    """Exact links, then probable ones; a pair that is both is exact.

    Args:
        found: `Probable.pairs`: their `left` and `right` are places.
    """
    links: dict[tuple[int, int], tuple[str, float | None, str]] = {}
    for edges in exact:
        for left, right in zip(edges.left.tolist(), edges.right.tolist(), strict=True):
            links.setdefault(_ordered(left, right), (edges.rule, None, edges.agreed))
    ends = [
        nodes.of_place[np.asarray(found[side].to_numpy(), np.int64)].tolist() for side in ("left", "right")
    ]
    scored = zip(*ends, found["probability"].to_pylist(), found["agreed"].to_pylist(), strict=True)
    for left, right, probability, agreed in scored:
        at = _ordered(left, right)
        before = links.get(at)
        if left != right and (before is None or (before[1] is not None and before[1] < probability)):
            links[at] = (_PROBABLE[nodes.of], probability, agreed)
    ids = _ids(nodes, list(links))
    made = [
        Link(id_, rule, left, right, probability)
        for id_, ((left, right), (rule, probability, _)) in zip(ids, links.items(), strict=True)
    ]
    return Candidates(tuple(made), tuple(agreed for _, _, agreed in links.values()))


def grouped(
    nodes: Nodes, found: Candidates, model: Model, decided: Mapping[str, Verdict]
) -> tuple[Grouping, Candidates]:
    """The nodes joined, and the candidates that are left: a probable pair that exact links join is none."""
    ends = np.unique(np.array([[link.left, link.right] for link in found.links], np.int64).reshape(-1))
    different = [(one.left, one.right) for one in found.links if decided.get(one.id) == "different"]
    why = "they are victims of one crime" if model.of == "victim" else "they are crimes of one force"
    grouping = Grouping(Limits(different, nodes.apart(ends, model), why, model.largest_cluster))
    sure = [
        Link(one.id, _DECIDED if one.probability else one.rule, one.left, one.right)
        for one in found.links
        if one.probability is None or decided.get(one.id) == "same"
    ]
    grouping.join([one for one in sure if decided.get(one.id) != "different"])
    left = [
        (link, agreed)
        for link, agreed in zip(found.links, found.agreed, strict=True)
        if link.probability is None
        or link.id in decided
        or grouping.group_of(link.left) != grouping.group_of(link.right)
    ]
    likely = [link for link, _ in left if link.probability and link.probability >= model.threshold]
    grouping.join([link for link in likely if link.id not in decided])
    return grouping, Candidates(tuple(link for link, _ in left), tuple(agreed for _, agreed in left))


def pairs_table(
    nodes: Nodes, found: Candidates, grouping: Grouping, decided: Mapping[str, Verdict]
) -> pa.Table:
    """The candidates as `PAIRS`, in order of their nodes."""
    order = sorted(range(len(found.links)), key=lambda at: (found.links[at].left, found.links[at].right))
    links = [found.links[at] for at in order]
    standings = [_standing(link, grouping, decided) for link in links]
    columns: dict[str, object] = {
        "id": [link.id for link in links],
        "of": [nodes.of] * len(links),
        "rule": [link.rule for link in links],
        "probability": [link.probability for link in links],
        "agreed": [found.agreed[at] for at in order],
        "standing": [standing for standing, _ in standings],
        "because": [because for _, because in standings],
    }
    for side in ("left", "right"):
        rows = nodes.rows(np.array([getattr(link, side) for link in links], np.int64))
        columns |= {f"{side}_{name}": rows[name] for name in rows.column_names}
    return pa.table({name: columns[name] for name in PAIRS.names}, schema=PAIRS)


def clusters_table(nodes: Nodes, grouping: Grouping) -> tuple[pa.Table, np.ndarray]:
    """The clusters as `CLUSTERS`, and for each mention the first node of its cluster."""
    found = members(grouping.used)
    at = np.array([one.node for one in found], np.int64)
    firsts = np.array([one.first for one in found], np.int64)
    rows = nodes.rows(at)
    links = [one.through for one in found]
    columns: dict[str, object] = {
        "of": [nodes.of] * len(found),
        "cluster": [_hash(nodes.of, key) for key in nodes.keys(firsts)],
        **{name: rows[name] for name in rows.column_names},
        "through": [link.id if link else "" for link in links],
        "rule": [link.rule if link else "" for link in links],
        "probability": [link.probability if link else None for link in links],
        "weakest": [one.weakest for one in found],
    }
    group = np.arange(len(nodes.places))
    group[at] = firsts
    return pa.table(columns, schema=CLUSTERS), group[nodes.of_place]


def _standing(link: Link, grouping: Grouping, decided: Mapping[str, Verdict]) -> tuple[Standing, str]:
    if decided.get(link.id) == "different":
        return "rejected", "a person decided that they are different"
    if grouping.group_of(link.left) == grouping.group_of(link.right):
        return "linked", "a person decided that they are the same" if link.id in decided else ""
    if link.id in grouping.because:
        return "apart", grouping.because[link.id]
    return "proposed", ""


def _ids(nodes: Nodes, pairs: Sequence[tuple[int, int]]) -> list[str]:
    """The id of each pair: the same for the same two records, however they are ordered."""
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    lefts, rights = nodes.keys(ends[:, 0]), nodes.keys(ends[:, 1])
    return [_hash(nodes.of, *sorted(both)) for both in zip(lefts, rights, strict=True)]


def _key(values: tuple[object, ...], references: int) -> str:
    """References where all are known, else the row's place."""
    named = values[:references] if None not in values[:references] else (values[0], *values[references:])
    return "\x1f".join(map(str, named))


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\x1e".join(parts).encode(), digest_size=8).hexdigest()


def _ordered(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
