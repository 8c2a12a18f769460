"""One at a time: locks of files, which the system lets go when a process ends, however it ends."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes], wait: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes], wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@dataclass
class _Hold:
    """Who of this process has the lock: one thread, and how often it has entered."""

    thread: threading.RLock = field(default_factory=threading.RLock)
    depth: int = 0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock of a file, which is made where it is missing; waits for whoever holds it.

    Whoever is within may enter again.
    """
    hold = _hold(path.resolve())
    with hold.thread:
        if hold.depth:
            yield
            return
        with path.open("ab") as file:
            _take(file, wait=True)
            hold.depth = 1
            try:
                yield
            finally:
                hold.depth = 0


def is_held(path: Path) -> bool:
    """Whether a process that still runs, this one included, holds the lock of a file."""
    if not path.exists():
        return False
    with path.open("ab") as file:
        try:
            _take(file, wait=False)
        except OSError:
            return True
    return False


@cache
def _hold(path: Path) -> _Hold:
    return _Hold()
