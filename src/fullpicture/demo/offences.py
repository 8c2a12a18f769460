"""Invented crimes: when they happened, were reported, recorded and closed; of what kind; how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fullpicture.demo import shares
from fullpicture.demo.people import Flags, Places
from fullpicture.demo.shares import EXTRACTED_ON, KINDS
from fullpicture.demo.values import STATE, WORDS, Whole, day, word

CODES, OUTCOME_TYPES = np.array(WORDS["offence_code"]), np.array(WORDS["outcome_type"])


def recorded_days(rng: np.random.Generator, year: int, number: int) -> Whole:
    """Days of a year, in order, spread as evenly as months allow: no force has an empty month by chance."""
    days = np.arange(day(f"{year}-01-01"), day(f"{year + 1}-01-01"), dtype=np.int32)
    weights = np.array(shares.MONTHS)[days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12]
    reach = np.cumsum(weights / weights.sum())
    chosen = (np.arange(number) + rng.random(number)) / max(number, 1)
    found: Whole = days[np.minimum(np.searchsorted(reach, chosen), len(days) - 1)]
    return found


def times(rng: np.random.Generator, numbers: Mapping[int, tuple[int, int]]) -> tuple[Whole, Flags]:
    """Recorded days of all years and which crimes are against children, in the order of the days."""
    days, child = [], []
    for year, (of_children, others) in numbers.items():
        days += [recorded_days(rng, year, of_children), recorded_days(rng, year, others)]
        child += [np.ones(of_children, bool), np.zeros(others, bool)]
    together = np.concatenate(days)
    order = np.argsort(together, kind="stable")
    return together[order], np.concatenate(child)[order]


def earlier_days(rng: np.random.Generator, recorded: Whole, child: Flags) -> dict[str, Whole]:
    """When crimes were reported, and from when to when they happened; many against children long before."""
    count = len(recorded)
    reported = recorded - np.minimum(rng.geometric(0.6, count) - 1, 20).astype(np.int32)
    reported = np.maximum(reported, np.int32(shares.FIRST_DAY))
    is_old = rng.random(count) < np.where(child, 0.25, 0.03)
    lag = np.where(is_old, rng.exponential(8 * 365, count), rng.exponential(np.where(child, 20, 4), count))
    last = reported - np.minimum(lag, 45 * 365).astype(np.int32)
    lasted = np.where(rng.random(count) < 0.3, rng.exponential(60, count), 0).astype(np.int32)
    return {
        "recorded_on": recorded,
        "reported_on": reported,
        "offence_from": _not_new_year(last - lasted),
        "offence_to": _not_new_year(last),
    }


def _not_new_year(days: Whole) -> Whole:
    """A day earlier for 1 January, on which forces put what they have no day for."""
    dates = days.astype("datetime64[D]")
    is_new_year = dates == dates.astype("datetime64[Y]").astype("datetime64[D]")
    return np.where(is_new_year, days - 1, days).astype(np.int32)


def kinds(rng: np.random.Generator, child: Flags) -> Places:
    """The place of each crime's kind in `KINDS`; -1 for crimes that are not of child sexual abuse."""
    kind = rng.choice(len(KINDS), len(child), p=[kind.share for kind in KINDS.values()])
    return np.where(child, kind, -1).astype(np.int64)


def other_codes(rng: np.random.Generator, child: Flags) -> Whole:
    """Offence codes of crimes that are not of child sexual abuse."""
    weights = np.array(list(shares.OTHER_OFFENCES.values()))
    chosen = rng.choice(len(weights), len(child), p=weights / weights.sum())
    return numbers_of("offence_code", list(shares.OTHER_OFFENCES))[chosen]


def child_codes(rng: np.random.Generator, kind: Places, sex: Whole, age: Whole, family: Flags) -> Whole:
    """The offence code that fits the kind, the victim's sex and age."""
    names = list(KINDS)
    male, draw = sex == 1, rng.random(len(kind))
    activity = np.select([family & (draw < 0.15), age < 13, age < 16], ["23", "21", "22B"], "73")
    code = np.select(
        [
            kind == names.index("rape"),
            kind == names.index("sexual assault"),
            kind == names.index("sexual activity"),
            kind == names.index("grooming and exploitation"),
        ],
        [
            _by_sex_and_age(male, age, (13, 16), ("19E", "19D", "19C"), ("19H", "19G", "19F")),
            _by_sex_and_age(male, age, (13,), ("20B", "20A"), ("17B", "17A")),
            activity,
            np.where((draw < 0.7) & (age < 16), "88A", "71"),
        ],
        "86",
    )
    return _numbers(CODES, code)


def _by_sex_and_age(
    male: Flags, age: Whole, bands: Sequence[int], female_codes: Sequence[str], male_codes: Sequence[str]
) -> np.ndarray:
    band = np.searchsorted(bands, age, "right")
    return np.where(male, np.array(male_codes)[band], np.array(female_codes)[band])


def numbers_of(field: str, said: Sequence[str]) -> Whole:
    """The numbers of words of a field."""
    return np.array([word(field, one) for one in said], np.int32)


def _numbers(vocabulary: np.ndarray, said: np.ndarray) -> Whole:
    """The numbers of many words at once."""
    order = np.argsort(vocabulary)
    found: Whole = order[np.searchsorted(vocabulary[order], said)].astype(np.int32)
    return found


def outcomes(rng: np.random.Generator, recorded: Whole, child: Flags, is_rape: Flags) -> dict[str, Whole]:
    """Outcome types and their days; type 0 and no day while a crime is open when the extract is made."""
    count = len(recorded)
    type_ = np.where(
        child,
        numbers_of("outcome_type", list(shares.OUTCOMES))[_drawn(rng, shares.OUTCOMES, count)],
        numbers_of("outcome_type", list(shares.OTHER_OUTCOMES))[_drawn(rng, shares.OTHER_OUTCOMES, count)],
    )
    medians = shares.MEDIAN_DAYS
    median = np.where(is_rape, medians["rape"], np.where(child, medians["child"], medians["other"]))
    days = recorded + np.round(median * np.exp(rng.normal(0, shares.SPREAD, count))).astype(np.int32)
    is_open = days > EXTRACTED_ON
    return {
        "outcome_type": np.where(is_open, word("outcome_type", "0"), type_).astype(np.int32),
        "outcome_on": np.where(is_open, STATE["not applicable"], days).astype(np.int32),
    }


def _drawn(rng: np.random.Generator, weights: Mapping[str, float], count: int) -> Places:
    values = np.array(list(weights.values()))
    drawn: Places = rng.choice(len(values), count, p=values / values.sum())
    return drawn


def classes(codes: Whole) -> Whole:
    """The class of each offence code."""
    by_code = np.zeros(len(CODES), np.int32)
    for name, members in shares.CLASSES.items():
        by_code[numbers_of("offence_code", members)] = word("offence_class", name)
    return by_code[codes]
