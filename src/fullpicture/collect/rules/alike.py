"""Records that say the same in columns of codes: what is asked of codes alone is asked of each kind once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[np.int64]

_MOST = 2**62
"""Kinds that a whole number can tell apart."""


@dataclass(frozen=True)
class Alike:
    """Records by what they say: the place of the first record of each kind, and of each record its kind."""

    first: Array
    kind: Array

    @classmethod
    def of(cls, records: pa.Table, names: Sequence[str]) -> Alike:
        """By what they say in columns whose texts have a dictionary."""
        kind, kinds = np.zeros(records.num_rows, np.int64), 1
        for name in names:
            numbers, count = _numbered(records[name])
            if kinds * count > _MOST:
                kind, kinds = _numbered(pa.chunked_array([pa.array(kind).dictionary_encode()]))
            kind, kinds = kind * count + numbers, kinds * count
        kind, kinds = _numbered(pa.chunked_array([pa.array(kind).dictionary_encode()]))
        first = np.zeros(kinds - 1, np.int64)
        first[kind[::-1]] = np.arange(len(kind) - 1, -1, -1)
        return cls(first, kind)

    def like(self, places: Array) -> Array:
        """All records that say the same as some of them; places ascending."""
        is_meant = np.zeros(len(self.first), np.bool_)
        is_meant[self.kind[places]] = True
        return np.flatnonzero(is_meant[self.kind])


def _numbered(column: pa.ChunkedArray) -> tuple[Array, int]:
    """Each text as a number, nothing as the last one; and how many there are."""
    codes = column.unify_dictionaries().combine_chunks()
    nothing = len(codes.dictionary)
    return codes.indices.fill_null(nothing).to_numpy().astype(np.int64), nothing + 1
