"""The invented nation's survey: answers of personnel and victims, coded by two people and by a machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from fullpicture.demo.answers import HEADER, Said, codes_of, invented_answers, sayings, write_rows

READ = 0.25
"""The share of answers that the first coder reads; the second reads a third of these."""
_FOUND, _ADDED = 0.88, 0.03
"""How often the machine finds a theme that is there, and gives one that is not."""


def write_survey(folder: Path, forces: Sequence[str], people: int, seed: int) -> None:
    """Writes answers, codebook and codes into a programme folder; the same seed gives the same bytes."""
    (folder / "codebooks").mkdir(exist_ok=True)
    (folder / "codebooks" / "survey.toml").write_text("".join(codebook_lines()), encoding="utf-8")
    answers, data = invented_answers(people, forces, seed), folder / "data" / "survey"
    rng = np.random.default_rng([seed, 601])
    write_rows(data / "answers.csv", HEADER, (one.cells for one in answers))
    read = [one for one in answers if rng.random() < READ]
    write_rows(data / "coder-1.csv", ("id", "themes"), codes_of(read, rng, 0.04))
    write_rows(data / "coder-2.csv", ("id", "themes"), codes_of(read[::3], rng, 0.1))
    header = ("id", "theme", "score", "assigned", "span_start", "span_end")
    write_rows(data / "machine.csv", header, _machine(answers, rng))


def codebook_lines() -> Iterator[str]:
    """The codebook of the invented survey, in TOML."""
    yield "# The themes of the invented survey.\n"
    for id_, theme in sayings()["theme"].items():
        yield f"\n[theme.{id_}]\nname = {json.dumps(theme['name'])}\n"
        for key in ("what_it_is", "what_it_is_not"):
            if key in theme:
                yield f"{key} = {json.dumps(theme[key])}\n"
        examples = [one for one in theme["sayings"] if "{" not in one][:2]
        yield f"examples = {json.dumps(examples)}\n"


def _machine(answers: Sequence[Said], rng: np.random.Generator) -> Iterator[tuple[object, ...]]:
    """What a machine of middling skill makes of every answer and theme."""
    for one in answers:
        for theme in sayings()["theme"]:
            is_asked = theme in sayings()["question"][one.question]["themes"]
            chance = _FOUND if theme in one.themes else _ADDED if is_asked else 0.0
            is_given = rng.random() < chance
            low, wide = (0.55, 0.44) if is_given else (0.01, 0.44 if is_asked else 0.2)
            span = one.themes.get(theme, (0, len(one.text))) if is_given else ("", "")
            yield one.id, theme, f"{low + wide * rng.random():.4f}", int(is_given), *span
