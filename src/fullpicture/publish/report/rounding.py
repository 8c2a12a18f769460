"""How a number becomes what a report prints: by a rule with a name, so that anybody can make it again.

Rules are `number:D` and `unit:D` (D decimals, with the unit or without), `nearest:N` (to the nearest N,
with the unit), `share` and `times` (in words, below), `change:D` and `words:D` (a change, as "rose by
6.4%").

The words for a share are chosen by how far it is from a simple fraction, in percentage points: at most 0.5,
"about a third"; at most 2.5 below it, "nearly a third", or above it, "more than a third"; otherwise the
number. Those for how many times as much, by how far the ratio is from a whole or a half number, in per cent
of that: at most 1, "about three times"; at most 10 below, "nearly three times", or above, "more than three
times". A change of less than half of a per cent, or of a point, is "about the same". All are ours; they are
fixed so that one figure is never called two things.
"""

from __future__ import annotations

from fullpicture.core.figure import Figure
from fullpicture.core.table import Description
from fullpicture.publish.words import COUNTED, plain

NEAR_SHARE, FAR_SHARE = 0.5, 2.5
NEAR_TIMES, FAR_TIMES = 0.01, 0.10
SAME = 0.5
_FRACTIONS = {
    10: "a tenth", 20: "a fifth", 25: "a quarter", 100 / 3: "a third", 40: "two fifths", 50: "half",
    60: "three fifths", 200 / 3: "two thirds", 75: "three quarters", 80: "four fifths", 90: "nine tenths",
}  # fmt: skip
_TIMES = {
    1.5: "one and a half times", 2: "twice", 2.5: "two and a half times", 3: "three times", 4: "four times",
    5: "five times", 6: "six times", 7: "seven times", 8: "eight times", 9: "nine times", 10: "ten times",
}  # fmt: skip


def said(number: float, rule: str, unit: str = "", counting_unit: str = "") -> str:
    """A number as a rule prints it.

    Examples:
        >>> said(26.31, "unit:1", "%"), said(106984, "nearest:1000", "count", "crime")
        ('26.3%', '107,000 crimes')
        >>> said(73.2, "share"), said(3.9, "times"), said(7.6, "words:1", "%")
        ('nearly three quarters', 'nearly four times', 'rose by 7.6%')
    """
    name, _, given = rule.partition(":")
    if name == "share":
        return share_in_words(number)
    if name == "times":
        return times_in_words(number)
    if name == "nearest":
        step = int(given)
        return _with_unit(round(number / step) * step, 0, unit, counting_unit)
    if name == "words":
        return change_in_words(number, int(given), unit)
    if name == "change":
        return _of_change(abs(number), int(given), unit)
    if name == "unit":
        return _with_unit(number, int(given), unit, counting_unit)
    if name == "number":
        return plain(number, int(given))
    raise ValueError(f'"{rule}" is not a rule of rounding.')


def said_of(figure: Figure, number: float, rule: str, description: Description) -> str:
    """A number of a figure as a rule prints it, in the figure's unit."""
    return said(number, rule, figure.unit, description.counting_unit)


def _with_unit(number: float, decimals: int, unit: str, counting_unit: str) -> str:
    shown = plain(number, decimals)
    if unit == "count":
        one, several = COUNTED.get(counting_unit, ("", ""))
        return f"{shown} {one if number == 1 else several}".strip()
    return f"{shown}%" if unit == "%" else f"{shown} {unit}".strip()


def share_in_words(percent: float) -> str:
    """A share of a hundred in words.

    Examples:
        >>> share_in_words(33.0), share_in_words(52.4), share_in_words(37)
        ('about a third', 'more than half', '37%')
    """
    nearest = min(_FRACTIONS, key=lambda fraction: abs(fraction - percent))
    away = percent - nearest
    if abs(away) <= NEAR_SHARE:
        return f"about {_FRACTIONS[nearest]}"
    if abs(away) <= FAR_SHARE:
        return f"{'more than' if away > 0 else 'nearly'} {_FRACTIONS[nearest]}"
    return f"{plain(percent, 0)}%"


def times_in_words(ratio: float) -> str:
    """How many times as much, in words.

    Examples:
        >>> times_in_words(3.98), times_in_words(5.3), times_in_words(1.2)
        ('about four times', 'more than five times', '1.2 times')
    """
    nearest = min(_TIMES, key=lambda times: abs(times - ratio) / times)
    away = (ratio - nearest) / nearest
    if abs(away) <= NEAR_TIMES:
        return f"about {_TIMES[nearest]}"
    if abs(away) <= FAR_TIMES:
        return f"{'more than' if away > 0 else 'nearly'} {_TIMES[nearest]}"
    return f"{plain(ratio, 1)} times"


def change_in_words(change: float, decimals: int, unit: str) -> str:
    """A change in words, with its size; in `unit` per cent or percentage points.

    Examples:
        >>> change_in_words(-1.25, 1, "percentage points"), change_in_words(0.3, 1, "%")
        ('fell by 1.2 percentage points', 'stayed about the same')
    """
    if abs(change) < SAME:
        return "stayed about the same"
    return f"{'rose' if change > 0 else 'fell'} by {_of_change(abs(change), decimals, unit)}"


def _of_change(size: float, decimals: int, unit: str) -> str:
    return f"{plain(size, decimals)}%" if unit == "%" else f"{plain(size, decimals)} {unit}"
