"""Shuts a process out of folders for good: by the kernel (Landlock) where it can, and in Python.

Nothing that the process does later opens the fence again. What it may read is Python, the package and the
system; what it may write is one folder.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH, _NO_NEW_PRIVILEGES = 1, 38
_READ = 0b1101
"""Execute, read a file, read a folder."""
_ALL = (1 << 13) - 1
"""The rights that the first version of Landlock knows."""
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc", "/proc", "/dev", "/opt", "/sys")
_STARTS_A_PROCESS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}


def fence(shut: Iterable[Path], writable: Path) -> bool:
    """Shuts this process out of folders; true where the kernel holds the fence, too."""
    roots = tuple(os.path.realpath(path) for path in shut)
    held = _hold(roots, os.path.realpath(writable)) if sys.platform == "linux" else False

    def hook(event: str, given: tuple[object, ...]) -> None:
        if event in _STARTS_A_PROCESS:
            raise PermissionError("no other process is started from here.")
        if event in ("open", "os.listdir", "os.scandir", "os.rename", "os.remove") and given:
            path = given[0]
            if isinstance(path, str | bytes | os.PathLike) and _is_in(os.path.realpath(path), roots):
                raise PermissionError("the internal edition and its sources are shut from here.")

    sys.addaudithook(hook)
    return held


def _is_in(path: str | bytes, roots: Iterable[str]) -> bool:
    text = os.fsdecode(path)
    return any(text == root or text.startswith(root + os.sep) for root in roots)


def _hold(roots: tuple[str, ...], writable: str) -> bool:
    """Asks the kernel; false where it cannot."""
    libc = ctypes.CDLL(None, use_errno=True)
    rights = ctypes.create_string_buffer(struct.pack("Q", _ALL))
    ruleset = libc.syscall(_CREATE, rights, ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    for path in (*_SYSTEM, *_python()):
        if os.path.isdir(path) and not any(_is_in(root, [os.path.realpath(path)]) for root in roots):
            _allow(libc, ruleset, path, _READ)
    _allow(libc, ruleset, writable, _ALL)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    held: bool = libc.syscall(_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return held


def _python() -> list[str]:
    """Where Python and the packages are."""
    package = str(Path(__file__).resolve().parents[1])
    return [package, *(os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, *sys.path) if path)]


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = ctypes.create_string_buffer(struct.pack("<Qi", rights, folder))
    libc.syscall(_ADD, ruleset, _BENEATH, rule, 0)
    os.close(folder)
