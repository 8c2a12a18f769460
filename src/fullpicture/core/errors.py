"""Every error the package raises.

FullPictureError
├── UsageError                 the command or call does not fit
│   ├── UnknownFigure          no figure has that id
│   └── UnknownArea            no area has that code
├── ProgrammeRefused           a programme folder has mistakes (all of them, at once)
├── SourceRefused              a delivered file cannot be read as declared
├── TablesRefused              tables to protect or to audit do not fit together (all mistakes, at once)
├── EngineMissing              an engine is not installed or does not answer
├── Contradiction              no table of counts fits what is published
├── PublicationBroken          what was written breaks a rule of its form
└── DisclosureError            something would reach the public edition without protection
    ├── NotProtected           a table that protect() has not made
    ├── NotPublishable         a source says published without saying by whom
    └── Unprotectable          no way was found to publish a table

A message says where, what, and what to do. It may quote codes; never names, free text, dates or identifiers
from anyone's records, and never a suppressed value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NAMED = 20


class FullPictureError(Exception):
    """Base of every error raised on purpose."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing wrong in a file that people write: where, what, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}"


class UsageError(FullPictureError):
    """The command or call does not fit: wrong usage, exit code 2."""


class UnknownFigure(UsageError):
    """No figure has that id."""

    def __init__(self, figure_id: str, nearest: str | None = None) -> None:
        self.figure_id, self.nearest = figure_id, nearest
        hint = f" Did you mean {nearest}?" if nearest else ""
        super().__init__(
            f"{figure_id}: no figure has this id.{hint} "
            "An id is indicator/area_code/period_kind:period/breakdown/category, as in figures.csv."
        )


class UnknownArea(UsageError):
    """No area has that code."""

    def __init__(self, code: str, nearest: str | None = None) -> None:
        self.code, self.nearest = code, nearest
        hint = f" Did you mean {nearest}?" if nearest else ""
        super().__init__(
            f"{code}: no area in the register has this code.{hint} Add it to the programme's areas.csv."
        )


class ProgrammeRefused(FullPictureError):
    """A programme folder has mistakes; `mistakes` lists all of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class SourceRefused(FullPictureError):
    """A delivered file cannot be read as declared; `mistake` says where, what and how to mend it."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        self.mistake = Mistake(where, what, mend)
        super().__init__(str(self.mistake))


class TablesRefused(FullPictureError):
    """Tables to protect or to audit do not fit together; `mistakes` lists all of them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class EngineMissing(FullPictureError):
    """An engine is not installed or does not answer."""


class Contradiction(FullPictureError):
    """What is published does not add up: no table of counts fits it."""


class PublicationBroken(FullPictureError):
    """What was written breaks a rule of its form: a fault of ours, found before anything is published."""


class DisclosureError(FullPictureError):
    """Something would reach the public edition without protection."""


class NotProtected(DisclosureError):
    """A public edition was given a table that protect() has not made."""


class NotPublishable(DisclosureError):
    """A source is called published without saying by whom, where and under which licence."""


class Unprotectable(DisclosureError):
    """No way was found to publish a table by a method; `cells` stand in the way, by their codes."""

    def __init__(self, method: str, cells: Sequence[str]) -> None:
        self.method, self.cells = method, tuple(cells)
        named = "".join(f"\n  {cell}" for cell in self.cells[:_NAMED])
        more = f"\n  and {len(cells) - _NAMED:,} more" if len(cells) > _NAMED else ""
        super().__init__(
            f"{method}: {len(cells):,} cells cannot be protected, so nothing is published. Let more cells be "
            f"hidden, coarsen the table, or let the method be chosen (auto).{named}{more}"
        )
