"""The programme's key, with which the forces' own references are hashed; it never leaves the machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from fullpicture.core.errors import Mistake, ProgrammeRefused

_NAME = "FULLPICTURE_KEY"
_LEAST = 16


def programme_key(folder: Path) -> bytes:
    """The key in the environment (`FULLPICTURE_KEY`), else that in `state/key`, made on first use.

    With another key the same crime has another reference: vintages made with different keys cannot be
    compared, and victims are not seen again.

    Raises:
        ProgrammeRefused: the key is too short to protect anything.
    """
    if given := os.environ.get(_NAME, ""):
        return _checked(given.encode(), _NAME)
    path = folder / "state" / "key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return programme_key(folder)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return _checked(path.read_bytes().strip(), "state/key")


def _checked(key: bytes, where: str) -> bytes:
    if len(key) < _LEAST:
        what = f"the key has fewer than {_LEAST} characters."
        mend = "Put the key back, or delete it to have a new one made."
        raise ProgrammeRefused([Mistake(where, what, mend)])
    return key
