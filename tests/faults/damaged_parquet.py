"""Parquet files with bytes in them that nobody wrote."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.faults.fault import HEADERS, faulty, table_with, written


def parquet_bytes(**options: object) -> bytes:
    """The clean table as Parquet."""
    columns = dict(zip(HEADERS, map(list, zip(*table_with()[1:], strict=True)), strict=True))
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


@faulty("damaged", refused="damaged")
def parquet_with_a_text_that_is_not_utf_8(folder: Path) -> Path:
    content = parquet_bytes(compression="none", write_statistics=False)
    return written(folder / "kent.parquet", content.replace(b"Seen", b"See\xff"))


@faulty("damaged", refused="damaged")
def parquet_whose_page_is_not_what_its_sum_says(folder: Path) -> Path:
    content = parquet_bytes(compression="none", write_statistics=False, write_page_checksum=True)
    return written(folder / "kent.parquet", content.replace(b"RX/0001", b"RX/0007"))


@faulty("damaged", refused="damaged")
def parquet_with_codes_that_no_text_has(folder: Path) -> Path:
    """The twelve codes of a column are four bits each: all are made 15, and there are twelve texts."""
    content = parquet_bytes(compression="none", write_statistics=False, store_schema=False)
    codes = bytes(0x10 * (2 * place + 1) + 2 * place for place in range(6))
    assert codes in content
    return written(folder / "kent.parquet", content.replace(codes, b"\xff" * 6))


@faulty("damaged", refused="damaged")
def parquet_that_is_cut_short(folder: Path) -> Path:
    content = parquet_bytes()
    return written(folder / "kent.parquet", content[: len(content) // 2])
