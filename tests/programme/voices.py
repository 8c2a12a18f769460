"""Answers to open questions as a small programme: two forces, a codebook, and codes of three coders."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

PROGRAMME = """
title = "What victims say"
summary = "A small programme for tests."
publisher = "Tests"
contact = "Tests"
published_on = "2025-06-01"
notice = "Invented data."
threshold = 4

[[section]]
id = "voices"
title = "What victims say"
indicators = ["worse_waiting_pct", "worse_kindness_pct"]
"""
SOURCE = """
[source.voices]
title = "Survey of victims"
layout = "responses"
files = ["answers.csv"]
columns = { id = "id", text = "answer", question = "q", group = "who", role = "role", police_force = "force" }
period = "2024"
period_kinds = ["calendar"]
questions = { worse = "What could have been done better?", well = "What went well?" }
codebook = "victims"
coded = ["one.csv", "two.csv"]
assigned = "machine.csv"
owner = "Tests"
purpose = "To test"
retained_until = "2030-01-01"
"""
SHARES = """
[indicator."worse_{theme}_pct"]
each.theme.waiting = { label = "Waiting" }
each.theme.kindness = { label = "Kindness" }
title = "{theme.label}: people who say so"
source = "voices"
measure = "theme_share"
theme = "{theme}"
where = { question = "worse" }
areas = ["region", "police force area"]
periods = ["calendar"]
breakdowns = [["role"]]
unit = "%"
decimals = 1
"""
CODEBOOK = """
[theme.waiting]
name = "Waiting"
what_it_is = "Time until somebody came."
examples = ["waited for hours"]

[theme.kindness]
name = "Kindness"
what_it_is = "Whether people were kind."
"""
WAITING, KIND = "We waited for hours.", "PC Brannock was kind, her number is 07700 900123."
SPANS = {"waiting": (0, len(WAITING)), "kindness": (0, len(KIND))}
Row = tuple[str, str, str, str, str, str]


def answers(people: int = 80) -> list[Row]:
    """Each person answers what could be better; every second one waited, every fourth met somebody kind."""
    rows: list[Row] = []
    for one in range(people):
        text = WAITING if one % 2 == 0 else KIND if one % 4 == 1 else "Nothing to say about it."
        role, force = ("victim", "parent")[one % 3 == 0], ("Kent", "Surrey")[one % 5 == 0]
        rows.append((f"a{one}", text, "worse", f"p{one}", role, force))
    return rows


def truth(rows: Sequence[Row]) -> dict[str, str]:
    """What each answer says, as a coder writes it."""
    signs = {"waited": "waiting", "kind": "kindness"}
    return {row[0]: next((signs[sign] for sign in signs if sign in row[1]), "") for row in rows}


def write_rows(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """A CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_voices(folder: Path, rows: Sequence[Row] | None = None, audited: int = 60, **texts: str) -> Path:
    """Writes the folder. The machine gives waiting to every tenth answer that has it not; the first `audited`
    answers are coded by people, who agree but for one answer."""
    rows = rows or answers()
    true = truth(rows)
    for name, text in (
        ("programme.toml", texts.get("programme", PROGRAMME)),
        ("sources/voices.toml", texts.get("source", SOURCE)),
        ("indicators/voices.toml", texts.get("shares", SHARES)),
        ("codebooks/victims.toml", texts.get("codebook", CODEBOOK)),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    data = folder / "data"
    write_rows(data / "answers.csv", ("id", "answer", "q", "who", "role", "force"), rows)
    coded = [(row[0], true[row[0]]) for row in rows[:audited]]
    write_rows(data / "one.csv", ("id", "themes"), coded)
    write_rows(data / "two.csv", ("id", "themes"), [("a0", ""), *coded[1:]])
    machine = []
    for at, row in enumerate(rows):
        for theme, span in SPANS.items():
            is_given = true[row[0]] == theme or (theme == "waiting" and at % 10 == 3)
            score, end = (0.9, min(span[1], len(row[1]))) if is_given else (0.2, 0)
            machine.append((row[0], theme, score, int(is_given), 0, end))
    write_rows(data / "machine.csv", ("id", "theme", "score", "assigned", "span_start", "span_end"), machine)
    return folder
