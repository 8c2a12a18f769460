"""A check before sign-off, and what it finds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fullpicture.publish.review.reviewed import Reviewed


@dataclass(frozen=True)
class Found:
    """One thing that is wrong: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


@dataclass(frozen=True)
class Finding:
    """What a check found, under its code; a lead analyst waives it by its `id`."""

    code: str
    where: str
    what: str
    mend: str

    @property
    def id(self) -> str:
        """The code and a digest of the place and what is wrong: the same in every run."""
        said = f"{self.where}\n{self.what}"
        return f"{self.code}-{hashlib.sha256(said.encode()).hexdigest()[:6]}"

    def __str__(self) -> str:
        return f"{self.id} {self.where}: {self.what} {self.mend}"


Find = Callable[[Reviewed], Iterator[Found]]


@dataclass(frozen=True)
class Check:
    """One check: its code, which is never used again, what must hold, and why."""

    code: str
    title: str
    why: str
    find: Find

    def findings(self, reviewed: Reviewed) -> list[Finding]:
        """What it finds, each once."""
        found = (Finding(self.code, one.where, one.what, one.mend) for one in self.find(reviewed))
        return list(dict.fromkeys(found))


def check(code: str, title: str, why: str) -> Callable[[Find], Check]:
    """Makes a check of a function."""
    return lambda find: Check(code, title, why, find)
