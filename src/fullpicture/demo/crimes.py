"""Invented crimes with the shape of real ones: skewed forces, seasons, outcomes that take their time.

Calibrated to what is published of child sexual abuse and exploitation in England and Wales:
106,984 crimes in 2022, 115,489 in 2023 and 6% more in 2024; in 2023 sexual assault 29%, images 27%, rape
18% of crimes, contact 68%, suspects male 82%, victims female 79%; suspects aged 10-17 52% (2022), online 42%
(2024), group-based 5% and family 33% of contact (2022). Source: the reports of the
National Analysis of Police-Recorded Child Sexual Abuse and Exploitation Crimes, and their releases.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from fullpicture.demo.places import Force, forces

CRIMES = {2022: 106_984, 2023: 115_489, 2024: 122_418}
EXTRACTED_ON = np.datetime64("2025-01-31")
TYPES = {
    "sexual assault on a child": (0.29, "20B", 0.97),
    "indecent images of children": (0.27, "86", 0.02),
    "rape of a child": (0.18, "19C", 1.0),
    "sexual activity with a child": (0.15, "22B", 0.95),
    "grooming and exploitation": (0.11, "88A", 0.47),
}
"""Share of crimes, an offence code, and the share that involves contact."""
OUTCOMES = {"1": 0.08, "8": 0.02, "14": 0.10, "15": 0.24, "16": 0.27, "18": 0.16, "20": 0.03, "21": 0.10}
_MONTHS = np.array([0.97, 0.93, 1.03, 0.99, 1.06, 1.12, 1.09, 0.98, 1.01, 1.02, 0.98, 0.82])
_LOCATIONS = ("dwelling", "online", "public place", "school or college", "not recorded")


def crimes(rng: np.random.Generator, scale: float = 1.0) -> dict[Force, pa.Table]:
    """Every crime of three years as each force returns it: one row per crime, texts as delivered."""
    everyone = forces()
    tables: dict[Force, list[pa.Table]] = {force: [] for force in everyone}
    weights = _weights(rng, everyone)
    for year, total in CRIMES.items():
        numbers = rng.multinomial(round(total * scale), weights)
        for force, number in zip(everyone, numbers, strict=True):
            tables[force].append(_year(rng, force, year, int(number)))
    return {force: pa.concat_tables(parts) for force, parts in tables.items()}


def _weights(rng: np.random.Generator, everyone: Sequence[Force]) -> np.ndarray:
    """Each force's share: its residents, some recording more than others."""
    weights = np.array([force.residents for force in everyone]) * rng.normal(1.0, 0.12, len(everyone))
    share: np.ndarray = weights / weights.sum()
    return share


def _year(rng: np.random.Generator, force: Force, year: int, number: int) -> pa.Table:
    kinds = list(TYPES)
    kind = rng.choice(len(kinds), number, p=[TYPES[name][0] for name in kinds])
    recorded = _days(rng, year, number)
    contact = rng.random(number) < np.array([TYPES[name][2] for name in kinds])[kind]
    outcome, closed = _outcomes(rng, recorded, kind == kinds.index("rape of a child"))
    victim_age = np.clip(rng.normal(12.5, 3.2, number).round(), 0, 17).astype(int)
    suspect_age = np.where(
        rng.random(number) < 0.52, rng.integers(10, 18, number), rng.integers(18, 75, number)
    )
    flags = {
        "contact": contact,
        "online": np.where(contact, rng.random(number) < 0.16, rng.random(number) < 0.97),
        "group_based": rng.random(number) < 0.05,
        "family": contact & (rng.random(number) < 0.33),
    }
    return pa.table({
        "police_force": [force.name] * number,
        "crime_ref": [f"{force.code}-{year}-{place:06d}" for place in range(1, number + 1)],
        "offence_code": np.array([TYPES[name][1] for name in kinds])[kind],
        "crime_type": np.array(kinds)[kind],
        "recorded_on": recorded.astype(str),
        "location": np.array(_LOCATIONS)[rng.choice(5, number, p=[0.46, 0.27, 0.12, 0.07, 0.08])],
        **{name: np.where(flag, "yes", "no") for name, flag in flags.items()},
        "victim_sex": rng.choice(["female", "male", "not recorded"], number, p=[0.735, 0.195, 0.07]),
        "victim_age": _unknown(rng, victim_age, 0.06),
        "suspect_sex": rng.choice(["male", "female", "not recorded"], number, p=[0.69, 0.15, 0.16]),
        "suspect_age": np.where(outcome == "18", "", _unknown(rng, suspect_age, 0.08)),
        "suspect_child": _is_child(rng, suspect_age),
        "outcome_type": outcome,
        "outcome_on": closed,
    })  # fmt: skip


def _days(rng: np.random.Generator, year: int, number: int) -> np.ndarray:
    """Days of the year, in order: more crimes are recorded in summer than in December."""
    first = np.datetime64(f"{year}-01-01")
    days = first + np.arange(366 if year % 4 == 0 else 365)
    weights = _MONTHS[days.astype("datetime64[M]").astype(int) % 12]
    chosen: np.ndarray = np.sort(rng.choice(days, number, p=weights / weights.sum()))
    return chosen


def _outcomes(
    rng: np.random.Generator, recorded: np.ndarray, is_rape: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Outcome types and their days, both empty while a crime is open at the day of the extract.

    Days to an outcome are log-normal; the median for rape is 98 days (Home Office, year to March 2020).
    """
    number = len(recorded)
    types = rng.choice(list(OUTCOMES), number, p=list(OUTCOMES.values()))
    median = np.where(is_rape, 98, 55)
    lag = np.round(median * np.exp(rng.normal(0, 1.0, number))).astype("timedelta64[D]")
    is_open = recorded + lag > EXTRACTED_ON
    return np.where(is_open, "", types), np.where(is_open, "", (recorded + lag).astype(str))


def _unknown(rng: np.random.Generator, ages: np.ndarray, share: float) -> np.ndarray:
    return np.where(rng.random(len(ages)) < share, "", ages.astype(str))


def _is_child(rng: np.random.Generator, ages: np.ndarray) -> np.ndarray:
    return np.where(rng.random(len(ages)) < 0.2, "not known", np.where(ages < 18, "yes", "no"))
