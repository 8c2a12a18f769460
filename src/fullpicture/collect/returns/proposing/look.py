"""What the cells of a column look like: dates in which order, whole numbers of which size, a few texts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.mapping import DateOrder
from fullpicture.collect.returns.naming import could_name
from fullpicture.collect.returns.record import State

_ERROR = re.compile(r"#(N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|MULTIVALUE!?)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d.*)?")
_NUMERIC = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})(?:,? +\d{1,2}:\d\d.*)?")
_MONTH = re.compile(
    r"(\d{1,2})[/.\- ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[/.\-, ]?(\d{2,4})(?: .*)?",
    re.I,
)
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:\.0+)?")
_PERSONAL = re.compile(
    r"\b(?:PC|PS|DC|DS|DI|Mr|Mrs|Ms|Miss|Dr)\b\.? \w|@\w|\d{6}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|\d+[A-Za-z]?,? +(?:\w+ +){1,3}(?:street|st|road|rd|avenue|ave|lane|close|drive|way|court|house)\b",
    re.IGNORECASE,
)
"""Texts with a title before a name, an address, a postcode or a long number, which are never shown."""
_TEXTS_LOOKED_AT = 20_000
"""Different texts of a column that are looked at; what they look like no longer changes long before."""
_PROOF = 0.95
"""Share of the dates that prove an order which must prove the same one."""
_LIST_LENGTH, _SHOWN_FROM, _SHOWN_LENGTH = 80, 3, 120
"""Different texts a list of codes may have; rows a text must be in, and letters it may have, to be shown."""


@dataclass(frozen=True)
class Look:
    """A column's cells, counted by text. What stands for nothing (`missing.csv`) and errors are set apart."""

    rows: int
    texts: Mapping[str, int]
    missing: Mapping[str, int] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def at(cls, column: pa.ChunkedArray) -> Look:
        """A look at a column of texts."""
        counted = pc.value_counts(column.combine_chunks())
        values, counts = counted.field("values").to_pylist(), counted.field("counts").to_pylist()
        sides: dict[str, Counter[str]] = {"texts": Counter(), "missing": Counter(), "errors": Counter()}
        for text, count in zip(values, counts, strict=True):
            stripped = (text or "").strip()
            if stripped:
                sides[_side(stripped)][stripped] += count
        return cls(len(column), **sides)

    @cached_property
    def filled(self) -> int:
        """Rows with a text that stands for something."""
        return sum(self.texts.values())

    @cached_property
    def _sample(self) -> list[tuple[str, int]]:
        return list(self.texts.items())[:_TEXTS_LOOKED_AT]

    def _share(self, rows: int) -> float:
        return rows / max(1, sum(count for _, count in self._sample))

    @cached_property
    def distinct_share(self) -> float:
        """How many different texts there are for each filled row."""
        return len(self.texts) / max(1, self.filled)

    @cached_property
    def is_list(self) -> bool:
        """Whether its texts are those of a list: few, and nearly every one again and again."""
        often = sum(count for count in self.texts.values() if count >= _SHOWN_FROM)
        return len(self.texts) <= _LIST_LENGTH and (often >= 0.6 * self.filled or self.filled < 20)

    @property
    def shown(self) -> dict[str, int]:
        """Texts that may be shown and written down: of a list, in three rows or more; the usual first."""
        texts = sorted(self.texts.items(), key=lambda item: (-item[1], item[0])) if self.is_list else []
        usual = {text: n for text, n in texts if n >= _SHOWN_FROM and len(text) <= _SHOWN_LENGTH}
        return {text: n for text, n in usual.items() if not _PERSONAL.search(text) and not could_name(text)}

    @cached_property
    def whole_numbers(self) -> list[tuple[int, int]]:
        """Whole numbers with how many rows have them."""
        numbers = [(text, count) for text, count in self._sample if _WHOLE.fullmatch(text)]
        return sorted((int(float(text)), count) for text, count in numbers)

    @cached_property
    def whole_share(self) -> float:
        """Share of filled rows that are whole numbers."""
        return self._share(sum(count for _, count in self.whole_numbers))

    def share_between(self, low: int, high: int) -> float:
        """Share of filled rows that are whole numbers from one to another."""
        return self._share(sum(count for number, count in self.whole_numbers if low <= number <= high))

    @cached_property
    def dates(self) -> DateLook:
        """The same texts as dates."""
        return DateLook.at(self._sample)


