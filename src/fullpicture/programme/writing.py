"""Writes what an edition is made of: its site, its data and its workbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fullpicture.publish import write_data, write_education_files, write_site, write_workbooks
from fullpicture.publish.publication import Publication

_PARTS = (
    ("data", write_data),
    ("data for others", write_education_files),
    ("workbooks", write_workbooks),
)
"""What an edition is made of besides its site, in the order in which it is written."""


def write_edition(
    ready: Publication,
    folder: Path,
    bodies: dict[str, str] | None = None,
    say: Callable[[str], None] = lambda detail: None,
) -> None:
    """Everything but the certificate; `bodies` is what the pages of an edition show that says the same."""
    say(f"{ready.edition} site")
    write_site(ready, folder, bodies)
    for what, write in _PARTS:
        say(f"{ready.edition} {what}")
        write(ready, folder)
