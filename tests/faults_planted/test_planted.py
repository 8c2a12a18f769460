"""Every planted fault is found by a rule of the family meant for it, and clean rows give no false alarm.

Returns and places are drawn anew each time. `FULLPICTURE_PLANTED_SEED=<seed>` repeats what a failure prints.
"""

from __future__ import annotations

import csv
import os
import secrets
from pathlib import Path

import numpy as np
import pytest

from fullpicture.core.problem import Problem
from fullpicture.programme.return_check import CheckedReturn, check_return
from tests.faults_planted.clean import HEADERS, MAPPING, ROWS, TERMS, Row, clean_return
from tests.faults_planted.faults import FAULTS, OPEN
from tests.faults_planted.planting import PREFIXES, Fault, Planted, plant

SEED = int(os.environ.get("FULLPICTURE_PLANTED_SEED") or secrets.randbits(32))
CLEAN_RETURNS = 20
IN_ONE = 4
"""Faults in one return."""
LOUD = ("refuse", "warn")


def checked(rows: list[Row], folder: Path) -> CheckedReturn:
    path = folder / "return.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        writer.writerows(rows)
    found = check_return(path, MAPPING, TERMS)
    assert found.mistake is None, found.mistake
    assert found.rows_in == len(rows) == found.rows_kept + sum(found.refused.values())
    return found


def loud(found: CheckedReturn) -> list[Problem]:
    return [problem for problem in found.problems if problem.severity in LOUD]


def told(problems: list[Problem]) -> str:
    return "; ".join(f"{one.rule} {one.severity} row {one.row} {one.column}" for one in problems) or "nothing"


def is_found(planted: Planted, found: CheckedReturn) -> bool:
    prefix = PREFIXES[planted.fault.family]
    return any(
        problem.rule.startswith(prefix) and (planted.fault.of_file or problem.row in planted.at)
        for problem in found.problems
    )


def false_alarms(planted: list[Planted], found: CheckedReturn) -> list[Problem]:
    meant = frozenset().union(*(one.at for one in planted))
    return [one for one in loud(found) if one.row is not None and one.row not in meant]


def test_there_are_faults_of_every_family() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names)) >= 45
    assert {fault.family for fault in FAULTS} == set(PREFIXES)


def together() -> list[list[Fault]]:
    """Faults that share a return, so that fewer are read; a fault of the whole file has one of its own."""
    of_rows = [fault for fault in FAULTS if not fault.of_file]
    returns = -(-len(of_rows) // IN_ONE)
    return [of_rows[start::returns] for start in range(returns)] + [[one] for one in FAULTS if one.of_file]


@pytest.mark.parametrize("faults", together(), ids=lambda faults: faults[0].name)
def test_planted_faults_are_found_and_nothing_else(faults: list[Fault], tmp_path: Path) -> None:
    number = FAULTS.index(faults[0])
    planted = plant(faults, clean_return(SEED + number), np.random.default_rng((SEED, number)))
    found = checked(planted[0].rows, tmp_path)
    words = f"FULLPICTURE_PLANTED_SEED={SEED}"
    for one in planted:
        said = f"{words}: {one.fault.says} Planted in rows {sorted(one.at)}, {told(list(found.problems))}"
        assert is_found(one, found) != (one.fault.name in OPEN), said
    alarms = false_alarms(planted, found)
    assert not alarms, f"{words}: {[fault.name for fault in faults]}: {told(alarms)}"


@pytest.mark.parametrize("number", range(CLEAN_RETURNS))
def test_clean_rows_give_no_alarm(number: int, tmp_path: Path) -> None:
    rows = clean_return(SEED + 1000 + number)
    assert len(rows) == ROWS
    alarms = loud(checked(rows, tmp_path))
    assert not alarms, f"FULLPICTURE_PLANTED_SEED={SEED}: {told(alarms)}"
