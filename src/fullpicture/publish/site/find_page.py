"""Everything that has a page, from A to Z: an index that a small script can narrow down."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.site.places import called


@dataclass(frozen=True)
class Entry:
    """A line of the index: what it is called, what it is, and where its page is."""

    name: str
    kind: str
    path: str


def find_page(grouped: Grouped) -> dict[str, object]:
    """What the page shows: entries by their first letter."""
    entries = [
        Entry(series.description.title, "indicator", f"indicators/{id_}.html")
        for id_, series in grouped.series.items()
    ]
    entries += [Entry(called(area), area.level, f"areas/{area.code}.html") for area in grouped.places.areas]
    letters: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (plain_letters(entry.name), entry.kind, entry.path)):
        letters.setdefault(plain_letters(entry.name)[:1].upper(), []).append(entry)
    return {"letters": list(letters.items())}


def plain_letters(name: str) -> str:
    """A name without accents and in small letters, for sorting.

    Examples:
        >>> plain_letters("Ynys Môn")
        'ynys mon'
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
