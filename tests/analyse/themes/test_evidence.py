"""Parts of an answer are letter by letter the answer's own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fullpicture.analyse.themes.evidence import LONGEST, best_part, parts_of


@given(st.text(max_size=900))
def test_parts_cover_every_letter_once(text: str) -> None:
    parts = parts_of(text)
    assert all(0 <= one.start < one.end <= len(text) and one.end - one.start <= LONGEST for one in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    assert bool(parts) == bool(text.strip())


def test_the_part_that_says_it_most_is_chosen_and_the_first_of_equals() -> None:
    parts = parts_of("One. Two. Three.")
    assert best_part(parts, [0.1, 0.9, 0.9]) == parts[1]
