"""Whole columns of values as text at once, however many rows there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.demo.names import names
from fullpicture.demo.parts import Part
from fullpicture.demo.values import NO_VALUE, STATES, Whole


def by_entry(rng: np.random.Generator, places: Whole, entries: Sequence[int]) -> np.ndarray:
    """For each place one of its entries, drawn; `entries` holds the place of each entry, in order."""
    counts = np.bincount(entries, minlength=int(places.max(initial=0)) + 1)
    first = np.cumsum(counts) - counts
    if len(places) and not counts[places].all():
        raise ValueError("a value has no text in its book")
    if counts.max() == 1:
        return np.asarray(first[places])
    return np.asarray(first[places] + (rng.random(len(places)) * counts[places]).astype(int))


def days(values: Whole, form: str) -> pa.Array:
    """Days as text, null where there is none."""
    has = values > NO_VALUE
    found, inverse = np.unique(values[has], return_inverse=True)
    texts = [one.strftime(form) for one in found.astype("datetime64[D]").astype(object)]
    indices = np.zeros(len(values), np.int32)
    indices[has] = inverse
    places = pa.array(indices, mask=~has)
    return pa.DictionaryArray.from_arrays(places, pa.array(texts, pa.string())).cast(pa.string())


def refs(name: str, values: Whole, sign: str) -> pa.Array:
    """References as text, null where there is none; people's names for a key of names."""
    has = pa.array(values > NO_VALUE)
    if name.endswith("name_key"):
        return pc.if_else(has, names(values), None)
    numbers = pc.utf8_lpad(pa.array(np.maximum(values, 0)).cast(pa.string()), 7, "0")
    return pc.if_else(has, pc.binary_join_element_wise(sign, numbers, ""), None)


def whole(
    rng: np.random.Generator,
    values: Whole,
    texts: pa.Array,
    blanks: Mapping[str, tuple[str, ...]],
    part: Part,
) -> tuple[pa.Array, pa.Array]:
    """The cells with what the force writes for none, and the state of each cell."""
    entries: list[tuple[int, str | None, str]] = [(0, None, "")]
    for place, state in enumerate(STATES, start=1):
        for text in blanks.get(state, ("",)):
            entries.append((place, text, part.state_of(text, state)))
    places = np.where(values > NO_VALUE, 0, NO_VALUE - values)
    chosen = pa.array(by_entry(rng, places, [entry[0] for entry in entries]), pa.int32())
    written, states = (
        pa.DictionaryArray.from_arrays(chosen, pa.array([entry[column] for entry in entries], pa.string()))
        for column in (1, 2)
    )
    return pc.coalesce(texts, written.cast(pa.string())), states.cast(pa.string())


def numbers(values: Whole) -> pa.Array:
    """Whole numbers as text, null where there is none."""
    return pc.if_else(pa.array(values > NO_VALUE), pa.array(values).cast(pa.string()), None)
