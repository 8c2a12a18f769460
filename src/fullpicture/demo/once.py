"""Writes the invented nation where it is not yet, and never over what somebody has changed in it."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib import resources
from pathlib import Path
from typing import Literal

from fullpicture.demo.nation import write_nation

Said = Literal["written", "there already", "changed by you"]
_NOTE = ".invented.json"
_FOLDERS = ("sources", "indicators", "codebooks", "reports", "data", "truth")


def write_once(folder: Path, seed: int, size: str) -> Said:
    """Makes the programme folder hold the nation of this seed and size, unless it has been changed.

    What was written is known by its hash: a folder that is still as it was written is written anew where
    another nation, or our own code, would make another one; a folder that is not is left alone.
    """
    wanted = {"seed": seed, "size": size, "code": _code()}
    note = folder / _NOTE
    if folder.exists():
        said = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
        if said.get("files") != _hash(folder):
            return "changed by you"
        if {name: said.get(name) for name in wanted} == wanted:
            return "there already"
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    write_nation(folder, seed=seed, size=size)
    note.write_text(json.dumps({**wanted, "files": _hash(folder)}), encoding="utf-8")
    return "written"


def _hash(folder: Path) -> str:
    """Of every file that was written: names, sizes and, of what people edit, contents."""
    digest = hashlib.sha256()
    paths = [path for name in _FOLDERS for path in (folder / name).rglob("*")]
    for path in sorted([*paths, folder / "programme.toml", folder / "areas.csv"]):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes() if path.suffix in (".toml", ".md") else b"")
    return digest.hexdigest()


def _code() -> str:
    """Of our own code and data: another version invents another nation."""
    digest = hashlib.sha256()
    for path in sorted(Path(str(resources.files("fullpicture.demo"))).rglob("*")):
        if path.suffix in (".py", ".toml", ".md", ".csv"):
            digest.update(path.read_bytes())
    return digest.hexdigest()
