"""Where a build may be written: a new folder, an empty one, or a build of ours; never over anything else."""

from __future__ import annotations

import json
import os
from pathlib import Path

from fullpicture.core.errors import UsageError
from fullpicture.programme.load import Programme

_OURS = {"internal", "public", "run.json", "review.json", "review.html"}


def check_target(to: Path, programme: Programme) -> None:
    """Refuses a build folder whose swap would take away something that is not a build.

    Raises:
        UsageError: says what is there, and what to name instead.
    """
    mend = "Name a folder of its own with --to, for example build/report."
    for kept in (programme.folder.resolve(), programme.data.resolve()):
        if to == kept or to in kept.parents:
            raise UsageError(
                f"{to}: the programme or its data are here, and a build would replace them. {mend}"
            )
        if kept in to.parents and kept == programme.data.resolve():
            raise UsageError(f"{to}: this is within the data folder, which is never changed. {mend}")
    if to.exists() and not to.is_dir():
        raise UsageError(f"{to}: this is a file, not a folder. {mend}")
    if to.exists() and not _is_build(to):
        raise UsageError(f"{to}: there is something else in this folder, which a build would delete. {mend}")
    _check_writable(to, mend)


def _is_build(folder: Path) -> bool:
    """Whether there is nothing, or nothing but a build of ours."""
    found = {path.name for path in folder.iterdir()}
    if not found:
        return True
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return found <= _OURS and isinstance(record, dict) and "inputs" in record


def _check_writable(to: Path, mend: str) -> None:
    """The nearest folder above that exists takes the build and, until the swap, its two halves."""
    above = next(folder for folder in to.parents if folder.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise UsageError(f"{above}: nothing can be written here. {mend}")
