"""A part of a text that could lead to a person, and the kinds there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "email", "url", "handle", "postcode", "phone", "nhs_number", "national_insurance", "crime_reference",
    "collar_number", "vehicle", "date_of_birth", "address", "name", "listed",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Kinds in order of certainty: where two overlap, the earlier one stands."""


class Span(NamedTuple):
    """Characters `start` to `end` (the first after it) of a text."""

    start: int
    end: int
    kind: Kind


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Spans in the order of the text; of two that overlap the more certain kind, then the longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (KINDS.index(one.kind), one.start - one.end, one.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)
