"""A bar chart: one bar an area, its value beside it, its interval drawn where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullpicture.publish.charts.svg import COLOURS, WIDTH, frame, lines_of, number, rule, text

_LEFT, _RIGHT, _ROW, _LINE, _LETTERS = 124, 62, 17, 11, 17


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its value (None where absent), what is printed beside it, and its interval."""

    label: str
    value: float | None
    said: str
    lower: float | None = None
    upper: float | None = None
    is_reference: bool = False


def scale_of(bars: Sequence[Bar]) -> tuple[float, float]:
    """The least and the most that bars with their intervals reach, zero among them."""
    known = [limit for bar in bars for limit in (bar.value, bar.lower, bar.upper) if limit is not None]
    return min([0.0, *known]), max([0.0, *known]) or 1.0


def bar_chart(
    id_: str, title: str, desc: str, bars: Sequence[Bar], scale: tuple[float, float] | None = None
) -> str:
    """Bars from a common zero; an absent value has no bar and shows its symbol."""
    low, high = scale or scale_of(bars)

    def x(value: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (value - low) / ((high - low) or 1.0)

    marks, top = [], 6.0
    for bar in bars:
        label = lines_of(bar.label, _LETTERS)
        tall = _ROW + _LINE * (len(label) - 1)
        middle = top + tall / 2
        first = middle + 3.5 - _LINE * (len(label) - 1) / 2
        marks += [text(_LEFT - 5, first + _LINE * at, said, anchor="end") for at, said in enumerate(label)]
        marks += _bar(bar, middle, x)
        top += tall
    height = top + 6
    marks.append(rule(x(0), 3, x(0), height - 3, "zero"))
    return frame(id_, height, title, desc, marks)


def _bar(bar: Bar, middle: float, x: object) -> list[str]:
    assert callable(x)
    if bar.value is None:
        return [text(x(0) + 4, middle + 3.5, bar.said)]
    start, end = sorted((x(0), x(bar.value)))
    colour = COLOURS[1] if bar.is_reference else COLOURS[0]
    place = f'x="{number(start)}" y="{number(middle - 5)}" width="{number(end - start)}" height="10"'
    marks = [f'<rect {place} fill="{colour}"/>']
    if bar.lower is not None and bar.upper is not None:
        left, right = x(bar.lower), x(bar.upper)
        marks.append(rule(left, middle, right, middle, "interval"))
        marks += [rule(at, middle - 3, at, middle + 3, "interval") for at in (left, right)]
        end = max(end, right)
    return [*marks, text(end + 4, middle + 3.5, bar.said)]
