"""Days as forces write them; the order of day and month is what the mapping states, and never guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from fullpicture.collect.returns.mapping import DateOrder

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_TIME = re.compile(
    r"(T|,? +)[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}([.,][0-9]+)?)?( ?[ap]\.?m\.?)?"
    r"( ?(Z|UTC|GMT|BST|[+-][0-9]{2}:?[0-9]{2}))?",
    re.IGNORECASE,
)
_TIME_AT_END = re.compile(f"(?<=.)(?:{_TIME.pattern})$", re.IGNORECASE)
_NUMBERS = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})")
_TOGETHER = re.compile(r"[0-9]{8}")
_NAMED = re.compile(
    r"(?:[a-z]{3,9},? )?(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]+(?P<month>[a-z]{3,9})[-/., ]+"
    r"|(?P<month2>[a-z]{3,9})\.?[- ](?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?[-, ]+)(?P<year>[0-9]{2,4})"
)
_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_EPOCH = date(1970, 1, 1).toordinal()

Day = tuple[int | None, str]
"""A day as days since 1970 with how it was read (`iso`, `named` or the order), or None with why not."""


class Days:
    """Reads the texts of one column of dates; every text is read once.

    ISO 8601 (`2024-03-01`) and months by name (`1 March 2024`) say themselves which number is which and are
    always read. Any other day is read in the order stated. A time of day is dropped: the day stays the one
    written. A year of two digits is not read: nothing says of which century it is.
    """

    def __init__(self, order: DateOrder) -> None:
        self.order = order
        self._days: dict[str, Day] = {}
        self._times: dict[str, bool] = {}

    def read(self, text: str) -> Day:
        """The day that a text names.

        Examples:
            >>> Days("dmy").read("01/03/2024 23:59"), Days("").read("2024-03-01T10:00:00")
            ((19783, 'dmy'), (19783, 'iso'))
            >>> Days("dmy").read("03/25/2024")
            (None, 'it fits month first, and the mapping says day first')
        """
        day, time = text[:10], text[10:]
        if not time or not self._is_time(time):
            day = _without_time(text)
        if day not in self._days:
            read = _read_before if len(day) <= _SHORT else _read
            self._days[day] = read(day, self.order)
        return self._days[day]

    def _is_time(self, text: str) -> bool:
        if text not in self._times:
            self._times[text] = _TIME.fullmatch(text.rstrip()) is not None
        return self._times[text]


def _without_time(text: str) -> str:
    plain = " ".join(text.split())
    found = _TIME_AT_END.search(plain)
    return plain[: found.start()] if found else plain


def _read(text: str, order: DateOrder) -> Day:
    if found := _NUMBERS.fullmatch(text):
        first, sign, second, third = found.groups()
        if len(first) == 4 and sign == "-" and len(third) <= 2:
            return _day(first, second, third, "iso")
        return _in_order((first, second, third), order)
    if _TOGETHER.fullmatch(text) and order:
        cut = (4, 6) if order == "ymd" else (2, 4)
        return _in_order((text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :]), order)
    if found := _NAMED.fullmatch(text.casefold()):
        return _named(found)
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text):
        return None, "it is a spreadsheet's number for a day"
    return None, "it is no date"


_SHORT = 10
_read_before = lru_cache(maxsize=65_536)(_read)
"""Columns and files have the same days; a text that is longer than a day is not kept."""


def _in_order(parts: tuple[str, str, str], order: DateOrder) -> Day:
    if not order:
        return None, "it is not ISO 8601 (2024-03-01), and the mapping states no date_order"
    read = _as_ordered(parts, order)
    if read[0] is None:
        for other, words in _ORDERS.items():
            if other != order and _as_ordered(parts, other)[0] is not None:
                return None, f"it fits {words}, and the mapping says {_ORDERS[order]}"
    return read


def _as_ordered(parts: tuple[str, str, str], order: str) -> Day:
    by_sign = dict(zip(order, parts, strict=True))
    return _day(by_sign["y"], by_sign["m"], by_sign["d"], order)


def _named(found: re.Match[str]) -> Day:
    name = found["month"] or found["month2"]
    months = [number for number, month in enumerate(_MONTHS, 1) if name in (month, month[:3])]
    months += [9] if name == "sept" else []
    if not months:
        return None, "it is no date"
    return _day(found["year"], str(months[0]), found["day"] or found["day2"], "named")


def _day(year: str, month: str, day: str, how: str) -> Day:
    if len(year) == 2 and len(day) <= 2:
        return None, "its year has two digits"
    if len(year) != 4 or len(day) > 2:
        return None, "it is no date"
    try:
        return date(int(year), int(month), int(day)).toordinal() - _EPOCH, how
    except ValueError:
        return None, "there is no such day"
