"""Secondary suppression: nothing small can be worked out, by whoever tries."""

from __future__ import annotations

import itertools
from contextlib import suppress as suppress_refusals
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space

from benchmarks.disclosure_elimination import by_elimination
from benchmarks.disclosure_tables import KINDS, table
from fullpicture.core.errors import Unprotectable
from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.given_away import relations, rest_on
from fullpicture.disclosure.linked import Ints, LinkedTables, Mask, Tree
from fullpicture.disclosure.linking import link
from fullpicture.disclosure.modular import PRIME, fractions, inverse
from fullpicture.disclosure.prices import usual_prices
from fullpicture.disclosure.protecting import Request, protect_tables
from fullpicture.disclosure.relaxation import shares
from fullpicture.disclosure.rule import Rule
from fullpicture.disclosure.suppress import Suppression, in_order, is_proof, suppress
from fullpicture.disclosure.task import Task
from tests.disclosure.small_tables import drawn_linked, drawn_tables, naive_audit

THRESHOLD = 4


def small(tables: LinkedTables) -> Mask:
    """Counts that the rule hides, zeros being shown."""
    return np.asarray((tables.counts > 0) & (tables.counts <= THRESHOLD))


def suppressed(tables: LinkedTables) -> Suppression:
    return suppress(tables, small(tables))


def two_way(rows: list[list[int]]) -> LinkedTables:
    """Rows and columns with their totals."""
    inner = np.array(rows)
    full = np.block([[inner.sum(), inner.sum(0)], [inner.sum(1)[:, None], inner]])
    trees = [Tree(place, np.array([-1, *[0] * length])) for place, length in enumerate(inner.shape)]
    keys = np.array(list(itertools.product(*map(range, full.shape))), dtype=np.int64)
    codes = [[str(code) for code in range(length)] for length in full.shape]
    return link(["row", "column"], codes, trees, keys, full.ravel()).where_zeros_show()


def drawn(seed: int, shape: int, mean: float) -> LinkedTables:
    """One table of one to three dimensions, or (0) several that are linked."""
    return drawn_tables(seed, shape, 6 if shape < 3 else 4, mean) if shape else drawn_linked(seed, mean)


def names(tables: LinkedTables, cells: Mask) -> set[tuple[int, int]]:
    return {(int(key[0]), int(key[1])) for key in tables.keys[cells]}


def test_a_rectangle_hides_one_small_count() -> None:
    tables = two_way([[2, 30, 40], [50, 60, 70], [80, 90, 95]])
    assert names(tables, suppressed(tables).hidden) == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_ones_that_add_up_to_a_shown_total_are_given_a_partner() -> None:
    tables = two_way([[1, 1, 8, 9], [1, 1, 8, 9], [20, 20, 20, 20]])
    found = suppressed(tables)
    assert not audit(tables.without(found.hidden), Asked(THRESHOLD), tables.counts).leaks.any()
    assert (found.hidden & ~small(tables)).any()


def test_every_hidden_cell_says_which_primary_it_protects() -> None:
    tables = two_way([[2, 30, 40], [50, 60, 70], [80, 90, 95]])
    found = suppressed(tables)
    assert names(tables, np.isin(np.arange(len(tables)), found.protects[found.hidden])) == {(1, 1)}
    assert (found.protects[~found.hidden] == -1).all()


def test_a_cell_that_must_be_shown_is_shown() -> None:
    tables = two_way([[2, 30, 40], [50, 60, 70], [80, 90, 95]])
    cost = tables.counts.astype(float)
    cost[(tables.keys == (1, 2)).all(axis=1)] = np.inf
    assert names(tables, suppress(tables, small(tables), cost).hidden) == {(1, 1), (1, 3), (2, 1), (2, 3)}


def test_a_count_that_nothing_can_protect_is_unproven() -> None:
    tables = two_way([[2, 30], [50, 60]])
    cost = np.where(tables.keys.min(axis=1) == 0, np.inf, tables.counts)
    cost[(tables.keys == (2, 2)).all(axis=1)] = np.inf
    found = suppress(tables, small(tables), cost)
    assert [tables.name(int(cell)) for cell in found.unproven] == ["row 1, column 1"]


def test_the_same_tables_give_the_same_cells() -> None:
    tables = table(KINDS[0]).where_zeros_show()
    assert (suppressed(tables).hidden == suppressed(tables).hidden).all()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_table_is_proven(kind: object) -> None:
    tables = table(kind).where_zeros_show()  # type: ignore[arg-type]
    found = suppressed(tables)
    tight = tables.counts == 1
    assert not len(found.unproven)
    assert is_proof(tables.equations, found.direction)
    assert (found.direction[tight] > 0).all()
    assert (found.direction[found.primary] != 0).all()
    assert not found.direction[~found.hidden].any()


