"""`state/` in the programme folder: what people decided and did, one line each, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.locks import locked

Noun = TypeVar("Noun")

MENDED = b'{"mended":"the line above was cut off when a process stopped; it was never complete"}\n'
"""Written below a line that a crash cut off, so that what is left of it stays and is known for what it is."""


def utc(at: datetime) -> datetime:
    """The moment in UTC.

    Raises:
        ValueError: it does not say of which time zone it is.
    """
    if at.tzinfo is None:
        raise ValueError("a time needs its time zone: datetime.now(UTC).")
    return at.astimezone(UTC)


class State:
    """The folder `state/` of a programme folder. It is made when the first line is written.

    Files are JSON lines, one file per kind ("Programme state" in the contracts). Whoever reads first and
    then decides what to add does both within `locked()`, so that two processes never decide against each
    other.
    """

    def __init__(self, programme: Path) -> None:
        self.folder = programme / "state"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes meanwhile; may be entered again by whoever is within."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.folder / ".lock"):
            yield


@dataclass(frozen=True)
class Log(Generic[Noun]):
    """The lines of one kind, as nouns: `state/<kind>.jsonl`.

    Args:
        noun: the dataclass that a line is, or a union of some. Keys that it does not know are of a later
            version and pass.
    """

    state: State
    kind: str
    noun: Any

    @property
    def path(self) -> Path:
        """Where the lines are."""
        return self.state.folder / f"{self.kind}.jsonl"

    @property
    def _adapter(self) -> TypeAdapter[Noun]:
        return _adapter_of(self.noun)

    def add(self, nouns: Sequence[Noun]) -> None:
        """Adds a line each, with one write, and returns when they are on the disk.

        Raises:
            ProgrammeRefused: they could not be written, because the disk is full or may not be written to.
        """
        if not nouns:
            return
        lines = b"".join(self._adapter.dump_json(noun) + b"\n" for noun in nouns)
        try:
            with self.state.locked():
                is_new = not self.path.exists()
                _write(self.path, _mend(self.path) + lines)
                if is_new:
                    flush_folder(self.path.parent)
        except OSError as error:
            mend = "Make room or ask for the right to write there, then do it again."
            raise self._refused(None, f"nothing could be written ({error.strerror}).", mend) from None

    def read(self) -> tuple[Noun, ...]:
        """The nouns, oldest first. A line that a crash cut off is left out: nothing was ever decided by it.

        Raises:
            ProgrammeRefused: a line was changed by hand and is no line of this kind any more.
        """
        found: list[Noun] = []
        broken: list[int] = []
        for number, line in enumerate(_lines(self.path), start=1):
            if line.rstrip(b"\n") == MENDED.rstrip(b"\n"):
                broken = []
            elif (noun := self._noun(number, line)) is None:
                broken.append(number)
            elif broken:
                break
            else:
                found.append(noun)
        else:
            return tuple(found)
        raise self._refused(broken[0], "this line was damaged.", "Put it back from a copy of the folder.")

    def _noun(self, number: int, line: bytes) -> Noun | None:
        """What the line says, or None where it was not written to its end."""
        try:
            return self._adapter.validate_json(line)
        except ValidationError as error:
            if not _is_whole(line):
                return None
            keys = ", ".join(sorted({str(part) for one in error.errors() for part in one["loc"][-1:]}))
            what = f"this line does not say what a line of {self.kind} says ({keys})."
            raise self._refused(number, what, "Put it back from a copy of the folder.") from None

    def _refused(self, number: int | None, what: str, mend: str) -> ProgrammeRefused:
        where = f"state/{self.path.name}" + (f":{number}" if number else "")
        return ProgrammeRefused([Mistake(where, what, mend)])


@cache
def _adapter_of(noun: Any) -> TypeAdapter[Any]:
    return TypeAdapter(noun)


def flush_folder(folder: Path) -> None:
    """Returns when the names in a folder are on the disk, where the system can be asked to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def _is_whole(line: bytes) -> bool:
    """Whether all of a line was written: no first part of a JSON object is one itself."""
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _mend(path: Path) -> bytes:
    """What to write before the next line: the end of a line that has none, and the mark of one cut off."""
    lines = _lines(path)
    if not lines:
        return b""
    end = b"" if lines[-1].endswith(b"\n") else b"\n"
    return end if _is_whole(lines[-1]) else end + MENDED


def _write(path: Path, text: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while text:
            text = text[os.write(handle, text) :]
        os.fsync(handle)
    finally:
        os.close(handle)