@dataclass(frozen=True)
class DateLook:
    """Texts as dates: in which orders they can be read, their years, and whether order matters at all."""

    share: float
    orders: Mapping[str, int]
    years: Mapping[int, int]

    @classmethod
    def at(cls, texts: list[tuple[str, int]]) -> DateLook:
        """Every text by the orders of its numbers that are possible, an hour after it aside."""
        orders: Counter[str] = Counter()
        years: Counter[int] = Counter()
        rows = 0
        for text, count in texts:
            year, fits = _date(text)
            if fits:
                rows += count
                years[year] += count
                orders["".join(sorted(fits)) if isinstance(fits, set) else fits] += count
        return cls(rows / max(1, sum(count for _, count in texts)), orders, years)

    @cached_property
    def _proven(self) -> Counter[str]:
        """Rows whose date can be read in one order only, by that order."""
        return Counter({order: self.orders[order] for order in ("dmy", "mdy", "ymd") if order in self.orders})

    @property
    def order(self) -> DateOrder | None:
        """The order that dates prove, few if any against many; "" where ISO 8601 says it all; else None."""
        if not self.orders.keys() - {"iso", "month"}:
            return "" if "month" not in self.orders else "dmy"
        if not self._proven or self.is_contradictory:
            return None
        return self._proven.most_common(1)[0][0]  # type: ignore[return-value]

    @property
    def is_contradictory(self) -> bool:
        """Whether some dates can only be read in one order and more than a few others only in another."""
        total = self._proven.total()
        return bool(total) and max(self._proven.values()) < _PROOF * total

    @property
    def against(self) -> int:
        """Rows whose date can only be read in another order than the usual one."""
        return self._proven.total() - max(self._proven.values(), default=0)

    @property
    def span(self) -> int:
        """Years between the early and the late, a twentieth at each end left out."""
        ordered = sorted(Counter(self.years).elements())
        cut = len(ordered) // 20
        return ordered[-1 - cut] - ordered[cut] if ordered else 0

    def share_before(self, year: int) -> float:
        """Share of the dates that lie before a year."""
        rows = sum(self.years.values())
        return sum(count for one, count in self.years.items() if one < year) / max(1, rows)


@cache
def missing_texts() -> dict[str, State]:
    """What texts that stand for nothing in any column mean, in small letters."""
    text = (files("fullpicture.collect.returns.proposing") / "missing.csv").read_text(encoding="utf-8")
    return {row["text"].casefold(): row["state"] for row in csv.DictReader(text.splitlines())}  # type: ignore[misc]


def _side(text: str) -> str:
    if text.casefold() in missing_texts():
        return "missing"
    return "errors" if _ERROR.fullmatch(text) else "texts"


def _date(text: str) -> tuple[int, set[str] | str]:
    """The year and the orders that are possible; none where the text is no date."""
    if iso := _ISO.fullmatch(text):
        return int(iso[1]), "iso"
    if month := _MONTH.fullmatch(text):
        return _full_year(int(month[2])), "month"
    match = _NUMERIC.fullmatch(text)
    if not match:
        return 0, ""
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        return first, {"ymd"} if 1 <= second <= 12 and 1 <= third <= 31 else ""
    if len(match[3]) not in (2, 4) or len(match[1]) > 2:
        return 0, ""
    fits = {"dmy"} if 1 <= second <= 12 and 1 <= first <= 31 else set()
    fits |= {"mdy"} if 1 <= first <= 12 and 1 <= second <= 31 else set()
    return _full_year(third), fits or ""


def _full_year(year: int) -> int:
    return year + (2000 if year < 50 else 1900) if year < 100 else year
