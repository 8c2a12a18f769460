"""A published share by a day is a function of counts by day that nobody sees: does it give one away?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fullpicture import cumulative_incidence

EVENT, OTHER, OPEN = range(3)
THRESHOLD, DECIMALS = 9, 1
RECORDED, EVENTS = 20, 10
"""The smallest group of which base and events may be shown: more than the threshold on both sides."""
Cases = npt.NDArray[np.int16]


def _ways(total: int, cells: int) -> Cases:
    """Every way to put at most so many into cells."""
    if not cells:
        return np.zeros((1, 0), np.int16)
    parts = [(first, _ways(total - first, cells - 1)) for first in range(total + 1)]
    return np.vstack([np.hstack([np.full((len(rest), 1), first, np.int16), rest]) for first, rest in parts])


def tables(days: int) -> Cases:
    """Every table of the group by day and kind with its events; who is in no cell is followed for longer."""
    events, rest = _ways(EVENTS, days - 1), _ways(RECORDED - EVENTS, 2 * days)
    events = np.hstack([events, (EVENTS - events.sum(axis=1))[:, None]]).astype(np.int16)
    found = np.empty((len(events) * len(rest), days, 3), np.int16)
    found[:, :, EVENT] = np.repeat(events, len(rest), axis=0)
    found[:, :, OTHER:] = np.tile(rest, (len(events), 1)).reshape(-1, days, 2)
    return found


def printed(cases: Cases) -> npt.NDArray[np.float64]:
    """The share with the outcome by the last day (Aalen-Johansen) of each table, in %, as printed."""
    share, alive = np.zeros(len(cases)), np.ones(len(cases))
    at_risk = np.full(len(cases), float(RECORDED))
    for ends in np.moveaxis(cases, 1, 0):
        hazard = ends[:, :OPEN] / np.maximum(at_risk, 1)[:, None]
        share += alive * hazard[:, EVENT]
        alive *= 1 - hazard.sum(axis=1)
        at_risk -= ends.sum(axis=1)
    return np.round(100 * share, DECIMALS)


def given_away(days: int) -> float:
    """Of how many tables somebody who knows base, events and share knows a small count for sure (0-1)."""
    cases = tables(days)
    values, flat = printed(cases), cases.reshape(len(cases), -1)
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(np.diff(values[order], prepend=-1.0) > 0)
    low, high = (one.reduceat(flat[order], starts, axis=0) for one in (np.minimum, np.maximum))
    is_sure = ((low == high) & (low > 0) & (low <= THRESHOLD)).any(axis=1)
    sizes = np.diff(np.append(starts, len(order)))
    return float(sizes[is_sure].sum() / len(cases))


def test_the_shares_here_are_those_of_the_package() -> None:
    cases = tables(2)
    for case in cases[[0, 3_217, 7_345, 9_001]]:
        rows = [(day, kind) for day in range(2) for kind in range(3) for _ in range(case[day, kind])]
        rows += [(2, OPEN)] * (RECORDED - len(rows))
        outcomes = [None if kind == OPEN else str(kind) for _, kind in rows]
        counts = {"day": [day for day, _ in rows], "outcome": outcomes, "n": [1] * len(rows)}
        found = cumulative_incidence(counts, at=1).to_pylist()
        value = next(row["estimate"] for row in found if row["outcome"] == str(EVENT))
        assert printed(case[None])[0] == round(100 * value, DECIMALS)


def test_a_printed_share_of_more_than_two_days_hardly_ever_gives_a_count_away() -> None:
    """Two days are too few to publish of such a group; from three on there are too many tables to tell."""
    assert given_away(2) > 0.1
    assert given_away(3) < 0.001
