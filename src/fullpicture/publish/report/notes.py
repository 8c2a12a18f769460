"""Notes of a report: for each indicator that it cites, what it is, on what it stands and how it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fullpicture.core.period import Period
from fullpicture.publish.report.document import Citation, Note
from fullpicture.publish.report.lookup import Lookup
from fullpicture.publish.words import COUNTED


@dataclass
class Notes:
    """Numbers notes in the order in which their indicators are first cited."""

    lookup: Lookup
    _numbers: dict[str, int] = field(default_factory=dict)
    _periods: dict[str, set[Period]] = field(default_factory=lambda: defaultdict(set))

    def number(self, citation: Citation) -> int:
        """The number of the note of a cited figure."""
        indicator = citation.figure_id.partition("/")[0]
        if citation.figure is not None:
            self._periods[indicator].add(citation.figure.when)
        return self._numbers.setdefault(indicator, len(self._numbers) + 1)

    def numbers(self, citations: Iterable[Citation]) -> list[int]:
        """The numbers of the notes of some figures, each once."""
        return sorted({self.number(citation) for citation in citations})

    def all(self) -> tuple[Note, ...]:
        """Every note, by number."""
        return tuple(Note(number, self._text(indicator)) for indicator, number in self._numbers.items())

    def _text(self, indicator: str) -> str:
        described = self.lookup.description(indicator)
        said = [f"{described.title}."]
        said += [] if described.definition == described.title else [described.definition]
        if described.denominator and not described.changes:
            said.append(f"Out of: {described.denominator[:1].lower()}{described.denominator[1:]}.")
        if described.counting_unit in COUNTED:
            said.append(f"Counts {COUNTED[described.counting_unit][1]}.")
        said += [self._coverage(indicator), described.caveat, _shown(described.decimals)]
        return " ".join(part for part in said if part)

    def _coverage(self, indicator: str) -> str:
        """How many areas are in each period that is cited, in few words where that is always the same."""
        found = {
            when: self.lookup.coverage(indicator, when)[:2]
            for when in sorted(self._periods[indicator], key=lambda when: (when.last_day, when.name))
        }
        counts = {count for count in found.values() if count[1]}
        if not counts:
            return ""
        if len(counts) == 1:
            areas_in, expected = counts.pop()
            return f"Coverage: {areas_in} of {expected} areas."
        each = [
            f"{areas_in} of {expected} in {when.short_label}" for when, (areas_in, expected) in found.items()
        ]
        return f"Coverage of areas: {', '.join(each)}."


def _shown(decimals: int) -> str:
    words = {0: "whole numbers", 1: "one decimal", 2: "two decimals"}
    return f"Shown {'as' if not decimals else 'to'} {words.get(decimals, f'{decimals} decimals')}."
