"""Sentences as HTML: figures with their ids, marks of notes as links, links to where things stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from markupsafe import Markup

from fullpicture.publish.report.document import Run, Sentence

NOTES = "notes"
_SHOWN = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Wording:
    """Writes sentences; `places` are the pages of ids, where the report is more than one page.

    `is_print` leaves out links to other pages of the site, which paper does not have.
    """

    places: Mapping[str, str]
    is_print: bool = False

    def sentence(self, sentence: Sentence) -> Markup:
        """A sentence; several figures' marks are set apart by commas."""
        parts, after_note = [], False
        for run in sentence.runs:
            if run.note:
                parts.append(self._note(run.note, after_note))
            else:
                parts.append(self._run(run))
            after_note = bool(run.note)
        return Markup("".join(parts))

    def link(self, id_: str) -> str:
        """The address of something that has an id."""
        return f"{self.places.get(id_, '')}#{quote(id_)}"

    def _note(self, number: int, again: bool) -> str:
        unseen = "" if self.is_print else '<span class="unseen">note </span>'
        comma = "," if again else ""
        return f'<sup>{comma}<a href="{self.link(f"{NOTES}-{number}")}">{unseen}{number}</a></sup>'

    def _run(self, run: Run) -> str:
        html = escape(run.text, quote=False)
        if run.citation:
            html = f'<data value="{escape(run.citation.figure_id)}">{html}</data>'
        if run.href.startswith("#"):
            html = f'<a href="{self.link(run.href[1:])}">{html}</a>'
        elif run.href and (run.href.startswith(_SHOWN) or not self.is_print):
            html = f'<a href="{escape(run.href)}">{html}</a>'
        if run.strong:
            html = f"<strong>{html}</strong>"
        return f"<em>{html}</em>" if run.stressed else html
