"""`fullpicture themes repeats`: answers that say the same as an earlier one, as letters of a campaign do."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fullpicture.analyse.themes.repeats import repeats_of
from fullpicture.collect.responses import ResponseColumns, Responses, read_responses
from fullpicture.core.live import lifeless


@dataclass(frozen=True)
class Repeated:
    """What was read, how many answers repeat another exactly or nearly, and how often each letter came."""

    responses: Responses
    exactly: int
    nearly: int
    letters: Counter[str]


def find_repeats(path: Path, columns: ResponseColumns, to: Path) -> Repeated:
    """Writes `id,first,alike` for every answer: the id of the first that says the same, and how alike.

    Raises:
        SourceRefused: the file cannot be read, or lacks columns.
    """
    responses = read_responses(path, columns)
    ids = responses.table["id"].to_pylist()
    found = repeats_of(responses.table["text"].to_pylist())
    alike = [
        "" if first == at else "exactly" if exactly else "nearly"
        for at, (first, exactly) in enumerate(zip(found.first, found.exactly, strict=True))
    ]
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "first", "alike"))
        for id_, first, how in zip(ids, found.first, alike, strict=True):
            writer.writerow((lifeless(id_), lifeless(ids[first]), how))
    came = Counter(ids[first] for first in found.first)
    letters = Counter({id_: many for id_, many in came.items() if many > 1})
    return Repeated(responses, alike.count("exactly"), alike.count("nearly"), letters)
