"""Invented names; whoever has one of them in life is not meant."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.demo.values import Whole

FIRST = (
    "Alva", "Brann", "Corra", "Dell", "Elwy", "Fenn", "Gorra", "Hesta", "Ilva", "Jorren", "Kesta", "Lorne",
    "Merrit", "Nesta", "Orla", "Perran", "Quill", "Rowan", "Senna", "Tamsin", "Una", "Vesper", "Wren",
    "Yarrow",
)  # fmt: skip
LAST = (
    "Ashby", "Brook", "Copse", "Dale", "Elder", "Fell", "Garth", "Heath", "Ings", "Kirk", "Lea", "Moor",
    "Nook", "Oaks", "Pike", "Quay", "Rigg", "Sedge", "Thorn", "Vale", "Weir", "Yew",
)  # fmt: skip
_BEGINNINGS = ("", "Under", "Over", "North", "South", "Little", "Great", "Black", "White", "Long")
_MIX = np.int64(2_654_435_761)


def names(numbers: Whole) -> pa.Array:
    """A name for each number of a person, always the same one; many people share one."""
    mixed = (np.maximum(numbers, 0).astype(np.int64) * _MIX) % (1 << 32)
    first = _taken(mixed % len(FIRST), FIRST)
    last = [f"{start}{end.lower() if start else end}" for start in _BEGINNINGS for end in LAST]
    return pc.binary_join_element_wise(first, _taken(mixed // len(FIRST) % len(last), tuple(last)), " ")


def _taken(places: np.ndarray, texts: tuple[str, ...]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(texts)).cast(pa.string())
