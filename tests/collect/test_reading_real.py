"""The published files that lie beside the checkout, read whole."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fullpicture.collect.reading import SUFFIXES, read
from fullpicture.collect.source import Reading

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
FRAMEWORK = DATA / "national-framework"
POLICE = DATA / "police"
CR_ONLY = "bbc_crime outcomes by category force year 2012-16.csv"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no folder shared/data beside the checkout")


@pytest.mark.parametrize(
    ("path", "reading", "rows", "columns", "first", "last"),
    [
        (POLICE / "police_uk" / CR_ONLY, Reading(), 47_577, 6, 2, 47_578),
        (POLICE / "home_office/outcomes_2024_25.parquet", Reading(), 712_448, 9, 2, 712_449),
        (POLICE / "home_office/outcomes_2024_25_summed.csv.gz", Reading(), 38_720, 9, 2, 38_721),
        (POLICE / "police_uk/merseyside_shoplifting_2019.csv", Reading(), 7_930, 15, 2, 7_931),
        (FRAMEWORK / "absence_la.csv", Reading(), 17_220, 26, 2, 17_221),
        (
            FRAMEWORK / "RSX_LA_Data_2024-25_data_by_LA.ods",
            Reading(sheet="RSX_LA_Data_202425", header_row=7),
            424, 106, 8, 431,
        ),
        (
            FRAMEWORK / "LA_Inspection_Outcomes_as_at_31_March_2025.ods",
            Reading(sheet="Inspections_as_at_31_March", header_row=3),
            153, 12, 4, 156,
        ),
        (
            DATA / "recommendations/iopc_recs30june_wforces_refs.xlsx",
            Reading(sheet="refs"),
            1_320, 8, 2, 1_321,
        ),
    ],
    ids=lambda value: value.name[:24] if isinstance(value, Path) else "",
)  # fmt: skip
def test_a_published_file_is_read_whole(
    path: Path, reading: Reading, rows: int, columns: int, first: int, last: int
) -> None:
    found = read(path, reading)
    numbers = found.rows.column("row")
    shape = (found.rows.num_rows, found.rows.num_columns, numbers[0].as_py(), numbers[-1].as_py())
    assert (*shape, found.refused) == (rows, columns, first, last, {})


def test_every_text_and_parquet_file_is_read_without_a_refused_row() -> None:
    files = [path for path in sorted(DATA.rglob("*")) if path.name.endswith(SUFFIXES[:5])]
    refused = {path.name: found.refused for path in files if (found := read(path, Reading())).refused}
    assert (len(files) > 80, refused) == (True, {})


def test_seventeen_thousand_rows_are_read_in_a_second() -> None:
    started = time.perf_counter()
    read(FRAMEWORK / "absence_la.csv", Reading())
    assert time.perf_counter() - started < 1
