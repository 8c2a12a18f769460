"""A strip: where an area lies among others on one line, for the cell of a table that gives the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDE, _TALL, _EDGE = 120, 24, 5


def strip(title: str, desc: str, own: float | None, others: Sequence[float], middle: float | None) -> str:
    """A ring for each of the others, a filled dot for the area itself, and a stroke at the middle.

    Examples:
        >>> strip("Kent", "Kent 2.", 2.0, [], None)
        ''
    """
    known = [value for value in (own, middle, *others) if value is not None]
    if not others or len(known) < 2:
        return ""
    low, span = min(known), (max(known) - min(known)) or 1.0

    def x(value: float) -> int:
        return round(_EDGE + (_WIDE - 2 * _EDGE) * (value - low) / span)

    marks = [f'<circle cx="{x(value)}" cy="12" r="3.5"/>' for value in others]
    if middle is not None:
        marks.append(f'<path d="M{x(middle)} 2V22" stroke="#111" stroke-width="1.5"/>')
    if own is not None:
        marks.append(f'<circle class="own" cx="{x(own)}" cy="12" r="4.5"/>')
    return (
        f'<svg class="strip" role="img" viewBox="0 0 {_WIDE} {_TALL}"><title>{escape(title)}</title>'
        f"<desc>{escape(desc)}</desc>{''.join(marks)}</svg>"
    )
