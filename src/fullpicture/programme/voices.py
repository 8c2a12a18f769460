"""Answers of a programme with the themes that people and the machine gave them, by today's codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fullpicture.analyse.themes.codebook import Codebook
from fullpicture.analyse.themes.people import UNKNOWN, Themed, people_with_themes
from fullpicture.collect.answers import Answers, collect_answers
from fullpicture.collect.delivered import Collected
from fullpicture.collect.findings import Findings
from fullpicture.collect.interviews import collect_interviews
from fullpicture.collect.reading import read
from fullpicture.collect.source import TRANSCRIPTS, Reading, Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import SourceRefused
from fullpicture.core.problem import Problem
from fullpicture.programme.agreeing import codings
from fullpicture.programme.transcribing import key_of

ASSIGNED = ("id", "theme", "score", "assigned", "span_start", "span_end")
Marks = Mapping[str, frozenset[str]]
"""What each answer was given: ids of themes of today; `?id` for each that is to be coded again."""
AGAIN = "?"


class Given(NamedTuple):
    """What the machine says of one answer and theme: how sure, whether it gives it, by which words."""

    score: float
    is_given: bool
    start: int
    end: int


@dataclass(frozen=True)
class Voices:
    """A source's answers, coded. `people` are coders' marks, the one that counts first.

    `machine` is what was assigned, by answer and theme of today; `problems` are of the answers and the codes.
    """

    source: Source
    codebook: Codebook
    answers: Answers
    people: tuple[Marks, ...] = ()
    machine: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    machine_marks: Marks = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of each answer."""
        table = self.answers.table
        return dict(zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True))

    @property
    def marks(self) -> Marks:
        """What figures count: the machine's where it coded, else the first coder's."""
        return self.machine_marks if self.source.assigned else self.first

    @property
    def first(self) -> Marks:
        """The marks of the coder that counts."""
        return self.people[0] if self.people else {}

    @property
    def to_code_again(self) -> dict[str, list[str]]:
        """Answers whose theme was split, by what they are to be coded with now."""
        found: dict[str, list[str]] = {}
        for id_, themes in self.marks.items():
            for theme in themes:
                if theme.startswith(AGAIN) and id_ in self.texts:
                    found.setdefault(theme[1:], []).append(id_)
        return {theme: sorted(ids) for theme, ids in sorted(found.items())}

    def collected(self, dimensions: Sequence[str]) -> Collected:
        """People and their themes as rows of a collected source."""
        table = people_with_themes(self.answers.table, self._themed(), dimensions)
        rows, refused = self.answers.rows_in, dict(self.answers.refused)
        problems = (*self.answers.problems, *self.problems)
        return Collected(self.source.id, table, rows, refused, problems, kept=self.answers.table.num_rows)

    def _themed(self) -> Themed:
        ids = self.answers.table["id"].to_pylist()
        themes = tuple(theme.id for theme in self.codebook.in_use)
        by_machine = bool(self.source.assigned)
        given = _matrix(ids, themes, self.marks)
        if by_machine:
            scored = {theme for _, theme in self.machine}
            given[:, [theme not in scored for theme in themes]] = UNKNOWN
        return Themed(themes, given, _matrix(ids, themes, self.first if by_machine else {}), by_machine)


def _matrix(ids: Sequence[str], themes: Sequence[str], marks: Marks) -> NDArray[np.int8]:
    """1 where given, 0 where not, -1 where not coded, or to be coded again."""
    place = {theme: at for at, theme in enumerate(themes)}
    found = np.full((len(ids), len(themes)), UNKNOWN, dtype=np.int8)
    for row, id_ in enumerate(ids):
        given = marks.get(id_)
        if given is None:
            continue
        found[row] = 0
        for theme in given:
            if theme.startswith(AGAIN):
                found[row, place[theme[1:]]] = UNKNOWN
        for theme in given & place.keys():
            found[row, place[theme]] = 1
    return found


