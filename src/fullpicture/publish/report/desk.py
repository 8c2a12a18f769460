"""What an author's calls put into a text: each leaves a mark there, and what it stands for lies here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fullpicture.publish.report.document import Citation, ReportChart, ReportTable
from fullpicture.publish.report.lookup import NotThere

Piece = str | Citation
OPEN, CLOSE = "\ue000", "\ue001"
LINE_OPEN, LINE_CLOSE = "\ue002", "\ue003"
"""Characters of private use: nobody types them, and Markdown leaves them alone."""
COMMENT = ("{*", "*}")
"""What an author writes for authors alone; the usual `{#` begins the id of a heading."""
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
LINE = re.compile(f"{LINE_OPEN}(\\d+){LINE_CLOSE}")


@dataclass(frozen=True)
class Cited:
    """Words and figures within a sentence; where one is withheld the sentence falls away, or says so."""

    pieces: tuple[Piece, ...]
    falls_away: bool = False


@dataclass(frozen=True)
class Reference:
    """The number of a table or chart, by its id: known when the whole text has been read."""

    id: str


@dataclass(frozen=True)
class Appendix:
    """Where the tables of charts go."""


Item = Cited | Reference | Appendix | ReportTable | ReportChart


@dataclass
class Desk:
    """Items by the numbers of their marks; `missing` are calls that ask for what is not there."""

    items: list[Item] = field(default_factory=list)
    missing: dict[int, NotThere] = field(default_factory=dict)

    def put(self, item: Item) -> str:
        """Keeps an item and returns its mark."""
        self.items.append(item)
        return f"{OPEN}{len(self.items) - 1}{CLOSE}"

    def miss(self, error: NotThere) -> str:
        """Keeps what is wrong with a call; its mark tells on which line that is."""
        self.missing[len(self.items)] = error
        return self.put(Cited(("",)))


def with_lines(source: str, first: int) -> str:
    """A text whose lines say which they are, where they are not a statement of the template.

    Examples:
        >>> with_lines("One.\\n{% if x %}\\n", 4) == f"One.{LINE_OPEN}4{LINE_CLOSE}\\n{{% if x %}}\\n"
        True
    """
    lines: Sequence[str] = source.split("\n")
    marked, is_open = [], False
    for number, line in enumerate(lines, start=first):
        is_open = _is_open(line, is_open)
        is_statement = line.rstrip().endswith("%}") or not line.strip()
        marked.append(line if is_open or is_statement else f"{line}{LINE_OPEN}{number}{LINE_CLOSE}")
    return "\n".join(marked)


def _is_open(line: str, was_open: bool) -> bool:
    """Whether a call or a statement goes on in the next line."""
    opened = max(line.rfind("{{"), line.rfind("{%"), line.rfind(COMMENT[0]))
    closed = max(line.rfind("}}"), line.rfind("%}"), line.rfind(COMMENT[1]))
    return opened > closed if max(opened, closed) >= 0 else was_open
