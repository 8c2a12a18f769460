"""What is planted in sentences of many forms is found, and sentences without anything planted are left."""

from __future__ import annotations

from collections import Counter

import pytest

from fullpicture.analyse.redaction import Corpus, found_in
from tests.analyse.redaction.planted import CLEAN, IDENTIFIERS, LATER, NAMES, Planted, planted

EVERY = {
    "IDENTIFIERS": planted(IDENTIFIERS),
    "NAMES": planted(NAMES),
    "CLEAN": planted(CLEAN),
    "LATER": planted(LATER),
}
CORPUS = Corpus.of(one.text for some in EVERY.values() for one in some)


def _found(some: list[Planted]) -> tuple[Counter[str], Counter[str], list[str], float]:
    """How many were asked and found by kind, which were not, and the share of other letters that is taken."""
    asked, found, missed, taken, clean = Counter[str](), Counter[str](), list[str](), 0, 0
    for one in some:
        covered = {at for span in found_in(one.text, CORPUS) for at in range(span.start, span.end)}
        details = set[int]()
        for start, end, kind in one.details:
            details |= set(range(start, end))
            asked[kind] += 1
            found[kind] += set(range(start, end)) <= covered
            missed += [] if set(range(start, end)) <= covered else [one.text[start:end]]
        taken, clean = taken + len(covered - details), clean + len(one.text) - len(details)
    return asked, found, missed, taken / clean


@pytest.mark.parametrize("name", ["IDENTIFIERS", "LATER"])
def test_every_structured_identifier_is_found(name: str) -> None:
    asked, found, missed, _ = _found(EVERY[name])
    assert len(asked) >= 12
    assert {kind: asked[kind] for kind in asked if kind != "name"} == {
        kind: found[kind] for kind in asked if kind != "name"
    }, missed


@pytest.mark.parametrize(("name", "share"), [("NAMES", 0.95), ("LATER", 0.85)])
def test_names_are_found(name: str, share: float) -> None:
    asked, found, missed, _ = _found(EVERY[name])
    assert asked["name"] >= 17
    assert found["name"] >= share * asked["name"], missed


@pytest.mark.parametrize("name", ["IDENTIFIERS", "NAMES", "CLEAN", "LATER"])
def test_little_else_is_taken(name: str) -> None:
    assert _found(EVERY[name])[3] <= 0.02
