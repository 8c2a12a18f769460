"""Invented answers to open questions: what personnel and victims say, by force and role; nobody said it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from fullpicture.demo.names import FIRST, LAST

HEADER = ("answer_id", "question", "respondent", "role", "function", "force", "year", "answer")
FUNCTIONS = ("response", "investigation", "contact", "neighbourhood")
_SLOT = re.compile(r"\{(\w+)\}")
_LEAN = {"response": (1, 2.2, 0.7, 1), "investigation": (1, 1.6, 1.3, 0.8), "contact": (1.6, 1, 0.5, 1.2),
         "neighbourhood": (0.8, 0.8, 2, 1), "victim": (1, 1.6, 1.2, 0.9), "parent": (0.9, 1.3, 1.6, 0.7),
         "witness": (1.5, 0.9, 0.8, 0.6)}  # fmt: skip
"""How much more than others people of a function or role speak of each theme of their question."""


@dataclass(frozen=True)
class Said:
    """One answer, the themes that are in it with where each stands, and whether somebody is named in it."""

    id: str
    question: str
    respondent: str
    role: str
    function: str
    force: str
    text: str
    themes: dict[str, tuple[int, int]]
    leads_somewhere: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the delivered file."""
        who = (self.respondent, self.role, self.function, self.force)
        return (self.id, self.question, *who, "2024", self.text)


@cache
def sayings() -> dict[str, Any]:
    """`sayings.toml`: themes, questions and sentences."""
    text = (resources.files("fullpicture.demo") / "sayings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def invented_answers(people: int, forces: Sequence[str], seed: int) -> list[Said]:
    """Answers of so many people, two in five of them personnel; the same seed gives the same answers.

    Personnel answer one question, others one or two. An answer has up to three themes, or none; one in seven
    names somebody or holds a number that leads to somebody.
    """
    rng = np.random.default_rng([seed, 600])
    found: list[Said] = []
    for one in range(people):
        is_personnel = rng.random() < 0.4
        questions = ["helps"] if is_personnel else ["better", "well"][: 1 + int(rng.random() < 0.45)]
        role = (
            "personnel"
            if is_personnel
            else str(rng.choice(["victim", "parent", "witness"], p=[0.6, 0.25, 0.15]))
        )
        function = str(rng.choice(FUNCTIONS)) if is_personnel else ""
        force = forces[int(rng.integers(len(forces)))]
        for question in questions:
            text, themes, leads = _said(rng, question, function or role)
            who = (f"R{one + 1:05}", role, function, force)
            found.append(Said(f"A{len(found) + 1:05}", question, *who, text, themes, leads))
    return found


def _said(
    rng: np.random.Generator, question: str, leaning: str
) -> tuple[str, dict[str, tuple[int, int]], bool]:
    """The words of one answer: a sentence of each of its themes, and some of none."""
    words = sayings()
    themes = words["question"][question]["themes"]
    weights = np.array(_LEAN[leaning]) / sum(_LEAN[leaning])
    many = int(rng.choice(4, p=[0.1, 0.5, 0.3, 0.1]))
    chosen = [themes[at] for at in rng.choice(len(themes), many, replace=False, p=weights)]
    parts = [(theme, _filled(rng, str(rng.choice(words["theme"][theme]["sayings"])))) for theme in chosen]
    if not parts or rng.random() < 0.4:
        parts.append(("", _filled(rng, str(rng.choice(words["beside"]["more" if parts else "none"])))))
    leads = bool(parts) and rng.random() < 1 / 7
    if leads:
        parts.append(("", _filled(rng, str(rng.choice(words["beside"]["leads"])))))
    text, spans = "", dict[str, tuple[int, int]]()
    for theme, sentence in parts:
        start = len(text) + bool(text)
        text = f"{text} {sentence}.".strip()
        if theme:
            spans[theme] = (start, len(text))
    return text, spans, leads


def _filled(rng: np.random.Generator, sentence: str) -> str:
    return _SLOT.sub(lambda slot: _word(rng, slot[1]), sentence)


def _word(rng: np.random.Generator, slot: str) -> str:
    """A word for a slot; names, numbers and addresses are invented, and phones are of Ofcom's drama range."""
    words = sayings()
    first, last = str(rng.choice(FIRST)), str(rng.choice(LAST))
    number = int(rng.integers(1000, 9999))
    match slot:
        case "name" | "first" | "last":
            return {"name": f"{first} {last}", "first": first, "last": last}[slot]
        case "phone":
            return f"07700 90{number % 1000:04}"[:12]
        case "reference":
            return f"42/{number}{number % 7}/24"
        case "house" | "collar":
            return str(number % 90 + 1 if slot == "house" else number)
        case "street":
            return f"{last} Road"
        case "mail":
            return f"{first.lower()}.{last.lower()}@example.com"
        case "vehicle":
            return f"AB{number % 20 + 51} {last[:3].upper()}"
        case "month":
            return str(rng.choice(words["beside"]["month"]))
        case _:
            return str(rng.choice(words["words"][slot]))


def write_answers(path: Path | str, *, answers: int = 600, seed: int = 600) -> None:
    """Writes so many invented answers as a survey delivers them.

    Columns: `answer_id`, `question`, `respondent`, `role`, `function`, `force`, `year`, `answer`. The forces
    have names of real ones, so that the register finds them; nothing else about them is true.
    """
    found = invented_answers(answers, ("Kent", "Surrey", "Sussex", "Hampshire"), seed)[:answers]
    write_rows(Path(path), HEADER, (one.cells for one in found))


def codes_of(answers: Sequence[Said], rng: np.random.Generator, slips: float) -> Iterator[tuple[str, str]]:
    """What a coder writes down of each answer: its themes, but for a slip in so many of them."""
    for one in answers:
        themes = set(one.themes)
        if rng.random() < slips:
            themes ^= {str(rng.choice(sayings()["question"][one.question]["themes"]))}
        yield one.id, " | ".join(sorted(themes))


def write_rows(path: Path, header: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    """A CSV file in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
