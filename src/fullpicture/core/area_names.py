"""Finding an area by what people write for it: a code, a name or an alias, in any usual spelling."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from fullpicture.core.area import POLICE_LEVELS, Area

_OF_LAST = re.compile(r"^(.+), (city|county) of$")
_OF_FIRST = re.compile(r"^(?:city|county) of (.+)$")
_FORCE_TITLE = re.compile(r"^(.+?) (?:police|constabulary|police (?:service|force|constabulary))$")


def spelling(text: str) -> str:
    """One spelling for all of a name: no case, accents or punctuation, "and" for "&", "City of" in front.

    Examples:
        >>> spelling("  Kingston upon Hull,\N{NO-BREAK SPACE}City of "), spelling("Devon & Cornwall")
        ('city of kingston upon hull', 'devon and cornwall')
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    plain = " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
    plain = _OF_LAST.sub(r"\2 of \1", plain)
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"[.'’]", "", plain)).split())


class NameIndex:
    """Areas by spelling; of several that share one, the first given that is still in use is meant."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas: dict[str, list[Area]] = defaultdict(list)
        self._written: dict[str, str] = {}
        for area in areas:
            for text in (area.name, area.code, *area.aliases):
                self._areas[spelling(text)].append(area)
                self._written.setdefault(spelling(text), text)
        self._short = self._without_city()

    def find(self, text: str, levels: Collection[str] = ()) -> str | None:
        """The code of the area meant, at one of the levels if any are given.

        As written first, then as the title of a force ("Kent Police"), then without "City of" or "County of".
        """
        asked = spelling(text)
        if title := _FORCE_TITLE.match(asked):
            police = [level for level in POLICE_LEVELS if not levels or level in levels]
            return self._best(asked, levels) or (self._best(title[1], police) if police else None)
        without = _OF_FIRST.sub(r"\1", asked)
        return self._best(asked, levels) or self._best(self._short.get(without, without), levels)

    def nearest(self, text: str, levels: Collection[str] = ()) -> str | None:
        """The name, alias or code closest in spelling, as it is written, or None where nothing is close."""
        known = [key for key, areas in self._areas.items() if any(_at(area, levels) for area in areas)]
        close = get_close_matches(spelling(text), known, n=1)
        return self._written[close[0]] if close else None

    def _best(self, key: str, levels: Collection[str]) -> str | None:
        found = [area for area in self._areas.get(key, ()) if _at(area, levels)]
        return min(found, key=lambda area: area.valid_to is not None).code if found else None

    def _without_city(self) -> dict[str, str]:
        """ "bristol" for "city of bristol", but never a name that is another area's own, as "london" is."""
        short = {_OF_FIRST.sub(r"\1", key): key for key in self._areas if _OF_FIRST.match(key)}
        return {name: key for name, key in short.items() if name not in self._areas}


def _at(area: Area, levels: Collection[str]) -> bool:
    return not levels or area.level in levels
