"""Columns of texts with each distinct text kept once, so that what a text means is asked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Places = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Texts:
    """A column as delivered: its distinct texts, and which of them each row has; `header` is for people."""

    header: str
    dictionary: pa.StringArray
    places: Places

    @cached_property
    def distinct(self) -> list[str]:
        """The distinct texts, in the order in which they first come."""
        texts: list[str] = self.dictionary.to_pylist()
        return texts

    @property
    def raw(self) -> pa.DictionaryArray:
        """The texts of all rows, none of them copied."""
        return pa.DictionaryArray.from_arrays(pa.array(self.places), self.dictionary)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """In how many rows each distinct text is."""
        return np.bincount(self.places, minlength=len(self.dictionary))

    @cached_property
    def first(self) -> npt.NDArray[np.int64]:
        """The first row (from 0) of each distinct text."""
        found = np.zeros(len(self.dictionary), np.int64)
        found[self.places[::-1]] = np.arange(len(self.places) - 1, -1, -1)
        return found


def encoded(column: pa.ChunkedArray, header: str) -> Texts:
    """The column with its distinct texts found."""
    array = _distinct(column)
    return Texts(
        header, array.dictionary.cast(pa.string()), array.indices.to_numpy().astype(np.int32, copy=False)
    )


def _distinct(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """In one piece before texts are compared: the texts of pieces would be joined piece by piece."""
    if pa.types.is_dictionary(column.type):
        return _used(column.unify_dictionaries().combine_chunks())
    texts = column.cast(pa.string()) if column.type != pa.string() else column
    texts = pc.fill_null(texts, "") if texts.null_count else texts
    return texts.combine_chunks().dictionary_encode()


def _used(codes: pa.DictionaryArray) -> pa.DictionaryArray:
    """Without the texts of rows that are not taken."""
    used = np.bincount(codes.indices.to_numpy(), minlength=len(codes.dictionary)) > 0
    if used.all():
        return codes
    renumbered = np.cumsum(used, dtype=np.int32) - 1
    numbers = pa.array(renumbered[codes.indices.to_numpy()], pa.int32())
    return pa.DictionaryArray.from_arrays(numbers, codes.dictionary.filter(pa.array(used)))


def several(rows: pa.Table, headers: Sequence[str], join: str) -> Texts:
    """Several columns as one: those that are not blank, joined; with `join` "" the first of them.

    A text that consists of spaces is blank.
    """
    blank = r"^[\s\x{00A0}]*$"
    columns = [rows[header].cast(pa.string()) for header in headers]
    parts = [
        pc.if_else(pc.match_substring_regex(column, blank), pa.scalar(None, pa.string()), column)
        for column in columns
    ]
    whole = parts[0]
    for part in parts[1:]:
        # Arrow's own null_handling="skip" leaves out a row of nulls (seen with 26.0.1)
        both = pc.binary_join_element_wise(whole, part, join) if join else whole
        whole = pc.coalesce(both, whole, part)
    whole = pc.coalesce(whole, "")
    return encoded(whole, " + ".join(headers))


class Filled:
    """Columns that say the same in every row, or nothing, which share their memory."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._zeros = pa.array(np.zeros(rows, np.int32))
        self._nulls: dict[pa.DataType, pa.Array] = {}

    def text(self, value: str) -> pa.DictionaryArray:
        """The same text in every row."""
        return pa.DictionaryArray.from_arrays(self._zeros, pa.array([value], pa.string()))

    def null(self, kind: pa.DataType) -> pa.Array:
        """Nothing in any row."""
        if kind not in self._nulls:
            self._nulls[kind] = pa.nulls(self.rows, kind)
        return self._nulls[kind]

    def coded(self, meant: Sequence[str | None], places: Places) -> pa.DictionaryArray:
        """Per row what its distinct text stands for; each value once in the dictionary, None is null."""
        numbers = {
            value: number for number, value in enumerate(dict.fromkeys(v for v in meant if v is not None))
        }
        if len(numbers) == 1 and None not in meant:
            return self.text(next(iter(numbers)))
        of_text = np.fromiter((-1 if v is None else numbers[v] for v in meant), np.int32, len(meant))
        of_row = of_text[places]
        indices = pa.array(of_row, mask=of_row < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(list(numbers), pa.string()))
