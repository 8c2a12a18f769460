"""The rules by which points of a control chart are more than ordinary variation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fullpicture.analyse.statistics.cells import Real

Flags = npt.NDArray[np.bool_]
_RUN = 7
"""Points on one side, or in one direction, that make a rule (Making Data Count)."""


def special_causes(values: Real, mean: Real, lower: Real, upper: Real) -> dict[str, Flags]:
    """Which points each rule marks, with limits at three sigma on either side of the mean.

    Every point that takes part is marked; of two out of three, those in the outer third (not beyond the
    limits). Source: NHS England, "Making Data Count: getting started" (2019), and its implementation
    NHSRplotthedots.
    """
    outside = (values > upper) | (values < lower)
    side = np.sign(values - mean)
    step = np.sign(np.diff(values, prepend=values[:1]))
    outer = np.abs(values - mean) > (upper - mean) * 2 / 3
    if len(values):
        outer = np.where(
            side < 0, values < mean - (mean - lower) * 2 / 3, values > mean + (upper - mean) * 2 / 3
        )
    close = outer & ~outside
    return {
        "outside": outside,
        "shift": _part_of_run(side, _RUN),
        "trend": _part_of_trend(step),
        "two_of_three": close & _two_of_three(close, side),
    }


def _part_of_run(signs: Real, length: int) -> Flags:
    """Points within at least so many in a row of the same sign, not zero."""
    marked = np.zeros(len(signs), bool)
    for end in range(length, len(signs) + 1):
        run = signs[end - length : end]
        if run[0] != 0 and (run == run[0]).all():
            marked[end - length : end] = True
    return marked


def _part_of_trend(steps: Real) -> Flags:
    """Seven points of which each is above (or each below) the one before; `steps[0]` says nothing."""
    marked = np.zeros(len(steps), bool)
    for end in range(_RUN, len(steps) + 1):
        run = steps[end - _RUN + 1 : end]
        if run[0] != 0 and (run == run[0]).all():
            marked[end - _RUN : end] = True
    return marked


def _two_of_three(close: Flags, side: Real) -> Flags:
    """Points within three in a row on one side of the mean of which two are close to its limit."""
    marked = np.zeros(len(close), bool)
    for end in range(3, len(close) + 1):
        part = slice(end - 3, end)
        if close[part].sum() >= 2 and abs(side[part].sum()) == 3:
            marked[part] = True
    return marked


def said(values: Real, mean: Real, fired: dict[str, Flags]) -> list[str]:
    """What fired at each point, in words; empty where nothing did."""
    steps = np.diff(values, prepend=values[:1])
    words = []
    for place, is_above in enumerate(values > mean):
        limit, side = ("above the upper limit", "above") if is_above else ("below the lower limit", "below")
        rising = steps[place] > 0 or (place + 1 < len(steps) and steps[place + 1] > 0)
        texts = {
            "outside": limit,
            "shift": f"one of seven or more in a row {side} the mean",
            "trend": f"one of seven or more in a row that {'rise' if rising else 'fall'}",
            "two_of_three": f"one of two of three close to the {'upper' if is_above else 'lower'} limit",
        }
        words.append("; ".join(text for name, text in texts.items() if fired[name][place]))
    return words
