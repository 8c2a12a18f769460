"""Progress on a terminal, one plain line per stage elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

_SAID = {
    "read": "Reading the programme",
    "collect": "Collecting",
    "analyse": "Computing",
    "protect": "Protecting",
    "publish": "Writing",
    "code": "Coding answers",
    "fetch": "Fetching",
    "swap": "Putting the new editions in place",
}


@contextmanager
def progress(quiet: bool = False) -> Iterator[Callable[[str, str], None]]:
    """A function to be told of stages; it draws on standard error, and only where that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda stage, detail: None
        return
    with console.status("Starting") as status:
        yield lambda stage, detail: status.update(": ".join(filter(None, (_SAID[stage], detail))))
