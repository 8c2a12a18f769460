"""Files that are small on disk and huge, deep or endless to whoever opens them."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.collect.workbooks import cell, ods, ods_cell, ods_row, sheet_data, xlsx
from tests.faults.books import changed, ods_bytes, replaced, xlsx_bytes
from tests.faults.fault import csv_text, faulty, table_with, written

MIB = 1024 * 1024
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)  + "]>"  # fmt: skip


def _zip_of(path: Path, part: str, mebibytes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(part, "w") as stream:
        for _ in range(mebibytes):
            stream.write(bytes(MIB))
    return path


@faulty("bombs", refused="500 times its size")
def a_zip_bomb(folder: Path) -> Path:
    return _zip_of(folder / "kent.xlsx", "xl/worksheets/sheet1.xml", 100)


@faulty("bombs", refused="unpacks to more than 512 MiB")
def a_zip_bomb_in_a_part_that_nobody_reads(folder: Path) -> Path:
    return _zip_of(folder / "kent.ods", "Pictures/1.png", 520)


@faulty("bombs", refused="not a workbook")
def a_zip_bomb_within_a_zip_file(folder: Path) -> Path:
    inner = _zip_of(folder / "inner.zip", "0", 60).read_bytes()
    with zipfile.ZipFile(folder / "kent.xlsx", "w") as packed:
        for number in range(100):
            packed.writestr(f"{number}.zip", inner)
    return folder / "kent.xlsx"


@faulty("bombs", refused="500 times its size")
def a_zip_bomb_whose_parts_are_the_same_bytes(folder: Path) -> Path:
    path = _zip_of(folder / "kent.xlsx", "xl/worksheets/sheet1.xml", 1)
    with zipfile.ZipFile(path, "a") as packed:
        first = packed.filelist[0]
        for number in range(200):
            again = zipfile.ZipInfo(f"{number}.xml", first.date_time)
            for name in ("compress_type", "flag_bits", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(again, name, getattr(first, name))
            packed.filelist.append(again)
        packed._didModify = True  # type: ignore[attr-defined]
    return path


@faulty("bombs", refused="500 times its size")
def a_gzip_bomb(folder: Path) -> Path:
    with gzip.open(folder / "kent.csv.gz", "wb") as stream:
        for _ in range(80):
            stream.write(bytes(MIB))
    return folder / "kent.csv.gz"


@faulty("bombs", refused="more than 512 MiB")
def a_sparse_file_of_ten_gigabytes(folder: Path) -> Path:
    with (folder / "kent.csv").open("wb") as stream:
        stream.write(b"a,b\n1,2\n")
        stream.truncate(10 * 1024 * MIB)
    return folder / "kent.csv"


@faulty("bombs", refused="declares entities")
def a_billion_laughs_in_a_workbook(folder: Path) -> Path:
    return xlsx(folder / "kent.xlsx", sheet_data((1, cell("A1", "&i;", "str"))), LAUGHS)


@faulty("bombs", refused="declares entities")
def a_billion_laughs_in_an_open_document(folder: Path) -> Path:
    laugh = {"content.xml": lambda text: LAUGHS + text.replace("22A", "&i;")}
    return written(folder / "kent.ods", changed(ods_bytes(folder), laugh, {}))


@faulty("bombs", refused="declares entities")
def an_entity_that_reads_another_file(folder: Path) -> Path:
    reads = '<!DOCTYPE a [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
    return xlsx(folder / "kent.xlsx", sheet_data((1, cell("A1", "&i;", "str"))), reads)


@faulty("bombs", refused="damaged")
def entities_in_another_encoding(folder: Path) -> Path:
    path = xlsx(folder / "kent.xlsx", sheet_data((1, cell("A1", "a", "str"))))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if "sheet1" in part:
                content = ('<?xml version="1.0" encoding="utf-16"?>' + LAUGHS + content.decode()).encode(
                    "utf-16"
                )
            new.writestr(part, content)
    return written(path, out.getvalue())


@faulty("bombs", refused="10,001 parts")
def ten_thousand_and_one_parts(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "kent.xlsx", "w") as packed:
        for number in range(10_001):
            packed.writestr(str(number), b"")
    return folder / "kent.xlsx"


@faulty("bombs", refused="17,179,869,184 cells")
def a_cell_at_the_far_corner(folder: Path) -> Path:
    far = sheet_data((1, cell("A1", 1)), (1_048_576, cell("XFD1048576", 2)))
    return xlsx(folder / "kent.xlsx", far)


@faulty("bombs", refused='there is no "Crime Ref"')
def a_cell_200_thousand_rows_further_down(folder: Path) -> Path:
    header = "".join(cell(f"{column}1", f"h{column}", "str") for column in "ABCDEFGH")
    far = sheet_data((1, header), (2, cell("A2", 1)), (200_000, cell("H200000", 2)))
    return xlsx(folder / "kent.xlsx", far)


@faulty("bombs", refused="cells from A1")
def cells_repeated_over_a_whole_sheet(folder: Path) -> Path:
    return ods(folder / "kent.ods", ods_row(ods_cell("x", 16_384), repeated=1_048_570))


@faulty("bombs", refused="it has no rows")
def tags_a_hundred_thousand_deep(folder: Path) -> Path:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    return xlsx(folder / "kent.xlsx", deep)


@faulty("bombs", refused="the header row is empty")
def an_open_document_with_tags_a_hundred_thousand_deep(folder: Path) -> Path:
    deep = "<text:span>" * 100_000 + "</text:span>" * 100_000
    return ods(folder / "kent.ods", ods_row(ods_cell(deep)))


@faulty("bombs", refused="memory")
def a_shared_text_of_megabytes_in_a_hundred_thousand_cells(folder: Path) -> Path:
    """300 kB on disk; every cell points at the same 4 MiB of text."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(20, 100_000))
    change = {
        **replaced("xl/worksheets/sheet1.xml", "</sheetData>", f"{cells}</sheetData>"),
        **replaced("xl/sharedStrings.xml", "<t>Crime Ref</t>", f"<t>{'x' * 4 * MIB}</t>"),
    }
    return written(folder / "kent.xlsx", changed(xlsx_bytes(), change, {}))


@faulty("bombs", refused="cells; at most")
def a_parquet_file_of_a_billion_nulls(folder: Path) -> Path:
    table = pa.table({"a": pa.nulls(10_000_000, pa.int8())})
    with pq.ParquetWriter(folder / "kent.parquet", table.schema, compression="zstd") as writer:
        for _ in range(11):
            writer.write_table(table)
    return folder / "kent.parquet"


@faulty("bombs", refused="512 MiB of text")
def a_parquet_file_of_one_text_a_million_times(folder: Path) -> Path:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 10_000]))
    pq.write_table(pa.table({"a": text}), folder / "kent.parquet", compression="zstd")
    return folder / "kent.parquet"


@faulty("bombs", refused="2,000,001 cells")
def an_endless_line_of_separators(folder: Path) -> Path:
    return written(folder / "kent.csv", "a" + "," * 2_000_000)


@faulty("bombs", rules={"ROW-004": 1, "ROW-001": 100_000})
def a_quotation_mark_that_would_swallow_a_hundred_thousand_rows(folder: Path) -> Path:
    rows = '"RX/1,01/02/2024\r\n' + "RX/2\r\n" * 100_000
    return written(folder / "kent.csv", csv_text(table_with()) + rows)
