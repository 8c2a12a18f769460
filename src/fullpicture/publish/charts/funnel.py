"""A funnel: places by how much was expected of each, with the limits that chance leaves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fullpicture.publish.charts.svg import COLOURS, DASHES, WIDTH, frame, number, rule, short, text, ticks

_LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 34, 12, 12, 24, 190


@dataclass(frozen=True)
class Spot:
    """A place: what was expected, its value, its limits, widest last, and whether it lies outside them."""

    label: str
    expected: float
    value: float
    limits: Sequence[tuple[float, float]]
    is_outside: bool


def funnel_chart(id_: str, title: str, desc: str, spots: Sequence[Spot], target: float) -> str:
    """Places as dots, those outside the widest limits named; limits as lines, dashed the more they allow."""
    ordered = sorted(spots, key=lambda spot: spot.expected)
    most = max([spot.value for spot in spots] + [min(one[1], 3 * target) for s in spots for one in s.limits])
    across, up = ticks(0, max(spot.expected for spot in spots)), ticks(0, most)
    wide, tall = WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(value: float) -> float:
        return _LEFT + wide * value / across[-1]

    def y(value: float) -> float:
        return _TOP + tall * (1 - min(value, up[-1]) / up[-1])

    marks = [rule(_LEFT, y(tick), WIDTH - _RIGHT, y(tick), "zero" if tick == 0 else "grid") for tick in up]
    marks += [text(_LEFT - 4, y(tick) + 3.5, short(tick), anchor="end") for tick in up]
    marks += [text(x(tick), _HEIGHT - 8, short(tick), anchor="middle") for tick in across]
    marks.append(rule(_LEFT, y(target), WIDTH - _RIGHT, y(target), "zero"))
    marks += _limit_lines(ordered, x, y)
    marks += [_spot(spot, x, y) for spot in ordered]
    return frame(id_, _HEIGHT, title, desc, marks)


def _limit_lines(
    spots: Sequence[Spot], x: Callable[[float], float], y: Callable[[float], float]
) -> list[str]:
    lines = []
    for place in range(len(spots[0].limits)):
        for side in (0, 1):
            points = " ".join(f"{number(x(s.expected))},{number(y(s.limits[place][side]))}" for s in spots)
            dash = f' stroke-dasharray="{DASHES[place + 1]}"'
            lines.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[1]}"{dash}/>')
    return lines


def _spot(spot: Spot, x: Callable[[float], float], y: Callable[[float], float]) -> str:
    colour = COLOURS[1] if spot.is_outside else COLOURS[0]
    dot = f'<circle cx="{number(x(spot.expected))}" cy="{number(y(spot.value))}" r="3" fill="{colour}"/>'
    if not spot.is_outside:
        return dot
    left = x(spot.expected) > WIDTH / 2
    move = -5 if left else 5
    return dot + text(
        x(spot.expected) + move, y(spot.value) + 3.5, spot.label, anchor="end" if left else "start"
    )
