"""Texts that a spreadsheet program would run: no file that we write carries one."""

from __future__ import annotations

from typing import TypeVar

Cell = TypeVar("Cell")

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet program takes for a formula."""


def lifeless(cell: Cell) -> Cell | str:
    """A cell as it is, or with an apostrophe before it if it is a text that would be run; numbers stay.

    Examples:
        >>> lifeless("=1+1"), lifeless("Kent"), lifeless(-3)
        ("'=1+1", 'Kent', -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(LIVE) else cell
