"""Which records become one, and through which link each did: never more than the links and people allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Standing = Literal["linked", "proposed", "apart", "rejected"]
"""linked: the two are one; proposed: people should decide; apart: likely enough, and something forbids it
(`because`); rejected: a person decided that they are two."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two nodes may be one: an exact rule or a person's decision (no probability), or a probability."""

    id: str
    rule: str
    left: int
    right: int
    probability: float | None = None


@dataclass(frozen=True)
class Limits:
    """What no link may do.

    Args:
        different: pairs of nodes that a person decided are two.
        apart: per node a key; two nodes with the same key are two, unless an exact rule makes them one (two
            victims of one crime; two crimes of one force).
        why_apart: that in words.
        largest: no more nodes than this become one by probability.
    """

    different: Sequence[tuple[int, int]] = ()
    apart: Mapping[int, int] = field(default_factory=dict)
    why_apart: str = ""
    largest: int = 30


@dataclass
class Grouping:
    """Nodes joined one link at a time, the surest first, and what became of each link."""

    limits: Limits
    because: dict[str, str] = field(default_factory=dict)
    used: list[Link] = field(default_factory=list)
    _group: dict[int, int] = field(default_factory=dict)
    _members: dict[int, list[int]] = field(default_factory=dict)
    _keys: dict[int, set[int]] = field(default_factory=dict)
    _different: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one, other in self.limits.different:
            self._different.setdefault(one, set()).add(other)
            self._different.setdefault(other, set()).add(one)

    def join(self, links: Sequence[Link]) -> None:
        """Joins by exact rules and decisions first, then by probability, highest first."""
        for link in sorted(links, key=_surest_first):
            one, other = self.group_of(link.left), self.group_of(link.right)
            if one == other:
                continue
            if forbidden := self._forbidden(link, one, other):
                self.because[link.id] = forbidden
                continue
            self._merge(one, other)
            self.used.append(link)

    def group_of(self, node: int) -> int:
        """The group that a node is in; its own number where it is alone."""
        return self._group.get(node, node)

    def _forbidden(self, link: Link, one: int, other: int) -> str:
        members, others = self._members_of(one), self._members_of(other)
        fewer, more = sorted((members, others), key=len)
        if self._different and any(self._different.get(node, _NONE) & set(more) for node in fewer):
            return "a person decided that two of these are different"
        if link.probability is None:
            return ""
        if self._keys_of(one) & self._keys_of(other):
            return self.limits.why_apart
        if len(members) + len(others) > self.limits.largest:
            return f"more than {self.limits.largest} records would become one"
        return ""

    def _merge(self, one: int, other: int) -> None:
        """The smaller group goes into the larger, so that long chains stay quick."""
        if len(self._members_of(one)) < len(self._members_of(other)):
            one, other = other, one
        self._keys[one] = self._keys_of(one) | self._keys_of(other)
        moved = self._members_of(other)
        self._members.setdefault(one, [one]).extend(moved)
        self._group |= dict.fromkeys(moved, one)
        self._members.pop(other, None)
        self._keys.pop(other, None)

    def _members_of(self, group: int) -> list[int]:
        return self._members.get(group) or [group]

    def _keys_of(self, group: int) -> set[int]:
        if group in self._keys:
            return self._keys[group]
        return {self.limits.apart[group]} if group in self.limits.apart else set()


@dataclass(frozen=True, slots=True)
class Member:
    """A node of a cluster: the first has no link; every other says through which link it joined.

    `weakest` is the lowest probability on the chain of links from the first to it; 1 where all are exact.
    """

    first: int
    node: int
    through: Link | None
    weakest: float


def members(used: Sequence[Link]) -> list[Member]:
    """Every cluster's members, the first (lowest) node of each in front, with the chain that leads to it."""
    beside: dict[int, list[tuple[int, Link]]] = {}
    for link in used:
        beside.setdefault(link.left, []).append((link.right, link))
        beside.setdefault(link.right, []).append((link.left, link))
    found: list[Member] = []
    seen: set[int] = set()
    for first in sorted(beside):
        if first in seen:
            continue
        waiting = [Member(first, first, None, 1.0)]
        seen.add(first)
        for member in waiting:
            for node, link in sorted(beside[member.node], key=lambda pair: pair[0]):
                if node not in seen:
                    seen.add(node)
                    sure = 1.0 if link.probability is None else link.probability
                    waiting.append(Member(first, node, link, min(member.weakest, sure)))
        found += waiting
    return found


_NONE: set[int] = set()


def _surest_first(link: Link) -> tuple[bool, float, int, int]:
    return (link.probability is not None, -(link.probability or 0.0), link.left, link.right)
