"""Finds a source's files in the data folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fullpicture.core.errors import SourceRefused


def files_of(names: Sequence[str], data: Path) -> dict[str, Path]:
    """Files by their name within the data folder; patterns are filled, in order of names.

    What spreadsheet programs and systems put beside a file (`~$...`, `.name`) is never meant.
    """
    found: dict[str, Path] = {}
    for pattern in names:
        if not any(sign in pattern for sign in "*?["):
            found[pattern] = data / pattern
            continue
        matches = sorted(path for path in data.glob(pattern) if not path.name.startswith(("~$", ".")))
        if not matches:
            mend = f"Put the files into the data folder {data.name}/."
            raise SourceRefused(pattern, "no file has such a name.", mend)
        found |= {path.relative_to(data).as_posix(): path for path in matches}
    return found