def voices_of(
    source: Source,
    codebook: Codebook,
    register: Register,
    dimensions: Sequence[str],
    files: Mapping[str, Path],
) -> Voices:
    """Reads a source's answers and its codes.

    Args:
        files: the answers' files and those of codes, by the names that the source says.

    Raises:
        SourceRefused: a file cannot be read as declared.
    """
    codes = {*source.coded, source.assigned, source.key}
    texts = {name: path for name, path in files.items() if name not in codes}
    if source.layout == TRANSCRIPTS:
        answers = collect_interviews(source, register, dimensions, texts, key_of(files[source.key]))
    else:
        answers = collect_answers(source, register, dimensions, texts)
    known = set(answers.table["id"].to_pylist())
    people, problems = list[Marks](), list[Problem]()
    for name in source.coded:
        marks, found = _today(codings(files[name]), codebook, known, name)
        people.append(marks)
        problems += found
    if not source.assigned:
        return Voices(source, codebook, answers, tuple(people), problems=tuple(problems))
    machine, said = _assigned(files[source.assigned], source.assigned, codebook.now)
    marks, found = _today(said, codebook, known, source.assigned)
    return Voices(source, codebook, answers, tuple(people), machine, marks, (*problems, *found))


def _today(
    said: Mapping[str, frozenset[str]], codebook: Codebook, known: set[str], file: str
) -> tuple[Marks, list[Problem]]:
    """Marks by the codebook of today, and what of them it does not know."""
    marks: dict[str, frozenset[str]] = {}
    lost, again = Counter[str](), Counter[str]()
    for id_, names in said.items():
        themes = set[str]()
        for name in names:
            now, split = codebook.now(name), codebook.to_code_again(name)
            again.update([name] if split else [])
            lost.update([name] if now is None and not split and not _is_known(codebook, name) else [])
            themes |= {f"{AGAIN}{theme}" for theme in split} | ({now} if now else set())
        marks[id_] = frozenset(themes)
    found = Findings(file)
    for name, count in lost.most_common():
        found.add("THM-001", None, "theme", f'"{name}" is no theme of the codebook ({count:,} answers).')
    for name, count in again.most_common():
        found.add("THM-002", None, "theme", f'"{name}" was split since ({count:,} answers).')
    strangers = len(marks.keys() - known)
    if strangers:
        found.add("THM-003", None, "id", f"{strangers:,} answers coded here are in no file of answers.")
    return marks, found.problems


def _is_known(codebook: Codebook, name: str) -> bool:
    """Whether a theme that is given no more has this id or name: retired ones are no mistake."""
    return any(name in (theme.id, theme.name, *theme.formerly) for theme in codebook.themes)


def _assigned(
    path: Path, file: str, now: Callable[[str], str | None]
) -> tuple[dict[tuple[str, str], Given], dict[str, frozenset[str]]]:
    """What `themes assign` wrote: by answer and theme of today, and the themes as they are named there."""
    rows = read(path, Reading(), name=file).rows
    missing = [name for name in ASSIGNED if name not in rows.column_names]
    if missing:
        mend = "Name the file that fullpicture themes assign wrote."
        raise SourceRefused(file, f"there is no column {' or '.join(missing)}.", mend)
    machine: dict[tuple[str, str], Given] = {}
    said: dict[str, set[str]] = {}
    for id_, theme, given in _lines(rows, file):
        said.setdefault(id_, set()).update([theme] if given.is_given else [])
        today = now(theme)
        best = machine.get((id_, today)) if today else None
        if today and (best is None or (given.is_given, given.score) > (best.is_given, best.score)):
            machine[id_, today] = given
    return machine, {id_: frozenset(themes) for id_, themes in said.items()}


def _lines(rows: pa.Table, file: str) -> Iterator[tuple[str, str, Given]]:
    cells = zip(*(rows[name].to_pylist() for name in ("row", *ASSIGNED)), strict=True)
    for row, id_, theme, score, assigned, start, end in cells:
        try:
            yield id_, theme, Given(float(score), assigned == "1", int(start or 0), int(end or 0))
        except ValueError:
            mend = "Assign the themes again: this file was changed by hand."
            raise SourceRefused(f"{file}:{row}", "a score or a place is no number.", mend) from None
