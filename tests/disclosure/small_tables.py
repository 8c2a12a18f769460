"""Small linked tables drawn at random, and the slowest audit: two programmes for each hidden cell."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from fullpicture.disclosure.linked import Ints, LinkedTables, Mask, Tree
from fullpicture.disclosure.linking import link


class Interval(NamedTuple):
    """The least and the most whole count that fits, over the linear relaxation."""

    least: float
    most: float


def drawn_tree(chance: np.random.Generator, dimension: int, most: int) -> Tree:
    """A root with parts, and parts of some of them."""
    parent = [-1, 0, 0]
    while len(parent) < most:
        parent.append(int(chance.integers(0, len(parent) // 2)))
    for code in range(len(parent)):
        if parent.count(code) == 1:
            parent.append(code)
    return Tree(dimension, np.array(parent, dtype=np.int64))


def drawn_tables(seed: int, dimensions: int = 2, most_codes: int = 6, mean: float = 4.0) -> LinkedTables:
    """Every combination of the codes of each dimension, with many zeros and small counts."""
    chance = np.random.default_rng(seed)
    trees = [
        drawn_tree(chance, place, int(chance.integers(3, most_codes + 1))) for place in range(dimensions)
    ]
    keys = np.array(list(itertools.product(*(range(len(tree.parent)) for tree in trees))), dtype=np.int64)
    leaves = [np.flatnonzero(~np.isin(np.arange(len(tree.parent)), tree.parent)) for tree in trees]
    is_leaf = np.all([np.isin(keys[:, place], leaves[place]) for place in range(dimensions)], axis=0)
    base = np.where(chance.random(len(keys)) < 0.35, 0, chance.poisson(mean, len(keys)))
    own = {tuple(key): int(count) for key, count in zip(keys[is_leaf].tolist(), base[is_leaf], strict=True)}
    counts = np.array([_sum_below(tuple(key), trees, own) for key in keys.tolist()], dtype=np.int64)
    codes = [[f"{place}-{code}" for code in range(len(tree.parent))] for place, tree in enumerate(trees)]
    return link([f"d{place}" for place in range(dimensions)], codes, trees, keys, counts)


def drawn_linked(seed: int, mean: float = 4.0) -> LinkedTables:
    """Tables of two dimensions each that share one, and sometimes a second way to split it."""
    full = drawn_tables(seed, 3, 4, mean)
    chance = np.random.default_rng([seed, 1])
    at_root = full.keys == 0
    is_in = at_root[:, 2] | at_root[:, 1] | (at_root[:, 0] & bool(chance.random() < 0.3))
    keys, counts = full.keys[is_in], full.counts[is_in]
    codes, trees = [list(known) for known in full.codes], list(full.trees)
    if chance.random() < 0.5:
        first = trees[0].parent
        leaves = np.setdiff1d(np.arange(len(first)), first)
        group = len(first) + chance.permutation(len(leaves)) % 2
        second = np.full(len(first) + 2, -1)
        second[leaves], second[-2:] = group, 0
        trees = [Tree(0, np.append(first, [-1, -1])), *trees[1:], Tree(0, second)]
        codes[0] += ["one half", "other half"]
        for each in np.unique(group).tolist():
            below = np.isin(keys[:, 0], leaves[group == each])
            others, place = np.unique(keys[below, 1:], axis=0, return_inverse=True)
            sums = np.bincount(place.ravel(), counts[below], len(others)).astype(np.int64)
            keys = np.vstack([keys, np.column_stack([np.full(len(others), each), others])])
            counts = np.append(counts, sums)
    return link(full.dimensions, codes, trees, keys, counts)


def _sum_below(key: tuple[int, ...], trees: Sequence[Tree], own: dict[tuple[int, ...], int]) -> int:
    below = [_leaves_below(tree, code) for tree, code in zip(trees, key, strict=True)]
    return sum(own[cell] for cell in itertools.product(*below))


def _leaves_below(tree: Tree, code: int) -> list[int]:
    parts = np.flatnonzero(tree.parent == code).tolist()
    return [leaf for part in parts for leaf in _leaves_below(tree, part)] if parts else [code]


def small_and_some(tables: LinkedTables, seed: int, threshold: int = 4) -> Mask:
    """Hides small counts and, at random, others: sometimes enough of them, often not."""
    chance = np.random.default_rng(seed)
    small = (tables.counts > 0) & (tables.counts <= threshold)
    hidden: Mask = small | (
        (chance.random(len(tables)) < chance.choice((0.1, 0.3, 0.6))) & (tables.counts > 0)
    )
    return hidden


def naive_audit(published: LinkedTables, cells: Ints | None = None) -> dict[int, Interval]:
    """Smallest and largest value of each hidden cell, by a linear programme for each of them.

    Written from the equations alone: it shares no code with `disclosure/audit*.py`.
    """
    hidden = np.flatnonzero(~published.known)
    matrix = published.equations.matrix(len(published)).toarray()
    rhs = published.equations.rhs - matrix @ np.where(published.known, published.counts, 0)
    bounds = [(published.lower[cell], published.upper[cell]) for cell in hidden]
    found = {}
    for place, cell in enumerate(hidden.tolist()):
        if cells is None or cell in cells:
            ends = [_end(matrix[:, hidden], rhs, bounds, place, way) for way in (1, -1)]
            found[cell] = Interval(
                math.ceil(ends[0] - 1e-6), math.inf if math.isinf(ends[1]) else math.floor(ends[1] + 1e-6)
            )
    return found


def _end(matrix: Ints, rhs: Ints, bounds: Sequence[tuple[float, float]], place: int, way: int) -> float:
    objective = np.zeros(len(bounds))
    objective[place] = way
    solved = linprog(objective, A_eq=matrix, b_eq=rhs, bounds=bounds, method="highs")
    if solved.status == 3:
        return -way * math.inf
    assert solved.status == 0, solved.message
    return float(way * solved.fun)
