"""`fullpicture themes assign`: themes for the answers of a file, each with the words that show it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fullpicture.analyse.themes.assigning import Coded, Coder
from fullpicture.analyse.themes.codebook import Codebook
from fullpicture.analyse.themes.vectors import Answers
from fullpicture.collect.named_columns import read_named
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.live import lifeless

BETWEEN = "|"
"""What stands between the themes of one answer."""
Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class AnswerColumns:
    """The headers of a file of answers; `features` are besides the text, `themes` what people coded."""

    text: str
    id: str = ""
    themes: str = ""
    group: str = ""
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """How many answers there were, how many were given each theme, and what of the coded ones was not learnt.

    `not_learnt` has themes that the codebook does not have, or that are retired, with their coded answers.
    """

    answers: int
    themes: Counter[str]
    not_learnt: Counter[str]


def assign(
    path: Path, columns: AnswerColumns, codebook: Codebook, labelled: Path | None, to: Path, tick: Tick
) -> Assignment:
    """Writes one row for every answer and theme: `id,theme,score,assigned,span_start,span_end`.

    Raises:
        SourceRefused: a file cannot be read, or lacks columns.
        ProgrammeRefused: no coded answer has a theme of the codebook.
    """
    cells = _cells(path, AnswerColumns(columns.text, columns.id, features=columns.features))
    answers = _answers(cells, columns)
    coder, not_learnt = _coder(codebook, answers, labelled, columns)
    ids, given = cells["id"], Counter[str]()
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "theme", "score", "assigned", "span_start", "span_end"))
        for one in coder.assign(answers, tick):
            given.update([one.theme] * one.assigned)
            span = tuple(one.span) if one.assigned else ("", "")
            cell = lifeless(ids[one.answer])
            writer.writerow((cell, lifeless(one.theme), f"{one.score:.6f}", int(one.assigned), *span))
    return Assignment(len(ids), given, not_learnt)


def _cells(path: Path, columns: AnswerColumns) -> dict[str, list[str]]:
    """The columns that are named, by our names; features by their headers."""
    ours = {name: getattr(columns, name) for name in ("id", "text", "themes", "group")}
    return dict(read_named(path, {header: header for header in columns.features} | ours).cells)


def _answers(cells: dict[str, list[str]], columns: AnswerColumns) -> Answers:
    return Answers(cells["text"], [cells[header] for header in columns.features])


def _coder(
    codebook: Codebook, answers: Answers, labelled: Path | None, columns: AnswerColumns
) -> tuple[Coder, Counter[str]]:
    if labelled is None:
        return Coder.from_codebook(codebook.in_use, answers), Counter()
    coded, not_learnt = _coded(labelled, columns, codebook)
    if not coded.has.any():
        mend = f'Write themes of the codebook between "{BETWEEN}".'
        raise ProgrammeRefused([Mistake(labelled.name, "no answer has a theme of the codebook.", mend)])
    return Coder.from_coded(codebook.in_use, coded), not_learnt


def _coded(path: Path, columns: AnswerColumns, codebook: Codebook) -> tuple[Coded, Counter[str]]:
    """What people coded, by the codebook as it is today; a group is a text where no column says it."""
    cells = _cells(path, AnswerColumns(columns.text, "", columns.themes, columns.group, columns.features))
    place = {theme.id: at for at, theme in enumerate(codebook.in_use)}
    has, not_learnt = np.zeros((len(cells["text"]), len(place)), dtype=bool), Counter[str]()
    for row, cell in enumerate(cells["themes"]):
        for name in filter(None, map(str.strip, cell.split(BETWEEN))):
            id_ = codebook.now(name)
            if id_ is None:
                not_learnt[name] += 1
            else:
                has[row, place[id_]] = True
    return Coded(_answers(cells, columns), has, cells.get("group") or cells["text"]), not_learnt
