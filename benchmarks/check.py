"""A messy workbook of 200,000 rows, checked: read, mapped, asked every rule, and what to mend written down.

Run: python -m benchmarks.check. The peer reads the same workbook with openpyxl, the usual reader, and does
nothing with it. Both are timed in a process of their own, once.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter

from benchmarks.measure import compared, measured
from benchmarks.returns import CODES, FLAGS, OUTCOMES, PLACES, mapping_of

ROWS = 200_000
HEADERS = (
    "Crime Ref", "HO Code", "Location", "Outcome", "Offence From", "Offence To", "Reported", "Recorded",
    "Outcome Date", *(name.replace("_", " ").title() for name in FLAGS), "Beat", "Officer Notes", "Team",
    "Unit", "Week",
)  # fmt: skip


def write_workbook(path: Path) -> None:
    """Texts, whole numbers, dates as texts in two forms, `#N/A`, and empty cells in a fifth of everything."""
    rng = np.random.default_rng(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Return")
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, _row(rng, row))


def _row(rng: np.random.Generator, row: int) -> list[str | int]:
    drawn = rng.integers(0, 1000, 24)
    day = np.datetime64("2022-01-01") + int(drawn[0])
    days = [f"{(day + late).astype(object):%d/%m/%Y}" for late in (0, 0, 3, 4, 40)]
    flags: list[str | int] = ["Y" if number % 2 else "N" for number in drawn[1 : 1 + len(FLAGS)]]
    codes = (
        CODES[drawn[9] % len(CODES)],
        PLACES[drawn[10] % len(PLACES)],
        OUTCOMES[drawn[11] % len(OUTCOMES)],
    )
    rest: list[str | int] = [
        int(drawn[12] % 60),
        "see log",
        f"Team {drawn[13] % 9}",
        "A",
        int(drawn[14] % 52),
    ]
    cells = [f"22/{row:07d}/24", *codes, *days, *flags, *rest]
    for place in range(1, len(cells)):
        if drawn[15 + place % 9] < 150:
            cells[place] = "#N/A" if drawn[15 + place % 9] < 10 else ""
    return cells


def ours(path: str) -> None:
    """Checks the return and writes the workbook of what to mend."""
    from fullpicture.programme.return_check import Terms, check_return, write_check

    terms = Terms(date(2025, 1, 31), date(2022, 1, 1), date(2024, 12, 31))
    found = check_return(Path(path), mapping_of("E23000032"), terms)
    assert found.rows_in == ROWS, found
    write_check(found, Path(f"{path}.check.xlsx"))


def openpyxl_alone(path: str) -> None:
    """Reads every cell."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    assert rows == ROWS + 1, rows


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        write_workbook(path)
        print("| what | ours | peer | time ratio | memory ratio |\n|---|---|---|---|---|")
        checked, read = measured(ours, str(path), runs=1), measured(openpyxl_alone, str(path), runs=1)
        print(compared(f"{ROWS:,} rows of a workbook checked", checked, read, "openpyxl, read alone"))
