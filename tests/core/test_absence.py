"""An absence is typed, ordered, and written with the symbol of the guidance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fullpicture.core.absence import PRECEDENCE, SYMBOLS, Absence, strongest

PERHAPS = st.one_of(st.none(), st.sampled_from(Absence))


def test_precedence_is_that_of_the_contract_and_total():
    assert [absence.value for absence in PRECEDENCE] == ["c", "u", "x", "low", "z"]
    assert set(PRECEDENCE) == set(Absence)


@given(PERHAPS, PERHAPS, PERHAPS)
def test_which_absence_wins_does_not_depend_on_the_order_they_meet_in(one, other, third):
    winner = strongest(one, other, third)
    assert winner == strongest(third, strongest(other, one))
    assert winner in (one, other, third)


def test_values_that_are_all_present_have_no_absence():
    assert strongest(None, None) is None
    assert strongest() is None


def test_every_symbol_is_read_with_and_without_brackets_and_k_is_low():
    assert all(SYMBOLS[absence.value] is SYMBOLS[absence.in_brackets] is absence for absence in Absence)
    assert SYMBOLS["k"] is SYMBOLS["[k]"] is SYMBOLS["[low]"] is Absence.ROUNDS_TO_ZERO


def test_every_absence_says_what_it_means():
    assert len({absence.meaning for absence in Absence}) == len(Absence)
