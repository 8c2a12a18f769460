"""Writes what an edition is made of: its site, its data and its workbooks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fullpicture.publish import write_data, write_education_files, write_site, write_workbooks
from fullpicture.publish.publication import Publication
from fullpicture.publish.sheets import Kept

_PARTS = (
    ("data", write_data),
    ("data for others", write_education_files),
)
"""What an edition is made of besides its site and its workbooks, in the order in which it is written."""


def write_edition(
    ready: Publication,
    folder: Path,
    bodies: dict[str, bytes] | None = None,
    kept: Kept | None = None,
    say: Callable[[str], None] = lambda detail: None,
) -> None:
    """Everything but the certificate; a thread compresses the workbooks while the others are written.

    Args:
        bodies: what the pages of an edition show that says the same.
        kept: sheets of workbooks of earlier builds.
    """
    with ThreadPoolExecutor(1) as beside:
        workbooks = beside.submit(write_workbooks, ready, folder, kept)
        say(f"{ready.edition} site")
        write_site(ready, folder, bodies)
        for what, write in _PARTS:
            say(f"{ready.edition} {what}")
            write(ready, folder)
        say(f"{ready.edition} workbooks")
        workbooks.result()
