"""A line chart: one line a series, gaps where a value is absent, labels at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from fullpicture.publish.charts.svg import (
    COLOURS,
    DASHES,
    WIDTH,
    frame,
    lines_of,
    number,
    rule,
    short,
    text,
    ticks,
)

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 100, 10, 22
_LINE, _LETTERS = 11, 13


@dataclass(frozen=True)
class Line:
    """A series: its label and its values by period, None where absent."""

    label: str
    values: Sequence[float | None]


def line_chart(
    id_: str, title: str, desc: str, periods: Sequence[str], lines: Sequence[Line], height: int = 150
) -> str:
    """Series over periods; the axis starts at zero where no value is below it."""
    known = [value for line in lines for value in line.values if value is not None]
    axis = ticks(min(0.0, *known), max(known)) if known else [0.0, 1.0]
    low, high = axis[0], axis[-1]
    wide, tall = WIDTH - _LEFT - _RIGHT, height - _TOP - _BOTTOM

    def x(place: int) -> float:
        return _LEFT + wide * (place / (len(periods) - 1) if len(periods) > 1 else 0.5)

    def y(value: float) -> float:
        return _TOP + tall * (1 - (value - low) / (high - low))

    marks = [rule(_LEFT, y(tick), WIDTH - _RIGHT, y(tick), "zero" if tick == 0 else "grid") for tick in axis]
    marks += [text(_LEFT - 4, y(tick) + 3.5, short(tick), anchor="end") for tick in axis]
    marks += [text(x(0), height - 6, periods[0])] if periods else []
    if len(periods) > 1:
        marks.append(text(x(len(periods) - 1), height - 6, periods[-1], anchor="end"))
    for order, line in enumerate(lines):
        places = [(x(at), y(value)) for at, value in enumerate(line.values) if value is not None]
        marks.append(_path(line, x, y, order))
        marks += [_dot(at, order) for at in (places if len(places) == 1 else places[-1:])]
    marks += _labels(lines, y, height - 4.0)
    return frame(id_, height, title, desc, marks)


def _path(line: Line, x: object, y: object, order: int) -> str:
    """The line, broken where a value is absent."""
    assert callable(x)
    assert callable(y)
    steps, pen = [], "M"
    for at, value in enumerate(line.values):
        if value is None:
            pen = "M"
            continue
        steps.append(f"{pen}{number(x(at))} {number(y(value))}")
        pen = "L"
    dash = f' stroke-dasharray="{DASHES[order % 5]}"' if DASHES[order % 5] else ""
    return f'<path d="{"".join(steps)}" fill="none" stroke="{COLOURS[order % 5]}" stroke-width="2"{dash}/>'


def _dot(at: tuple[float, float], order: int) -> str:
    return f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="3" fill="{COLOURS[order % 5]}"/>'


def _labels(lines: Sequence[Line], y: object, lowest: float) -> list[str]:
    """Labels beside the last values, moved apart so that none hides another, and all within the chart."""
    assert callable(y)
    ends = []
    for order, line in enumerate(lines):
        last = next((value for value in reversed(line.values) if value is not None), None)
        if last is not None:
            ends.append([y(last) + 3.5, order, lines_of(line.label, _LETTERS)])
    ends.sort()
    for before, after in pairwise(ends):
        after[0] = max(after[0], before[0] + _LINE * len(before[2]))
    floor = lowest
    for end in reversed(ends):
        end[0] = min(end[0], floor - _LINE * (len(end[2]) - 1))
        floor = end[0] - _LINE
    return [
        _label(said, place + _LINE * at, order)
        for place, order, label in ends
        for at, said in enumerate(label)
    ]


def _label(said: str, place: float, order: int) -> str:
    where = f'x="{WIDTH - _RIGHT + 6}" y="{number(place)}"'
    return f'<text {where} style="fill:{COLOURS[order % 5]}">{escape(said)}</text>'
