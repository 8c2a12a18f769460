"""`fullpicture fetch`: the open data that sources name, with a record of each vintage."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fullpicture.collect.fetch import Kept, NotFetched, Remote, Web
from fullpicture.collect.fetch.saving import save
from fullpicture.core.errors import Mistake, UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.fetch_form import Fetch
from fullpicture.programme.load import Programme
from fullpicture.programme.state import Log, State, utc
from fullpicture.programme.toml import nearest_hint

Say = Callable[[str], None]


@dataclass(frozen=True)
class Fetched:
    """One line of `state/fetched.jsonl`: a file that a publisher delivered, and what it was.

    Args:
        version: what the publisher calls this edition of it.
        etag, modified: what the server said, by which it is asked next time whether the file changed.
        files: names within the data folder, with their SHA-256 and bytes.
    """

    source: str
    address: str
    version: str
    etag: str
    modified: str
    files: tuple[tuple[str, str, int], ...]
    at: datetime


@dataclass
class Fetching:
    """What became of a fetch: downloads, files that had not changed, and what could not be had."""

    new: list[Fetched] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def polite(programme: Programme, pause: float) -> Web:
    """A client that says who asks: the package, and the contact of the programme."""
    version = importlib.metadata.version("fullpicture")
    contact = programme.form.contact.encode("ascii", "ignore").decode()
    return Web(f"fullpicture/{version} ({contact})", pause)


def fetch(programme: Programme, sources: Sequence[str], web: Web, at: datetime, say: Say) -> Fetching:
    """Fetches the files of some sources, or of all that say where theirs are to be had.

    A file that did not change at its publisher's is not fetched again. A file that did replaces the one we
    have, which is kept in the folder `earlier/` beside it. One that cannot be had does not stop the others.

    Args:
        sources: their ids; empty for all.

    Raises:
        UsageError: a source that is not there, or says nothing of where its files are to be had.
    """
    _check_named(programme, sources)
    log: Log[Fetched] = Log(State(programme.folder), "fetched", Fetched)
    before = {(one.source, one.address): one for one in log.read()}
    run = _Run(programme.data, web, utc(at), say, before)
    for one in programme.fetches:
        if not sources or one.source in sources:
            run.source(one)
    log.add(run.done.new)
    return run.done


@dataclass
class _Run:
    """One fetch in progress; `before` is what was fetched last, by source and address."""

    data: Path
    web: Web
    at: datetime
    say: Say
    before: Mapping[tuple[str, str], Fetched]
    done: Fetching = field(default_factory=Fetching)

    def source(self, wanted: Fetch) -> None:
        """Asks where a file is, and fetches it."""
        self.say(f"{wanted.source}: asking for {wanted.file}")
        try:
            for remote in wanted.interface.remotes(self.web):
                self.file(wanted, remote)
        except NotFetched as refused:
            self.done.mistakes.append(refused.mistake)

    def file(self, wanted: Fetch, remote: Remote) -> None:
        """Fetches one file; where the one we have is still what was fetched, only if it changed."""
        last = self.before.get((wanted.source, remote.address))
        kept = Kept(last.etag, last.modified) if last and self._is_here(last) else None
        saved = save(
            self.web, remote, wanted.file, self.data, kept, lambda text: self.say(f"{wanted.file}: {text}")
        )
        if saved is None or not saved.is_new:
            self.done.unchanged.append(wanted.file)
        if saved is not None:
            said = (saved.kept.etag, saved.kept.modified)
            line = Fetched(wanted.source, remote.address, remote.version, *said, saved.files, self.at)
            self.done.new.append(line)

    def _is_here(self, last: Fetched) -> bool:
        paths = ((self.data / name, sha256) for name, sha256, _ in last.files)
        return all(path.is_file() and sha256_of(path) == sha256 for path, sha256 in paths)


def _check_named(programme: Programme, sources: Sequence[str]) -> None:
    known = sorted({one.source for one in programme.fetches})
    unknown = [name for name in sources if name not in known]
    if unknown:
        hints = " ".join(f"{name}: {nearest_hint(name, known)}" for name in unknown)
        raise UsageError(f"No fetch = {{ ... }} is said for {', '.join(unknown)}. {hints}")
    if not known:
        raise UsageError(
            "No source says where its files are to be had. Add fetch = { ... } (docs/fetching.md)."
        )
