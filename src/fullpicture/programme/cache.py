"""Keeps what has been computed, by what it was computed from, so that it is not computed again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import feather

from fullpicture.core.digest import fingerprint


@cache
def code_of(*packages: str) -> str:
    """A fingerprint of our own code in some of the folders: results made by other code are not used again."""
    root = resources.files("fullpicture")
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(Path(str(root / package)).rglob("*")):
            if path.suffix in (".py", ".csv", ".toml", ".html", ".css", ".js"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Cache:
    """A folder of tables with notes; safe to delete at any time. It holds internal figures.

    Tables are as they lie in memory: of one that is kept, no more is read than is looked at.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._is_edition_made = False
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def get(self, key: str) -> tuple[list[pa.Table], Any] | None:
        """The tables and notes kept under a key, or None."""
        self._used.add(key)
        note = self._folder / f"{key}.json"
        if not note.exists():
            return None
        kept = json.loads(note.read_text(encoding="utf-8"))
        paths = [self._folder / f"{key}-{number}.arrow" for number in range(kept["tables"])]
        return [feather.read_table(path, memory_map=True) for path in paths], kept["notes"]

    def put(self, key: str, tables: Iterable[pa.Table], notes: Any) -> None:
        """Keeps tables and notes; the note is written last and in one step, so that a half is never read."""
        self._used.add(key)
        count = 0
        for table in tables:
            feather.write_feather(table, self._folder / f"{key}-{count}.arrow", "uncompressed")
            count += 1
        fresh = self._folder / f"{key}.json.{os.getpid()}"
        fresh.write_text(json.dumps({"tables": count, "notes": notes}), encoding="utf-8")
        fresh.replace(self._folder / f"{key}.json")

    def kept(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        self._used.add(key)
        self._is_edition_made = True
        path = self._folder / f"{key}.bin"
        return path.read_bytes() if path.exists() else None

    def keep(self, key: str, made: bytes) -> None:
        """Keeps bytes, in one step."""
        self._used.add(key)
        fresh = self._folder / f"{key}.bin.{os.getpid()}"
        fresh.write_bytes(made)
        fresh.replace(self._folder / f"{key}.bin")

    def forget_unused(self) -> None:
        """Removes what this build did not ask for.

        Where all editions were taken over, nothing was asked for that they are made of, and that stays.
        """
        for path in self._folder.glob("*[0-9a-f].*"):
            if path.suffix == ".bin" and not self._is_edition_made:
                continue
            if path.name != "origin.json" and path.name.split(".")[0].split("-")[0] not in self._used:
                path.unlink()


@dataclass(frozen=True)
class Made:
    """What some of our code made of an edition, kept in a cache: what other code made is not used again."""

    cache: Cache
    edition: str
    code: str

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, or None."""
        return self.cache.kept(fingerprint(self.edition, self.code, key))

    def keep(self, key: str, made: bytes) -> None:
        """Keeps what was made."""
        self.cache.keep(fingerprint(self.edition, self.code, key), made)
