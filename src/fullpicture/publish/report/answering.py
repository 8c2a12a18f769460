"""Turns drafts into sentences: calls become figures, and a sentence whose figure is withheld says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fullpicture.core.errors import Mistake
from fullpicture.publish.report.desk import Cited, Item, Reference
from fullpicture.publish.report.document import Citation, Run, Sentence
from fullpicture.publish.report.notes import Notes
from fullpicture.publish.report.sentences import Draft, Stretch, Style


@dataclass
class Answers:
    """Answers drafts from the items on the desk; `numbers` are those of tables and charts by id."""

    items: Sequence[Item]
    numbers: Mapping[str, str]
    notes: Notes
    path: str
    mistakes: list[Mistake] = field(default_factory=list)

    def sentence(self, draft: Draft, marked: bool) -> Sentence:
        """A sentence with its figures; without runs where it falls away.

        Args:
            marked: whether the marks of its figures' notes stand at its end.
        """
        withheld = self._withheld(draft)
        runs: tuple[Run, ...]
        if withheld is not None:
            runs = () if withheld[1] else (self._instead(withheld[0]),)
        else:
            runs = tuple(run for stretch in draft.stretches for run in self._runs(stretch, draft.line))
        cited = [run.citation for run in runs if run.citation]
        marks = tuple(Run(str(number), note=number) for number in self.notes.numbers(cited))
        return Sentence((*runs, *marks) if marked else runs, draft.line)

    def _withheld(self, draft: Draft) -> tuple[Citation, bool] | None:
        """The first figure of a sentence that is withheld, and whether the sentence falls away for it."""
        for stretch in draft.stretches:
            item = None if stretch.item is None else self.items[stretch.item]
            if isinstance(item, Cited):
                for piece in item.pieces:
                    if isinstance(piece, Citation) and piece.is_withheld:
                        return piece, item.falls_away
        return None

    def _instead(self, citation: Citation) -> Run:
        """What a sentence says in place of a figure that is withheld, refused or not known."""
        indicator, area, when, _, category = citation.figure_id.split("/", 4)
        described = self.notes.lookup.description(indicator)
        figure = citation.figure
        place = figure.area_name if figure else self.notes.lookup.register.area(area).name
        period = figure.when.label if figure else when.partition(":")[2]
        of = f", {category}" if category else ""
        why = citation.why.rstrip(".")
        return Run(
            f"{described.title}{of}, {place}, {period}: {why[:1].lower()}{why[1:]}.", citation=citation
        )

    def _runs(self, stretch: Stretch, line: int) -> list[Run]:
        style = stretch.style
        if stretch.item is None:
            return [_run(stretch.text, style)]
        item = self.items[stretch.item]
        if isinstance(item, Reference):
            if item.id not in self.numbers:
                what, mend = f'there is no table or chart "{item.id}".', "Give one this id, or name another."
                self.mistakes.append(Mistake(f"{self.path}:{line}", what, mend))
            return [_run(self.numbers.get(item.id, ""), style, f"#{item.id}")]
        if not isinstance(item, Cited):
            what, mend = (
                "a table or a chart stands within a sentence.",
                "Let it stand alone, between empty lines.",
            )
            self.mistakes.append(Mistake(f"{self.path}:{line}", what, mend))
            return []
        return [
            _run(piece, style) if isinstance(piece, str) else _run(piece.shown_text, style, citation=piece)
            for piece in item.pieces
        ]


def _run(text: str, style: Style, href: str = "", citation: Citation | None = None) -> Run:
    return Run(text, style.strong, style.stressed, href or style.href, citation)
