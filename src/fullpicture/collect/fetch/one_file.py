"""A file with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass

from fullpicture.collect.fetch.remote import STRICT, Remote
from fullpicture.collect.fetch.web import Web


@dataclass(frozen=True)
class OneFile:
    """`interface = "file"`: a file at an address.

    Args:
        member: of a zip archive, as the one with all files of a release: the member that is the file.
        sha256: what the download must hash to, where somebody said.
    """

    __pydantic_config__ = STRICT

    address: str
    member: str = ""
    sha256: str = ""

    def remotes(self, web: Web) -> list[Remote]:
        """The file itself; nobody is asked."""
        return [Remote(self.address, members=(self.member,) if self.member else (), sha256=self.sha256)]
