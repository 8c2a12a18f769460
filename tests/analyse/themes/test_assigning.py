"""Whatever an answer says, a theme that it is given has words of its own that show it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.analyse.themes.assigning import Coded, Coder, to_code_next
from fullpicture.analyse.themes.codebook import Theme
from fullpicture.analyse.themes.vectors import Answers

pytest.importorskip("sklearn")

THEMES = (Theme("wait", "Waiting", "waited hours in a queue"), Theme("kind", "Kind staff", "kind and caring"))
SAID = ("I waited hours. Then nothing!", "they were kind", "a long queue, but kind people", "fine", "")
PIECES = st.sampled_from(
    ["waited hours", "kind", "queue", ".", "! ", "\n", ", but ", " - ", "é😀", "", "x" * 250]
)
TEXTS = st.lists(st.lists(PIECES | st.text(max_size=30), max_size=12).map(" ".join), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def coder() -> Coder:
    texts = [f"{said} {turn}" for turn in range(12) for said in SAID[:4]]
    has = np.array([["wait" in said or "queue" in said, "kind" in said] for said in texts])
    return Coder.from_coded(THEMES, Coded(Answers(texts), has, texts))


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_every_theme_that_is_given_has_a_verbatim_part_of_the_answer(coder: Coder, texts: list[str]) -> None:
    found = list(coder.assign(Answers(texts)))
    assert [(one.answer, one.theme) for one in found] == [
        (row, theme.id) for row in range(len(texts)) for theme in THEMES
    ]
    for one in found:
        shown = texts[one.answer][one.span.start : one.span.end]
        assert bool(shown.strip()) == one.assigned
        assert shown == shown.strip()


def test_the_span_is_the_part_that_says_it(coder: Coder) -> None:
    text = "The weather was fine. They were kind and caring! I waited hours in the queue."
    shown = {one.theme: text[slice(*one.span)] for one in coder.assign(Answers([text])) if one.assigned}
    assert shown == {"wait": "I waited hours in the queue.", "kind": "They were kind and caring!"}


def test_an_answer_without_words_is_given_nothing_and_none_is_no_mistake(coder: Coder) -> None:
    assert not any(one.assigned for one in coder.assign(Answers(["", " \n"])))
    assert list(coder.assign(Answers([]))) == []


def test_the_least_certain_answer_is_to_be_coded_next(coder: Coder) -> None:
    texts = [
        "I waited hours in the queue",
        "they were kind and caring",
        "kind of hours, caring in a queue maybe",
    ]
    assert to_code_next(coder, Answers(texts), 1) == [2]
    assert sorted(to_code_next(coder, Answers(texts), 9)) == [0, 1, 2]