@pytest.mark.parametrize(("place", "from_alone", "cells"), [(0, True, 1.05), (2, True, 1.05), (1, False, 1)])
def test_no_more_is_lost_than_by_elimination(place: int, from_alone: bool, cells: float) -> None:
    tables = table(KINDS[place]).where_zeros_show()
    primary = small(tables)
    ours = suppress(tables, primary, from_alone=from_alone).hidden & ~primary
    theirs = by_elimination(tables, primary)
    assert ours.sum() <= cells * theirs.sum()
    assert tables.counts[ours].sum() <= (1.10 if from_alone else 1) * tables.counts[theirs].sum()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(0, 3), st.floats(0.5, 9), st.booleans())
def test_the_relaxation_costs_no_more_than_any_protection(
    seed: int, shape: int, mean: float, from_alone: bool
) -> None:
    tables = drawn(seed, shape, mean).where_zeros_show()
    task = Task(tables, small(tables), tables.counts.astype(float), from_alone)
    found = in_order(task, usual_prices(task))
    for share, value in shares(task, task.cost, 4):
        assert ((share >= -1e-9) & (share <= 1 + 1e-9)).all()
        assert len(found.unproven) or value <= task.loss(found.hidden) + 1e-6


def test_a_relation_rests_on_the_cells_that_would_break_it() -> None:
    tables = two_way([[2, 30, 40], [50, 60, 70], [80, 90, 95]])
    task = Task(tables, small(tables), tables.counts.astype(float), False)
    hidden = small(tables) | (tables.keys == (1, 2)).all(axis=1)
    found = relations(task, hidden, task.cost)
    assert names(tables, np.isin(np.arange(len(tables)), found.entries)) == {(1, 1)}
    shown = rest_on(tables.equations, hidden, found).entries
    assert not hidden[shown].any()
    assert names(tables, np.isin(np.arange(len(tables)), shown)) in (
        {(0, 1), (2, 1), (3, 1)},
        {(1, 0), (1, 3), (0, 2), (2, 2), (3, 2)},
    )


@settings(max_examples=max(500, settings.default.max_examples), deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(0, 3), st.floats(0.5, 9))
def test_the_proof_holds(seed: int, shape: int, mean: float) -> None:
    tables = drawn(seed, shape, mean).where_zeros_show()
    found = suppressed(tables)
    proven = np.setdiff1d(np.flatnonzero(small(tables)), found.unproven)
    ones = tables.counts == 1
    assert is_proof(tables.equations, found.direction)
    assert not found.direction[~found.hidden].any()
    assert (found.direction[ones] >= 0).all()
    assert found.direction[proven].all()
    assert not _learned(tables, found, proven)


def _learned(tables: LinkedTables, found: Suppression, proven: Ints) -> list[tuple[int, int]]:
    """Counts above 1 that move only as one cell of 1 does, which somebody may be alone in."""
    hidden = np.flatnonzero(found.hidden)
    kernel = null_space(tables.equations.matrix(len(tables)).toarray()[:, hidden])
    size = np.linalg.norm(kernel, axis=1)
    rows = kernel / np.where(size > 1e-9, size, 1)[:, None]
    along = np.abs(rows @ rows.T) > 1 - 1e-9
    ones, others = tables.counts[hidden] == 1, (tables.counts[hidden] > 1) & np.isin(hidden, proven)
    return list(zip(*np.nonzero(along & ones[:, None] & others[None, :]), strict=True))


@settings(max_examples=max(100, settings.default.max_examples), deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(0, 3), st.floats(0.5, 9))
def test_what_is_let_out_is_safe_in_whole_numbers(seed: int, shape: int, mean: float) -> None:
    tables = drawn(seed, shape, mean)
    with patch("fullpicture.disclosure.protecting.SMALL", 0), suppress_refusals(Unprotectable):
        draft = protect_tables(tables, Request(Rule(THRESHOLD)), ["suppress"]).draft
        audited = audit(draft.published, Asked(THRESHOLD, primary=draft.primary), tables.counts)
        assert not audited.leaks.any()
        assert not audited.told
        bounds = naive_audit(draft.published, np.flatnonzero(draft.primary)) if len(tables) < 20 else {}
        assert all(interval.most > interval.least for interval in bounds.values())


@given(st.integers(-500, 500), st.integers(1, 60))
def test_fractions_modulo_the_prime_come_back(numerator: int, denominator: int) -> None:
    weight = np.array([numerator * inverse(denominator) % PRIME])
    found, below = fractions(weight)
    assert found[0] * denominator == numerator * below[0]
