"""What other publications say of hidden cells, held against them by the auditor; each example by hand."""

from __future__ import annotations

import numpy as np

from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.constraints import equal, interval, linear
from fullpicture.disclosure.linked import LinkedTables, Tree
from fullpicture.disclosure.linking import link
from fullpicture.disclosure.suppress import suppress

COUNTS = np.array([130, 3, 27, 40, 60])
"""A total and its four parts."""
HIDDEN = np.array([False, True, True, False, False])


def whole() -> LinkedTables:
    parent = np.array([-1, 0, 0, 0, 0])
    names = ["E", "A", "B", "C", "D"]
    return link(["area"], [names], [Tree(0, parent)], np.arange(5)[:, None], COUNTS).where_zeros_show()


def known_in(published: LinkedTables) -> list[tuple[int, float, float]]:
    """The hidden cells, each with the least and the most that it can be for all that anybody knows."""
    found = audit(published, Asked(9, "range"))
    return list(zip(found.cells.tolist(), found.least.tolist(), found.most.tolist(), strict=True))


def test_without_any_of_it_two_hidden_counts_protect_each_other() -> None:
    assert known_in(whole().without(HIDDEN)) == [(1, 1.0, 29.0), (2, 1.0, 29.0)]


def test_an_earlier_release_of_one_gives_the_other_away() -> None:
    released = equal(whole().without(HIDDEN), np.array([2]), np.array([27]))
    found = audit(released, Asked(9))
    assert found.cells[found.leaks].tolist() == [1]


def test_a_rounded_release_of_one_narrows_the_other() -> None:
    """27 was published as 25, rounded to fives: it is 23 to 27, and the other 3 to 7."""
    rounded = interval(whole().without(HIDDEN), np.array([2]), 23, 27)
    assert known_in(rounded) == [(1, 3.0, 7.0), (2, 23.0, 27.0)]
    assert known_in(interval(rounded, np.array([2]), 0, 100)) == known_in(rounded)


def test_a_difference_that_somebody_published_gives_both_away() -> None:
    """B has 24 more than A."""
    found = audit(linear(whole().without(HIDDEN), np.array([2, 1]), np.array([1, -1]), 24), Asked(9))
    assert found.cells[found.is_exact].tolist() == [1, 2]


def test_a_percentage_of_a_published_base_narrows_what_it_is_a_percentage_of() -> None:
    """3 of 130 is 2.3%: 2.25% to 2.35% of 130 is 2.9 to 3.1; as 2% it would be 2 or 3."""
    published, part = whole().without(HIDDEN), np.array([1])
    assert known_in(interval(published, part, 0.0225 * 130, 0.0235 * 130))[0] == (1, 3.0, 3.0)
    assert known_in(interval(published, part, 0.015 * 130, 0.025 * 130))[0] == (1, 2.0, 3.0)


def test_the_suppressor_hides_more_where_an_earlier_release_is_known() -> None:
    """B is public already and cannot be hidden, so that A needs another cell."""
    tables, primary = whole(), COUNTS == 3
    cost = np.where(np.arange(5) == 2, np.inf, COUNTS)
    found = suppress(tables, primary, cost)
    released = equal(tables.without(found.hidden), np.array([2]), np.array([27]))
    assert not audit(released, Asked(9, "exact", primary)).leaks.any()
    assert found.hidden.tolist() != HIDDEN.tolist()
