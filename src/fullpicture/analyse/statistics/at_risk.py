"""Who may still have an outcome: the days on which anybody leaves, who leaves how, and who is at risk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fullpicture.analyse.statistics.cells import Cells, Whole


@dataclass(frozen=True)
class Leaving:
    """One place for each day of each group on which anybody leaves, in order of group and day.

    `ends` is how many have each outcome then (a column an outcome), `at_risk` how many could have had one
    that day. `first[g]` to `first[g + 1]` are the places of group g.
    """

    group: Whole
    day: Whole
    ends: Whole
    at_risk: Whole
    first: Whole


def leaving(cells: Cells) -> Leaving:
    """The days of every group of some counts."""
    key = cells.group * cells.horizon + cells.day
    found, place = _distinct(key, cells)
    kinds = len(cells.outcomes) + 1
    left = np.bincount(place * kinds + cells.outcome + 1, weights=cells.n, minlength=len(found) * kinds)
    by_kind = np.rint(left).astype(np.int64).reshape(len(found), kinds)
    group, day = np.divmod(found, cells.horizon)
    first = np.searchsorted(group, np.arange(cells.groups.num_rows + 1))
    at_risk = still_there(cells, group, day)
    return Leaving(group, day, by_kind[:, 1:], at_risk, first)


def _distinct(key: Whole, cells: Cells) -> tuple[Whole, Whole]:
    """Distinct keys in order, and the place of each row's; by counting where few days are possible."""
    possible = cells.groups.num_rows * cells.horizon
    if possible > max(8 * len(key), 1_000_000):
        return np.unique(key, return_inverse=True)
    is_there = np.zeros(possible, bool)
    is_there[key] = True
    found = np.flatnonzero(is_there)
    place = np.empty(possible, np.int64)
    place[found] = np.arange(len(found))
    return found, place[key]


def still_there(cells: Cells, group: Whole, day: Whole) -> Whole:
    """How many of a group are at risk on a day: not gone before it, and under observation since before it."""
    stay = _on_or_after(cells.group, cells.day, cells.n, cells, group, day)
    if cells.entry is None:
        return stay
    late = cells.entry > 0
    return stay - _on_or_after(cells.group[late], cells.entry[late], cells.n[late], cells, group, day)


def _on_or_after(g: Whole, d: Whole, n: Whole, cells: Cells, group: Whole, day: Whole) -> Whole:
    """How many of group `group` have a day on or after `day`."""
    order = np.argsort(g * cells.horizon + d, kind="stable")
    key, upto = (g * cells.horizon + d)[order], np.concatenate(([0], np.cumsum(n[order])))
    asked = np.minimum(day, cells.horizon)
    whole = upto[np.searchsorted(key, (group + 1) * cells.horizon)]
    return np.asarray(whole - upto[np.searchsorted(key, group * cells.horizon + asked)], dtype=np.int64)
