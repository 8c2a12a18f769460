"""Three methods, one auditor."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disclosure_tables import KINDS, table
from fullpicture.core.errors import Unprotectable
from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.linked import LinkedTables, Mask
from fullpicture.disclosure.protecting import Request, protect_tables
from fullpicture.disclosure.rounding import as_bounds, round_to
from fullpicture.disclosure.rule import Rule
from tests.disclosure.small_tables import drawn_tables
from tests.disclosure.test_suppress import two_way

REQUEST = Request(Rule(4))
ROWS = [[2, 30, 40], [50, 60, 70], [80, 90, 95]]


def test_rounded_counts_add_up_and_are_multiples_of_the_threshold_and_one() -> None:
    tables = table(KINDS[0])
    answer = protect_tables(tables, REQUEST, ["round"]).draft
    assert not (answer.shown % 5).any()
    assert not tables.equations.sums(answer.shown).any()
    assert np.abs(answer.shown - tables.counts).max() == answer.within == 4


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_a_rounded_small_count_could_be_any(seed: int, dimensions: int) -> None:
    tables = drawn_tables(seed, dimensions, 4)
    rounded = round_to(tables, 5)
    small = (tables.counts > 0) & (tables.counts <= 4)
    assert rounded is not None
    assert not tables.equations.sums(rounded.counts).any()
    assert not audit(as_bounds(tables, rounded), Asked(4, "range", small)).leaks.any()


def test_coarsening_takes_a_level_away_until_nothing_small_is_left() -> None:
    tables = two_way(ROWS)
    draft = protect_tables(tables, Request(Rule(4), plan=("row", "column")), ["coarsen"]).draft
    assert draft.steps == ("row",)
    assert tables.keys[draft.is_shown].tolist() == [[0, 0], [0, 1], [0, 2], [0, 3]]


def test_coarsening_without_a_plan_is_no_answer() -> None:
    with pytest.raises(Unprotectable, match="coarsen"):
        protect_tables(two_way(ROWS), REQUEST, ["coarsen"])


def test_auto_takes_what_loses_least() -> None:
    tables = two_way([[200, 30, 40, 2], [50, 60, 70, 80], [80, 90, 95, 85], [85, 65, 75, 55]])
    answer = protect_tables(tables, REQUEST)
    assert answer.draft.method == "suppress"
    assert answer.draft.loss == 4 / 25


def test_what_cannot_keep_its_range_is_refused_by_name_and_answered_by_auto() -> None:
    tables = two_way([[1, 1, 1], [50, 60, 70], [80, 90, 95]])
    request = Request(Rule(4), "range")
    with pytest.raises(Unprotectable) as refused:
        protect_tables(tables, request, ["suppress"])
    assert refused.value.cells == ("row 1, column 0",)
    assert protect_tables(tables, request).draft.method == "round"


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(1, 2), st.floats(0.5, 9))
def test_auto_never_fails_to_answer(seed: int, dimensions: int, mean: float) -> None:
    tables = drawn_tables(seed, dimensions, 6, mean)
    for mode in ("exact", "range"):
        answer = protect_tables(tables, Request(Rule(4), mode))  # type: ignore[arg-type]
        assert not answer.audited.leaks.any()


def test_in_range_mode_every_small_count_keeps_every_value() -> None:
    tables = two_way([[2, 30, 40, 3], [50, 60, 70, 12], [80, 90, 95, 9], [7, 9, 8, 11]])
    draft = protect_tables(tables, Request(Rule(4), "range"), ["suppress"]).draft
    assert not audit(draft.published, Asked(4, "range", draft.primary)).is_narrow.any()


def test_hidden_zeros_are_as_safe_as_small_counts() -> None:
    tables = two_way([[2, 30, 0], [50, 60, 70], [80, 90, 95]])
    draft = protect_tables(tables, Request(Rule(4, hide_zeros=True)), ["suppress"]).draft
    zero = (tables.keys == (1, 3)).all(axis=1)
    assert draft.hidden[zero].all()
    assert draft.primary[zero].all()


@pytest.mark.parametrize("from_alone", [True, False])
def test_a_small_table_loses_no_more_than_it_must(from_alone: bool) -> None:
    tables = two_way([[2, 30, 40, 3], [50, 60, 70, 12], [80, 90, 95, 9], [7, 9, 8, 11]])
    request = Request(Rule(4), from_alone=from_alone)
    draft = protect_tables(tables, request, ["suppress"]).draft
    assert tables.counts[draft.hidden & ~draft.primary].sum() == _least(tables, draft.primary)


def _least(tables: LinkedTables, primary: Mask) -> int:
    """The least value that protects, by trying every choice of cells in order of what it loses."""
    others = np.flatnonzero((tables.counts > 4) & (tables.counts <= 12))
    best = int(tables.counts.sum())
    for size in range(len(others) + 1):
        for chosen in itertools.combinations(others.tolist(), size):
            lost = int(tables.counts[list(chosen)].sum())
            hidden = primary.copy()
            hidden[list(chosen)] = True
            if lost < best and not audit(tables.without(hidden), Asked(4, primary=primary)).leaks.any():
                best = lost
    return best
