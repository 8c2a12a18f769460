"""Writes what an edition is made of: its site, its data and its workbooks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from fullpicture.publish import write_data, write_education_files, write_site, write_workbooks
from fullpicture.publish.kept import Kept
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.pages import FOLDER
from fullpicture.publish.report.write import write_reports
from fullpicture.publish.site.grouped import Grouped

_OWN = (".html", ".xlsx", ".ods")
"""Endings of files that say which edition they are of; the others are the same where figures are."""


@dataclass
class Shared:
    """What editions that say the same have in common: made with the public one, taken by the internal one.

    `bodies` is what pages show by path, `grouped` the figures as pages look them up, `folder` where the one
    is that was written first.
    """

    bodies: dict[str, bytes] = field(default_factory=dict)
    grouped: Grouped | None = None
    folder: Path | None = None


def write_edition(
    ready: Publication,
    folder: Path,
    shared: Shared | None = None,
    kept: Kept | None = None,
    say: Callable[[str], None] = lambda detail: None,
) -> None:
    """Everything but the certificate; a thread compresses the workbooks while the others are written.

    Args:
        shared: what editions that say the same have in common; filled by the first that is written.
        kept: sheets of workbooks, parts of pages and lines of files of earlier builds.
    """
    shared = shared or Shared()
    with ThreadPoolExecutor(1) as beside:
        workbooks = beside.submit(write_workbooks, ready, folder, kept)
        if shared.folder:
            say(f"{ready.edition} data")
            shutil.copytree(shared.folder, folder, ignore=_own, dirs_exist_ok=True)
        say(f"{ready.edition} site")
        shared.grouped = write_site(ready, folder, shared.bodies, shared.grouped, kept)
        if not shared.folder:
            say(f"{ready.edition} data")
            write_data(ready, folder, kept)
            write_education_files(ready, folder)
        if ready.reports:
            say(f"{ready.edition} reports")
            write_reports(ready, folder)
        say(f"{ready.edition} workbooks")
        workbooks.result()
    shared.folder = folder


def _own(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith(_OWN) or name in ("certificate.json", FOLDER)}
