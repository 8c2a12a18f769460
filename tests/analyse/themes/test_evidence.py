"""Parts of an answer are letter by letter the answer's own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fullpicture.analyse.themes.evidence import LONGEST, parts_of


@given(st.text(max_size=900))
def test_parts_cover_every_letter_once(text: str) -> None:
    parts = parts_of(text)
    assert all(0 <= one.start < one.end <= len(text) and one.end - one.start <= LONGEST for one in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    assert bool(parts) == bool(text.strip())
