"""A line as small as a word, for the cell of a table whose other cells give its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from fullpicture.publish.charts.svg import COLOURS

_WIDE, _TALL, _EDGE = 96, 24, 3


def spark(title: str, desc: str, values: Sequence[float | None]) -> str:
    """A series without an axis, from its lowest to its highest value; broken where a value is absent.

    Examples:
        >>> spark("Referrals", "From 1 to 2.", [1, None])
        ''
        >>> spark("Referrals", "From 1 to 2.", [1, 2])[-42:]
        '5"/><circle cx="93" cy="3" r="2.5"/></svg>'
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (_WIDE - 2 * _EDGE) / (len(values) - 1)
    tall = _TALL - 2 * _EDGE
    steps, pen, x, y = [], "M", 0, 0
    for at, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        x, y = round(_EDGE + step * at), round(_EDGE + tall * (1 - (value - low) / span))
        steps.append(f"{pen}{x} {y}")
        pen = "L"
    return (
        f'<svg class="spark" role="img" viewBox="0 0 {_WIDE} {_TALL}"><title>{escape(title)}</title>'
        f'<desc>{escape(desc)}</desc><path d="{"".join(steps)}" fill="none" stroke="{COLOURS[0]}" '
        f'stroke-width="1.5"/><circle cx="{x}" cy="{y}" r="2.5"/></svg>'
    )
