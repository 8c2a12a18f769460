"""What a faulty file of the catalogue is: how it is made, how it is declared, and what must be said of it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.collect.source import Reading

Row = Sequence[str]
Maker = Callable[[Path], Path]

HEADERS = ("Crime Ref", "Recorded", "Offence code", "Vic sex", "Vic age", "Susp sex", "Outcome", "Notes")
SECRET = "Quillfeather"
"""In every row's notes, as a person's name would be: nothing may print it."""


def _good_rows() -> tuple[Row, ...]:
    chance = random.Random(62)
    return tuple(
        (f"RX/{place:04d}/24", f"{chance.randint(1, 28):02d}/{place:02d}/2024", "22A", chance.choice("FM"),
         str(chance.randint(18, 60)), chance.choice("FM"), chance.choice(("15", "16")), f"Seen by {SECRET}")
        for place in range(1, 13)
    )  # fmt: skip


GOOD = _good_rows()
"""Rows that nothing is wrong with; a file that is read has every one of them, unchanged."""

PLAIN = Reading()
MAPPING = ReturnMapping(
    "kent",
    "E23000032",
    "crime-victim-suspect",
    (
        FieldMap("crime_ref", headers=("Crime Ref",)),
        FieldMap("recorded_on", headers=("Recorded",)),
        FieldMap("offence_code", headers=("Offence code",)),
        FieldMap("victim_sex", headers=("Vic sex",), uses=("sex",)),
        FieldMap("victim_age", headers=("Vic age",), basis="offence"),
        FieldMap("suspect_sex", headers=("Susp sex",), uses=("sex",)),
        FieldMap("outcome_type", headers=("Outcome",), uses=("outcome",)),
    ),
    date_order="dmy",
)


@dataclass(frozen=True)
class Fault:
    """One faulty file.

    It is refused as a whole, and the message has `refused` in it; or it is read with every good row, and
    `rules` says how many problems each rule finds that it does not find in a file without a fault. `good` is
    how many of the good rows are in the file.
    """

    name: str
    family: str
    make: Maker
    reading: Reading = PLAIN
    refused: str = ""
    rules: Mapping[str, int] = field(default_factory=dict)
    good: int = len(GOOD)


CATALOGUE: list[Fault] = []


def faulty(
    family: str,
    *,
    reading: Reading = PLAIN,
    refused: str = "",
    rules: Mapping[str, int] | None = None,
    good: int = len(GOOD),
) -> Callable[[Maker], Maker]:
    """Puts the file that a function makes into the catalogue, under the function's name."""

    def listed(make: Maker) -> Maker:
        name = make.__name__.replace("_", " ").strip()
        CATALOGUE.append(Fault(name, family, make, reading, refused, rules or {}, good))
        return make

    return listed


def bad_row(**changes: str) -> Row:
    """A row like the good ones, a thirteenth crime, with other texts: `bad_row(Vic_age="<5")`."""
    cells = dict(zip(HEADERS, ("RX/0099/24", *GOOD[0][1:]), strict=True))
    return tuple((cells | {name.replace("_", " "): text for name, text in changes.items()}).values())


def table_with(*bad: Row, header: Row = HEADERS) -> list[Row]:
    """The header, six good rows, the bad ones and the other good ones."""
    return [header, *GOOD[:6], *bad, *GOOD[6:]]


def csv_text(rows: Iterable[Row], separator: str = ",", end: str = "\r\n") -> str:
    """Rows as a CSV writer writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def written(path: Path, content: bytes | str) -> Path:
    """A file with this content; text is written as UTF-8."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
