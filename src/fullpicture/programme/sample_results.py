"""`fullpicture sample agree`, `adjudicate` and `estimate`: from two coders' sheets to shares of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fullpicture.analyse.sample_estimates import Case, Estimate, weighted_share
from fullpicture.analyse.themes.agreement import Agreement, alpha_with_interval, kappa_with_interval
from fullpicture.collect.samples.deciding import (
    Coded,
    Share,
    decided,
    write_coded,
    write_disagreements,
    write_estimates,
)
from fullpicture.collect.samples.question import Question
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.samples import SampleEvent, coded, log_of


@dataclass(frozen=True)
class QuestionAgreement:
    """How far two coders agree on a question, or on one code of it where several may be given."""

    question: str
    code: str
    same: int
    cases: int
    kappa: Agreement
    alpha: Agreement


def agreement(folder: Path) -> list[QuestionAgreement]:
    """Kappa and alpha of every question, with 95% intervals.

    Raises:
        SourceRefused, ProgrammeRefused: sheets that are missing or not complete.
    """
    sample = coded(folder)
    return [one for question in sample.questions for one in _agreements(sample, question)]


def _agreements(sample: Coded, question: Question) -> Iterator[QuestionAgreement]:
    answers = [
        (sample.first[one.reference][question.id], sample.second[one.reference][question.id])
        for one in sample.members
    ]
    for code in question.codes if question.several else ("",):
        first, second = (
            [code in given if code else question.write(given) for given in side]
            for side in zip(*answers, strict=True)
        )
        same = sum(one == other for one, other in zip(first, second, strict=True))
        yield QuestionAgreement(
            question.id, code, same, len(answers), kappa_with_interval(first, second),
            alpha_with_interval([first, second]),
        )  # fmt: skip


@dataclass(frozen=True)
class Adjudication:
    """How many disagreements there are and how many of them are still to be decided."""

    disagreements: int
    open: int


def adjudicate(folder: Path, who: str) -> Adjudication:
    """Writes the sheet of disagreements; once all are decided, writes the codes that hold and records it.

    Raises:
        SourceRefused, ProgrammeRefused: sheets that are missing or not complete, or decisions with codes that
            the question does not have.
    """
    sample = coded(folder)
    many = write_disagreements(sample, folder)
    mistakes: list[Mistake] = []
    final = decided(sample, folder, mistakes)
    waiting = [one for one in mistakes if one.what == "this is not coded."]
    if len(waiting) < len(mistakes):
        raise ProgrammeRefused([one for one in mistakes if one not in waiting])
    if not waiting:
        write_coded(sample, final, folder)
        why = f"{many} disagreements decided"
        log_of(folder).add([SampleEvent("decided", sample.id, who, datetime.now(UTC), why, folder.name)])
    return Adjudication(many, len(waiting))


def estimate(folder: Path, area: str, period: str) -> list[tuple[str, str, Share]]:
    """Writes the weighted share of every code with its interval; `area` and `period` are those of the whole.

    Raises:
        SourceRefused, ProgrammeRefused: sheets that are not complete, or disagreements not yet decided.
    """
    sample = coded(folder)
    mistakes: list[Mistake] = []
    final = decided(sample, folder, mistakes)
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return write_estimates(sample, final, (area, period), share_of, folder)


def share_of(cases: list[tuple[str, int, bool | None]]) -> Estimate | None:
    """The weighted share of a code."""
    return weighted_share([Case(*case) for case in cases])
