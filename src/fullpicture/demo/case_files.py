"""An invented hand-coded sample: case files of image crimes, read by two coders, decided and weighted up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from fullpicture.analyse.sample_estimates import Case, Estimate, weighted_share
from fullpicture.analyse.sampling import stratified_sample
from fullpicture.collect.samples.coded import codings, read_sheet
from fullpicture.collect.samples.deciding import (
    Coded,
    decided,
    write_coded,
    write_disagreements,
    write_estimates,
)
from fullpicture.collect.samples.question import Question, Questions
from fullpicture.collect.samples.sheets import CODERS, DECIDE, Member, write_csv, write_sheets

YEAR, SIZE = 2024, 375
_ALIKE = 0.93
"""How often a coder writes what the file says."""
_TRUTH: Mapping[str, Sequence[float]] = {
    "made_by_child": (0.62, 0.25, 0.13),
    "pressure": (0.48, 0.21, 0.16, 0.15),
}
"""How often files say each code of a question, in its order."""
QUESTIONS = Questions(
    "Case files: how indecent images of children come about",
    (
        Question(
            "made_by_child",
            "Was the image made by the child in it?",
            {"yes": "Made by the child", "no": "Made by somebody else", "unclear": "The file does not say"},
            ("unclear",),
        ),
        Question(
            "pressure",
            "Was the child put under pressure to make or send it?",
            {
                "no pressure": "Nobody put it under pressure",
                "threat": "With a threat",
                "payment": "With money or gifts",
                "unclear": "The file does not say",
            },
            ("unclear",),
        ),
    ),
)


@dataclass
class CaseFiles:
    """The image crimes of a year by region, of which a sample is drawn once all forces are written."""

    strata: dict[str, list[str]] = field(default_factory=dict)

    def add(self, force: str, region: str, numbers: np.ndarray) -> None:
        """A force's image crimes, by their numbers."""
        self.strata.setdefault(region, []).extend(f"{force}-{number:06d}" for number in numbers)

    def write(self, folder: Path, seed: int) -> None:
        """Into the folder that has the codebook, as `fullpicture sample` leaves it when all is decided."""
        folder.mkdir(parents=True, exist_ok=True)
        drawn = stratified_sample(self.strata, max(SIZE, 2 * len(self.strata)), seed)
        members = [Member(one.reference, one.stratum, len(self.strata[one.stratum]), {}) for one in drawn]
        id_ = write_sheets(folder, members, QUESTIONS, seed)
        truth = _truth(np.random.default_rng([seed, 20]), members)
        for place, name in enumerate(CODERS):
            _fill(folder / name, truth, np.random.default_rng([seed, 21, place]))
        references = [one.reference for one in members]
        first, second = (
            codings(read_sheet(folder / name), id_, references, QUESTIONS, []) for name in CODERS
        )
        coded = Coded(id_, members, QUESTIONS, first, second)
        write_disagreements(coded, folder)
        _decide(folder / DECIDE, truth)
        final = decided(coded, folder, [])
        write_coded(coded, final, folder)
        write_estimates(coded, final, ("NAT", str(YEAR)), _share, folder)


def _share(cases: list[tuple[str, int, bool | None]]) -> Estimate | None:
    return weighted_share([Case(*case) for case in cases])


def _truth(rng: np.random.Generator, members: Sequence[Member]) -> dict[str, dict[str, str]]:
    """What each file says."""
    found: dict[str, dict[str, str]] = {one.reference: {} for one in members}
    for question in QUESTIONS:
        shares = _TRUTH[question.id]
        said = rng.choice(list(question.codes), len(members), p=shares)
        for one, code in zip(members, said.tolist(), strict=True):
            found[one.reference][question.id] = code
    return found


def _fill(path: Path, truth: Mapping[str, Mapping[str, str]], rng: np.random.Generator) -> None:
    """Writes a coder's codes into their sheet: mostly what the file says."""
    rows = _rows(path)
    for row in rows:
        for question in QUESTIONS:
            said, other = truth[row["reference"]][question.id], rng.choice(list(question.codes))
            row[question.id] = said if rng.random() < _ALIKE else str(other)
    write_csv(path, list(rows[0]), [list(row.values()) for row in rows])


def _decide(path: Path, truth: Mapping[str, Mapping[str, str]]) -> None:
    rows = _rows(path)
    for row in rows:
        row["decided"] = truth[row["reference"]][row["question"]]
        row["why"] = "The file was read again by a third person."
    if rows:
        write_csv(path, list(rows[0]), [list(row.values()) for row in rows])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
