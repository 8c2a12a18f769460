"""How the invented nation holds a value before it is written: one whole number, whatever the field.

A code is its place in `WORDS`, a day its number since 1 January 1970, an age its years, a reference its
number. A state of no value is a number below every value, so that one column holds both.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fullpicture.collect.returns.record import BY_NAME

Whole = NDArray[np.int32]

NO_VALUE = -1_000_000_000
"""A value is above it; below it are the states, one after the other."""
STATES = ("unknown", "not recorded", "not applicable", "unusable")
STATE = {state: NO_VALUE - place for place, state in enumerate(STATES, start=1)}

_FLAG = ("no", "yes")
WORDS: Mapping[str, tuple[str, ...]] = {
    "offence_code": (
        "19C", "19D", "19E", "19F", "19G", "19H", "17A", "17B", "20A", "20B", "21", "22B", "23", "71", "73",
        "86", "88A", "88E", "11A", "13", "36", "106", "8N", "105A", "8L", "9A", "49", "58", "28E", "34B",
        "N100/1", "N100/2", "N100/3",
    ),
    "offence_class": ("rape", "other sexual offence", "indecent images", "exploitation", "violence", "other"),
    "location_kind": (
        "dwelling", "online", "public place", "school or college", "vehicle", "licensed premises",
        "care setting", "other",
    ),
    "outcome_type": (
        "0", "1", "2", "3", "4", "8", "10", "14", "15", "16", "18", "19", "20", "21", "22", "11",
        "1A", "2A", "3A", "cancelled", "incident", "duplicate", "6", "17",
    ),
    "sex": ("female", "male", "indeterminate"),
    "ethnicity": (
        "white north european", "white south european", "black", "asian", "chinese or other east asian",
        "arab or north african", "mixed", "other", "white",
    ),
    "support": ("supports", "withdrew", "never supported"),
    "contact_practice": ("as agreed", "less than agreed", "none agreed"),
    "relationship": (
        "stranger", "acquaintance", "intimate partner", "ex-partner", "parent", "sibling", "other family",
        "person of trust", "professional", "guardian or carer", "associate", "other",
    ),
}  # fmt: skip


def words_of(field: str) -> tuple[str, ...]:
    """What the numbers of a code field stand for."""
    if BY_NAME[field].kind == "flag":
        return _FLAG
    return WORDS.get(field) or WORDS[BY_NAME[field].code_list]


def word(field: str, said: str) -> int:
    """The number of a word, or of a state."""
    return STATE[said] if said in STATE else words_of(field).index(said)


def day(text: str) -> int:
    """The number of a day written as ISO 8601."""
    return int(np.datetime64(text, "D").astype(np.int64))


def ages(born: Whole, on: Whole) -> Whole:
    """Whole years on a day; who is born on 29 February is a year older on 1 March."""
    first, last = (days.astype("datetime64[D]") for days in (born, on))
    years = last.astype("datetime64[Y]").astype(np.int32) - first.astype("datetime64[Y]").astype(np.int32)
    return (years - (_in_year(last) < _in_year(first))).astype(np.int32)


def _in_year(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Month and day as one number."""
    months = days.astype("datetime64[M]")
    in_month = (days - months.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(months.astype(np.int64) % 12 * 31 + in_month)
