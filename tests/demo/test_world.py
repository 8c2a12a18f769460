"""The invented nation has the shape of published figures (`shares.py`); nothing in it is impossible."""

from __future__ import annotations

import numpy as np
import pytest

from fullpicture.demo.offences import numbers_of
from fullpicture.demo.people import pool
from fullpicture.demo.shares import EXTRACTED_ON, KINDS, NAMES_A_CHILD
from fullpicture.demo.values import NO_VALUE, Whole, ages, word
from fullpicture.demo.world import FAMILY, World, world

NUMBERS = {2022: (10_000, 10_000), 2023: (11_000, 10_000), 2024: (12_000, 10_000)}


@pytest.fixture(scope="module")
def known() -> World:
    return world(np.random.default_rng([7, 1]), 1, NUMBERS, pool(7, 400))


def _share(said: Whole, value: int) -> float:
    """The share of a value among those that are known."""
    return float((said == value).sum() / (said > NO_VALUE).sum())


def _kinds(known: World) -> dict[str, float]:
    classes = known.crimes["offence_class"][known.is_csae]
    return {
        name: float((classes == word("offence_class", name)).mean()) for name in ("rape", "indecent images")
    }


def test_crimes_are_as_many_as_asked(known: World) -> None:
    years = known.crimes["recorded_on"].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    for year, (of_children, others) in NUMBERS.items():
        assert (known.is_csae & (years == year)).sum() == of_children
        assert (~known.is_csae & (years == year)).sum() == others


def test_kinds_contact_online_and_group_are_as_published(known: World) -> None:
    crimes = {name: column[known.is_csae] for name, column in known.crimes.items()}
    assert _kinds(known) == pytest.approx({"rape": 0.18, "indecent images": 0.27}, abs=0.01)
    assert sum(kind.share for kind in KINDS.values()) == pytest.approx(1)
    assert _share(crimes["contact"], 1) == pytest.approx(0.68, abs=0.01)
    assert _share(crimes["online"], 1) == pytest.approx(0.42, abs=0.01)
    assert _share(crimes["group_based"], 1) == pytest.approx(0.05, abs=0.005)


def test_victims_and_suspects_are_as_published(known: World) -> None:
    victims, suspects = known.victims, known.suspects
    sex = victims.everyone.sex[victims.person[known.is_csae[victims.crime]]]
    assert _share(sex, 0) == pytest.approx(0.79, abs=0.01)
    of_children = known.is_csae[suspects.crime]
    sex = suspects.everyone.sex[suspects.person[of_children]]
    assert _share(sex, 1) == pytest.approx(0.82, abs=0.01)
    age = ages(suspects.everyone.born[suspects.person], known.crimes["offence_from"][suspects.crime])
    assert (age[of_children] < 18).mean() == pytest.approx(0.52, abs=0.015)


def test_a_third_of_contact_crimes_is_in_the_family(known: World) -> None:
    contact = known.is_csae & (known.crimes["contact"] == 1) & (known.relationship > NO_VALUE)
    family = np.isin(known.relationship[contact], numbers_of("relationship", FAMILY))
    assert family.mean() == pytest.approx(1 / 3, abs=0.015)


def test_outcomes_take_the_median_time_published(known: World) -> None:
    days = known.crimes["outcome_on"] - known.crimes["recorded_on"]
    early = known.crimes["recorded_on"] < EXTRACTED_ON - 700
    rape = known.is_csae & early & (known.crimes["offence_class"] == word("offence_class", "rape"))
    assert np.median(np.where(known.crimes["outcome_on"] > NO_VALUE, days, 9_999)[rape]) == pytest.approx(
        98, abs=6
    )
    others = ~known.is_csae & early & (known.crimes["offence_class"] != word("offence_class", "rape"))
    assert np.median(days[others]) == pytest.approx(14, abs=1)


def test_days_are_in_order(known: World) -> None:
    crimes = known.crimes
    assert (crimes["offence_from"] <= crimes["offence_to"]).all()
    assert (crimes["offence_to"] <= crimes["reported_on"]).all()
    assert (crimes["reported_on"] <= crimes["recorded_on"]).all()
    closed = crimes["outcome_on"] > NO_VALUE
    assert (crimes["outcome_on"] >= crimes["recorded_on"])[closed].all()
    assert (crimes["outcome_on"] <= EXTRACTED_ON).all()


def test_victims_of_abuse_are_children_and_offences_fit_them(known: World) -> None:
    victims = known.victims
    age = ages(victims.everyone.born[victims.person], known.crimes["offence_from"][victims.crime])
    code = known.crimes["offence_code"][victims.crime]
    of_children = known.is_csae[victims.crime]
    assert age.min() >= 0
    assert age[of_children].max() == 17
    sexual = ~of_children & np.isin(code, numbers_of("offence_code", ("19C", "19F", "20A", "17A", "88E")))
    assert age[sexual].min() >= 18
    assert not np.isin(code[~of_children], numbers_of("offence_code", NAMES_A_CHILD)).any()
    under = np.isin(code, numbers_of("offence_code", ("19E", "19H", "20B", "17B", "21")))
    assert age[under].max() == 12


def test_an_abuse_of_trust_is_by_adults(known: World) -> None:
    suspects, code = known.suspects, known.crimes["offence_code"]
    age = ages(suspects.everyone.born[suspects.person], known.crimes["offence_from"][suspects.crime])
    trusted = code[suspects.crime] == word("offence_code", "73")
    assert trusted.sum() > 20
    assert age[trusted].min() >= 18


def test_people_are_seen_again(known: World) -> None:
    for linked in (known.victims, known.suspects):
        crimes = np.unique(linked.person << 32 | linked.crime) >> 32
        assert (np.unique(crimes, return_counts=True)[1] > 1).sum() > 300


def test_support_and_contact_go_with_the_outcome_and_never_contradict_it(known: World) -> None:
    support, practice = known.crimes["support"], known.crimes["contact_practice"]
    withdrawn = np.isin(known.crimes["outcome_type"], numbers_of("outcome_type", ("14", "16")))
    assert not (withdrawn & (support == word("support", "supports"))).any()
    assert not (~withdrawn & (support == word("support", "withdrew"))).any()
    assert 0.4 < _share(support[withdrawn], word("support", "withdrew")) < 0.7
    kept = word("contact_practice", "as agreed")
    assert _share(practice[~withdrawn], kept) - _share(practice[withdrawn], kept) > 0.15
