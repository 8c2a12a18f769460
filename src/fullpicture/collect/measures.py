"""Cells of a measure as numbers, or as the absence that their symbol stands for."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.findings import Findings
from fullpicture.collect.source import Source
from fullpicture.core.absence import SYMBOLS, Absence

_NUMBER = re.compile(
    r"[+-]?([0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE
)
"""Digits, in threes where commas part them: "1,234.5", never "1,2" (a decimal comma) or "1_000"."""
_YEARS_MONTHS = re.compile(r"([0-9]{1,3}):(0[0-9]|1[01])")


@dataclass(frozen=True)
class Measured:
    """A measure's numbers (null where absent) and absences ("" where there is a number)."""

    numbers: pa.Array
    absences: pa.Array


def measured(
    texts: pa.ChunkedArray, rows: pa.ChunkedArray, column: str, source: Source, found: Findings
) -> Measured:
    """Reads every distinct text once; what is neither number nor symbol is not available, and listed."""
    encoded = texts.combine_chunks().dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    symbols = {
        **{symbol: absence.value for symbol, absence in SYMBOLS.items()},
        **source.symbols,
        "": source.empty,
    }
    number = _READERS[source.formats.get(column, "")]
    read = [_read(text, symbols, number) for text in distinct]
    numbers = pa.array([number for number, _ in read], pa.float64()).take(encoded.indices)
    absences = pa.array([absence or "" for _, absence in read], pa.string()).take(encoded.indices)
    unread = pa.array([absence is None for _, absence in read], pa.bool_()).take(encoded.indices)
    if pc.any(unread).as_py():
        _list_unread(texts.filter(unread), rows.filter(unread), column, symbols, found)
        absences = pc.if_else(unread, Absence.NOT_AVAILABLE.value, absences)
    return Measured(numbers, absences)


def _read(
    text: str, symbols: Mapping[str, str], number_in: Callable[[str], float | None]
) -> tuple[float | None, str | None]:
    """A number with "", or null with an absence, or null with None where the text is neither."""
    plain = text.strip(" \xa0\t")
    if plain in symbols:
        return None, symbols[plain]
    number = number_in(plain)
    return (number, "") if number is not None and math.isfinite(number) else (None, None)


def _plain_number(text: str) -> float | None:
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def _months(text: str) -> float | None:
    """Months in years and months: `01:02` is fourteen. Twelve months are a year, so `00:12` is neither."""
    found = _YEARS_MONTHS.fullmatch(text)
    return float(int(found[1]) * 12 + int(found[2])) if found else None


_READERS: dict[str, Callable[[str], float | None]] = {"": _plain_number, "years:months": _months}


def _list_unread(
    texts: pa.ChunkedArray, rows: pa.ChunkedArray, column: str, symbols: Mapping[str, str], found: Findings
) -> None:
    known = [symbol for symbol in symbols if symbol]
    for row, text in zip(rows.to_pylist(), texts.to_pylist(), strict=True):
        near = difflib.get_close_matches(text.strip().lower(), known, n=1)
        hint = f' The nearest symbol is "{near[0]}".' if near else ""
        found.add("NUM-001", row, column, f"this cell is neither a number nor a symbol.{hint}")
