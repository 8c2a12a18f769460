"""Links that follow from the forces' own marks: equal references, and crimes passed on between forces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.settings import BORN_YEAR

RULES: Mapping[str, str] = {
    "LINK-001": "A crime has the same reference of its force in two files or years",
    "LINK-002": "Two forces have a crime of one offence, first day and victim (name by sound, birth date)",
    "LINK-003": "A victim has the same reference of the force in two crimes",
    "LINK-004": "A victim of one crime is in two files, with the same reference, or name, birth date and sex",
    "LINK-010": "Two records are probably of the same victim",
    "LINK-011": "Two records of two forces are probably of the same crime",
    "LINK-020": "A person decided that two records are of the same",
}
"""Why two records are taken for one."""

_TRANSFERRED = ("offence_code", "offence_from", "victim_name_key", "victim_born_on")
_LEAST, _DOUBTFUL = 5, 0.2


@dataclass(frozen=True)
class Edges:
    """Pairs of nodes with the rule that links them: the `place` of a victim, the `delivered` of a crime."""

    rule: str
    left: np.ndarray
    right: np.ndarray
    agreed: str


def same_crimes(mentions: pa.Table) -> Edges:
    """LINK-001: every later delivery of a crime with the first. Within a file DUP-012 has seen to it."""
    crimes = mentions.filter(pc.is_valid(mentions["crime_ref"]))
    nodes, at = np.unique(_array(crimes, "delivered"), return_index=True)
    left, right = _stars(nodes, _array(crimes, "crime")[at])
    return Edges("LINK-001", left, right, "crime reference: the same")


def passed_on_crimes(mentions: pa.Table) -> Edges:
    """LINK-002: where two or more forces have one such crime each. Where any has two, people decide."""
    known = _known(mentions, _TRANSFERRED)
    crimes = known.group_by([*_TRANSFERRED, "police_force", "crime"], use_threads=False)
    crimes = crimes.aggregate([("delivered", "min")])
    groups = _codes(crimes, _TRANSFERRED)
    forces = _codes(crimes, ("police_force",))
    _, at, size = np.unique(groups, return_inverse=True, return_counts=True)
    each = np.unique(np.stack([groups, forces], axis=1), axis=0)[:, 0]
    forces_in = np.unique(each, return_counts=True)[1]
    kept = (size >= 2) & (size == forces_in)
    nodes, at = _array(crimes, "delivered_min")[kept[at]], at[kept[at]]
    left, right = _stars(nodes, at)
    words = "offence code, first day of the offence, name by sound, birth date: the same"
    return Edges("LINK-002", left, right, words)


def same_victims(mentions: pa.Table) -> tuple[Edges, tuple[str, ...]]:
    """LINK-003: a victim's reference in a later crime with its first, where sex and birth do not differ.

    Some forces number the victims within a crime, so that hundreds are "1". Where more than a fifth of the
    mentions of references used again contradict the first in sex or year of birth, the force's references
    are not of persons and are not used.

    Returns:
        The links, and the codes of the forces whose references are not used.
    """
    referred = mentions.filter(pc.is_valid(mentions["victim_ref"]))
    firsts = first_mentions(referred)
    left, right = _stars(_array(firsts, "place"), _codes(firsts, ("police_force", "victim_ref")))
    contradicts = _differ(mentions, "victim_sex", left, right) | _differ(mentions, BORN_YEAR, left, right)
    forces = (
        np.asarray(mentions["police_force"].to_pylist(), object)[left] if len(left) else np.array([], object)
    )
    doubtful = []
    for force in sorted(set(forces)):
        of_force = forces == force
        if of_force.sum() >= _LEAST and contradicts[of_force].mean() > _DOUBTFUL:
            doubtful.append(str(force))
    kept = ~contradicts & ~np.isin(forces, doubtful)
    return Edges("LINK-003", left[kept], right[kept], "victim reference: the same"), tuple(doubtful)


def delivered_again(mentions: pa.Table) -> Edges:
    """LINK-004: every later delivery of a victim in a crime with the first."""
    victims = mentions.filter(mentions["is_victim"])
    left, right = _stars(_array(victims, "place"), _array(victims, "victim"))
    return Edges("LINK-004", left, right, "crime and victim: the same")


def first_mentions(mentions: pa.Table) -> pa.Table:
    """Each victim of a crime once, where it was first delivered."""
    at = np.unique(_array(mentions, "victim"), return_index=True)[1]
    return mentions.take(pa.array(np.sort(at)))


def _differ(mentions: pa.Table, name: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether two mentions say different things; years of birth one apart may be the same age."""
    one, other = mentions[name].take(pa.array(left)), mentions[name].take(pa.array(right))
    if name == BORN_YEAR:
        different = pc.greater(pc.abs(pc.subtract(one, other)), 1)
    else:
        different = pc.not_equal(one, other)
    return np.asarray(pc.fill_null(different, False).to_numpy(), bool)


def _stars(nodes: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first node of each group with each other of the group."""
    order = np.lexsort((nodes, groups))
    nodes, groups = nodes[order], groups[order]
    begins = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else np.array([], int)
    sizes = np.diff(np.r_[begins, len(groups)])
    firsts = np.repeat(nodes[begins], sizes)
    return firsts[firsts != nodes], nodes[firsts != nodes]


def _known(mentions: pa.Table, names: tuple[str, ...]) -> pa.Table:
    for name in names:
        mentions = mentions.filter(pc.is_valid(mentions[name]))
    return mentions


def _codes(table: pa.Table, names: tuple[str, ...]) -> np.ndarray:
    """One number per combination of values."""
    code = np.zeros(table.num_rows, np.int64)
    for name in names:
        values = table[name].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
        code = np.unique(code * (values.max(initial=0) + 1) + values, return_inverse=True)[1]
    return code


def _array(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(table[name].to_numpy(), np.int64)
