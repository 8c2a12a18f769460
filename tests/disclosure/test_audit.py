"""What the auditor says of hidden cells is what one linear programme after the other says."""

from __future__ import annotations

import ast
import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.core.errors import Contradiction
from fullpicture.disclosure.audit import Asked, Audit, audit
from fullpicture.disclosure.audit_contributor import Told
from fullpicture.disclosure.linked import LinkedTables, Steps
from tests.disclosure.small_tables import Interval, drawn_tables, naive_audit, small_and_some

K = 4


def seen(tables: LinkedTables, seed: int, zeros_show: bool = True) -> LinkedTables:
    published = tables.without(small_and_some(tables, seed, K))
    return published.where_zeros_show() if zeros_show else published


def exact_in(found: dict[int, Interval]) -> set[int]:
    return {cell for cell, interval in found.items() if interval.least == interval.most}


def narrow_in(found: dict[int, Interval]) -> set[int]:
    return {cell for cell, each in found.items() if each.least <= K and (each.least > 1 or each.most < K)}


def marked(audited: Audit, mask: np.ndarray) -> set[int]:
    return set(audited.cells[mask].tolist())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.integers(2, 3), st.booleans())
def test_exact_and_narrow_cells_are_those_of_the_naive_audit(
    seed: int, dimensions: int, zeros_show: bool
) -> None:
    tables = drawn_tables(seed, dimensions, most_codes=7 if dimensions == 2 else 4)
    published = seen(tables, seed, zeros_show)
    naive = naive_audit(published)
    exact, wide = (audit(published, Asked(K, mode)) for mode in ("exact", "range"))
    assert marked(exact, exact.is_exact) == marked(wide, wide.is_exact) == exact_in(naive)
    assert marked(wide, wide.is_narrow) == narrow_in(naive)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_bounded_holds_and_what_is_reached_is_reached(seed: int) -> None:
    tables = drawn_tables(seed, 2, most_codes=8)
    published = seen(tables, seed)
    naive = naive_audit(published)
    for truth in (None, tables.counts):
        audited = audit(published, Asked(K, "range"), truth)
        for place, cell in enumerate(audited.cells.tolist()):
            assert audited.least[place] <= naive[cell].least <= audited.low[place]
            assert audited.high[place] <= naive[cell].most <= audited.most[place]
            assert audited.least[place] <= tables.counts[cell] <= audited.most[place]


def test_the_only_person_in_a_cell_learns_what_shares_a_sum_with_it() -> None:
    tables = drawn_tables(5, 2, most_codes=7)
    published = seen(tables, 5)
    audited = audit(published, Asked(K), tables.counts)
    assert audited.told
    assert set(audited.told) == told_naively(tables, published, audited)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_what_contributors_learn_is_what_the_naive_audit_says(seed: int) -> None:
    tables = drawn_tables(seed, 2, most_codes=6)
    published = seen(tables, seed)
    audited = audit(published, Asked(K), tables.counts)
    assert set(audited.told) == told_naively(tables, published, audited)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9))
def test_changes_that_do_not_fit_hide_nothing_from_contributors(seed: int) -> None:
    tables = drawn_tables(seed, 2, most_codes=6)
    published = seen(tables, seed)
    chance = np.random.default_rng(seed)
    lengths = chance.integers(1, 6, 200)
    cells, change = chance.integers(0, len(tables), lengths.sum()), chance.integers(-2, 3, lengths.sum())
    offered = Steps(np.concatenate([[0], np.cumsum(lengths)]), cells, change)
    audited = audit(published, Asked(K, offered=offered), tables.counts)
    assert set(audited.told) == told_naively(tables, published, audited)


def told_naively(tables: LinkedTables, published: LinkedTables, audited: Audit) -> set[Told]:
    """Fixes the cells of each person who is alone in some, and asks for each other cell."""
    exact = marked(audited, audited.is_exact)
    open_ = [cell for cell in audited.cells.tolist() if cell not in exact]
    told = set()
    for person in persons(tables, [cell for cell in open_ if tables.counts[cell] == 1]):
        known = published.known.copy()
        known[person] = True
        to_them = replace(published, known=known, counts=np.where(known, tables.counts, 0))
        others = [cell for cell in open_ if cell not in person and 1 <= tables.counts[cell] <= K]
        told |= {Told(person[0], cell, tuple(person)) for cell in exact_in(naive_audit(to_them, others))}
    return told


def persons(tables: LinkedTables, alone: list[int]) -> list[list[int]]:
    """Cells of 1 that are a total and its part, directly or by steps, count the same person."""
    groups = {cell: {cell} for cell in np.flatnonzero(tables.counts == 1).tolist()}
    starts, cells = tables.equations.starts, tables.equations.cells
    for start, end in itertools.pairwise(starts.tolist()):
        total, *parts = cells[start:end].tolist()
        for part in parts:
            if total in groups and part in groups:
                joined = groups[total] | groups[part]
                groups.update(dict.fromkeys(joined, joined))
    found = {frozenset(groups[cell] & set(alone)) for cell in alone}
    return [sorted(group) for group in found]


def test_totals_that_no_counts_fit_are_named() -> None:
    tables = drawn_tables(1, 2)
    total = int(tables.equations.cells[0])
    wrong = tables.counts.copy()
    wrong[total] += 1
    with pytest.raises(Contradiction, match=tables.name(total)):
        audit(replace(tables, counts=wrong), Asked(K))
    hidden = np.isin(np.arange(len(tables)), tables.equations.cells[1 : tables.equations.starts[1]])
    with pytest.raises(Contradiction, match="no table of counts fits"):
        audit(
            replace(tables, counts=np.where(np.arange(len(tables)) == total, 0, wrong))
            .without(hidden)
            .where_zeros_show(),
            Asked(K),
        )


def test_the_auditor_knows_nothing_of_the_suppressor() -> None:
    folder = Path(audit.__code__.co_filename).parent
    allowed = {"linked", "long_form", *(path.stem for path in folder.glob("audit*.py"))}
    found = {
        (path.name, node.module)
        for path in folder.glob("audit*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fullpicture.")
    }
    wrong = [each for each in found if not each[1].startswith("fullpicture.core.")]
    assert [each for each in wrong if each[1].rsplit(".", 1)[1] not in allowed] == []
    assert ("audit.py", "fullpicture.disclosure.linked") in found
