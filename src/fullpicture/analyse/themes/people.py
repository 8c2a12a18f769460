"""People and the themes of what they said: one row for every person, question and theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

SAID, PEOPLE = "said", "people"
"""Measures: 1 where a person has the theme (else 0), and 1 for each person."""
UNKNOWN = -1
_KEY = ("question", "area_code", "period_kind", "period")


@dataclass(frozen=True)
class Themed:
    """Answers (rows) and themes (columns): 1 given, 0 not given, -1 not known.

    `given` is what figures count. `audited` is what a person said where a machine gave the themes: -1
    throughout where nobody looked, or where people coded everything.
    """

    themes: tuple[str, ...]
    given: NDArray[np.int8]
    audited: NDArray[np.int8]
    by_machine: bool


def people_with_themes(answers: pa.Table, coded: Themed, dimensions: Sequence[str]) -> pa.Table:
    """One row for each person, question and theme, so that nobody counts twice however often they wrote.

    A person has a theme if one of their answers to the question has it in that place and period; it is not
    known (`x`) while one of them is to be coded again and none has it. A person is audited where all of their
    answers are. Answers that nobody and nothing has coded are left out.

    Args:
        answers: `file`, `row`, `id`, `question`, `group` (who gave it; "" where not known), `area_code`,
            `period_kind`, `period` and the dimensions, in the order of the rows of `coded`.

    Returns:
        Columns of a collected source (`collect.Collected`) with the measures `said` and `people`, the
        dimension `theme`, and `machine`, `audited`, `audited_said` (1 or 0).
    """
    rows = np.flatnonzero((coded.given != UNKNOWN).any(axis=1))
    answers, given, audited = answers.take(pa.array(rows)), coded.given[rows], coded.audited[rows]
    person, first = _people(answers)
    several = (len(first), len(coded.themes))
    said, unknown, seen = np.zeros(several, bool), np.zeros(several, bool), np.zeros(several, bool)
    audits = np.ones(several, bool)
    np.logical_or.at(said, person, given == 1)
    np.logical_or.at(unknown, person, given == UNKNOWN)
    np.logical_and.at(audits, person, audited != UNKNOWN)
    np.logical_or.at(seen, person, audited == 1)
    unknown &= ~said
    audits &= ~unknown
    columns = {name: answers[name] for name in ("file", "row", *_KEY[1:], *_others(dimensions))}
    places = pa.array(np.repeat(first, several[1]))
    table = {name: column.combine_chunks().take(places) for name, column in columns.items()}
    texts = ["x" if one else "" for one in unknown.ravel()]
    return pa.table(
        {
            **table,
            "theme": pa.array(list(coded.themes) * several[0], pa.string()),
            SAID: _numbers(np.where(unknown, 0, said), ~unknown),
            f"{SAID}__absence": pa.array(texts, pa.string()),
            PEOPLE: _numbers(np.ones(several)),
            f"{PEOPLE}__absence": pa.array([""] * said.size, pa.string()),
            "machine": _numbers(np.full(several, coded.by_machine)),
            "audited": _numbers(audits & coded.by_machine),
            "audited_said": _numbers(seen & audits),
            "blank_reason": pa.array([_TO_CODE if one else "" for one in texts], pa.string()),
        }
    )


_TO_CODE = "Not available: the theme is new, and some answers are to be coded again."


def _others(dimensions: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(("question", *dimensions)) if name != "theme"]


def _people(answers: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each answer the number of its person (for a question, place, period), and their first one."""
    who = zip(answers["group"].to_pylist(), answers["id"].to_pylist(), strict=True)
    named = [f"group {group}" if group else f"answer {id_}" for group, id_ in who]
    keys = list(zip(named, *(answers[name].to_pylist() for name in _KEY), strict=True))
    numbers: dict[tuple[str, ...], int] = {}
    person = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
    return person, np.unique(person, return_index=True)[1]


def _numbers(values: NDArray[np.generic], known: NDArray[np.bool_] | None = None) -> pa.Array:
    mask = None if known is None else ~known.ravel()
    return pa.array(values.astype(np.float64).ravel(), pa.float64(), mask=mask)
