"""`fullpicture redact`: what in a file of texts could lead to a person; the file itself is not changed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fullpicture.analyse.redaction import Corpus, Kind, Span, found_in, masked
from fullpicture.collect.responses import ResponseColumns, Responses, read_responses
from fullpicture.core.live import lifeless

Tick = Callable[[int, int], None]
EVERY = 500


@dataclass(frozen=True)
class Redacted:
    """What was found: texts read, spans by kind, and what could not be read."""

    responses: Responses
    kinds: Counter[Kind]


def redact(path: Path, columns: ResponseColumns, to: Path, listed: Iterable[str], tick: Tick) -> Redacted:
    """Writes `id,start,end,kind` for every span that could lead to a person.

    Args:
        listed: a user's own list of names and places.
        tick: told how many texts of how many are done.
    """
    responses = read_responses(path, columns)
    kinds = Counter[Kind]()
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "start", "end", "kind"))
        for id_, _, spans in _found(responses, listed, tick):
            kinds.update(span.kind for span in spans)
            writer.writerows((lifeless(id_), *span) for span in spans)
    return Redacted(responses, kinds)


def mask(path: Path, columns: ResponseColumns, to: Path, listed: Iterable[str], tick: Tick) -> Redacted:
    """Writes `id,text` with each span's kind in its place: `[name]`."""
    responses = read_responses(path, columns)
    kinds = Counter[Kind]()
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        for id_, text, spans in _found(responses, listed, tick):
            kinds.update(span.kind for span in spans)
            writer.writerow((lifeless(id_), lifeless(masked(text, spans))))
    return Redacted(responses, kinds)


def _found(responses: Responses, listed: Iterable[str], tick: Tick) -> Iterator[tuple[str, str, list[Span]]]:
    ids, texts = responses.table["id"].to_pylist(), responses.table["text"].to_pylist()
    corpus = Corpus.of(texts, listed)
    for done, (id_, text) in enumerate(zip(ids, texts, strict=True)):
        if done % EVERY == 0:
            tick(done, len(texts))
        yield id_, text, found_in(text, corpus)
