"""Sums of contributions: which are sensitive, worked out by hand, and that nobody comes too near to one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.core.errors import TablesRefused, Unprotectable
from fullpicture.disclosure.alone import persons
from fullpicture.disclosure.audit_magnitudes import audit_magnitudes
from fullpicture.disclosure.contributions import Contributions, Sensitivity, protection
from fullpicture.disclosure.linked import Ints, LinkedTables, Tree
from fullpicture.disclosure.linking import link
from fullpicture.disclosure.magnitudes import Magnitudes, protect_magnitudes
from tests.disclosure.small_tables import naive_audit

P10 = Sensitivity(p_percent=10)


def of_areas(*areas: tuple[int, int, int, int]) -> tuple[LinkedTables, Contributions]:
    """A total and its areas: the sum, the two largest contributions and how many there are, of each."""
    total = (
        sum(area[0] for area in areas),
        *sorted((one for a in areas for one in a[1:3]), reverse=True)[:2],
    )
    rows = [(*total, sum(area[3] for area in areas)), *areas]
    x, first, second, number = (np.array(column) for column in zip(*rows, strict=True))
    parent = np.array([-1] + [0] * len(areas))
    names = ["E", *(f"A{place}" for place in range(len(areas)))]
    tables = link(["area"], [names], [Tree(0, parent)], np.arange(len(names))[:, None], x)
    return tables, Contributions(first, second, number)


def test_the_p_percent_rule_and_its_interval() -> None:
    """100 = 90 + 8 + 2: who gave 8 knows 90 to within 2, and may not come nearer than 9, 10% of 90."""
    tables, given = of_areas((100, 90, 8, 3), (100, 50, 40, 3), (500, 100, 90, 9))
    assert protection(tables, given, P10).tolist() == [0.0, 7.0, 0.0, 0.0]


def test_dominance_and_its_interval() -> None:
    """90 is more than 85% of 100, as it would not be of 105.9; 90 + 8 is more than 85% until 115.3."""
    tables, given = of_areas((100, 90, 8, 3), (100, 50, 40, 9), (500, 100, 90, 9))
    one, two = (protection(tables, given, Sensitivity(dominance=(n, 85))) for n in (1, 2))
    assert np.round(one, 1).tolist() == [0.0, 5.9, 0.0, 0.0]
    assert np.round(two, 1).tolist() == [0.0, 15.3, 5.9, 0.0]


def test_fewest_contributors() -> None:
    tables, given = of_areas((100, 60, 40, 2), (100, 50, 40, 3), (0, 0, 0, 0))
    assert protection(tables, given, Sensitivity(fewest=3)).tolist() == [0.0, 10.0, 0.0, 0.0]


def test_contributions_that_cannot_be_are_all_refused_at_once() -> None:
    tables, given = of_areas((100, 90, 20, 3), (100, 30, 40, 3), (500, 100, 0, 1))
    with pytest.raises(TablesRefused) as refused:
        given.refuse_wrong(tables)
    assert {mistake.where for mistake in refused.value.mistakes} == {"area A0", "area A1", "area A2"}


def test_another_sum_is_hidden_that_is_wide_enough() -> None:
    """A0 needs 7 on either side: A1 of 5 cannot give it, A2 of 60 can."""
    tables, given = of_areas((100, 90, 8, 3), (5, 2, 1, 5), (60, 20, 15, 9), (900, 90, 80, 40))
    done = protect_magnitudes(tables, given, P10)
    assert np.flatnonzero(done.draft.hidden).tolist() in ([1, 3], [1, 2, 3])
    (span,) = done.spans
    assert span.least <= 93
    assert span.most >= 107


def test_who_is_the_only_contributor_to_the_other_sum_does_not_come_nearer() -> None:
    """The only one behind A1 knows his 60: without a third sum he would know A0."""
    tables, given = of_areas((100, 90, 8, 3), (60, 60, 0, 1), (900, 90, 80, 40), (950, 90, 80, 40))
    assert protect_magnitudes(tables, given, P10, from_alone=False).draft.hidden.sum() == 2
    assert protect_magnitudes(tables, given, P10).draft.hidden.sum() == 3


def drawn(seed: int) -> tuple[LinkedTables, Contributions]:
    """Areas by kinds, each inner sum of a few contributions that differ widely."""
    chance = np.random.default_rng(seed)
    rows, columns = int(chance.integers(2, 5)), int(chance.integers(2, 5))
    behind = {
        (r, c): np.sort(chance.lognormal(3, 1.3, int(chance.integers(0, 7))).astype(np.int64) + 1)[::-1]
        for r in range(1, rows + 1)
        for c in range(1, columns + 1)
    }
    keys = [(r, c) for r in range(rows + 1) for c in range(columns + 1)]
    own = [
        np.sort(np.concatenate([gave for (r, c), gave in behind.items() if row in (0, r) and kind in (0, c)]))
        for row, kind in keys
    ]
    own = [gave[::-1] for gave in own]
    trees = [Tree(0, np.array([-1] + [0] * rows)), Tree(1, np.array([-1] + [0] * columns))]
    codes = [[str(place) for place in range(size + 1)] for size in (rows, columns)]
    x = np.array([int(gave.sum()) for gave in own])
    tables = link(["area", "kind"], codes, trees, np.array(keys), x)
    first, second = (np.array([int(gave[at]) if len(gave) > at else 0 for gave in own]) for at in (0, 1))
    return tables, Contributions(first, second, np.array([len(gave) for gave in own]))


def naive_is_safe(tables: LinkedTables, hidden: Ints, width: Ints, held: Ints) -> bool:
    """Two programmes for each sensitive cell, written from the equations alone."""
    published = tables.without(hidden)
    known = published.known.copy()
    known[held] = True
    seen = replace(published, known=known, counts=np.where(known, tables.counts, 0))
    asked = np.array([cell for cell in np.flatnonzero(width > 0) if not known[cell]], dtype=np.int64)
    return all(
        span.most >= tables.counts[cell] + width[cell] - 1e-3
        and span.least <= max(0.0, tables.counts[cell] - width[cell]) + 1e-3
        for cell, span in naive_audit(seen, asked).items()
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_protected_is_safe_by_the_naive_audit(seed: int) -> None:
    tables, given = drawn(seed)
    try:
        done: Magnitudes = protect_magnitudes(tables, given, replace(P10, fewest=2))
    except Unprotectable:
        return
    hidden = done.draft.hidden
    assert naive_is_safe(tables, hidden, done.width, np.zeros(0, dtype=np.int64))
    for cells in persons(replace(tables, counts=given.number), hidden):
        assert naive_is_safe(tables, hidden, done.width, cells)


def test_most_drawn_tables_are_protected() -> None:
    done = 0
    for seed in range(20):
        try:
            protect_magnitudes(*drawn(seed), replace(P10, fewest=2))
        except Unprotectable:
            continue
        done += 1
    assert done >= 12


def test_the_auditor_sees_a_sum_that_is_shown_again() -> None:
    tables, given = of_areas((100, 90, 8, 3), (60, 20, 15, 9), (900, 90, 80, 40))
    done = protect_magnitudes(tables, given, P10)
    hidden = done.draft.hidden.copy()
    hidden[np.flatnonzero(hidden & ~done.draft.primary)[0]] = False
    _, near = audit_magnitudes(tables.without(hidden), tables.counts, done.width, [])
    assert [one.cell for one in near] == [1]
