"""What coders are asked of each case, and which answers there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BETWEEN = "|"
"""What stands between the codes of one answer where several may be given."""
NONE = "none"
"""What a coder writes where several may be given and none fits: an empty cell is one not yet coded."""


@dataclass(frozen=True)
class Question:
    """One question of a codebook.

    `codes` says what each answer means; `unknown` are those that say that the case does not tell, which are
    of no share's base. Where `several` is true, any number of codes may be given, joined by `|`, or `none`.
    """

    id: str
    asks: str
    codes: Mapping[str, str]
    unknown: tuple[str, ...] = ()
    several: bool = False

    def read(self, cell: str) -> frozenset[str]:
        """The codes that a filled-in cell gives; case and spaces do not matter."""
        known = {code.casefold(): code for code in self.codes}
        given = [part.strip() for part in cell.split(BETWEEN)] if self.several else [cell.strip()]
        if self.several and [part.casefold() for part in given] == [NONE]:
            return frozenset()
        return frozenset(known.get(part.casefold(), part) for part in given)

    def write(self, codes: frozenset[str]) -> str:
        """The cell that gives these codes."""
        return f" {BETWEEN} ".join(sorted(codes)) or NONE

    def is_answer(self, cell: str) -> bool:
        """Whether every code in the cell is one of the question's."""
        return self.read(cell) <= self.codes.keys()

    def says(self, codes: frozenset[str], code: str) -> bool | None:
        """Whether an answer has a code, or None where it says that the case does not tell."""
        return None if codes & set(self.unknown) else code in codes

    @property
    def counted(self) -> tuple[str, ...]:
        """The codes whose shares are estimated."""
        return tuple(code for code in self.codes if code not in self.unknown)


@dataclass(frozen=True)
class Questions:
    """A codebook of questions in the order in which coders are asked."""

    title: str
    questions: tuple[Question, ...]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    @property
    def guide(self) -> str:
        """What coders read beside their sheets: every question with its codes and what they mean."""
        lines = [
            self.title,
            "",
            "Write one code in each cell. Leave none empty. Do not talk with the other coder about a case",
            "before both of you have coded it.",
        ]
        for question in self:
            several = f"Several may be given, joined by {BETWEEN}, or {NONE}." if question.several else ""
            lines += ["", f"{question.id}: {question.asks} {several}".strip()]
            lines += [f"  {code}: {meaning}" for code, meaning in question.codes.items()]
        return "\n".join(lines) + "\n"
