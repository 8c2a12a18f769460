"""From a download to delivered files: checked, unpacked, put in place in one step, the earlier file kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fullpicture.collect.fetch.remote import Kept, NotFetched, Remote
from fullpicture.collect.fetch.web import Say, Web

UNFINISHED, EARLIER = ".fetching", "earlier"
"""Folders within the data folder: of unfinished downloads, and of files that a newer one replaced."""


@dataclass(frozen=True)
class Saved:
    """What is in the data folder after a file was fetched: names within it with their SHA-256 and bytes.

    `is_new` says whether any of them is other than before; `kept` is what the server said of the download.
    """

    files: tuple[tuple[str, str, int], ...]
    is_new: bool
    kept: Kept


def save(web: Web, remote: Remote, file: str, data: Path, kept: Kept | None, say: Say) -> Saved | None:
    """Fetches a file into the data folder.

    Args:
        file: its name within the data folder; members of an archive go beside it where there are several.
        kept: what the server said when the file was fetched last, or None where it is not here as it was.

    Returns:
        What was saved, or None where the file we have is the newest.

    Raises:
        NotFetched: it did not come whole, or is not what was asked for; the files we have stay.
    """
    part = data / UNFINISHED / hashlib.sha256(remote.address.encode()).hexdigest()[:16]
    part.parent.mkdir(parents=True, exist_ok=True)
    now = web.download(remote, part, kept, say)
    if now is None:
        return None
    _check_hash(remote, part)
    if remote.members:
        with _archive(remote, part) as archive:
            placed = list(_members(archive, remote, file, data))
        part.unlink()
    else:
        placed = [_place(part, file, data)]
    files = tuple((name, sha256, size) for name, sha256, size, _ in placed)
    return Saved(files, any(is_new for *_, is_new in placed), now)


def _check_hash(remote: Remote, part: Path) -> None:
    if remote.sha256 and _sha256(part) != remote.sha256.lower():
        part.unlink()
        mend = "Ask the publisher what changed; mend sha256 only when it is the file that was meant."
        raise NotFetched(remote.address, "the file is not the one that sha256 names.", mend)


@contextmanager
def _archive(remote: Remote, part: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(part) as archive:
            yield archive
    except zipfile.BadZipFile:
        part.unlink()
        raise NotFetched(remote.address, "this is not a whole zip archive.", "Fetch it again.") from None


def _members(
    archive: zipfile.ZipFile, remote: Remote, file: str, data: Path
) -> Iterator[tuple[str, str, int, bool]]:
    """Unpacks the members asked for: the only one under the name of the file, several beside it."""
    missing = sorted(set(remote.members) - set(archive.namelist()))
    if missing:
        mend = "See how the publisher calls them."
        raise NotFetched(remote.address, f"the archive has no {'; '.join(missing)}.", mend)
    for member in remote.members:
        name = file if len(remote.members) == 1 else str(Path(file).with_name(Path(member).name))
        fresh = data / UNFINISHED / Path(name).name
        with archive.open(member) as source, fresh.open("wb") as target:
            shutil.copyfileobj(source, target)
        yield _place(fresh, name, data)


def _place(fresh: Path, name: str, data: Path) -> tuple[str, str, int, bool]:
    """Puts a file where it belongs; one that it replaces is kept, under its hash."""
    target, sha256, size = data / name, _sha256(fresh), fresh.stat().st_size
    before = _sha256(target) if target.is_file() else ""
    if before == sha256:
        fresh.unlink()
        return name, sha256, size, False
    target.parent.mkdir(parents=True, exist_ok=True)
    if before:
        earlier = target.parent / EARLIER / f"{before[:12]}-{target.name}"
        earlier.parent.mkdir(exist_ok=True)
        if not earlier.exists():
            shutil.copy2(target, earlier)
    os.replace(fresh, target)
    return name, sha256, size, True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
