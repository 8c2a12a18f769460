"""Finds everything in a text that could lead to a person, and masks it where somebody asks for that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fullpicture.analyse.redaction.lists import Names
from fullpicture.analyse.redaction.names import Capitals, listed_in, names_in
from fullpicture.analyse.redaction.span import Span, without_overlaps
from fullpicture.analyse.redaction.structured import structured


@dataclass(frozen=True)
class Corpus:
    """What is known before a text is read: names, what a user lists, how this corpus uses capitals."""

    capitals: Capitals
    names: Names = field(default_factory=Names.shipped)
    listed: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str], listed: Iterable[str] = ()) -> Corpus:
        """What a corpus shows of itself, with a user's own list (places, nicknames, names of a case)."""
        return cls(Capitals.of(texts), listed=tuple(filter(None, map(str.strip, listed))))


def found_in(text: str, corpus: Corpus) -> list[Span]:
    """Spans that could lead to a person, in the order of the text, without overlaps.

    Examples:
        >>> text = "PC Jones, collar number 1234, rang 07700 900123."
        >>> [(text[s.start : s.end], s.kind) for s in found_in(text, Corpus.of([text]))]
        [('Jones', 'name'), ('1234', 'collar_number'), ('07700 900123', 'phone')]
    """
    spans = [
        *structured(text),
        *names_in(text, corpus.names, corpus.capitals),
        *listed_in(text, corpus.listed),
    ]
    return without_overlaps(spans)


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with each span's kind in brackets in its place.

    Examples:
        >>> masked("PC Jones came", [Span(3, 8, "name")])
        'PC [name] came'
    """
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], f"[{span.kind.replace('_', ' ')}]"]
        at = span.end
    return "".join([*parts, text[at:]])
