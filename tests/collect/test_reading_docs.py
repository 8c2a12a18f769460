"""The page on reading says every rule, every ending and every limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.collect.reading import SUFFIXES, limits
from fullpicture.collect.reading.refusals import ROW_RULES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
SIZES = (
    limits.TEXT_LIMIT,
    limits.PACKED_LIMIT,
    limits.UNPACKED_LIMIT,
    limits.RATIO_FROM,
    limits.MEMORY_LIMIT,
)
NUMBERS = (
    limits.COLUMN_LIMIT,
    limits.PARQUET_CELL_LIMIT,
    limits.ENTRY_LIMIT,
    limits.CELL_LIMIT,
    limits.PROBLEMS_LISTED,
)
SAID = [f"{size // limits.MIB:,} MiB" for size in SIZES] + [f"{number:,}" for number in NUMBERS]


@pytest.mark.parametrize(
    "word", [*ROW_RULES, *SUFFIXES, *SAID, f"{limits.TIME_LIMIT:.0f} seconds", "500 times"]
)
def test_the_page_on_reading_says(word: str) -> None:
    assert word in PAGE
