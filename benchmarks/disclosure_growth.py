"""How the time to hide cells and to audit them grows with a table, drawn on two logarithmic scales."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fullpicture.publish.charts.svg import COLOURS, DASHES, WIDTH, frame, number, rule, text

_HEIGHT = 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 110.0, 14.0, 34.0
_CELLS = (1_000, 3_000, 10_000, 30_000, 100_000)
_SECONDS = (0.01, 0.1, 1, 10, 100, 1000)
_STYLE = (
    "<style>text{font:9px sans-serif;fill:#333}.grid{stroke:#ddd}@media print{text{fill:#000}}</style>"
    f'<rect width="{WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
)


class Growth(NamedTuple):
    """A table's cells, and seconds: to hide, to audit, and by elimination as measured elsewhere."""

    cells: int
    hides: float
    audits: float | None
    elimination: float | None


def growth_chart(found: Sequence[Growth]) -> str:
    """The chart as a file of its own."""
    ordered = sorted(found)
    lines = {
        "GaussSuppression, measured elsewhere": [(one.cells, one.elimination) for one in ordered],
        "Audited": [(one.cells, one.audits) for one in ordered],
        "Hidden, with proof": [(one.cells, one.hides) for one in ordered],
    }
    marks = [_STYLE, *_grid()]
    for order, (label, points) in enumerate(lines.items()):
        marks += _line(order, label, [(cells, seconds) for cells, seconds in points if seconds])
    said = "; ".join(f"{one.cells:,} cells hidden in {one.hides:.2g} s" for one in ordered)
    chart = frame("growth", _HEIGHT, "Seconds of a processor by cells of the table", said + ".", marks)
    return chart.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) + "\n"


def _x(cells: float) -> float:
    share = math.log(cells / _CELLS[0]) / math.log(_CELLS[-1] / _CELLS[0])
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(seconds: float) -> float:
    share = math.log(max(seconds, _SECONDS[0]) / _SECONDS[0]) / math.log(_SECONDS[-1] / _SECONDS[0])
    return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)


def _grid() -> Iterator[str]:
    for seconds in _SECONDS:
        yield rule(_LEFT, _y(seconds), WIDTH - _RIGHT, _y(seconds), "grid")
        yield text(_LEFT - 5, _y(seconds) + 3, f"{seconds:,g} s", anchor="end")
    for cells in _CELLS:
        yield text(_x(cells), _HEIGHT - _BOTTOM + 14, f"{cells:,}", anchor="middle")
    yield text((_LEFT + WIDTH - _RIGHT) / 2, _HEIGHT - 6, "cells of the table", anchor="middle")


def _line(order: int, label: str, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    places = [(_x(cells), _y(seconds)) for cells, seconds in points]
    path = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    dash = f' stroke-dasharray="{DASHES[order]}"' if DASHES[order] else ""
    yield f'<path d="M{path}" fill="none" stroke="{COLOURS[order]}" stroke-width="2"{dash}/>'
    yield from (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="2.5" fill="{COLOURS[order]}"/>' for x, y in places
    )
    for line, said in enumerate(label.split(", ")):
        where = f'x="{number(places[-1][0] + 6)}" y="{number(places[-1][1] + 3 + 11 * line)}"'
        yield f'<text {where} style="fill:{COLOURS[order]}">{said}</text>'
