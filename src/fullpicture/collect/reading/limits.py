"""How much one file may ask of the machine; real deliveries are a hundredth of any of these."""

from __future__ import annotations

MIB = 1024 * 1024

TEXT_LIMIT = 512 * MIB
"""Bytes of a CSV or TSV file, unpacked."""

COLUMN_LIMIT = 16_384
"""Columns of any file: what a spreadsheet can hold."""

PARQUET_CELL_LIMIT = 100_000_000
"""Cells of a Parquet file; a few kilobytes can declare more of them than any memory holds."""

PACKED_LIMIT = 128 * MIB
"""Bytes of a workbook as delivered."""

ENTRY_LIMIT = 10_000
"""Parts packed in one workbook."""

UNPACKED_LIMIT = 512 * MIB
"""Bytes of all parts of a workbook, unpacked."""

RATIO_LIMIT, RATIO_FROM = 500, 64 * MIB
"""How many times its packed size a file may unpack to, once it has unpacked to so many bytes."""

CELL_LIMIT = 20_000_000
"""Cells from A1 to the last one used on a sheet."""

MEMORY_LIMIT = 2048 * MIB
"""Address space of the process that reads a workbook."""

TIME_LIMIT = 20.0
"""Seconds that reading a workbook may take."""

PROBLEMS_LISTED = 1_000
"""Refused rows listed one by one, for each rule; more are counted, and said in one line."""
