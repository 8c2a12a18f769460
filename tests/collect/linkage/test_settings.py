"""Settings of a linkage: what is wrong is listed all at once, and people read them in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fullpicture.collect.linkage import Comparison, Model, in_words
from fullpicture.collect.linkage.shares import settled

VICTIM = Model.shipped("victim")


@pytest.mark.parametrize("of", ["victim", "crime"])
def test_the_shipped_settings_have_no_mistakes(of: str) -> None:
    assert Model.shipped(of).mistakes("linkage.toml") == ()  # type: ignore[arg-type]


def test_all_mistakes_are_listed_at_once() -> None:
    wrong = replace(
        VICTIM,
        threshold=0.4,
        recall=0,
        blocks=(("victim_nam_key",),),
        learn=(("victim_sex",),),
        compare=(
            Comparison("victim_sex", "same", (0.9, 0.2), (0.5, 0.5)),
            Comparison("victim_age", "date", (0.9, 0.1), (0.5, 0.5)),
            Comparison("offence_from", "date", (0.9, 0.1), (0.5, 0.4, 0.1), within=(7,)),
        ),
    )
    said = {mistake.where: mistake.what for mistake in wrong.mistakes("linkage.toml [victim]")}
    assert said == {
        "linkage.toml [victim] threshold": "it is not above `review`, or not below 1.",
        "linkage.toml [victim] recall": "this is no share of all true pairs.",
        "linkage.toml [victim] blocks": "victim_nam_key is not a field to link by.",
        "linkage.toml [victim] compare 1 expected": "these shares do not sum to 1.",
        "linkage.toml [victim] compare 1 field": "every group under `learn` has victim_sex: nothing can be "
        "learned of it.",
        "linkage.toml [victim] compare 2 kind": "victim_age is no date.",
        "linkage.toml [victim] compare 3 expected": "there are 3 levels (the same day; within 7 days; more "
        "than 7 days apart).",
    }


def test_words_name_the_threshold_what_is_compared_and_the_seed() -> None:
    words = in_words(replace(VICTIM, threshold=0.97))
    assert words.startswith("The same person, a victim in several crimes: linked from 0.97,")
    assert "name by sound (the same, different)" in words
    assert "(seed 20240401)" in words


def test_estimates_that_cannot_be_meant_give_way_to_the_settings() -> None:
    sex = replace(VICTIM, compare=(VICTIM.compare[2],))
    upside_down = settled(sex, {"victim_sex": [(0.1, 0.6), (0.9, 0.4)]})["victim_sex"]
    certain = settled(sex, {"victim_sex": [(1.0, 0.6), (0.0, 0.4)]})["victim_sex"]
    assert (upside_down.expected, upside_down.learned) == ((0.98, 0.02), False)
    assert (certain.expected, certain.learned) == ((0.9995, 0.0005), True)
