"""The programme's key, with which the forces' own references are hashed; it never leaves the machine."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.state import State

_NAME = "FULLPICTURE_KEY"
_LEAST, _MOST = 16, 64
"""Characters; more than 64 bytes are no key of blake2b."""
_KEPT = "state/vintages/key-fingerprint"


def programme_key(folder: Path) -> bytes:
    """The key in the environment (`FULLPICTURE_KEY`), else that in `state/key`, made on first use.

    With another key the same crime has another reference: vintages made with different keys cannot be
    compared, and victims are not seen again. So the fingerprint of the first key is kept beside the vintages,
    and no other key is taken.

    Raises:
        ProgrammeRefused: the key is too short to protect anything, too long, or not that of the vintages.
    """
    kept = folder / _KEPT
    with State(folder).locked():
        if given := os.environ.get(_NAME, ""):
            return _same(_checked(given.encode(), _NAME), _NAME, kept)
        path = folder / "state" / "key"
        if not path.exists():
            if kept.exists():
                raise _refused("state/key", "the key is gone with which the vintages here were made.")
            _write(path, secrets.token_hex(32))
        return _same(_checked(path.read_bytes().strip(), "state/key"), "state/key", kept)


def _same(key: bytes, where: str, kept: Path) -> bytes:
    """The key, if it is the one that was used here first."""
    fingerprint = hashlib.blake2b(b"fingerprint of the key", key=key, digest_size=8).hexdigest()
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        _write(kept, fingerprint)
    if kept.read_text(encoding="ascii").strip() != fingerprint:
        raise _refused(where, "this is not the key with which the vintages here were made.")
    return key


def _refused(where: str, what: str) -> ProgrammeRefused:
    mend = (
        "Put it back from a copy of the folder, or in FULLPICTURE_KEY. If it is lost for good, delete "
        f"{_KEPT}: then all records are taken in again, as new ones that no earlier vintage is compared with."
    )
    return ProgrammeRefused([Mistake(where, f"{what} Every reference would be another.", mend)])


def _write(path: Path, text: str) -> None:
    """Writes it for the owner alone, all of it or nothing."""
    fresh = path.with_name(f".{path.name}.new")
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _checked(key: bytes, where: str) -> bytes:
    if not _LEAST <= len(key) <= _MOST:
        what = f"the key has fewer than {_LEAST} characters, or more than {_MOST}."
        mend = "Put the key back; where nothing was ever taken in, delete it to have a new one made."
        raise ProgrammeRefused([Mistake(where, what, mend)])
    return key
