"""Shared parts of charts: the frame with title and description, scales, numbers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from html import escape

COLOURS = ("#1d4f91", "#a8430a", "#3b7a57", "#7b3f8c", "#8a6d00")
"""Each has a contrast of at least 4.5:1 against white; lines are told apart by labels and dashes as well."""
DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 3")
WIDTH = 360


def frame(id_: str, height: float, title: str, desc: str, marks: Iterable[str]) -> str:
    """A chart with its title and its description for those who do not see it."""
    return (
        f'<svg role="img" aria-labelledby="{id_}-t {id_}-d" viewBox="0 0 {WIDTH} {number(height)}">'
        f'<title id="{id_}-t">{escape(title)}</title><desc id="{id_}-d">{escape(desc)}</desc>'
        f"{''.join(marks)}</svg>"
    )


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """A label; `kind` is a class of the stylesheet."""
    cls = f' class="{kind}"' if kind else ""
    end = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{number(x)}" y="{number(y)}"{cls}{end}>{escape(said)}</text>'


def lines_of(label: str, most: int) -> list[str]:
    """A label on one line or two of so many letters; what does not fit is cut, and the table has all of it.

    Examples:
        >>> lines_of("Yorkshire and The Humber", 20)
        ['Yorkshire and The', 'Humber']
    """
    return textwrap.wrap(label, most, max_lines=2, placeholder="…") or [label[:most]]


def rule(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line {ends} class="{kind}"/>'


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def ticks(low: float, high: float) -> list[float]:
    """Three to six round values that span low to high."""
    span = (high - low) or abs(high) or 1.0
    step = 10 ** math.floor(math.log10(span))
    step *= next(part for part in (0.1, 0.2, 0.5, 1, 2, 5) if span / (step * part) <= 5)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [place * step for place in range(first, last + 1)]


def short(value: float) -> str:
    """A number for an axis: `1.2m`, `35k`, `0.4`."""
    for size, sign in ((1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.10g}{sign}"
    return f"{value:.6g}"
