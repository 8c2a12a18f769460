"""The files of a sample: who was drawn, and a sheet for each of two coders who do not see each other's."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fullpicture.collect.samples.question import Questions
from fullpicture.core.live import lifeless

SAMPLE, GUIDE, DECIDE, CODED, ESTIMATES = (
    "sample.csv", "coding-guide.txt", "decide.csv", "coded.csv", "estimates.csv",
)  # fmt: skip
CODERS = ("coder-1.csv", "coder-2.csv")
OWN = ("sample", "reference")
"""The first columns of every sheet."""


@dataclass(frozen=True)
class Member:
    """One case that was drawn: its stratum, how many cases that has, and what coders are shown of it."""

    reference: str
    stratum: str
    population: int
    shown: Mapping[str, str]


def sample_id(members: Sequence[Member], questions: Questions) -> str:
    """A short name of a sample and its codebook, by which a sheet of another one is known."""
    said = repr([(one.reference, one.stratum, one.population) for one in members]) + repr(questions)
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def write_sheets(folder: Path, members: Sequence[Member], questions: Questions, seed: int) -> str:
    """Writes who was drawn, the guide and a sheet for each coder; returns the sample's id.

    The coders meet the cases in orders of their own, so that neither tiredness nor learning falls on the
    same cases.
    """
    id_ = sample_id(members, questions)
    rows = [[one.reference, one.stratum, str(one.population)] for one in members]
    write_csv(folder / SAMPLE, ["reference", "stratum", "population"], rows)
    (folder / GUIDE).write_text(questions.guide, encoding="utf-8")
    shown = list(members[0].shown) if members else []
    header = [*OWN, *shown, *(question.id for question in questions)]
    for place, name in enumerate(CODERS, start=1):
        order = np.random.default_rng([seed, place]).permutation(len(members))
        drawn = [members[at] for at in order]
        blank = [""] * len(questions.questions)
        write_csv(folder / name, header, [[id_, one.reference, *one.shown.values(), *blank] for one in drawn])
    return id_


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A CSV file that a spreadsheet opens without running anything in it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([lifeless(cell) for cell in row] for row in rows)
