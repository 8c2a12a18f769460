"""What a page of a question says of agreement."""

from __future__ import annotations

import pytest

from fullpicture.programme.questions import _is_small


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "small"),
    [(20, 0, 0, 30, False), (20, 12, 11, 30, False), (20, 1, 11, 30, True), (9, 12, 11, 30, True)],
)
def test_agreement_that_stands_on_a_small_count_is_not_published(
    both: int, first: int, second: int, neither: int, small: bool
) -> None:
    marks = [(True, True)] * both + [(True, False)] * first + [(False, True)] * second
    one, other = zip(*marks, *[(False, False)] * neither, strict=True)
    assert _is_small(one, other, 9) is small
    assert not _is_small(one, other, 0)
