"""Writes the public edition in a process of its own: it gets public tables, and can open nothing internal."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from fullpicture.core.errors import PublicationBroken
from fullpicture.programme.fence import fence
from fullpicture.programme.load import Programme
from fullpicture.programme.writing import write_edition
from fullpicture.publish.publication import Publication

_START = "from fullpicture.programme.public_process import main; main()"
_REFUSED = 3
_SCRATCH = "scratch"


@dataclass(frozen=True)
class PublicProcess:
    """A process that writes an edition; `finish` waits for it."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]
    folder: Path

    @classmethod
    def start(cls, ready: Publication, folder: Path, shut: Sequence[Path]) -> PublicProcess:
        """Starts writing an edition into a folder; those in `shut` cannot be opened by the process."""
        (folder / _SCRATCH).mkdir()
        said = TemporaryFile()  # noqa: SIM115 (open until the process has ended)
        with TemporaryFile() as given:
            pickle.dump(([str(path) for path in shut], str(folder)), given)
            pickle.dump(ready, given)
            given.seek(0)
            environment = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path),
                "PYTHONDONTWRITEBYTECODE": "1",
                "TMPDIR": str(folder / _SCRATCH),
            }
            command = [sys.executable, "-c", _START]
            process = subprocess.Popen(command, stdin=given, stderr=said, cwd=folder, env=environment)
        return cls(process, said, folder)

    def stop(self) -> None:
        """Ends it: the build has failed."""
        self.process.kill()
        self.process.wait()
        self.said.close()

    def finish(self) -> None:
        """Waits until all is written.

        Raises:
            PublicationBroken: the edition could not be written.
        """
        code = self.process.wait()
        self.said.seek(0)
        lines = self.said.read().decode("utf-8", "replace").strip().splitlines()
        self.said.close()
        if code != 0:
            raise PublicationBroken(lines[-1] if lines else "the public edition was not written.")
        shutil.rmtree(self.folder / _SCRATCH)


def shut_from_public(programme: Programme, cache: Path, to: Path, fresh: Path) -> list[Path]:
    """Everything internal: the programme with its data and its store, the cache, the internal editions."""
    folder = programme.folder.resolve()
    leads_here = {fresh, *fresh.parents, to}
    inside = [folder] if folder not in leads_here else sorted(set(folder.iterdir()) - leads_here)
    return [*inside, programme.data.resolve(), cache, to / "internal", fresh / "internal"]


def main() -> None:
    """The other side: what is shut comes first, and is shut before anything else is read."""
    shut, folder = pickle.load(sys.stdin.buffer)
    fence([Path(path) for path in shut], Path(folder))
    ready = pickle.load(sys.stdin.buffer)
    try:
        write_edition(ready, Path(folder))
    except PublicationBroken as broken:
        print(broken, file=sys.stderr)
        sys.exit(_REFUSED)
