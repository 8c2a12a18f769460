"""Invented victims whose truth is known: who is who, and what was written wrongly."""

from __future__ import annotations

import datetime
import hashlib
from typing import NamedTuple

import numpy as np
import pyarrow as pa

FORCES = tuple(f"E230000{number:02}" for number in range(1, 40))
_FIRST_DAY = np.datetime64("1945-01-01")
_CODES = ("17A", "19C", "20A", "22A", "86", "88A", "21")
_PLACES = ("dwelling", "public place", "school or college", "online", "other")
_ETHNICITIES = ("white", "black", "asian", "mixed", "other")


class Invented(NamedTuple):
    """Records in the shape of the canonical record, and the number of the person behind each row."""

    records: pa.Table
    person: np.ndarray


def invented(rows: int, seed: int = 1, *, again: float = 0.2, missing: float = 0.05) -> Invented:
    """One victim a row, each in a crime of its own; about `again` of the rows are of people seen before.

    Of a person seen again, 8 in 100 have a birth date with one part wrong, 3 in 100 a name that sounds
    otherwise, 2 in 100 another sex, 20 in 100 are with another force; of all values `missing` are not there.
    Names are as uneven as real ones: few are common, most are rare.
    """
    draw = np.random.default_rng(seed)
    first = int(rows * (1 - again))
    person = np.r_[np.arange(first), draw.integers(0, first, rows - first)]
    is_again = np.arange(rows) >= first
    name = _skewed(draw, 4_000, first) * 3_000 + _skewed(draw, 3_000, first)
    born = _FIRST_DAY + draw.integers(0, 27_000, first)
    sex, force = draw.random(first) < 0.75, _skewed(draw, len(FORCES), first, 0.5)
    ethnicity = draw.choice(len(_ETHNICITIES), first, p=[0.8, 0.06, 0.08, 0.03, 0.03])

    def wrong(share: float) -> np.ndarray:
        return is_again & (draw.random(rows) < share)

    names = np.where(wrong(0.03), draw.integers(0, 12_000_000, rows), name[person])
    births = np.where(wrong(0.08), _mistyped(draw, born[person]), born[person])
    sexes = sex[person] ^ wrong(0.02)
    forces = np.where(wrong(0.2), draw.integers(0, len(FORCES), rows), force[person])
    offence = np.datetime64("2022-04-01") + draw.integers(0, 1_095, rows)
    whole = {
        "file": pa.array([f"{FORCES[one]}.csv" for one in forces]),
        "row": pa.array(np.arange(rows) + 2, pa.int64()),
        "police_force": pa.array([FORCES[one] for one in forces]),
        "crime_ref": pa.array([f"{one:032x}" for one in range(rows)]),
        "offence_code": pa.array(np.array(_CODES)[draw.integers(0, len(_CODES), rows)]),
        "offence_from": pa.array(offence),
        "recorded_on": pa.array(offence + draw.integers(0, 60, rows)),
        "location_kind": pa.array(np.array(_PLACES)[draw.integers(0, len(_PLACES), rows)]),
        "victim_sex": _holed(draw, np.where(sexes, "female", "male"), missing),
        "victim_age": _holed(draw, ((offence - births).astype(int) // 365.25).astype(np.int32), missing),
        "victim_born_on": _holed(draw, births, missing),
        "victim_name_key": _holed(draw, np.array([_hashed(one) for one in names.tolist()]), missing),
        "victim_ethnicity": _holed(draw, np.array(_ETHNICITIES)[ethnicity[person]], missing),
    }
    return Invented(pa.table(whole), person)


def scores(truth: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    """Precision and recall over all pairs of rows that are, or were said to be, of one person."""
    both = np.unique(np.stack([truth, said], axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    right = _pairs(both)
    return right / _pairs(said), right / _pairs(truth)


def victim(force: str, row: int, crime: str | None, **says: object) -> dict[str, object]:
    """One row for a test that spells out what it needs."""
    return {"police_force": force, "file": f"{force}.csv", "row": row, "crime_ref": crime, **says}


def table(*rows: dict[str, object]) -> pa.Table:
    """Such rows as records."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def day(text: str) -> datetime.date:
    """A date."""
    return datetime.date.fromisoformat(text)


def _pairs(groups: np.ndarray) -> int:
    sizes = np.unique(groups, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def _skewed(draw: np.random.Generator, kinds: int, rows: int, power: float = 0.8) -> np.ndarray:
    weights = 1 / np.arange(1, kinds + 1) ** power
    return draw.choice(kinds, rows, p=weights / weights.sum())


def _mistyped(draw: np.random.Generator, born: np.ndarray) -> np.ndarray:
    """Another day of the month, another year, or day and month swapped where that is a date."""
    month = born.astype("datetime64[M]")
    days = (born - month).astype(int)
    year, months = born.astype("datetime64[Y]"), month.astype(int) % 12
    swapped = (year.astype("datetime64[M]") + np.minimum(days, 11)).astype("datetime64[D]") + months
    other_day = month.astype("datetime64[D]") + draw.integers(0, 28, len(born))
    other_year = born - 365 * draw.integers(1, 10, len(born))
    kind = draw.integers(0, 3, len(born))
    return np.where(kind == 0, other_day, np.where(kind == 1, other_year, swapped))


def _hashed(name: int) -> str:
    return hashlib.blake2b(str(name).encode(), digest_size=16).hexdigest()


def _holed(draw: np.random.Generator, values: np.ndarray, share: float) -> pa.Array:
    return pa.array(values, mask=draw.random(len(values)) < share)
