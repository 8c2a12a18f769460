"""Range mode: each small count can be all of 1 to the threshold, save those that nothing can protect."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disclosure_tables import KINDS, table
from fullpicture.disclosure.audit_bounds import Unknowns, narrowed
from fullpicture.disclosure.linked import Ints, LinkedTables, Mask
from fullpicture.disclosure.ranges import widen
from fullpicture.disclosure.suppress import suppress
from tests.disclosure.small_tables import drawn_tables, naive_audit

THRESHOLD = 4


def small(tables: LinkedTables) -> Mask:
    return np.asarray((tables.counts > 0) & (tables.counts <= THRESHOLD))


def hopeless_by_bounds(tables: LinkedTables) -> Ints:
    """Cells that do not reach 1 and the threshold even where every count but the zeros is hidden."""
    known = narrowed(Unknowns.of(tables.without(tables.counts > 0)))
    return known.cells[(known.least > 1) | (known.most < THRESHOLD)]


def test_what_a_large_table_leaves_short_of_its_range_nothing_can_give_it() -> None:
    tables = table(KINDS[0]).where_zeros_show()
    short = widen(tables, suppress(tables, small(tables)), THRESHOLD).unproven
    assert 0 < len(short) < small(tables).sum() / 4
    assert np.isin(short, hopeless_by_bounds(tables)).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.integers(1, 3), st.floats(0.5, 9))
def test_only_what_nothing_can_protect_is_left_short_of_its_range(
    seed: int, dimensions: int, mean: float
) -> None:
    tables = drawn_tables(seed, dimensions, 5 if dimensions < 3 else 3, mean).where_zeros_show()
    found = widen(tables, suppress(tables, small(tables)), THRESHOLD)
    short = np.isin(np.arange(len(tables)), found.unproven)
    ours = naive_audit(tables.without(found.hidden), np.flatnonzero(small(tables) & ~short))
    assert all(interval.least <= 1 and interval.most >= THRESHOLD for interval in ours.values())
    hidden = naive_audit(tables.without(tables.counts > 0), found.unproven)
    assert all(interval.least > 1 or interval.most < THRESHOLD for interval in hidden.values())
