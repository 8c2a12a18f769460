"""Puts a finished folder in the place of another in one step, so that no moment shows half of either."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def beside(target: Path) -> Path:
    """A new empty folder on the same disk as the target, for a build to be written into.

    What an earlier build left behind when it was killed is removed, and an old edition that was moved away
    by a killed build is moved back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    fresh.mkdir()
    return fresh


def recover(target: Path) -> None:
    """Tidies up after a build that was killed: the old edition back in place, half-written ones removed."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in target.parent.glob(f".{target.name}.*-*"):
        if _is_leftover(leftover, target):
            shutil.rmtree(leftover)


def _is_leftover(folder: Path, target: Path) -> bool:
    """Folders of builds that run no more; one that still runs keeps its own."""
    kind, _, number = folder.name.removeprefix(f".{target.name}.").rpartition("-")
    if kind not in ("new", "old") or not number.isdigit():
        return False
    return kind == "old" or not _runs(int(number))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


def swap_in(fresh: Path, target: Path) -> None:
    """Makes `fresh` the target and removes what stood there.

    Linux exchanges the two names in one system call (renameat2 with RENAME_EXCHANGE). Where that is not to be
    had, the old edition is moved aside first; if the process is killed in between, `recover` moves it back.
    """
    if not target.exists():
        fresh.rename(target)
    elif _exchanged(fresh, target):
        shutil.rmtree(fresh)
    else:
        target.rename(_old(target))
        fresh.rename(target)
        shutil.rmtree(_old(target))


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.old-0")


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two names now stand for each other's folder."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EXDEV):
        return False
    raise OSError(number, os.strerror(number), str(other))
