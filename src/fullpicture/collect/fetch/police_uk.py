"""The open data of the police: street-level crimes of a force, from the monthly archives (https://data.police.uk).

The archive of a month holds the files of that month and of the 35 before it, for all forces
(https://data.police.uk/data/archive/); `api/crimes-street-dates` lists the months there are.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullpicture.collect.fetch.remote import STRICT, NotFetched, Remote
from fullpicture.collect.fetch.web import Web

MONTHS_IN_AN_ARCHIVE = 36


@dataclass(frozen=True)
class StreetCrime:
    """`interface = "police.uk"`: the street files of one force, a file a month.

    Args:
        force: the force's name in these files ("city-of-london").
        first: the first month, `2018-12`.
        last: the last month; the newest there is where it is not said.
    """

    __pydantic_config__ = STRICT

    force: str
    first: str
    last: str = ""
    base: str = "https://data.police.uk"

    def remotes(self, web: Web) -> list[Remote]:
        """The archives that hold the months asked for, with the members to be kept of each.

        Raises:
            NotFetched: a month is not published.
        """
        published = sorted(one["date"] for one in web.json(f"{self.base}/api/crimes-street-dates"))
        last = self.last or (published[-1] if published else "")
        if last not in published:
            what = f"the month {last} is not among those published."
            offered = f"The last one is {published[-1]}." if published else "There are none."
            raise NotFetched(self.force, what, offered)
        wanted = _months(self.first, last)
        ends = wanted[::-1][::MONTHS_IN_AN_ARCHIVE]
        return [self._archive(end, [month for month in wanted if _archive_holds(end, month)]) for end in ends]

    def _archive(self, end: str, months: list[str]) -> Remote:
        members = tuple(f"{month}/{month}-{self.force}-street.csv" for month in months)
        return Remote(f"{self.base}/data/archive/{end}.zip", end, members)


def _months(first: str, last: str) -> list[str]:
    return [_month(number) for number in range(_number(first), _number(last) + 1)]


def _archive_holds(end: str, month: str) -> bool:
    return 0 <= _number(end) - _number(month) < MONTHS_IN_AN_ARCHIVE


def _number(month: str) -> int:
    """A month as a number: those of a year are twelve in a row."""
    try:
        return int(month[:4]) * 12 + int(month[5:7]) - 1
    except ValueError:
        raise NotFetched(month, "this is not a month.", "Write it as 2024-03.") from None


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
