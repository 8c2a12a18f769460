"""A codebook of questions as people write it, in TOML; one of themes is a question with many codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fullpicture.collect.samples.question import BETWEEN, NONE, Question, Questions
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.codebooks import read_codebook
from fullpicture.programme.forms import STRICT
from fullpicture.programme.toml import checked, nearest_hint, read_toml


@dataclass(frozen=True)
class QuestionForm:
    """`[question.<id>]` of a codebook."""

    __pydantic_config__ = STRICT
    asks: str
    codes: dict[str, str]
    unknown: list[str] = field(default_factory=list)
    several: bool = False


def read_questions(path: Path) -> Questions:
    """Reads a codebook of questions, or of themes.

    Raises:
        ProgrammeRefused: every mistake in it.
    """
    mistakes: list[Mistake] = []
    given = {} if path.suffix.lower() == ".csv" else read_toml(path, path.name, mistakes)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    if "question" not in given:
        return _of_themes(path)
    found = []
    for key in given.keys() - {"title", "question"}:
        hint = nearest_hint(key, ["title", "question"])
        mistakes.append(Mistake(f"{path.name} {key}", "this key is not known here.", hint))
    for id_, table in given["question"].items():
        where = f"{path.name} [question.{id_}]"
        form = checked(QuestionForm, table, where, mistakes)
        if form:
            found.append(Question(id_, form.asks, form.codes, tuple(form.unknown), form.several))
            mistakes += _amiss(found[-1], where)
    if mistakes:
        raise ProgrammeRefused(sorted(mistakes))
    return Questions(given.get("title", path.stem), tuple(found))


def _amiss(question: Question, where: str) -> list[Mistake]:
    found = []
    if len(question.codes) < 2:
        found.append(Mistake(f"{where} codes", "a question has two codes at least.", "Write the others."))
    for code in question.unknown:
        if code not in question.codes:
            hint = nearest_hint(code, list(question.codes))
            found.append(Mistake(f"{where} unknown", f'"{code}" is not a code of it.', hint))
    odd = [code for code in question.codes if BETWEEN in code or code.casefold() == NONE]
    if odd:
        mend = f"{BETWEEN} joins codes, and {NONE} says that none fits: call it something else."
        found.append(Mistake(f"{where} codes", f"{', '.join(odd)} cannot be a code.", mend))
    return found


def _of_themes(path: Path) -> Questions:
    themes = read_codebook(path).in_use
    codes = {theme.id: theme.is_ or theme.name for theme in themes}
    question = Question("themes", "Which themes does the answer have?", codes, several=True)
    return Questions(path.stem, (question,))
