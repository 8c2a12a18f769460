"""What is to be fetched, what is known of what was fetched before, and why something could not be."""

from __future__ import annotations

from dataclasses import dataclass

from fullpicture.core.errors import SourceRefused

STRICT = {"extra": "forbid"}
"""How the tables of `sources/*.toml` that ask for files are checked: a key that is not known is a mistake."""


class NotFetched(SourceRefused):
    """A file could not be fetched; `mistake` says which, why, and what to do."""


@dataclass(frozen=True)
class Remote:
    """One file at its publisher.

    Args:
        address: where it is.
        version: what the publisher calls this edition of it, or "" where it says nothing.
        members: of a zip archive: patterns of the members that are kept; empty for a file that is no archive.
        sha256: what the file must hash to, or "" where nobody said.
    """

    address: str
    version: str = ""
    members: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class Kept:
    """What a server said of a file when it was fetched, by which it can be asked whether it changed."""

    etag: str = ""
    modified: str = ""
